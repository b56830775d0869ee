/** A server in a process of its own: every command works on it as on any other, a crash is a SIGKILL, and no process is left behind. */
import {spawn} from 'node:child_process';
import {writeFile} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {createInterface} from 'node:readline';
import {
	afterAll,
	beforeAll,
	expect,
	onTestFinished,
	test,
} from 'vitest';
import {isStuck} from '../../source/core/diagnosis.js';
import {type Event} from '../../source/core/events.js';
import {type LabPort} from '../../source/core/lab-port.js';
import {TestLab} from '../helpers/lab.js';
import {bundleLab, type LabProgram} from '../helpers/lab-program.js';
import {childrenOf, isRunning} from '../helpers/processes.js';

let program: LabProgram;
beforeAll(async () => {
	program = await bundleLab();
	await writeFile(path.join(program.directory, 'program.mjs'), code);
});
afterAll(async () => program.remove());

/** Lines in, events out, on stdio: a lab that has its server's program beside it. */
const code = `
import {createInterface} from 'node:readline';
import {startLocalLab} from './lab.mjs';
const lab = await startLocalLab({scene: 'pair', seed: 1, endpoint: process.argv[2], delay: 'off'});
lab.subscribe(events => {
	for (const event of events) {
		console.log(JSON.stringify(event));
	}
});
for await (const line of createInterface({input: process.stdin})) {
	lab.execute(line, 'pipe');
}
await lab.end();`;

type Started = {readonly lab: TestLab; readonly pid: number};

async function start(endpoint = 'tcp://127.0.0.1:*'): Promise<Started> {
	const child = spawn(process.execPath, ['program.mjs', endpoint], {cwd: program.directory, stdio: ['pipe', 'pipe', 'inherit']});
	const port: LabPort = {
		execute(line) {
			child.stdin.write(`${line}\n`);
		},
		subscribe(listener) {
			createInterface({input: child.stdout}).on('line', line => {
				listener([JSON.parse(line) as Event]);
			});
		},
		async end() {
			child.stdin.end();
			if (child.exitCode === null && child.signalCode === null) {
				await new Promise(resolve => {
					child.once('exit', resolve);
				});
			}
		},
	};
	const lab = new TestLab(port);
	onTestFinished(async () => lab.end());
	await lab.comesTo(({peers}) => Object.keys(peers).length === 2, 'two peers');
	await lab.isConnected();
	return {lab, pid: child.pid ?? 0};
}

/** Takes the server to a process of its own, and gives its id. */
async function takeOutside({lab}: Started): Promise<number> {
	lab.run('server process');
	const {value} = await lab.sees('option-changed', {peer: 'server-1', option: 'process'});
	await lab.sees('bound', {peer: 'server-1'});
	await lab.sees('handshake-done', {peer: 'client-1'});
	return Number(value);
}

test('the commands work on it: delays, holds, replies, endpoints; and it goes back', async () => {
	const started = await start();
	const {lab, pid} = started;
	lab.run('@server-1 reply-with {upper}');
	await lab.sees('option-changed', {option: 'reply-with'});
	const itsPid = await takeOutside(started);
	expect(childrenOf(pid)).toEqual([itsPid]);
	expect(await lab.asks('hello')).toBe('HELLO');
	lab.run('hold', '@client-1 send again');
	await lab.sees('held', {peer: 'server-1'});
	lab.run('release');
	await lab.sees('received', {peer: 'client-1', body: 'AGAIN'});
	lab.run('@server-1 reply unasked');
	await lab.sees('refused', {peer: 'server-1', operation: 'send', code: 'EFSM'});
	lab.run('@server-1 bind tcp://127.0.0.1:*');
	await lab.sees('bound', {peer: 'server-1'});
	lab.run('server process');
	await lab.sees('command-failed', {peer: 'server-1'});
	lab.run('server inside');
	await lab.sees('handshake-done', {peer: 'client-1'});
	expect(await lab.asks('hello')).toBe('HELLO');
	expect(childrenOf(pid)).toEqual([]);
});

test.each(['tcp://127.0.0.1:*', `ipc:///tmp/zmq-playground-process-${process.pid}`])('at %s: SIGKILL with a request, then a new process: the client is stuck, and relaxed frees it', async endpoint => {
	const started = await start(endpoint);
	const {lab} = started;
	const first = await takeOutside(started);
	lab.run('hold', '@client-1 send q1');
	await lab.sees('held');
	lab.run('@server-1 crash');
	await lab.sees('peer-closed', {peer: 'server-1', how: 'crash'});
	expect(isRunning(first)).toBe(false);
	lab.run('@server-1 release');
	await lab.sees('command-failed', {peer: 'server-1'});
	lab.run('@server-1 open');
	const {value} = await lab.sees('option-changed', {option: 'process'});
	expect(Number(value)).not.toBe(first);
	await lab.sees('handshake-done', {peer: 'client-1'});
	await lab.sees('bound', {peer: 'server-1'});
	const client = lab.snapshot.peers['client-1'];
	expect(client && isStuck(lab.snapshot, client)).toBe(true);
	lab.run('@client-1 send q2');
	await lab.sees('refused', {peer: 'client-1', code: 'EFSM'});
	lab.run('@server-1 release', '@client-1 recover relaxed', '@client-1 send q3');
	await lab.sees('received', {peer: 'client-1', body: 'World'});
});

test('killed from outside it has crashed, and can be opened again', async () => {
	const started = await start();
	const {lab} = started;
	process.kill(await takeOutside(started), 'SIGKILL');
	await lab.sees('peer-closed', {peer: 'server-1', how: 'crash'});
	lab.run('@server-1 restart');
	await lab.sees('handshake-done', {peer: 'client-1'});
	await lab.sees('bound', {peer: 'server-1'});
	expect(await lab.asks('Hello')).toBe('World');
});

test.each(['in good order', 'by SIGKILL'])('when the lab ends %s, its process ends too', async how => {
	const started = await start();
	const itsPid = await takeOutside(started);
	if (how === 'by SIGKILL') {
		process.kill(started.pid, 'SIGKILL');
	}

	await started.lab.end();
	await expect.poll(() => isRunning(itsPid)).toBe(false);
});
