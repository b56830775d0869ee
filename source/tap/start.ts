/** The front `tap` without a screen: stands between any client and any server until it is told to stop. */
import process from 'node:process';
import {type Endpoint} from '../core/endpoint.js';
import {visible} from '../core/text.js';
import {systemClock} from '../lab/clock.js';
import {type Rule} from './faults/rule.js';
import {humanLines, jsonLines} from './printer.js';
import {whyNotListening} from './not-listening.js';
import {openOutlet} from './outlet.js';
import {Relay} from './relay.js';

export type TapOptions = {
	readonly upstream: Endpoint;
	readonly listen: Endpoint;
	readonly seed: number;
	readonly isJson: boolean;
	readonly isAscii: boolean;
	readonly rules: readonly Rule[];
};

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs until a signal, or until nobody reads the output. Gives the exit status: 0, or 1 if it could not listen. */
export async function startTap({upstream, listen, seed, isJson, isAscii, rules}: TapOptions): Promise<number> {
	const print = isJson ? jsonLines : humanLines({isAscii});
	const outlet = openOutlet(count => isJson ? JSON.stringify({type: 'left-out', lines: count}) : `… ${count} lines left out: nobody read them in time`);
	let isUnread = false;
	const stopped = new Promise<void>(resolve => {
		for (const signal of signals) {
			process.on(signal, () => {
				resolve();
			});
		}
	});
	const unread = outlet.unread.then(() => {
		isUnread = true;
	});
	process.stderr.on('error', () => {
		// Nobody hears what went wrong; the exit status says it.
	});
	const relay = new Relay({
		upstream, listen, seed, rules, clock: systemClock,
		hear(event) {
			for (const line of isUnread ? [] : print(event)) {
				outlet.print(line);
			}
		},
	});
	try {
		const endpoint = await relay.start();
		process.stderr.write(`tap: listens at ${visible(endpoint)} for ${visible(upstream)}\n`);
	} catch (error) {
		process.stderr.write(`zmq-playground: not listening at ${visible(listen)}: ${whyNotListening(error)}\n`);
		await outlet.end();
		return 1;
	}

	await Promise.race([stopped, unread]);
	await relay.stop();
	await outlet.end();
	return isUnread ? 1 : 0;
}
