/** A race on the screen, end to end: the built program, real sockets in a process of their own, a real terminal. */
import {expect, onTestFinished, test} from 'vitest';
import {childrenOf, isRunning} from '../helpers/processes.js';
import {openPlayground, Playground} from '../helpers/playground.js';
import {program} from '../helpers/program.js';
import {until} from '../helpers/socket-waits.js';

test('a race runs beside the lab, ends with Esc, and leaves no process', async () => {
	const playground = await openPlayground({columns: 120, rows: 40});
	const before = new Set(childrenOf(playground.pid));
	playground.submit('/race 10000 seed 7');
	await playground.waitFor('10000 requests, ');
	await playground.waitFor(/none +✗ stuck for ever at #\d+/v);
	await playground.waitFor(/lazy-pirate +▰?▱/v);
	const [race = 0, ...more] = childrenOf(playground.pid).filter(pid => !before.has(pid));
	expect(more).toEqual([]);
	playground.press('Escape');
	await playground.stands('client-1', 'IDLE');
	await playground.ask('Hello');
	await until(() => !isRunning(race), 'the process of the race is gone');
});

test.each([[80, 24], [120, 40]])('zmq-playground race shows its board live on %i columns, and leaves it in the shell', async (columns, rows) => {
	const terminal = new Playground({command: program('race', '--requests', '30', '--seed', '7'), columns, rows});
	onTestFinished(async () => terminal.close());
	await terminal.waitFor(/30 requests, 3 faults, seed 7: over after/v);
	expect(terminal.screen()).toMatch(/lazy-pirate +30 +30 +0 +0 +1 +0/v);
	expect(terminal.screen()).toContain('Esc end the race');
	terminal.press('Escape');
	expect(await terminal.waitForExit()).toEqual({code: 0, signal: undefined});
	expect(terminal.screen()).toMatch(/lazy-pirate +(?:✓ *)?every question answered/v);
	expect(terminal.screen()).not.toContain('Esc end the race');
});
