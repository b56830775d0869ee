/** The wire as it is drawn: what passed, whose it was, its bytes with their names. */
import {Buffer} from 'node:buffer';
import {stripVTControlCharacters} from 'node:util';
import {describe, expect, test} from 'vitest';
import {createTheme} from '../../source/tui/theme.js';
import {drawWire, firstWireOutlook} from '../../source/tui/wire-view.js';
import {type Fact} from '../../source/core/events.js';
import {beginning, journalOf, oneOfEach, pair, place} from '../helpers/events.js';

const request: Fact = {
	type: 'unit', peer: 'client-1', to: place, link: 1, from: 'connector', way: 'request', unit: 3, kind: 'message', size: 9, bytes: Buffer.from('\u{1}\u{0}\u{0}\u{5}Hello').toString('base64'), exchange: 1,
	fields: [{name: 'delimiter', offset: 0, length: 2}, {name: 'flags', offset: 2, length: 1, value: 'last'}, {name: 'size', offset: 3, length: 1, value: '5 B'}, {name: 'body', offset: 4, length: 5}],
};
const fault = {rule: 1, fault: 'drop reply 3'};
const story: readonly Fact[] = [...pair, {type: 'tap-switched', isOn: true}, {type: 'fault-set', ...fault}, request];
const draw = (facts: readonly Fact[], outlook = firstWireOutlook, isAscii = false, [width, height] = [80, 18]) =>
	drawWire(createTheme({hasColor: false, isAscii}), journalOf(facts), outlook, {width, height});

describe('the wire', () => {
	test('lists a unit with its direction, peer, size and words', () => {
		expect(draw(story).join('\n')).toMatch(/▸ client-1\/1 {2}message +9 B {2}\S*delimiter, body “Hello”/v);
	});

	test('says that the tap is off, and how to put it in', () => {
		expect(draw(pair).join('\n')).toContain('the tap is off: /tap on');
	});

	test('says which fault struck which message', () => {
		const struck = draw([...story, {type: 'fault-struck', peer: 'client-1', to: place, link: 1, ...fault, way: 'reply', unit: 3, exchange: 1}]).join('\n');
		expect(struck).toContain('fault 1  drop reply 3  struck 1 time, last the reply to request 1 of client-1');
	});

	test('shows the bytes of the selected unit beside what they spell and are called', () => {
		const shown = draw(story, {showsBytes: true, top: 0}).map(line => line.trimEnd());
		expect(shown.at(-4)).toMatch(/^ 0000 {2}01 00 +\.\. +delimiter$/v);
		expect(shown.at(-1)).toMatch(/^ 0004 {2}48 65 6c 6c 6f +Hello +body$/v);
	});

	test.each([[80, 20], [120, 36], [200, 56], [60, 12]])('fills %i by %i exactly, in ASCII too, whatever passes', (width, height) => {
		const hostile = [...pair, ...Object.values(oneOfEach('\u{1B}[31mred\u{202E}')).filter(fact => fact.type !== 'lab-started' && fact.type !== 'lab-ended'), ...Array.from({length: 60}, () => request)];
		for (const showsBytes of [true, false]) {
			const lines = draw(hostile, {showsBytes, top: 0}, true, [width, height]);
			expect(lines).toHaveLength(height);
			expect(lines.filter(line => stripVTControlCharacters(line).length !== width)).toEqual([]);
			expect(lines.join('\n')).not.toContain('\u{1B}[31m');
		}
	});

	test('keeps what is selected in sight while more passes', () => {
		const facts = [...story, ...Array.from({length: 100}, () => request)];
		expect(draw(facts, {selected: story.length, showsBytes: false, top: 0}).join('\n')).toContain(new Date(beginning + story.length).getMilliseconds().toString().padStart(3, '0'));
	});
});
