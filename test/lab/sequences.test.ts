/**
Five hundred random sequences of ask, crash, restart, recover, reopen and quit: no abort of libzmq, no rejection that nobody handles, no
process that does not end. All in a few processes of their own; SEQUENCES=5000 tries more.
*/
import process from 'node:process';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {bundleLab, runLab, type LabProgram} from '../helpers/lab-program.js';

const sequences = Number(process.env['SEQUENCES'] ?? 500);
const seed = Number(process.env['SOAK_SEED'] ?? Date.now() % 1_000_000);
const timeoutMs = 60_000 + (sequences * 100);

let program: LabProgram;

beforeAll(async () => {
	program = await bundleLab('test/lab/sequences-program.ts');
});

afterAll(async () => program.remove());

test.each([
	// Most in one process, where what one sequence leaves behind meets the next; the others each in its own, which has to end right after its quit.
	['a few at a time', [sequences - 20]],
	['each in its own process', Array.from({length: 20}, () => 1)],
])('%s', async (_, counts) => {
	const endings: string[] = [];
	for (const [index, count] of counts.entries()) {
		const {output, status} = await runLab(program, [], [String(count), String(seed + index)], timeoutMs);
		const label = `SOAK_SEED=${seed + index}, ${count} sequences: ${output}`;
		expect(status, label).toBe(0);
		expect(output, label).toMatch(/^\d+ sequences, [^\n]*\n$/v);
		endings.push(output.trim());
	}

	console.log(`SOAK_SEED=${seed}: ${endings.join('; ')}`);
}, timeoutMs);
