/** The first thing that one reads: three lines a pane, whole on the smallest screen, gone with the first request. */
import {describe, expect, test} from 'vitest';
import {complete} from '../../source/commands/completion.js';
import {scenes} from '../../source/core/scenes.js';
import {firstInterfaceState} from '../../source/tui/interface-state.js';
import {drawScreen} from '../../source/tui/screen.js';
import {createTheme} from '../../source/tui/theme.js';
import {unmark, welcomeOf} from '../../source/tui/welcome.js';
import {beginning, isAdded, journalOf, labStarts, link, opens, peerNamed, receives, sends, type Telling} from '../helpers/events.js';

const theme = createTheme({hasColor: false, isAscii: false});
const usual = {delay: '1s', 'reply-with': 'World'} as const;
const story = (scene: string): readonly Telling[] => [labStarts(scene), isAdded('server-1', 'server', usual), opens('server-1'), link('bound', 'server-1'), isAdded('client-1', 'client'), opens('client-1'), link('connecting', 'client-1')];

const draw = (columns: number, rows: number, tellings: readonly Telling[]): string => drawScreen({
	journal: journalOf(tellings), state: firstInterfaceState('client-1'), now: beginning + 5000, size: {columns, rows}, theme,
}).lines.join('\n');

describe.each([...scenes.map(({name}) => name), 'client', 'server', 'worker'])('in the scene %s', scene => {
	const {snapshot} = journalOf(story(scene));
	const texts = ['client-1', 'server-1'].flatMap(name => welcomeOf(scene, peerNamed(snapshot, name)).map(line => unmark(line)));

	test('each line fits into a pane of the smallest screen', () => {
		expect(texts).toHaveLength(6);
		for (const {text} of texts) {
			expect(text.length, text).toBeLessThanOrEqual(56);
		}
	});

	test('each command that it names is one', () => {
		const named = texts.flatMap(({marked}) => marked).filter(word => word.startsWith('/'));
		for (const command of named) {
			expect(complete(command.replace(/^\/@\S+ /v, '/'), snapshot, peerNamed(snapshot, 'server-1'))?.record ?? complete(command.replace(/^\/@\S+ /v, '/'), snapshot, peerNamed(snapshot, 'client-1'))?.record, command).toBeDefined();
		}
	});
});

describe.each([[60, 16], [80, 24], [120, 40], [200, 60]])('at %ix%i', (columns, rows) => {
	const isThere = (drawn: string): boolean => drawn.replaceAll(/[\s│]+/gv, ' ').includes('Type Hello and press');

	test('it says what to type, and what the server will do', () => {
		const drawn = draw(columns, rows, story('pair'));
		expect(isThere(drawn)).toBe(true);
		expect(drawn).toContain('It answers “World” after 1s');
		expect(drawn).toMatch(/\? is help/v);
	});

	test('it is gone with the first request', () => {
		const drawn = draw(columns, rows, [...story('pair'), sends('client-1', 'Hello'), receives('server-1', 'Hello')]);
		expect(isThere(drawn)).toBe(false);
		expect(drawn).not.toContain('It answers');
	});
});
