/** Who else may sit at an endpoint: nobody, another program, a socket that does not fit. Each is gone with the test. */
import {once} from 'node:events';
import {createServer as createWebServer} from 'node:http';
import {createServer, type AddressInfo, type Server} from 'node:net';
import {onTestFinished} from 'vitest';
import {Publisher, Reply, Request, Subscriber, curveKeyPair} from 'zeromq';

const anyPort = 'tcp://127.0.0.1:*';

/** An endpoint at which nobody listens: the port was free a moment ago. */
export async function deadEndpoint(): Promise<string> {
	const server = createServer();
	const endpoint = await listen(server);
	server.close();
	await once(server, 'close');
	return endpoint;
}

/** An endpoint that another program has taken, on a port if it has to be that one. It says nothing to who comes. */
export async function takenEndpoint(port = 0): Promise<string> {
	const server = createServer(socket => {
		socket.on('error', () => undefined);
	});
	onTestFinished(() => {
		server.close();
	});
	return listen(server, port);
}

/** A web server. */
export async function webEndpoint(): Promise<string> {
	const server = createWebServer((_request, response) => {
		response.end('Hello from the web');
	});
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	return listen(server);
}

/** A PUB, which no REQ can talk with. */
export async function publisherEndpoint(): Promise<string> {
	const socket = new Publisher({linger: 0});
	return bind(socket);
}

/** A SUB that comes to an endpoint, which no REP can talk with. */
export function comeAsSubscriber(endpoint: string): void {
	const socket = new Subscriber({linger: 0});
	closeWithTest(socket);
	socket.connect(endpoint);
}

/** A REP that wants CURVE. */
export async function curveEndpoint(): Promise<string> {
	const socket = new Reply({linger: 0, curveServer: true, curveSecretKey: curveKeyPair().secretKey});
	return bind(socket);
}

/** A REQ that comes to an endpoint and wants CURVE. */
export function comeWithCurve(endpoint: string): void {
	const {publicKey, secretKey} = curveKeyPair();
	const socket = new Request({linger: 0, curveServerKey: curveKeyPair().publicKey, curvePublicKey: publicKey, curveSecretKey: secretKey});
	closeWithTest(socket);
	socket.connect(endpoint);
}

async function bind(socket: Publisher | Reply): Promise<string> {
	closeWithTest(socket);
	await socket.bind(anyPort);
	return socket.lastEndpoint ?? '';
}

function closeWithTest(socket: {readonly close: () => void}): void {
	onTestFinished(() => {
		socket.close();
	});
}

async function listen(server: Server, port = 0): Promise<string> {
	server.listen(port, '127.0.0.1');
	await once(server, 'listening');
	return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
