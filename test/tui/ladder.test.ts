/** The ladder on the screen: whole at every size, following the newest, selecting and scrolling. */
import {stripVTControlCharacters} from 'node:util';
import {describe, expect, test} from 'vitest';
import stringWidth from 'string-width';
import {drawLadder, rowsInSight, type LadderProps} from '../../source/tui/ladder-panel.js';
import {createTheme} from '../../source/tui/theme.js';
import {
	beginning,
	crashes,
	crowd,
	isRefused,
	journalOf,
	later,
	link,
	opens,
	receives,
	sends,
	timesOut,
	type Telling,
} from '../helpers/events.js';

const asks = sends('client-1', 'Hello');
const arrives = receives('server-1', 'Hello');
const together: readonly Telling[] = [...crowd(1), link('handshake-done', 'client-1')];
const story: readonly Telling[] = [
	...together,
	asks,
	arrives,
	{type: 'delay-started', peer: 'server-1', ms: 1000},
	later(1000, {type: 'delay-ended', peer: 'server-1'}),
	sends('server-1', 'World'),
	receives('client-1', 'World'),
	sends('client-1', '注文\u{1B}[31mred "; end #'),
	isRefused('client-1', 'send', 'EFSM'),
	crashes('server-1'),
	later(400, opens('server-1')),
	timesOut('client-1'),
];

const draw = (tellings: readonly Telling[], props: Partial<LadderProps> = {}, theme = createTheme({hasColor: false, isAscii: false})): readonly string[] =>
	drawLadder(theme, journalOf(tellings), {width: 80, height: 20, focus: 'client-1', outlook: {}, isBrowsing: true, now: beginning, ...props});

describe.each([[60, 12], [80, 20], [120, 30], [200, 56]])('at %ix%i', (width, height) => {
	test.each<[what: string, tellings: readonly Telling[]]>([['empty', []], ['a story', story], ['a crowd', [...crowd(30), ...story.slice(5)]]])('%s: every line is as wide as the panel', (_, tellings) => {
		const lines = draw(tellings, {width, height});
		expect(lines).toHaveLength(height);
		expect(lines.map(line => stringWidth(line))).toEqual(lines.map(() => width));
	});

	test('in ASCII', () => {
		const lines = draw(story.map(telling => 'type' in telling && telling.type === 'sent' ? {...telling, frames: asks.frames} : telling), {width, height}, createTheme({hasColor: true, isAscii: true}));
		expect(stripVTControlCharacters(lines.join(''))).toMatch(/^[\u{20}-\u{7E}]+$/v);
	});
});

test('it tells the story in order, each message with its text, each wait with its length', () => {
	const text = draw(story).join('\n');
	expect(text).toMatch(/client-1 +server-1/v);
	expect(text).toMatch(/━ Hello ━+▸[\s\S]*delay 1\.000 s[\s\S]*\+1\.002 s[\s\S]*◂━+ World ━[\s\S]*send refused: EFSM[\s\S]*✗ crashed[\s\S]*\+401 ms[\s\S]*no reply within 1\.000 s/v);
});

test('a message that never arrived ends in the middle with what is known', () => {
	expect(draw([...together, asks, crashes('server-1')], {width: 120}).join('\n')).toMatch(/╌ Hello ╌+✗ \? in the link, or/v);
	expect(draw([...together, asks], {width: 120}).join('\n')).toMatch(/╌ Hello ╌+· not arrived yet/v);
});

test('what a server took with it stands where there is room for it', () => {
	expect(draw([...together, asks, arrives, crashes('server-1')]).join('\n')).toContain('crashed, and lost with it: Hello ✗');
});

test('while somebody waits, the last row counts on; once nobody does, it is gone', () => {
	const waiting = [...together, asks, arrives];
	expect(draw(waiting, {now: beginning + 5000}).join('\n')).toContain('+4.993 s');
	expect(draw([...waiting, sends('server-1', 'World'), receives('client-1', 'World')], {now: beginning + 5000}).join('\n')).not.toContain('+4.99');
});

test('it follows the newest; scrolled, it stays; a selected row out of sight is brought back', () => {
	const long = [...together, ...Array.from({length: 40}, (_, index) => [sends('client-1', `question ${index}`), receives('server-1', `question ${index}`), sends('server-1', 'World'), receives('client-1', 'World')]).flat()];
	expect(draw(long).join('\n')).toContain('question 39');
	const scrolled = draw(long, {outlook: {upTo: 50}}).join('\n');
	expect(scrolled).not.toContain('question 39');
	expect(scrolled).toContain('ladder, up to #50');
	expect(scrolled).toContain('question 10');
	const selected = draw(long, {outlook: {selected: 15}}).join('\n');
	expect(selected).toContain('#15 request question 2 · client-1 to server-1');
	expect(selected).toContain('━ question 2 ━');
});

test('of many peers those around the one in focus are shown, first those that it talks with', () => {
	const [, names = ''] = draw([...crowd(30), sends('client-20', 'Hello'), receives('server-1', 'Hello')], {focus: 'client-20'});
	expect(names).toContain('client-20');
	expect(names).toContain('server-1');
	expect(names).toContain('client-19');
	expect(names).not.toContain('client-5 ');
});

test('two clients that can’t be told apart are both named', () => {
	expect(draw([...crowd(2), asks, sends('client-2', 'Hello'), arrives], {outlook: {selected: 10}, width: 120}).join('\n')).toContain('client-1 or client-2 to server-1');
});

test('rows in sight are no more than asked for', () => {
	expect(rowsInSight(journalOf(story), 5)).toHaveLength(5);
});
