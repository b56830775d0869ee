/** The end of a lab: nothing is left behind that would keep its process alive, whatever was under way. */
import {afterAll, beforeAll, expect, test} from 'vitest';
import {bundleLab, runWithLab, type LabProgram} from '../helpers/lab-program.js';
import {openPair} from '../helpers/lab.js';

let program: LabProgram;

beforeAll(async () => {
	program = await bundleLab();
});

afterAll(async () => program.remove());

/** Runs lines up to an event of some type, ends the lab in that very moment, and lets the process end by itself. */
const endingAfter = (lines: readonly string[], type: string): string => `
const lab = await startLocalLab({scene: 'pair', seed: 1, endpoint: 'tcp://127.0.0.1:*', delay: 'off'});
await new Promise(resolve => {
	lab.subscribe(events => {
		if (events.some(event => event.type === ${JSON.stringify(type)})) {
			resolve();
		}
	});
	for (const line of ${JSON.stringify(lines)}) {
		lab.execute(line, 'pipe');
	}
});
const end = lab.end();
process.stdout.write('ended');
await end;
`;

test.each([
	['at once', [], 'lab-started'],
	['after an exchange', ['send Hello'], 'received'],
	['with a reply on hold', ['hold', 'send Hello'], 'held'],
	['with a delay that runs', ['delay 1h', 'send Hello'], 'delay-started'],
	['with a client that asks again and again', ['every 1ms Hello'], 'sent'],
	['with a time-out that runs', ['hold', 'timeout 1h', 'send Hello'], 'held'],
	['with a message that nobody can take', ['@server-1 crash', 'send Hello'], 'sent'],
	['with a peer that restarts', ['@all restart'], 'peer-opened'],
	['with peers that are closed', ['@all close'], 'peer-closed'],
	['with a fresh lab being set up', ['reset', 'reset'], 'command'],
	['with a server that tries to bind', ['@client-1 bind tcp://127.0.0.1:*', '@server-1 restart', '@server-1 bind tcp://127.0.0.1:*'], 'command'],
])('%s', async (_, lines, type) => {
	expect(await runWithLab(program, endingAfter(lines, type))).toEqual({output: 'ended', status: 0});
});

test('is the last event, and lines after it do nothing', async () => {
	const lab = await openPair();
	lab.run('send Hello', '@all restart');
	await lab.end();
	lab.run('send Hello', 'reset', '@all restart');
	await lab.end();
	// Another lab goes through a whole exchange meanwhile.
	const other = await openPair();
	expect(await other.asks('Hello')).toBe('World');
	expect(lab.events.at(-1)?.type).toBe('lab-ended');
	expect(lab.all('lab-ended')).toHaveLength(1);
});
