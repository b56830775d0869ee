/** Many clients that ask through something in between, each with several requests under way: `brokered-loop.ts proxy|broker|ready <workers>`. */
import {fork, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import process from 'node:process';
import {Dealer} from 'zeromq';
import {answerRuns} from '../loop-program.js';
import {programsFolder} from '../paths.js';

const [kind = 'proxy', workers = '1'] = process.argv.slice(2);
const clientCount = 8;
const underWay = 32;

const children: ChildProcess[] = [];
const child = async (name: string, ...args: readonly string[]): Promise<unknown> => {
	const program = fork(programsFolder + name, args, {stdio: ['ignore', 'ignore', 'inherit', 'ipc']});
	children.push(program);
	const [said] = await once(program, 'message') as unknown[];
	return said;
};

process.on('exit', () => {
	for (const program of children) {
		program.kill('SIGKILL');
	}
});
process.on('SIGTERM', () => {
	process.exit();
});

const {frontend, backend} = await child('passing.ts', kind) as {readonly frontend: string; readonly backend: string};
await child('working.ts', backend, workers, kind === 'ready' ? 'ready' : 'rep');
const clients = Array.from({length: clientCount}, () => {
	const socket = new Dealer();
	socket.connect(frontend);
	return socket;
});

/** Keeps so many requests under way until the time is over, and takes the last replies. */
async function ask(socket: Dealer, until: number): Promise<number> {
	let count = 0;
	for (let sent = 0; sent < underWay; sent++) {
		await socket.send(['', 'Hello, thirty bytes of request']);
	}

	for (let open = underWay; open > 0;) {
		await socket.receive();
		count++;
		if (performance.now() < until) {
			await socket.send(['', 'Hello, thirty bytes of request']);
		} else {
			open--;
		}
	}

	return count;
}

answerRuns(async ms => {
	const start = performance.now();
	const counts = await Promise.all(clients.map(async socket => ask(socket, start + ms)));
	let count = 0;
	for (const each of counts) {
		count += each;
	}

	return {count, ms: performance.now() - start};
});
