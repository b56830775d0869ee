/** Real sockets around a tap; each is gone with the test. */
import {connect, type Socket as Connection} from 'node:net';
import {onTestFinished} from 'vitest';
import {Dealer, Reply, Request, Router, type Socket} from 'zeromq';
import {anyPort} from './tap.js';

/** Long enough never to be what ends a call in a test that is well. */
const timeouts = {sendTimeout: 10_000, receiveTimeout: 10_000, linger: 0};

function closing<Kind extends Socket>(socket: Kind): Kind {
	onTestFinished(() => {
		socket.close();
	});
	return socket;
}

export const request = (options: ConstructorParameters<typeof Request>[0] = {}): Request => closing(new Request({...timeouts, ...options}));
export const reply = (options: ConstructorParameters<typeof Reply>[0] = {}): Reply => closing(new Reply({...timeouts, ...options}));
export const dealer = (): Dealer => closing(new Dealer(timeouts));
export const router = (): Router => closing(new Router(timeouts));

/** A bare TCP connection to an endpoint, gone with the test. The tap's end resets what is still open, and that is no fault of the test's. */
export function rawConnection(endpoint: string): Connection {
	const connection = connect(Number(endpoint.split(':').at(-1)), '127.0.0.1');
	connection.on('error', () => undefined);
	onTestFinished(() => {
		connection.destroy();
	});
	return connection;
}

export async function bound(socket: Reply | Request | Router | Dealer, endpoint = anyPort): Promise<string> {
	await socket.bind(endpoint);
	return socket.lastEndpoint ?? '';
}

/** A REP that answers each request with its own frames in capitals, until it is closed. */
export async function echo(endpoint = anyPort, options: ConstructorParameters<typeof Reply>[0] = {}): Promise<{readonly socket: Reply; readonly endpoint: string}> {
	const socket = reply({...options, receiveTimeout: -1});
	const where = await bound(socket, endpoint);
	void serve(socket);
	return {socket, endpoint: where};
}

async function serve(socket: Reply): Promise<void> {
	try {
		for (;;) {
			const frames = await socket.receive();
			await socket.send(frames.map(frame => frame.length > 1000 ? frame : String(frame).toUpperCase()));
		}
	} catch {
		// Closed.
	}
}

/** Asks, and gives the reply's frames as text. */
export async function ask(socket: Request, ...frames: readonly string[]): Promise<readonly string[]> {
	await socket.send([...frames]);
	const answer = await socket.receive();
	return answer.map(String);
}
