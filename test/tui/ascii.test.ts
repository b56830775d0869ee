/** With `--ascii` a screen is drawn with ASCII only. */
import {describe, expect, test} from 'vitest';
import {drawScreen} from '../../source/tui/screen.js';
import {firstInterfaceState, reduce, type InterfaceAction} from '../../source/tui/interface-state.js';
import {createTheme} from '../../source/tui/theme.js';
import {
	beginning,
	isRefused,
	journalOf,
	labStarts,
	pair,
	receives,
	retries,
	sends,
	sets,
	timesOut,
	type Telling,
} from '../helpers/events.js';

const theme = createTheme({hasColor: false, isAscii: true});
const conversation: readonly Telling[] = [
	labStarts(),
	...pair,
	sets('server-1', 'delay', '1s±200ms'),
	sends('client-1', 'Hello'),
	receives('server-1', 'Hello'),
	isRefused('client-1', 'send', 'EFSM'),
	sends('server-1', 'A reply that is much too long for its pane. '.repeat(20)),
	timesOut('client-1'),
	receives('client-1', '\u{1B}[31mred\u{7F}'),
	retries('client-1', 3, beginning),
];

const screens: ReadonlyArray<[what: string, story: readonly Telling[], actions: readonly InterfaceAction[]]> = [
	['before the lab is there', [], []],
	['at the start', [labStarts(), ...pair], []],
	['after a conversation', conversation, []],
	['while browsing', conversation, [{type: 'mode', mode: 'browsing'}]],
	['in the help', conversation, [{type: 'mode', mode: 'help'}]],
	['while a command is typed', conversation, [{type: 'edit', action: {type: 'insert', text: '/delay '}}]],
];

describe.each([[80, 24], [120, 40], [60, 16], [30, 5]])('at %ix%i', (columns, rows) => {
	test.each(screens)('%s', (_, story, actions) => {
		let state = firstInterfaceState('client-1');
		for (const action of actions) {
			state = reduce(state, action);
		}

		const journal = journalOf(story);
		const {lines} = drawScreen({
			journal, state, now: beginning + 5000, size: {columns, rows}, theme, timeline: {whole: journal, moment: state.mode === 'browsing' ? 12 : undefined},
		});
		expect(lines.join('\n')).toMatch(/^[\n\u{20}-\u{7E}]+$/v);
	});
});
