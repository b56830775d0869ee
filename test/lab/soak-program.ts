/**
A lab in a process of its own, at which random commands are thrown for as long as asked: `soak-program <seconds> <seed>`.

Tells how it went, as JSON, or ends with an error. An abort of libzmq, a rejection that nobody handles or a handle
that keeps the process alive is seen by whoever started it. The commands are random but the same for a seed, as far as the sockets' own timing lets them be.
*/
import {readdirSync} from 'node:fs';
import process from 'node:process';
import {setImmediate as turn, setTimeout as pause} from 'node:timers/promises';
import {type Event} from '../../source/core/events.js';
import {createRandom} from '../../source/core/random.js';
import {curveArrangements} from '../../source/core/curve.js';
import {emptySnapshot, fold, type Snapshot} from '../../source/core/snapshot.js';
import {Lab} from '../../source/lab/lab.js';
import {type Measure, type SoakReport} from './soak-report.js';

/** How many commands until the lab is reset and has to answer. */
const stride = 100;

/** How long (ms) a healthy pair may take to answer: far longer than it ever does. */
const patienceMs = 10_000;

const seconds = Number(process.argv[2]);
const random = createRandom(Number(process.argv[3]));
const below = (end: number): number => Math.floor(random() * end);
const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)]!;

let snapshot: Snapshot = emptySnapshot;
let waiting: ((event: Event) => void) | undefined;
let broken: Error | undefined;
let events = 0;
let asked = 0;
let replied = 0;
const codes: Record<string, number> = {};
const story: string[] = [];

function take(event: Event): void {
	snapshot = fold(snapshot, event);
	events++;
	story.push(JSON.stringify(event).slice(0, 300));
	if (story.length > 60) {
		story.shift();
	}

	asked += event.type === 'sent' && event.peer === 'client-1' ? 1 : 0;
	replied += event.type === 'received' && event.peer === 'client-1' ? 1 : 0;
	if ('code' in event && event.code !== undefined) {
		const name = `${event.type} ${event.code}`;
		codes[name] = (codes[name] ?? 0) + 1;
	}

	const {asked: sum, late: _late, ...outcomes} = snapshot.exchanges.tally;
	const total = Object.values(outcomes).reduce((one, other) => one + other, 0);
	if (sum !== total || Object.values(snapshot.exchanges.tally).some(count => count < 0)) {
		// Thrown later: whoever emits might catch it.
		broken ??= new Error(withStory(`the sums do not agree: ${JSON.stringify(snapshot.exchanges.tally)}`));
	}

	waiting?.(event);
}

const withStory = (what: string): string => `${what}\n${story.join('\n')}`;

const linksOf = (peer: string, direction: 'bind' | 'connect'): readonly string[] =>
	(snapshot.peers[peer]?.links ?? []).filter(link => link.direction === direction).map(({endpoint}) => endpoint);

/** A new endpoint; once there are three, one of them is left instead, so that there are never many. */
function move(peer: string, direction: 'bind' | 'connect'): string {
	const there = linksOf(peer, direction);
	if (there.length >= 3) {
		return `@${peer} ${direction === 'bind' ? 'unbind' : 'disconnect'} ${pick(there)}`;
	}

	if (direction === 'bind') {
		// No inproc here: a socket that connects to a name that nobody has any more stays in libzmq for ever, and can keep a process from ending.
		return `@${peer} bind tcp://127.0.0.1:*`;
	}

	const elsewhere = linksOf(peer === 'client-1' ? 'server-1' : 'client-1', 'bind');
	return `@${peer} connect ${pick([...elsewhere, 'tcp://127.0.0.1:1'])}`;
}

/** What would help, so that most of the time there is somebody to ask and somebody who answers. */
function help(): string {
	const {'client-1': client, 'server-1': server} = snapshot.peers;
	if (!client?.state || !server?.state) {
		return `@${client?.state ? 'server-1' : 'client-1'} open`;
	}

	const common = linksOf('server-1', 'bind').some(endpoint => linksOf('client-1', 'connect').includes(endpoint));
	if (!common) {
		return linksOf('server-1', 'bind').length === 0 ? '@server-1 bind tcp://127.0.0.1:*' : `@client-1 connect ${pick(linksOf('server-1', 'bind'))}`;
	}

	if (server.options.hold === 'on') {
		return '@server-1 release';
	}

	if (server.options.service === 'by-hand') {
		return server.state === 'awaiting-reply' ? '@server-1 reply by hand' : '@server-1 reply-with World';
	}

	return client.state === 'awaiting-reply' ? pick(['@client-1 restart', '@client-1 receive']) : '@client-1 send helped';
}

const someone = (): string => pick(['client-1', 'server-1']);

/** What may be said, and how often beside the others. */
const sayings: ReadonlyArray<[weight: number, say: () => string]> = [
	[30, () => `@client-1 send ${'question '.repeat(1 + below(3))}`],
	[3, () => `@client-1 send --frames a "" ${'x'.repeat(below(2000))}`],
	[2, () => '@client-1 send --hex 00ff'],
	[4, () => `@${someone()} close`],
	[4, () => `@${someone()} crash`],
	[12, () => `@${someone()} open`],
	[4, () => `@${pick(['client-1', 'server-1', 'all'])} restart`],
	[4, () => move('server-1', 'bind')],
	[4, () => move('client-1', 'connect')],
	[1, () => move('client-1', 'bind')],
	[1, () => move('server-1', 'connect')],
	[2, () => `@server-1 unbind ${linksOf('server-1', 'bind')[0] ?? ''}`],
	[2, () => `@client-1 disconnect ${linksOf('client-1', 'connect')[0] ?? ''}`],
	[4, () => `@client-1 timeout ${pick(['1ms', '10ms', '50ms', 'off'])}`],
	[3, () => '@server-1 hold'],
	[6, () => '@server-1 release'],
	[4, () => `@server-1 delay ${pick(['1ms', '5ms..10ms', '2ms±1ms', 'once 3ms', 'off'])}`],
	[2, () => '@server-1 by-hand'],
	[4, () => `@server-1 reply-with ${pick(['World', '{request}', '{upper} {count}'])}`],
	[3, () => '@server-1 reply by hand'],
	[3, () => `@${someone()} receive`],
	[1, () => '@client-1 every 1ms again'],
	[3, () => '@client-1 every off'],
	[3, () => `curve ${pick(curveArrangements).name}`],
	[2, () => pick(['allow client-1', 'deny client-1', 'allow any'])],
	[1, () => 'nonsense'],
	[40, help],
];
const said = sayings.flatMap(([weight, say]) => Array.from({length: weight}, () => say));

/** The next event that is wanted; what is done meanwhile is done once somebody listens. */
async function next(isWanted: (event: Event) => boolean, act: () => void): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		const timer = setTimeout(() => {
			reject(new Error(withStory(`a fresh pair does not answer within ${patienceMs} ms`)));
		}, patienceMs);
		waiting = event => {
			if (isWanted(event)) {
				clearTimeout(timer);
				waiting = undefined;
				resolve();
			}
		};

		act();
	});
}

const measure = (): Measure => {
	globalThis.gc?.();
	const {heapUsed: heap, rss} = process.memoryUsage();
	return {heap, rss, files: process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0};
};

const lab = new Lab({scene: 'pair', seed: 1, endpoint: 'tcp://127.0.0.1:*', delay: 'off'}, take);
await lab.start();
const start = performance.now();
const passed = (): number => (performance.now() - start) / 1000;
let commands = 0;
let checks = 0;
let first: Measure | undefined;
while (passed() < seconds) {
	for (let count = 0; count < stride; count++) {
		const isDone = lab.execute(pick(said)(), 'pipe');
		commands++;
		// Now one after the other, now several in the same moment; now at once, now after the sockets had time for what they do.
		if (random() < 0.7) {
			await isDone;
		}

		await (random() < 0.3 ? pause(below(4)) : turn());
		if (broken) {
			throw broken;
		}
	}

	// Whatever was done to it, a fresh pair answers: no socket of the context is frozen by an observer that nobody reads.
	await lab.execute('reset', 'pipe');
	await next(event => event.type === 'received' && event.peer === 'client-1', () => {
		void lab.execute('@client-1 send Hello', 'pipe');
	});
	checks++;
	if (!first && passed() > seconds / 4) {
		first = measure();
	}
}

const last = measure();
await lab.end();
process.stdout.write(`${JSON.stringify({commands, events, checks, asked, replied, codes, first: first ?? last, last} satisfies SoakReport)}\n`);
