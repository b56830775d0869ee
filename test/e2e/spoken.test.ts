/** With --screen-reader all is told in words, on the normal screen, in lines that are never touched again. */
import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {describe, expect, onTestFinished, test} from 'vitest';
import {Reply, Request} from 'zeromq';
import {commands} from '../../source/commands/registry.js';
import {freePort, program} from '../helpers/program.js';
import {TestTerminal, type TerminalOptions} from '../helpers/terminal.js';

/** A terminal that minds what is done to its lines. */
class SpokenTerminal extends TestTerminal {
	/** How often something was erased but the rest of the input line, or the cursor left its row. */
	disturbances = 0;

	constructor(options: TerminalOptions) {
		super(options);
		const {parser} = this.xterm;
		for (const final of ['A', 'B', 'H', 'f', 'd', 'J', 'S', 'T', 'L', 'M']) {
			parser.registerCsiHandler({final}, () => {
				this.disturbances++;
				return false;
			});
		}
	}

	/** Everything that was said. */
	said(): string {
		return this.scrollback();
	}

	/** Waits until this was said, anywhere. */
	async hears(what: string | RegExp): Promise<void> {
		await this.waitFor(() => typeof what === 'string' ? this.said().includes(what) : what.test(this.said()), {label: `${String(what)} to be said, in:\n${this.said()}\n`});
	}

	submit(line: string): void {
		this.type(line);
		this.press('Enter');
	}
}

function open(argv: readonly string[], {env = {}, columns = 100}: {readonly env?: Record<string, string>; readonly columns?: number} = {}): SpokenTerminal {
	const terminal = new SpokenTerminal({columns, rows: 30, command: program(...argv), env});
	onTestFinished(async () => terminal.close());
	return terminal;
}

const spoken: readonly string[] = [...freePort, '--screen-reader'];

/** Nothing was drawn: no boxes, bars or arrows; nothing was erased; the screen is the normal one. */
function expectPlainLog(terminal: SpokenTerminal): void {
	expect(terminal.said()).not.toMatch(/[⇄\u{2500}-\u{25FF}⚠]/v);
	expect(terminal.disturbances).toBe(0);
	expect(terminal.buffer()).toBe('normal');
	expect(terminal.modes().cursorVisible).toBe(true);
}

test.each<[what: string, argv: readonly string[], env: Record<string, string>]>([
	['--screen-reader', [...spoken, '--delay', '4s'], {}],
	['Ink’s own INK_SCREEN_READER=true', [...freePort, '--delay', '4s'], {INK_SCREEN_READER: 'true'}],
])('a conversation, a refusal and a deadlock, with %s', async (_, argv, env) => {
	const terminal = open(argv, {env});
	await terminal.hears(/client-1 is connected to tcp:/v);
	await terminal.hears('client-1, idle:');
	terminal.submit('Hello');
	await terminal.hears('server-1 owes a reply for 4 s');
	terminal.submit('Early');
	await terminal.hears(/client-1 refused, EFSM: not sent: Early\. A REQ that awaits a reply may not send again/v);
	await terminal.hears('client-1, awaiting-reply: Early');
	// The refused text is back, and a slash replaces it.
	terminal.submit('/@server-1 crash');
	await terminal.hears(/client-1 is stuck: .+ \/@client-1 restart: /v);
	await terminal.hears('client-1, stuck:');
	terminal.press('Tab');
	await terminal.hears('server-1, REP, crashed: /open makes a new socket');
	await terminal.hears('server-1, crashed:');
	const said = terminal.said();
	const order = ['client-1, idle: Hello', 'client-1 sent Hello, now awaits the reply', 'server-1 owes a reply for 4 s', 'client-1 refused', 'server-1: crashed', 'client-1 is stuck'];
	const places = order.map(sentence => said.indexOf(sentence));
	expect(places).not.toContain(-1);
	expect(places).toEqual(places.toSorted((one, other) => one - other));
	expectPlainLog(terminal);
	terminal.press('Ctrl+c');
	expect(await terminal.waitForExit()).toEqual({code: 0, signal: undefined});
});

test('what is asked for is told: help, states, events, why, the wire and its bytes, the ladder, the code', async () => {
	const terminal = open([...spoken, '--tap', '--delay', 'off']);
	await terminal.hears(/client-1 is connected to/v);
	terminal.submit('Hello');
	await terminal.hears('client-1 received World');
	terminal.press('Enter');
	await terminal.hears(/server-1, REP, listening, 1 peer: replied, receives the next request/v);
	terminal.submit('/help');
	await terminal.hears('Ctrl+C: quit');
	for (const {usage, summary} of commands) {
		expect(terminal.said().replaceAll('\n', '')).toContain(`/${usage}: ${summary}`);
	}

	terminal.submit('/events');
	await terminal.hears('each event is told from now on');
	await terminal.hears(/event \d+, client-1, handshake-done: tcp:/v);
	terminal.submit('/why');
	await terminal.hears('Nobody waits for a reply, and nobody owes one.');
	terminal.submit('/ladder');
	await terminal.hears(/client-1 sends.*: request Hello, client-1 to server-1/v);
	terminal.submit('/code python');
	await terminal.hears('import zmq');
	terminal.submit('/wire');
	await terminal.hears(/client-1, request way, message, \d+ B: delimiter, body “Hello”/v);
	await terminal.hears('wire:');
	terminal.press('Enter');
	await terminal.hears(/byte \d+, 5 B, body: 57 6f 72 6c 64/v);
	terminal.press('Escape');
	await terminal.hears('typing; client-1');
	expectPlainLog(terminal);
});

test('behind a broker: who passes what to whom, and the frames of a request at each hop', async () => {
	const terminal = open(['--scene', 'broker', '--screen-reader', '--delay', 'off', ...freePort]);
	await terminal.hears(/client-1 is connected to[\s\S]*client-1, idle:/v);
	terminal.submit('Hello');
	await terminal.hears('client-1 received World');
	await terminal.hears('broker passed Hello of ana on to a worker');
	await terminal.hears('broker passed World back to ana');
	terminal.submit('/envelope');
	await terminal.hears(/request: client-1 asks, broker passes it on, worker-\d serves/v);
	await terminal.hears('client-1 REQ, 1 frame, Hello: what its program sends');
	await terminal.hears('broker ROUTER, 3 frames, ana, an empty one, Hello: ROUTER adds the routing id of client-1');
	await terminal.hears(/reply\n[\s\S]*client-1 REQ, 1 frame, World: REQ takes the delimiter off/v);
	terminal.press('Enter');
	await terminal.hears(/broker, ROUTER\+DEALER, listening: /v);
	expectPlainLog(terminal);
});

test('a tap between programs of others tells each connection, what passes, what a fault took, and where it stands', async () => {
	const [server, client] = [new Reply({linger: 0}), new Request({linger: 0, receiveTimeout: 10_000})];
	onTestFinished(() => {
		server.close();
		client.close();
	});
	await server.bind('tcp://127.0.0.1:*');
	const terminal = open(['tap', server.lastEndpoint ?? '', '--listen', 'tcp://127.0.0.1:*', '--screen-reader'], {columns: 200});
	await terminal.hears(/the tap listens at tcp:\S+ for tcp:/v);
	terminal.press('Enter');
	await terminal.hears('nobody has connected yet: let a client connect to');
	client.connect(/the tap listens at (?<endpoint>\S+) for/v.exec(terminal.said())?.groups?.['endpoint'] ?? '');
	await client.send('Hello');
	await server.receive();
	await server.send('World');
	await client.receive();
	await terminal.hears(/link 1: REQ to REP\n[\s\S]*link 1, request: Hello\n[\s\S]*link 1, reply: World\n/v);
	terminal.submit('/fault drop reply 1');
	await terminal.hears('drop reply 1 is in force: fault 1');
	terminal.press('Enter');
	await terminal.hears('fault 1, drop reply 1, struck 0 times');
	await client.send('Pizza');
	await server.receive();
	await server.send('Gone');
	await terminal.hears('link 1, reply: Gone, taken by a fault');
	terminal.press('Enter');
	await terminal.hears(/link 1, REQ to REP: who asks is awaiting a reply for .+; who answers is replied; 2 asked, 1 replied, 1 lost; [\s\S]*newest reply Gone, taken by a fault/v);
	client.close();
	await terminal.hears('link 1: closed by who connected');
	expectPlainLog(terminal);
});

test('a line is edited in place, and Tab tells what it chooses among', async () => {
	const terminal = open(spoken, {columns: 60});
	await terminal.hears(/client-1 is connected to/v);
	terminal.type('Helo');
	terminal.press('Left');
	terminal.type('l');
	await terminal.waitFor('client-1, idle: Hello');
	expect(terminal.said().match(/client-1, idle: /gv)?.length).toBeLessThanOrEqual(2);
	terminal.press('End', 'Ctrl+u');
	terminal.type('/c');
	terminal.press('Tab');
	await terminal.hears(/Tab chooses among .*crash.*, /v);
	expectPlainLog(terminal);
});

describe('every front with a screen', () => {
	test.each<[argv: readonly string[], says: RegExp]>([
		[['server', 'tcp://127.0.0.1:*'], /server-1: listens at tcp:[\s\S]*server-1, idle:/v],
		[['client', 'tcp://127.0.0.1:1'], /client-1: nobody answers at tcp:[\s\S]*client-1, idle:/v],
		[['worker', 'tcp://127.0.0.1:1'], /worker-1: nobody answers at tcp:[\s\S]*worker-1, idle:/v],
		[['--scene', 'crowd', ...freePort], /scene crowd: [\s\S]*client-1, idle:/v],
		[['race', '--requests', '20', '--seed', '7'], /none: stuck for ever at [\s\S]*lazy-pirate: every question answered[\s\S]*the race is over/v],
		[['run', '--on-screen', 'test/scripts/deadlock.zmqp'], /the script says: @server-1 hold[\s\S]*holds: [\s\S]*client-1 is stuck[\s\S]*go on by hand/v],
		[['run', '--on-screen', '--pause', 'test/scripts/efsm.zmqp'], /line \d+: .+\. Enter carries it out/v],
	])('%j', async (argv, says) => {
		const terminal = open([...argv, '--screen-reader']);
		await terminal.waitFor(() => says.test(terminal.said()), {timeoutMs: 25_000, label: `${says} in ${terminal.said()}`});
		expectPlainLog(terminal);
	});
});

test('a recording is stepped through, event by event', async () => {
	const file = path.join(mkdtempSync(path.join(tmpdir(), 'spoken-')), 'lab.jsonl');
	const lab = open([...spoken, '--record', file, '--delay', 'off']);
	await lab.hears(/client-1 is connected to/v);
	lab.submit('Hello');
	await lab.hears('client-1 received World');
	lab.press('Ctrl+c');
	await lab.waitForExit();
	const terminal = open(['open', file, '--screen-reader']);
	await terminal.hears(/ of \d+, the lab has ended/v);
	terminal.press('Left');
	await terminal.hears(/ of \d+, .*client-1/v);
	terminal.press('Home');
	await terminal.hears(/1 of \d+, scene pair/v);
	expectPlainLog(terminal);
});

test('a flood is told at a pace that one can follow, and counted', async () => {
	const terminal = open([...spoken, '--delay', 'off']);
	await terminal.hears(/client-1 is connected to/v);
	terminal.submit('/every 10ms tick');
	await terminal.hears(/and [\d,]+ more events meanwhile/v);
	const lines = terminal.said().split('\n').filter(line => line.includes('tick'));
	expect(lines.length).toBeLessThan(60);
	expectPlainLog(terminal);
});
