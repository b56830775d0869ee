/** Whatever a peer sends or a person pastes: it is drawn safely, its evidence stays visible, and the layout is unbroken. */
import {
	afterAll,
	beforeAll,
	describe,
	expect,
	test,
} from 'vitest';
import {Reply, Request} from 'zeromq';
import {hostileMessages, hostilePastes, type HostileMessage} from '../helpers/hostile-messages.js';
import {freePort, program} from '../helpers/program.js';
import {brokenBorders} from '../helpers/panes.js';
import {WatchedTerminal} from '../helpers/watched-terminal.js';

/** Our server gives back what it gets, so that its replies and the lane between the panes are hostile as well. */
const echo: readonly string[] = [...freePort, '--delay', 'off', '--reply', '{request}'];

const numbered = hostileMessages.map((message, index) => [index + 1, message.name, message] as const);

/** Starts a playground and waits until its pair is connected. */
async function start(columns: number, rows: number): Promise<WatchedTerminal> {
	const terminal = new WatchedTerminal({command: program(...echo), columns, rows});
	await terminal.sees('client-1', 'connected');
	await terminal.sees('server-1', 'listening · 1 peer');
	return terminal;
}

/** A pane without its line ends, so that a text is found where it was wrapped. */
const unwrapped = (pane: string): string => pane.replaceAll(/[\n ]+/gv, '');

/** Waits until a pane shows a text, wherever it was wrapped. */
async function shows(terminal: WatchedTerminal, peer: string, text: string): Promise<void> {
	await terminal.waitFor(() => unwrapped(terminal.pane(peer)).includes(unwrapped(text)), {label: `${peer} to show ${text}`});
}

/** The colours of the terminal's sixteen that the theme draws with: red, yellow, magenta, cyan and bright blue. */
const ownColours: ReadonlySet<number> = new Set([1, 3, 5, 6, 12]);

/** Nothing but drawing has been done, within whole borders, and in no colour or style but our own. */
function expectUndisturbed(terminal: WatchedTerminal): void {
	const cells = terminal.cells();
	expect(brokenBorders(cells)).toEqual([]);
	expect(terminal.row(0)).toMatch(/^ zmq-playground {2}\S.* · #\d+$/v);
	expect(terminal.deeds).toEqual([]);
	expect(terminal.buffersShown).toEqual(['normal', 'alternate']);
	expect(terminal.modes()).toMatchObject({bracketedPaste: true, cursorVisible: true, mouseTracking: 'none', applicationCursorKeys: false});
	const foreign = cells.flat().filter(({foreground, background, underline, strikethrough, italic}) =>
		background.type !== 'default' || foreground.type === 'rgb' || (foreground.type === 'palette' && !ownColours.has(foreground.index)) || underline || strikethrough || italic);
	expect(foreign.map(cell => JSON.stringify(cell))).toEqual([]);
}

/** The endpoints that a pane names, in the order of its rows. */
const endpointsIn = (pane: string): readonly string[] => pane.match(/tcp:\/\/127\.0\.0\.1:\d+/gv) ?? [];

/** A foreign client, which asks and waits for the reply. */
async function ask(client: Request, frames: readonly Uint8Array[] | string): Promise<readonly Uint8Array[]> {
	await client.send(typeof frames === 'string' ? frames : [...frames]);
	return client.receive();
}

describe.each([[120, 40], [80, 24]])('a foreign client asks our server, on a screen of %ix%i', (columns, rows) => {
	let terminal: WatchedTerminal;
	let client: Request;

	beforeAll(async () => {
		terminal = await start(columns, rows);
		client = new Request({linger: 0});
		client.connect(endpointsIn(terminal.pane('server-1'))[0] ?? '');
	});

	afterAll(async () => {
		client.close();
		await terminal.close();
	});

	test.each(numbered)('%i: %s', async (n, _, {frames, evidence}) => {
		const reply = await ask(client, frames);
		expect(reply.map(frame => frame.length)).toEqual(frames.map(frame => frame.length));
		await shows(terminal, 'server-1', evidence);
		await ask(client, `end ${n}`);
		await shows(terminal, 'server-1', `◂ end ${n}`);
		await terminal.hasWholeBorders();
		expectUndisturbed(terminal);
	});
});

describe('a foreign server replies to our client', () => {
	let terminal: WatchedTerminal;
	let server: Reply;

	beforeAll(async () => {
		terminal = await start(120, 40);
		server = new Reply({linger: 0});
		await server.bind('tcp://127.0.0.1:*');
		terminal.submit('/disconnect');
		terminal.submit(`/connect ${server.lastEndpoint}`);
		await shows(terminal, 'client-1', `connects to ${server.lastEndpoint}`);
		await terminal.sees('client-1', 'REQ  connected');
	});

	afterAll(async () => {
		server.close();
		await terminal.close();
	});

	/** Our client asks, and the foreign server replies. */
	async function answer(question: string, frames: HostileMessage['frames'] | string): Promise<void> {
		terminal.submit(question);
		await server.receive();
		await server.send(typeof frames === 'string' ? frames : [...frames]);
	}

	test.each(numbered)('%i: %s', async (n, _, {frames, evidence}) => {
		await answer('anything', frames);
		await shows(terminal, 'client-1', evidence);
		await answer('and then', `end ${n}`);
		await shows(terminal, 'client-1', `◂ end ${n}`);
		expectUndisturbed(terminal);
	});
});

test('on the smallest screen, too, everything stays in its place', async () => {
	const terminal = await start(120, 40);
	const client = new Request({linger: 0});
	try {
		client.connect(endpointsIn(terminal.pane('server-1'))[0] ?? '');
		terminal.resize(60, 16);
		for (const [n, , {frames}] of numbered) {
			await ask(client, frames);
			await ask(client, `end ${n}`);
			await shows(terminal, 'server-1', `◂ end ${n}`);
			await terminal.hasWholeBorders();
			expectUndisturbed(terminal);
		}
	} finally {
		client.close();
		await terminal.close();
	}
});

describe('pasted into the input line, sent, and given back by our server', () => {
	let terminal: WatchedTerminal;
	let asked = 0;

	beforeAll(async () => {
		terminal = await start(120, 40);
	});

	afterAll(async () => {
		await terminal.close();
	});

	test.each(hostilePastes)('$name', async ({paste}) => {
		terminal.paste(paste);
		await terminal.waitFor(() => terminal.input() !== '', {label: 'the paste in the input line'});
		expectUndisturbed(terminal);
		terminal.press('Enter');
		asked++;
		await terminal.waitFor(() => terminal.asked() === asked && terminal.input() === '', {label: 'the request to be sent'});
		await terminal.stands('client-1', 'REPLIED');
		expectUndisturbed(terminal);
	});
});
