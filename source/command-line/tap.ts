/** The arguments of the front `tap`: one endpoint to go to, one to listen at. */
import {checkEndpoint, freeEndpoint, type CheckedEndpoint} from '../core/endpoint.js';
import {type Direction} from '../core/events.js';
import {type LabOptions} from '../core/lab-port.js';
import {tapScene} from '../core/lanes.js';
import {type Looks} from '../core/looks.js';
import {parseRules} from '../tap/faults/rule.js';
import {type TapOptions} from '../tap/start.js';
import {looksOf, type LooksGiven} from './looks.js';
import {wrong, type Wrong} from './wrong.js';

type Flags = Readonly<Partial<Record<'record' | 'program' | 'fault' | 'listen', string | undefined>>> & {readonly force: boolean; readonly seed: number; readonly json: boolean} & LooksGiven;

/** Without a screen it is `headless`; with one, a lab of the scene `tap`, so that a recording can be made and the past be looked at. */
export type TapRequest = {readonly type: 'tap'; readonly headless: TapOptions; readonly lab: LabOptions; readonly looks: Looks};

/** Reads where to go and where to listen. */
export function checkTap({listen = freeEndpoint, fault = '', seed, json, record, force, program, ...given}: Flags, input: readonly string[]): Wrong | TapRequest {
	const [text] = input;
	if (text === undefined || input.length > 1) {
		return wrong(text === undefined ? 'the endpoint of the server is missing' : 'a tap goes to one endpoint', 'write zmq-playground tap tcp://127.0.0.1:5555 --listen tcp://127.0.0.1:5556');
	}

	const to = check(text, 'connect');
	if (!to.ok) {
		return {type: 'wrong', ...to};
	}

	const at = check(listen, 'bind');
	if (!at.ok) {
		return {type: 'wrong', ...at};
	}

	const rules = parseRules(fault, seed);
	if ('reason' in rules) {
		return {type: 'wrong', ...rules};
	}

	if (to.endpoint === at.endpoint) {
		return wrong('the tap would connect to itself', 'listen at another endpoint than the server’s');
	}

	const looks = looksOf(given);
	return {
		type: 'tap',
		headless: {upstream: to.endpoint, listen: at.endpoint, seed, rules, isJson: json, isAscii: looks.isAscii},
		lab: {
			scene: tapScene, actors: [], seed, attach: {upstream: to.endpoint, listen: at.endpoint, faults: fault},
			...(record !== undefined && {record: {file: record, again: force}}),
			...(program !== undefined && {program}),
		},
		looks,
	};
}

function check(text: string, direction: Direction): CheckedEndpoint {
	const checked = checkEndpoint(text, direction);
	return checked.ok && checked.endpoint.startsWith('inproc:') ? {ok: false, reason: 'inproc stays within one process: it has no bytes to tap', next: 'use tcp:// or ipc://'} : checked;
}
