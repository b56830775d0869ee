/** The arguments of the front `tap`: one endpoint to go to, one to listen at. */
import {checkEndpoint, freeEndpoint, type CheckedEndpoint} from '../core/endpoint.js';
import {type Direction} from '../core/events.js';
import {parseRules} from '../tap/faults/rule.js';
import {type TapOptions} from '../tap/start.js';
import {wrong, type Wrong} from './wrong.js';

type Flags = {readonly fault?: string | undefined; readonly listen?: string | undefined; readonly seed: number; readonly json: boolean; readonly ascii: boolean};

/** Reads where to go and where to listen. */
export function checkTap({listen = freeEndpoint, fault = '', seed, json, ascii}: Flags, input: readonly string[]): Wrong | ({readonly type: 'tap'} & TapOptions) {
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

	return to.endpoint === at.endpoint
		? wrong('the tap would connect to itself', 'listen at another endpoint than the server’s')
		: {type: 'tap', upstream: to.endpoint, listen: at.endpoint, seed, rules, isJson: json, isAscii: ascii};
}

function check(text: string, direction: Direction): CheckedEndpoint {
	const checked = checkEndpoint(text, direction);
	return checked.ok && checked.endpoint.startsWith('inproc:') ? {ok: false, reason: 'inproc stays within one process: it has no bytes to tap', next: 'use tcp:// or ipc://'} : checked;
}
