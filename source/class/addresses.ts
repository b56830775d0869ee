/** This machine's own addresses, as a laptop in the room would reach it: the likeliest first. */
import {networkInterfaces} from 'node:os';

/** Networks inside a machine: of containers and virtual machines. A laptop in the room does not reach those. */
const inner = /^(?:docker|br-|veth|virbr|vmnet|vboxnet|lxc|lxd|cni|flannel|tun|tap|utun|zt|tailscale|wg)/v;
const nearby = /^(?:192\.168|10|172\.(?:1[6-9]|2\d|3[01]))\./v;

/** Its IPv4 addresses (IPv6 ones only where there is no other); loopback where there is no network at all. */
export function ownAddresses(interfaces = networkInterfaces()): readonly string[] {
	const found = Object.entries(interfaces).flatMap(([name, addresses]) => (addresses ?? []).filter(({internal}) => !internal).map(({address, family}) => ({name, address, isV4: family === 'IPv4'})));
	const candidates = found.some(({isV4}) => isV4) ? found.filter(({isV4}) => isV4) : found.filter(({address}) => !address.startsWith('fe80:'));
	const rank = ({name, address}: {readonly name: string; readonly address: string}): number => (inner.test(name) ? 2 : 0) + (nearby.test(address) ? 0 : 1);
	const addresses = candidates.toSorted((one, other) => rank(one) - rank(other)).map(({address, isV4}) => isV4 ? address : `[${address}]`);
	return addresses.length === 0 ? ['127.0.0.1'] : addresses;
}
