/** The race as it is drawn: the board, what has become of each, and the faults where there is room. */
import {describe, expect, test} from 'vitest';
import {emptyBoard, type Board, type RaceRow} from '../../source/core/race/board.js';
import {createTheme} from '../../source/tui/theme.js';
import {drawRace} from '../../source/tui/race-view.js';

const row = (changes: Partial<RaceRow>): RaceRow => ({entrant: 'none', state: 'running', asked: 10, answered: 10, lost: 0, mismatched: 0, abandoned: 0, late: 0, sockets: 1, struck: 0, recoveries: [], isWell: true, ...changes});
const board: Board = {
	requests: 40,
	seed: 7,
	schedule: [{kind: 'crash', request: 5}],
	rows: [
		row({state: 'stuck', asked: 5, answered: 4, lost: 1, stuckAt: 5, ms: 400}),
		row({entrant: 'relaxed', asked: 20, answered: 20}),
		row({entrant: 'relaxed+correlate', state: 'finished', asked: 40, answered: 39, lost: 1, recoveries: [203], ms: 900}),
		row({entrant: 'lazy-pirate', state: 'finished', asked: 40, answered: 40, sockets: 2, recoveries: [205], ms: 900}),
	],
};
const draw = (shown: Board, width: number, height: number, isAscii = false): readonly string[] =>
	drawRace(createTheme({hasColor: false, isAscii}), shown, {width, height});

describe('the race', () => {
	test.each([[60, 12], [80, 20], [120, 36]])('fills a screen of %i columns and %i rows, and says of each what has become of it', (width, height) => {
		const lines = draw(board, width, height);
		expect(lines).toHaveLength(height);
		expect(new Set(lines.map(line => line.length))).toEqual(new Set([width]));
		const screen = lines.join('\n');
		expect(screen).toMatch(/✗none +5 +4 +1 .*#5/v);
		expect(screen).toMatch(/ none +✗ stuck for ever at #5/v);
		expect(screen).toMatch(/ relaxed +▰▰▰▰▰▱▱▱▱▱ is asking/v);
		expect(screen).toMatch(/ relaxed\+correlate +⚠ goes on/v);
		expect(screen).toMatch(/ lazy-pirate +✓ every question answered/v);
	});

	test('names the faults where there is room', () => {
		expect(draw(board, 80, 20).join('\n')).toContain('crash while holding #5');
	});

	test('is drawn with ASCII only where that is asked for', () => {
		expect(draw(board, 120, 36, true).join('')).toMatch(/^\p{ASCII}*$/v);
	});

	test('says that it is about to start', () => {
		expect(draw(emptyBoard, 80, 20).join('\n')).toContain('about to start');
	});
});
