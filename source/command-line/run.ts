/** The arguments of the front `run`: one script, and values for what it sets. */
import {parseGiven, type Variables} from '../commands/script-variables.js';
import {type LabOptions} from '../core/lab-port.js';
import {type Looks} from '../core/looks.js';
import {looksOf, type LooksGiven} from './looks.js';
import {wrong, type Wrong} from './wrong.js';

/** What to run, and where: `screen` is undefined without one. */
export type RunRequest = {
	readonly type: 'script';
	readonly path: string;
	readonly given: Variables;
	readonly lab: LabOptions;
	readonly isJson: boolean;
	readonly looks: Looks;
	readonly screen?: {readonly pauses: boolean};
};
type Flags = {readonly program?: string | undefined; readonly seed: number; readonly set: readonly string[]; readonly onScreen: boolean; readonly pause: boolean; readonly json: boolean} & LooksGiven;

/** Reads what to run. */
export function checkRun({program, seed, set, onScreen, pause, json, ...looks}: Flags, input: readonly string[]): Wrong | RunRequest {
	const [path] = input;
	if (path === undefined || input.length > 1) {
		return wrong(path === undefined ? 'a script is missing' : 'run takes one script', 'write zmq-playground run deadlock.zmqp, or run - to read it from stdin');
	}

	const given = new Map<string, string>();
	for (const text of set) {
		const pair = parseGiven(text);
		if (!pair || given.has(pair[0])) {
			return pair ? wrong(`${pair[0]} is set twice`, 'give each name once') : wrong(`“${text}” sets nothing`, 'write --set name=value');
		}

		given.set(...pair);
	}

	if (pause && !onScreen) {
		return wrong('--pause waits for keys, which only a screen has', 'add --on-screen');
	}

	if (onScreen && (json || path === '-')) {
		return wrong(json ? '--json and --on-screen exclude each other' : 'on the screen the keys come from stdin, so the script can’t', json ? 'give one of them' : 'write the name of its file');
	}

	return {
		type: 'script', path, given, lab: {scene: 'pair', seed, ...(program !== undefined && {program})}, isJson: json, looks: looksOf(looks), ...(onScreen && {screen: {pauses: pause}}),
	};
}
