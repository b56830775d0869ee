/** Something between a client and a server: a proxy that only copies bytes, or the tap. */
import {connect, createServer, type AddressInfo} from 'node:net';
import {Relay} from '../../../source/tap/relay.js';

/** Starts it, and gives the endpoint to connect to. */
export const startBetween = async (kind: string | undefined, upstream: string): Promise<string> => kind === 'tap' ? startTap(upstream) : startPlainProxy(upstream);

async function startTap(upstream: string): Promise<string> {
	const relay = new Relay({
		upstream, listen: 'tcp://127.0.0.1:*', seed: 1, clock: Date.now, hear: () => undefined,
	});
	return relay.start();
}

async function startPlainProxy(upstream: string): Promise<string> {
	const proxy = createServer(near => {
		const far = connect(Number(upstream.split(':').at(-1)), '127.0.0.1');
		near.setNoDelay(true).pipe(far.setNoDelay(true)).pipe(near);
	});
	await new Promise<void>(resolve => {
		proxy.listen(0, '127.0.0.1', resolve);
	});
	return `tcp://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
}
