/**
Knocks at an endpoint with a ZMTP greeting, and listens. Sends no request, and not even READY: a peer tells its mechanism and its socket type first.

libzmq hangs up on a mechanism that is not its own before it has named its own. So only the first 11 bytes (signature and version) go out at
first; a peer of ZMTP 3 then says the rest of its greeting, and the mechanism is given back to it. Source: RFC 37, "Greeting"; libzmq's `zmtp_engine.cpp`.
*/
import {createConnection} from 'node:net';
import {addressOf, type Endpoint} from '../core/endpoint.js';
import {Decoder} from '../zmtp/decoder.js';
import {encodeGreeting} from '../zmtp/encode.js';
import {type Facts} from '../zmtp/units.js';

/** How it went: nobody could be reached (`code` is the system's), or somebody was, and said what `facts` tell (nothing, if silent). */
export type Knock =
	| {readonly type: 'unreachable'; readonly code: string}
	| {readonly type: 'reached'; readonly facts: Facts; readonly ended: boolean};

/** Signature and version. */
const openingSize = 11;

/** Knocks, and waits up to `patienceMs` for as much as can be learned. Never rejects. */
export async function knock(endpoint: Endpoint, patienceMs: number): Promise<Knock> {
	return new Promise(resolve => {
		const socket = createConnection(addressOf(endpoint));
		const decoder = new Decoder();
		let isReached = false;
		let hasAnswered = false;
		const finish = (result: Knock): void => {
			clearTimeout(timer);
			socket.removeAllListeners();
			socket.on('error', () => undefined);
			socket.destroy();
			resolve(result);
		};

		const timer = setTimeout(() => {
			finish(isReached ? {type: 'reached', facts: decoder.facts, ended: false} : {type: 'unreachable', code: 'ETIMEDOUT'});
		}, patienceMs);
		socket.on('connect', () => {
			isReached = true;
			socket.write(encodeGreeting().subarray(0, openingSize));
		});
		socket.on('data', chunk => {
			decoder.push(chunk);
			const {facts} = decoder;
			if (!hasAnswered && facts.mechanism !== undefined) {
				hasAnswered = true;
				socket.write(encodeGreeting({mechanism: facts.mechanism}).subarray(openingSize));
			}

			if (isEverything(facts)) {
				finish({type: 'reached', facts, ended: false});
			}
		});
		socket.on('error', (error: NodeJS.ErrnoException) => {
			finish(isReached ? {type: 'reached', facts: decoder.facts, ended: true} : {type: 'unreachable', code: error.code ?? 'EUNKNOWN'});
		});
		socket.on('close', () => {
			decoder.end();
			finish({type: 'reached', facts: decoder.facts, ended: true});
		});
	});
}

/** Whether waiting longer can tell no more: only a peer under NULL says its socket type in clear. */
const isEverything = ({protocol, mechanism, socketType, error}: Facts): boolean =>
	(protocol !== undefined && protocol !== 'zmtp-3') || (mechanism !== undefined && mechanism !== 'NULL') || socketType !== undefined || error !== undefined;
