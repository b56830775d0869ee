/**
Several machines on one: network namespaces with an address each, joined by a bridge in a namespace of its own. Nothing leaves them, and they
are gone with the test.
*/
import {execFileSync} from 'node:child_process';
import process from 'node:process';
import {onTestFinished} from 'vitest';
import {startCommand, type Running} from './shell.js';
import {program} from './program.js';

let networkCount = 0;

const ip = (...words: readonly string[]): void => {
	execFileSync('ip', words, {stdio: ['ignore', 'ignore', 'pipe'], timeout: 10_000});
};

/** One of the machines. */
export type Machine = {readonly address: string; readonly start: (...argv: readonly string[]) => Running; readonly run: (command: readonly string[]) => Running};

/** So many machines in one network; a text says why there are none where that is not allowed. */
export function openNetwork(count: number): readonly Machine[] | string {
	const prefix = `zp${process.pid}-${++networkCount}`;
	const hub = `${prefix}-hub`;
	const names = Array.from({length: count}, (_, index) => `${prefix}-${index + 1}`);
	onTestFinished(() => {
		for (const name of [...names, hub]) {
			try {
				ip('netns', 'del', name);
			} catch {
				// It has never been.
			}
		}
	});
	try {
		ip('netns', 'add', hub);
		ip('-n', hub, 'link', 'add', 'bridge0', 'type', 'bridge');
		ip('-n', hub, 'link', 'set', 'bridge0', 'up');
		for (const [index, name] of names.entries()) {
			ip('netns', 'add', name);
			ip('-n', name, 'link', 'set', 'lo', 'up');
			ip('-n', name, 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', `port${index}`, 'netns', hub);
			ip('-n', hub, 'link', 'set', `port${index}`, 'master', 'bridge0', 'up');
			ip('-n', name, 'address', 'add', `10.77.0.${index + 1}/24`, 'dev', 'eth0');
			ip('-n', name, 'link', 'set', 'eth0', 'up');
		}
	} catch (error) {
		const {stderr, message} = error as Error & {readonly stderr?: Uint8Array};
		return String(stderr ?? message).trim() || message;
	}

	return names.map((name, index) => {
		const run = (command: readonly string[]): Running => startCommand(['ip', 'netns', 'exec', name, ...command]);
		return {address: `10.77.0.${index + 1}`, run, start: (...argv) => run(program(...argv))};
	});
}
