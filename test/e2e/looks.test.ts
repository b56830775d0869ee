/** How it looks is the person's choice, in every front with a screen: without colours, in ASCII, without motion. */
import {describe, expect, onTestFinished, test} from 'vitest';
import {looks} from '../../source/command-line/fronts/flags.js';
import {fronts} from '../../source/command-line/fronts/registry.js';
import {openPlayground, type Playground, type Start} from '../helpers/playground.js';
import {freePort, program} from '../helpers/program.js';
import {openTerminal} from '../helpers/terminal.js';

const withScreen: readonly string[] = ['playground', 'client', 'server', 'worker', 'race', 'run', 'open'];

test.each(withScreen)('the front %s takes every flag about looks', name => {
	expect(fronts.find(front => front.name === name)?.flags).toEqual(expect.arrayContaining([...looks]));
});

/** Whether any cell has a colour that is not the terminal's own. */
const isColoured = (playground: Playground): boolean =>
	playground.cells().flat().some(({foreground, background}) => foreground.type !== 'default' || background.type !== 'default');

const hasInverse = (playground: Playground): boolean => playground.cells().flat().some(({inverse}) => inverse);

/** A reply that comes later than any test looks. */
const patient: readonly string[] = [...freePort, '--delay', '1m'];

/** A refusal, a crash and a selection: whatever is drawn in a colour. */
async function goThroughTrouble(playground: Playground): Promise<void> {
	playground.submit('Hello');
	await playground.bothStand('AWAITING-REPLY');
	playground.submit('Too early');
	await playground.sees('client-1', 'EFSM');
	playground.press('Escape');
	await playground.waitFor('browsing');
}

describe('colours', () => {
	test.each<[what: string, start: Start]>([
		['NO_COLOR', {flags: patient, env: {NO_COLOR: '1'}}],
		['--no-color', {flags: [...patient, '--no-color']}],
	])('are left out with %s', async (_, start) => {
		const playground = await openPlayground(start);
		await goThroughTrouble(playground);
		expect(isColoured(playground)).toBe(false);
	});

	test('are there else, also with an empty NO_COLOR', async () => {
		const playground = await openPlayground({env: {NO_COLOR: ''}});
		await playground.waitFor(() => isColoured(playground), {label: 'colours'});
	});
});

test('with --ascii nothing else is drawn', async () => {
	// Its panes have other corners than `openPlayground` looks for.
	const terminal = openTerminal({columns: 80, rows: 24, command: program(...freePort, '--delay', '200ms', '--ascii')});
	onTestFinished(async () => terminal.close());
	await terminal.waitFor('+ client-1  REQ  connected');
	terminal.type('Hello');
	terminal.press('Enter');
	const screen = await terminal.waitFor(/\* REPLIED[^*]*\* REPLIED/v);
	expect(screen).toMatch(/^[\n\u{20}-\u{7E}]+$/v);
});

test('with --reduced-motion no state flashes, no bar fills and nothing flies: the countdown is a word that changes once a second', async () => {
	const playground = await openPlayground({columns: 100, rows: 28, flags: [...freePort, '--delay', '4s', '--reduced-motion']});
	const countdowns = new Set<string>();
	playground.submit('Hello');
	await playground.waitFor(screen => {
		expect(hasInverse(playground)).toBe(false);
		expect(screen).not.toMatch(/[╌▰▱]/v);
		const [left] = / · [^·│]+ left/v.exec(screen) ?? [];
		if (left !== undefined) {
			countdowns.add(left);
		}

		return screen.includes('● REPLIED');
	}, {label: 'the reply'});
	const seconds = [' · 4 s left', ' · 3 s left', ' · 2 s left', ' · 1 s left', ' · under 1 s left'];
	expect(countdowns.size).toBeGreaterThan(0);
	expect(seconds).toEqual(expect.arrayContaining([...countdowns]));
});

test('without it the state that was reached is lit, and a bar fills', {retry: 2}, async () => {
	const playground = await openPlayground({flags: [...freePort, '--delay', '4s']});
	let hasFlashed = false;
	playground.submit('Hello');
	await playground.waitFor(screen => {
		hasFlashed ||= hasInverse(playground);
		return hasFlashed && screen.includes('▰▱');
	}, {label: 'a lit state and a bar'});
});
