/**
Fifty clients and ten servers under random faults:

	SOAK_SECONDS=60 SOAK_SEED=7 npx vitest run --config .config/vitest.config.js test/lab/crowd-soak

Without SOAK_SECONDS it takes half of what the other soak takes.
*/
import process from 'node:process';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {bundleLab, runLab, type LabProgram} from '../helpers/lab-program.js';
import {type CrowdReport} from './crowd-soak-report.js';

const seconds = Number(process.env['SOAK_SECONDS'] ?? 10);
const seed = Number(process.env['SOAK_SEED'] ?? Date.now() % 1_000_000);
const mebibyte = 1024 * 1024;

let program: LabProgram;

beforeAll(async () => {
	program = await bundleLab('test/lab/crowd-soak-program.ts');
});

afterAll(async () => program.remove());

test('whatever happens to a crowd, each exchange ends in one way, and the screen says what the events say', async () => {
	const {output, status} = await runLab(program, ['--expose-gc'], [String(seconds), String(seed)], (seconds + 60) * 1000);
	const label = `SOAK_SEED=${seed}`;
	expect({status, output: status === 0 ? '' : output}, label).toEqual({status: 0, output: ''});
	const report = JSON.parse(output) as CrowdReport;
	console.log(`crowd: ${label}, ${report.commands} commands, ${report.events} events, ${report.exchanges} exchanges, ${report.screens} screens, the slowest in ${report.slowestScreenMs.toFixed(1)} ms; 60 sockets take ${(report.residentOfCrowd / mebibyte).toFixed(1)} MB, the events ${(report.heapOfEvents / mebibyte).toFixed(1)} MB`);
	expect(report.exchanges).toBeGreaterThan(100);
	expect(report.screens).toBeGreaterThan(10);
	// The journal's own bound, and something for all that is not in it.
	expect(report.heapOfEvents, `${label}: heap in bytes`).toBeLessThan(128 * mebibyte);
}, (seconds + 90) * 1000);
