/**
Fifty clients and ten servers in one lab, at which random faults are thrown for as long as asked: `crowd-soak-program <seconds> <seed>`.

After each event every exchange has to have exactly one outcome and the sums to agree; now and then the real screen is drawn, and has to
say the same numbers as the events. Tells how it went, as JSON, or ends with an error.
*/
import process from 'node:process';
import {setTimeout as pause} from 'node:timers/promises';
import {type Event} from '../../source/core/events.js';
import {Journal} from '../../source/core/journal.js';
import {createRandom} from '../../source/core/random.js';
import {type Actor} from '../../source/core/scenes.js';
import {Lab} from '../../source/lab/lab.js';
import {firstInterfaceState} from '../../source/tui/interface-state.js';
import {drawScreen} from '../../source/tui/screen.js';
import {createTheme} from '../../source/tui/theme.js';
import {type CrowdReport} from './crowd-soak-report.js';

const clients = 50;
const servers = 10;
const patienceMs = 30_000;
const seconds = Number(process.argv[2]);
const random = createRandom(Number(process.argv[3]));
const below = (end: number): number => Math.floor(random() * end);
const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)]!;

const outcomes = ['replied', 'timed-out', 'lost', 'mismatched', 'abandoned'] as const;
type Closed = (typeof outcomes)[number];

const journal = new Journal();
const closed = new Set<number>();
const counts: Record<Closed, number> = {replied: 0, 'timed-out': 0, lost: 0, mismatched: 0, abandoned: 0};
let asked = 0;
let exchanges = 0;
let broken: Error | undefined;
let notice: (() => void) | undefined;

function take(event: Event): void {
	const roleBefore = 'peer' in event && event.peer !== undefined ? journal.snapshot.peers[event.peer]?.role : undefined;
	journal.append(event);
	if (event.type === 'lab-started') {
		asked = 0;
		exchanges += closed.size;
		closed.clear();
		for (const outcome of outcomes) {
			counts[outcome] = 0;
		}
	}

	asked += event.type === 'sent' && roleBefore === 'client' && event.attempt === undefined ? 1 : 0;
	const {tally, settled, open} = journal.snapshot.exchanges;
	if (settled) {
		// Thrown later: whoever emits might catch it.
		broken ??= closed.has(settled.id) || settled.outcome === 'pending' ? new Error(`exchange ${settled.id} ends twice, or not: ${settled.outcome}`) : undefined;
		closed.add(settled.id);
		counts[settled.outcome as Closed]++;
	}

	const pending = Object.keys(open).length;
	const isEven = tally.asked === asked && tally.pending === pending && asked === pending + closed.size && outcomes.every(outcome => tally[outcome] === counts[outcome]);
	broken ??= isEven ? undefined : new Error(`the sums do not agree after #${event.n} ${event.type}: ${JSON.stringify({tally, asked, pending, counts})}`);
	notice?.();
}

/** What the screen says, from the real view. */
function drawnSums(): {readonly asked: number; readonly sums: string; readonly ms: number} {
	const start = performance.now();
	const {lines} = drawScreen({
		journal, state: firstInterfaceState(`client-${1 + below(clients)}`), now: Date.now(), size: {columns: 260, rows: 60}, theme: createTheme({hasColor: false, isAscii: false}),
	});
	const ms = performance.now() - start;
	const title = lines.find(line => line.startsWith('╭ clients')) ?? '';
	return {asked: Number(/ (?<count>\d+) asked/v.exec(lines[0] ?? '')?.groups?.['count'] ?? 0), sums: title.split('╮', 1)[0]?.split('─').map(part => part.trim()).find(part => /^\d/.test(part)) ?? '', ms};
}

/** The same from the events, written as the screen writes it. */
function countedSums(): string {
	const {open, tally: {late}} = journal.snapshot.exchanges;
	const all = {pending: Object.keys(open).length, ...counts, late};
	return (['pending', ...outcomes, 'late'] as const).filter(name => all[name] > 0).map(name => `${all[name]} ${name}`).join(', ');
}

const client = (): string => `client-${1 + below(clients)}`;
const server = (): string => `server-${1 + below(servers)}`;
const anyone = (): string => pick([client, server])();

/** Faults, and what mends them again. */
const sayings: ReadonlyArray<[weight: number, say: () => string]> = [
	[40, () => `@${client()} send Hello`],
	[6, () => '@clients send Hello'],
	[6, () => `@${server()} crash`],
	[8, () => `@${server()} open`],
	[4, () => `@${anyone()} restart`],
	[2, () => `@${client()} close`],
	[6, () => `@${client()} open`],
	[3, () => `@${server()} hold`],
	[6, () => `@${server()} release`],
	[6, () => `@${server()} delay ${pick(['off', '1ms', '2ms..8ms', '20ms', 'once 30ms'])}`],
	[6, () => `@${client()} recover ${pick(['none', 'timeout 20ms', 'relaxed', 'relaxed+correlate', 'lazy-pirate 3x 10ms'])}`],
	[3, () => `@${client()} timeout ${pick(['5ms', '20ms', 'off'])}`],
	[2, () => `@${client()} immediate ${pick(['on', 'off'])}`],
	[2, () => `@${client()} every 5ms again`],
	[4, () => `@${client()} every off`],
	[3, () => disconnectSomebody()],
	[3, () => connectSomebody()],
	[1, () => '@servers release'],
	[1, () => '@all restart'],
];
const said = sayings.flatMap(([weight, say]) => Array.from({length: weight}, () => say));

const endpointsOf = (peer: string, direction: 'bind' | 'connect'): readonly string[] =>
	(journal.snapshot.peers[peer]?.links ?? []).filter(link => link.direction === direction).map(({endpoint}) => endpoint);

function disconnectSomebody(): string {
	const who = client();
	const there = endpointsOf(who, 'connect');
	return there.length > 1 ? `@${who} disconnect ${pick(there)}` : `@${who} send Hello`;
}

function connectSomebody(): string {
	const who = client();
	const [target] = endpointsOf(server(), 'bind');
	return target === undefined || endpointsOf(who, 'connect').length > 2 ? `@${who} send Hello` : `@${who} connect ${target}`;
}

/** Each client connects to two servers, so that each server has ten clients. */
const place = (index: number): string => `tcp://127.0.0.1:${20_000 + index}`;
const actors: readonly Actor[] = [
	...Array.from({length: servers}, (_, index): Actor => ({peer: `server-${index + 1}`, role: 'server', places: [{direction: 'bind', endpoint: place(index), fallback: 'tcp://127.0.0.1:*'}]})),
	...Array.from({length: clients}, (_, index): Actor => ({
		peer: `client-${index + 1}`, role: 'client', places: [index, index + 3].map(each => ({direction: 'connect', endpoint: place(each % servers)})),
	})),
];

async function until(condition: () => boolean, label: string): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		const timer = setTimeout(() => {
			reject(new Error(`never came to this: ${label}; ${countedSums()}`));
		}, patienceMs);
		notice = () => {
			if (condition()) {
				clearTimeout(timer);
				notice = undefined;
				resolve();
			}
		};

		notice();
	});
}

const heap = (): number => {
	globalThis.gc?.();
	return process.memoryUsage().heapUsed;
};

const lab = new Lab({scene: 'soak', actors, seed: 1, delay: 'off'}, take);
const residentBefore = process.memoryUsage().rss;
await lab.start();
await until(() => Object.values(journal.snapshot.peers).every(({links}) => links.some(({connections}) => connections > 0)), 'everyone is connected');
const residentOfCrowd = process.memoryUsage().rss - residentBefore;
const heapBefore = heap();
const start = performance.now();
let commands = 0;
let screens = 0;
let slowestScreenMs = 0;
while (performance.now() - start < seconds * 1000) {
	for (let count = 0; count < 50; count++) {
		const isDone = lab.execute(pick(said)(), 'pipe');
		commands++;
		if (random() < 0.2) {
			await isDone;
		}
	}

	await pause(below(10));
	const drawn = drawnSums();
	screens++;
	slowestScreenMs = Math.max(slowestScreenMs, drawn.ms);
	if (drawn.asked !== asked || drawn.sums !== countedSums()) {
		broken ??= new Error(`the screen says ${drawn.asked} asked, ${drawn.sums}; the events say ${asked} asked, ${countedSums()}`);
	}

	if (broken) {
		throw broken;
	}
}

const heapOfEvents = heap() - heapBefore;
// Whatever was done to them, fresh sockets answer.
await lab.execute('reset', 'pipe');
await lab.execute('@clients send Hello', 'pipe');
await until(() => journal.snapshot.exchanges.tally.replied === clients, 'a fresh crowd is answered');
await lab.end();
process.stdout.write(`${JSON.stringify({commands, events: journal.snapshot.n, exchanges, screens, slowestScreenMs, residentOfCrowd, heapOfEvents} satisfies CrowdReport)}\n`);
