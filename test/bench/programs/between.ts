/** Something between a client and a server: a proxy that only copies bytes, the tap, or nothing at all. */
import {connect, createServer, type AddressInfo} from 'node:net';
import {Relay} from '../../../source/tap/relay.js';

/** Starts it, and gives the endpoint to connect to. */
export async function startBetween(kind: string | undefined, upstream: string): Promise<string> {
	switch (kind) {
		case 'tap': {
			return startTap(upstream);
		}

		case 'plain': {
			return startPlainProxy(upstream);
		}

		default: {
			return upstream;
		}
	}
}

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
