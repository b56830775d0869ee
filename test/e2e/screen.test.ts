/** The screen itself: events, help, browsing, copying, and a layout that survives every resize. */
import {describe, expect, test} from 'vitest';
import {commands} from '../../source/commands/registry.js';
import {openPlayground, sizes, type Playground} from '../helpers/playground.js';
import {freePort} from '../helpers/program.js';

const atOnce: readonly string[] = [...freePort, '--delay', 'off'];

/** The texts that are drawn in inverse video. */
const inverse = (playground: Playground): readonly string[] =>
	playground.cells().map(row => row.filter(cell => cell.inverse).map(cell => cell.character).join('')).filter(text => text !== '');

/** Waits until a text is selected: drawn in inverse video. */
const isSelected = async (playground: Playground, text: string): Promise<void> => {
	await playground.waitFor(() => inverse(playground).includes(text), {label: `${JSON.stringify(text)} to be selected`});
};

/** The numbers, peers and types in the log of events. */
const loggedEvents = (screen: string): ReadonlyArray<{readonly n: number; readonly what: string}> =>
	[...screen.matchAll(/^│ +(?<n>\d+) {2}[\d.:]+ {2}(?<peer>[\w\-]+) +(?<type>[\w\-]+)/gmv)].map(({groups}) => ({n: Number(groups?.['n']), what: `${groups?.['peer']} ${groups?.['type']}`}));

/** Asks so often: `question 1`, `question 2` … */
async function askOften(playground: Playground, count: number): Promise<void> {
	for (let index = 1; index <= count; index++) {
		await playground.ask(`question ${index}`, index);
	}
}

describe('the log of events', () => {
	test.each(sizes)('at %s it comes and goes', async (_, size) => {
		const playground = await openPlayground({...size, flags: atOnce});
		const isShown = (): boolean => playground.screen().includes('╭ events');
		const wasShown = isShown();
		expect(wasShown).toBe(size.rows >= 28);
		if (!wasShown) {
			playground.submit('/events');
		}

		await playground.waitFor(/\d\d:\d\d:\d\d\.\d{3} {2}(?:client|server)-1 {2}handshake-done/v);
		await playground.hasWholeBorders();
		playground.submit('Hello');
		await playground.waitFor(/client-1 {2}received +World/v);
		playground.submit('/events');
		await playground.waitFor(() => !isShown(), {label: 'the log to go'});
		await playground.hasWholeBorders();
	});

	test('it has the events of both sockets, in order and without a gap', async () => {
		const playground = await openPlayground({columns: 120, rows: 56, flags: atOnce});
		await playground.waitFor(screen => loggedEvents(screen).at(-1)?.n === Number(/#(?<n>\d+)$/mv.exec(screen)?.groups?.['n']), {label: 'the newest event in the log'});
		const events = loggedEvents(playground.screen());
		expect(events.map(({n}) => n)).toEqual(events.map((_, index) => (events[0]?.n ?? 0) + index));
		expect(events.map(({what}) => what)).toEqual(expect.arrayContaining([
			'server-1 bound', 'server-1 listening', 'client-1 connecting', 'client-1 connected', 'server-1 accepted', 'client-1 handshake-done', 'server-1 handshake-done',
		]));
	});
});

test.each(sizes)('at %s: the help has every command, scrolls to its end and back, and leaves the line alone', async (_, size) => {
	const playground = await openPlayground(size);
	playground.type('really?');
	await playground.holds('really?');
	playground.press('Ctrl+u');
	await playground.holds('');
	playground.press('?');
	await playground.waitFor('A client (REQ) asks and waits');
	const seen = new Set<string>();
	const read = (): void => {
		for (const line of playground.screen().split('\n')) {
			seen.add(line.trim());
		}
	};

	read();
	// The last of the keys at the wire.
	const isEnd = (screen: string): boolean => /Enter or → .*\n(?:.*\n)*.*Ctrl\+C +quit$/mv.test(screen);
	while (!isEnd(playground.screen())) {
		const before = playground.screen();
		playground.press('PageDown');
		await playground.waitFor(screen => screen !== before, {label: 'the help to scroll'});
		read();
	}

	for (const {name} of commands) {
		expect([...seen].some(line => line.startsWith(`/${name}`)), `the help has /${name}`).toBe(true);
	}

	// It ends where it ends: one page up is a page up, however often PgDn was pressed.
	playground.press('PageDown', 'PageDown', 'PageDown', 'PageUp');
	await playground.waitFor(screen => !isEnd(screen), {label: 'the help to scroll back'});
	playground.press('Escape');
	await playground.waitFor('╭ client-1');
	await playground.holds('');
});

describe('browsing', () => {
	test('messages are selected and copied, older ones scrolled to; Esc is the way back', async () => {
		const playground = await openPlayground({flags: atOnce});
		await askOften(playground, 9);
		playground.press('Escape');
		await playground.holds('browsing');
		expect(playground.row(23)).toContain('Esc type');
		await isSelected(playground, 'World');
		playground.press('Up');
		await isSelected(playground, 'question 9');
		playground.press('c');
		await playground.waitFor('copied: question 9');
		expect(playground.clipboard).toEqual(['question 9']);
		playground.press('Up', 'Up');
		await isSelected(playground, 'question 8');
		playground.press('k', 'y');
		await playground.waitFor('copied: World');

		playground.press('PageUp', 'PageUp');
		await playground.sees('client-1', 'question 1');
		await playground.waitFor('scrolled back · PgDn towards now');
		expect(playground.pane('client-1')).not.toContain('question 9');
		playground.press('PageDown', 'PageDown');
		await playground.sees('client-1', 'question 9');

		playground.press('PageUp', 'Tab');
		await playground.waitFor('server-1 ›');
		playground.press('Left');
		await playground.waitFor('client-1 ›');
		playground.press('Escape');
		await playground.holds('');
		await playground.sees('client-1', 'question 9');
		expect(playground.modes().cursorVisible).toBe(true);
	});

	test('letters are keys there: e shows the log, q goes back', async () => {
		const playground = await openPlayground({flags: atOnce});
		playground.press('Escape');
		await playground.holds('browsing');
		playground.press('e');
		await playground.waitFor('╭ events');
		playground.press('q');
		await playground.holds('');
	});

	test('/copy takes the newest message, with all that it holds', async () => {
		const playground = await openPlayground({flags: atOnce});
		playground.submit('/copy');
		await playground.waitFor('there is no message to copy yet');
		playground.submit('/reply-with {request}');
		playground.paste('zwei\nZeilen ✓');
		playground.press('Enter');
		await playground.stands('client-1', 'REPLIED');
		playground.submit('/copy');
		await playground.waitFor('copied: zwei␊Zeilen ✓');
		expect(playground.clipboard).toEqual(['zwei\nZeilen ✓']);
	});
});

describe('resizing', () => {
	const path: ReadonlyArray<readonly [columns: number, rows: number]> = [[120, 40], [60, 16], [200, 60], [79, 20], [77, 30], [100, 28], [61, 17], [80, 24]];

	/** Waits until the screen is drawn for this size: borders whole, footer in the last row. */
	const fits = async (playground: Playground, columns: number, rows: number): Promise<void> => {
		await playground.waitFor(() => playground.row(rows - 1).startsWith(' Enter send') && playground.row(0).startsWith(' zmq-playground') && playground.row(0).length === columns - 1, {label: `a screen of ${columns}x${rows}`});
		await playground.hasWholeBorders();
	};

	test('at rest it leaves no ghosts', async () => {
		const playground = await openPlayground({flags: atOnce});
		await askOften(playground, 3);
		for (const [columns, rows] of path) {
			playground.resize(columns, rows);
			await fits(playground, columns, rows);
			const {before, after} = await playground.redrawn();
			expect(before).toBe(after);
		}
	});

	test('while exchanges run the layout holds, and there are no ghosts in the end', async () => {
		const playground = await openPlayground({flags: atOnce});
		playground.submit('/every 20ms tick');
		for (const [columns, rows] of path) {
			const asked = playground.asked();
			playground.resize(columns, rows);
			await fits(playground, columns, rows);
			await playground.waitFor(() => playground.asked() > asked, {label: 'the next question'});
		}

		playground.submit('/every off');
		await playground.sees('client-1', 'asks no more by itself');
		await playground.bothStand('REPLIED');
		const {before, after} = await playground.redrawn();
		expect(before).toBe(after);
	});

	test('a screen too small says what it needs, and comes back', async () => {
		const playground = await openPlayground({flags: atOnce});
		playground.type('half a thou');
		playground.resize(50, 10);
		await playground.waitFor('zmq-playground needs 60x16; this is 50x10');
		playground.resize(80, 24);
		await fits(playground, 80, 24);
		await playground.holds('half a thou');
	});
});
