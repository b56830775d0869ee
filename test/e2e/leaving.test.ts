/** Leaving, from every size and under both Nodes: status 0, and the terminal as it was. (What else may end it: terminal-trust.) */
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {openPlayground, sizes} from '../helpers/playground.js';
import {freePort, program, quoted} from '../helpers/program.js';
import {expectTerminalBack, statusOf} from '../helpers/trusted-terminal.js';

const underShell = (command: readonly string[]): readonly string[] => ['bash', '-c', `echo before; ${quoted(command)}; echo "STATUS $?"; read`];

describe.each(sizes)('at %s', (_, size) => {
	test('/quit', async () => {
		const playground = await openPlayground({...size, command: underShell(program(...freePort))});
		playground.submit('/quit');
		expect(await statusOf(playground)).toBe(0);
		expectTerminalBack(playground);
	});

	test('Ctrl+C, in the middle of an exchange', async () => {
		const playground = await openPlayground({...size, command: underShell(program(...freePort, '--delay', '1h'))});
		playground.submit('Hello');
		await playground.bothStand('AWAITING-REPLY');
		playground.press('Ctrl+c');
		expect(await statusOf(playground)).toBe(0);
		expectTerminalBack(playground);
	});
});

test('the same bundle works under the Node that the repository brings', async () => {
	const pinned = path.resolve('node_modules', '.bin', 'node');
	const playground = await openPlayground({command: underShell([pinned, ...program(...freePort, '--delay', '50ms').slice(1)])});
	await playground.ask('Hello');
	await playground.sees('client-1', '◂ World');
	playground.submit('/quit');
	expect(await statusOf(playground)).toBe(0);
	expectTerminalBack(playground);
});
