/**
A lab under random commands, for as long as asked:

	SOAK_SECONDS=3600 SOAK_SEED=7 npx vitest run --config .config/vitest.config.js test/lab/soak

A failure names its seed. The commands of a seed are the same again; when the sockets' answers come between them is not.
*/
import process from 'node:process';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {remembered} from '../../source/lab/recorder.js';
import {bundleLab, runLab, type LabProgram} from '../helpers/lab-program.js';
import {type SoakReport} from './soak-report.js';

const seconds = Number(process.env['SOAK_SECONDS'] ?? 20);
const seed = Number(process.env['SOAK_SEED'] ?? Date.now() % 1_000_000);
const mebibyte = 1024 * 1024;

let program: LabProgram;

beforeAll(async () => {
	program = await bundleLab('test/lab/soak-program.ts');
});

afterAll(async () => program.remove());

test('nothing that is commanded breaks a lab', async () => {
	// It ends by itself; what keeps it longer than this is a handle that was left behind.
	const {output, status} = await runLab(program, ['--expose-gc'], [String(seconds), String(seed)], (seconds + 60) * 1000);
	const label = `SOAK_SEED=${seed}`;
	expect({status, output: status === 0 ? '' : output}, label).toEqual({status: 0, output: ''});
	const {commands, events, checks, asked, replied, codes, first, last} = JSON.parse(output) as SoakReport;
	console.log(`soak: ${label}, ${commands} commands, ${events} events, ${replied} of ${asked} answered, ${checks} fresh starts, heap ${(last.heap / mebibyte).toFixed(1)} MB`, codes, first, last);
	expect(checks).toBeGreaterThan(0);
	expect(replied).toBeGreaterThanOrEqual(checks);
	// A failure without libzmq's own code is a mistake of ours, and so is an endpoint that a peer has and can't leave.
	expect(Object.keys(codes).filter(code => code.includes('EUNKNOWN') || code === 'command-failed ENOENT'), label).toEqual([]);
	// What a lab remembers for a recording may have yet to fill.
	expect(last.heap - first.heap, `${label}: heap in bytes`).toBeLessThan(remembered.bytes + (8 * mebibyte));
	// Beside the heap, libzmq's own: measured at about 3 KB for each socket that came and went, up to 100 MB in a minute.
	expect(last.rss - first.rss, `${label}: memory in bytes`).toBeLessThan(4 * mebibyte * Math.max(20, seconds));
	expect(last.files - first.files, `${label}: open files`).toBeLessThan(100);
}, (seconds + 90) * 1000);
