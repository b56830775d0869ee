/**
CURVE: who of a lab is secured with what. The right arrangement, and the wrong ones that libzmq answers with silence.

Law: a key belongs to a socket before it connects or binds, so every arrangement takes new sockets on both sides. What a peer's setting says
(`Curve`) is its own; an arrangement says it for both sides. No secret key is ever in here, nor in an event.
Source: RFC 26/CURVEZMQ; zmq_curve(7).
*/
import {type Options, type Role} from './events.js';
import {isWorker} from './scenes.js';
import {shortKey} from './z85.js';

/** Who a peer is to CURVE: the end that answers with the server key, or one that has to know that key. Who binds and who connects is another matter. */
export type CurveEnd = 'server' | 'client';

/** What tells its end. */
type Named = {readonly name: string; readonly role: Role};

/** Where a broker is, it answers with the server key at both its sides: a worker is a client to CURVE, whatever it is to its clients. */
export const curveEndOf = ({name, role}: Named): CurveEnd => role === 'client' || isWorker({name}) ? 'client' : 'server';

/** What one peer is secured with. Whoever answers with the server key is only ever `on` or `off`. */
export type Curve = 'off' | 'on' | 'wrong-server-key' | 'wrong-client-keys' | 'no-client-keys';

/**
One arrangement, as `/curve` takes it. Where a broker is, it is the server that is meant here; what is wrong is wrong with the clients, and the
workers stay right. With `isClosed` the server lets in only who is on its list, and none of the lab's clients is: only its workers are.
*/
export type CurveArrangement = {
	readonly name: CurveName;
	readonly summary: string;
	readonly server: 'off' | 'on';
	readonly client: Curve;
	readonly isClosed?: true;
};
export type CurveName = 'on' | 'off' | 'wrong-server-key' | 'wrong-client-keys' | 'no-client-keys' | 'plain-client' | 'plain-server' | 'stranger';

export const curveArrangements: readonly CurveArrangement[] = [
	{name: 'on', summary: 'the right keys on both sides', server: 'on', client: 'on'},
	{name: 'off', summary: 'no security (NULL)', server: 'off', client: 'off'},
	{name: 'wrong-server-key', summary: 'the client has another server’s public key', server: 'on', client: 'wrong-server-key'},
	{name: 'wrong-client-keys', summary: 'the client’s public and secret key are no pair', server: 'on', client: 'wrong-client-keys'},
	{name: 'no-client-keys', summary: 'the client has the server’s key and none of its own', server: 'on', client: 'no-client-keys'},
	{name: 'plain-client', summary: 'the server has CURVE, the client nothing', server: 'on', client: 'off'},
	{name: 'plain-server', summary: 'the client has CURVE, the server nothing', server: 'off', client: 'on'},
	{name: 'stranger', summary: 'right keys, but the client is not on the allow-list', server: 'on', client: 'on', isClosed: true},
];

/** The arrangement of that name. */
export const curveArrangement = (name: string): CurveArrangement | undefined => curveArrangements.find(each => each.name === name);

/** What a peer gets of an arrangement. A worker is as its broker is. */
export const curveOf = (arrangement: CurveArrangement, {role}: Named): Curve => role === 'client' ? arrangement.client : arrangement.server;

/** The value of the option `allow` while there is no list. */
export const anyKey = 'any';
/** The same for a list with nobody on it. */
export const noKey = 'nobody';

/** What a peer's new setting means, in a sentence. */
export function explainCurve(curve: string, peer: Named): string {
	switch (curve) {
		case 'off': {
			return 'no security (NULL): whoever is on the way can read and change everything';
		}

		case 'on': {
			return explainOn(peer);
		}

		case 'wrong-server-key': {
			return 'CURVE with a wrong server key: another server’s public key';
		}

		case 'wrong-client-keys': {
			return 'CURVE with wrong keys of its own: public and secret are from two pairs';
		}

		case 'no-client-keys': {
			return 'CURVE without keys of its own: it only has the server’s public key';
		}

		default: {
			return curve;
		}
	}
}

function explainOn(peer: Named): string {
	if (peer.role === 'broker') {
		return 'CURVE at both sides: encrypted with the broker’s own keys; clients and workers need its public key';
	}

	return curveEndOf(peer) === 'server'
		? 'CURVE: encrypted with this server’s own keys; a client needs its public key'
		: `CURVE: encrypted; it has the ${peer.role === 'client' ? 'server' : 'broker'}’s public key and a pair of its own`;
}

/** Whom a server lets in, in a sentence. */
export function explainAllowed(allow: string): string {
	switch (allow) {
		case anyKey: {
			return 'no allow-list: ANY key is let in';
		}

		case noKey: {
			return 'the allow-list is empty: nobody is let in';
		}

		default: {
			return `only these are let in: ${allow}`;
		}
	}
}

/** Whether a peer speaks CURVE, rightly or wrongly. */
export const hasCurve = ({curve}: Options): boolean => curve !== undefined && curve !== 'off';

/** An allow-list as the option says it: names where the lab knows them, else the beginning of the key. */
export function formatAllowed(keys: ReadonlySet<string> | undefined, nameOf: (key: string) => string | undefined): string {
	if (!keys) {
		return anyKey;
	}

	const names = [...keys].map(key => nameOf(key) ?? shortKey(key));
	const more = names.length - namesShown;
	return names.length === 0 ? noKey : [...names.slice(0, namesShown), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

const namesShown = 8;
