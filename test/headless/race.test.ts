/** The front `race` in a pipe. */
import {describe, expect, test} from 'vitest';
import {run} from '../helpers/shell.js';

describe('zmq-playground race', () => {
	test('prints the board at its end, and exits with 0', async () => {
		const {status, stdout, stderr} = await run(['race', '--requests', '30', '--seed', '7']);
		expect({status, stderr}).toEqual({status: 0, stderr: ''});
		expect(stdout).toMatch(/^30 requests, 3 faults, seed 7: over after [\d.]+m?s\n/v);
		expect(stdout).toMatch(/^(?=.*crash while holding #\d)(?=.*drop reply #\d)(?=.*delay #\d+ past the time-out)/mv);
		expect(stdout).toMatch(/^lazy-pirate +30 +30 +0 +0 +1 +0 +- +\d+ms +\d+ms +4 +[\d.]+s$/mv);
		expect(stdout).toMatch(/^none +stuck for ever at #\d+/mv);
	});

	test('prints one line of JSON an entrant, of those that were named', async () => {
		const {status, stdout} = await run(['race', '--requests', '30', '--seed', '7', '--json', 'dealer', 'none']);
		const lines = stdout.trimEnd().split('\n').map(line => JSON.parse(line) as unknown);
		expect(status).toBe(0);
		expect(lines).toEqual([
			expect.objectContaining({v: 1, type: 'race-entrant', requests: 30, seed: 7, entrant: 'none', state: 'stuck', lost: 1, recovery: {count: expect.any(Number) as number}}),
			expect.objectContaining({entrant: 'dealer', state: 'finished', asked: 30, answered: 27, lost: 2, mismatched: 0, late: 1, abandoned: 1, faults: 3, sockets: 1}),
		]);
	});

	test.each<[argv: readonly string[], reason: string, next: RegExp]>([
		[['lazy'], 'there is no entrant “lazy”', /did you mean lazy-pirate\?/v],
		[['--requests', '3'], '“3” is no number of requests', /from 10 to 10000/v],
		[['--requests', 'all'], '“all” is no number of requests', /from 10/v],
	])('is called wrongly with %j', async (argv, reason, next) => {
		const {status, stdout, stderr} = await run(['race', ...argv]);
		expect({status, stdout}).toEqual({status: 2, stdout: ''});
		expect(stderr).toContain(`zmq-playground: ${reason}\n`);
		expect(stderr).toMatch(next);
	});
});
