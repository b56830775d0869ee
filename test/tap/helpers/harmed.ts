/** A client and a server with faults between them. */
import {expect} from 'vitest';
import {curveKeyPair, type Request} from 'zeromq';
import {Monitor} from '../../helpers/socket-waits.js';
import {rulesOf} from './rules.js';
import {echo, request} from './sockets.js';
import {tap, type Tapped} from './tap.js';

/** How long (ms) to wait for what never comes. */
const neverMs = 300;
/** A client that asks on. */
export const safe = {relaxed: true, correlate: true, reconnectInterval: 10};

export type Harmed = {readonly tapped: Tapped; readonly client: Request; readonly monitor: Monitor};

/** A REQ, an answering REP, and a tap with these faults between them. */
export async function harmed(fault: string, options: ConstructorParameters<typeof Request>[0] = {}): Promise<Harmed> {
	const {endpoint} = await echo();
	const tapped = await tapWith(endpoint, fault);
	const client = request({reconnectInterval: 10, ...options});
	const monitor = new Monitor(client);
	client.connect(tapped.endpoint);
	return {tapped, client, monitor};
}

/** A tap with these faults in front of an endpoint. */
export async function tapWith(endpoint: string, fault: string): Promise<Tapped> {
	return tap(endpoint, {rules: rulesOf(fault)});
}

/** Waits until libzmq's own time-out has shown that nothing comes. */
export async function neverAnswered(client: Request): Promise<void> {
	client.receiveTimeout = neverMs;
	await expect(client.receive()).rejects.toMatchObject({code: 'EAGAIN'});
	client.receiveTimeout = 10_000;
}

/** The same under CURVE. */
export async function curve(fault: string): Promise<Harmed> {
	const serverKeys = curveKeyPair();
	const clientKeys = curveKeyPair();
	const {endpoint} = await echo('tcp://127.0.0.1:*', {curveServer: true, curveSecretKey: serverKeys.secretKey});
	const tapped = await tapWith(endpoint, fault);
	const client = request({curveServerKey: serverKeys.publicKey, curvePublicKey: clientKeys.publicKey, curveSecretKey: clientKeys.secretKey});
	const monitor = new Monitor(client);
	client.connect(tapped.endpoint);
	return {tapped, client, monitor};
}
