/** The lane tells what has arrived, what is under way, and what a fault took. */
import {expect, test} from 'vitest';
import {drawLane} from '../../source/tui/lane.js';
import {createTheme} from '../../source/tui/theme.js';
import {labStarts, journalOf, pair, receives, sends, type Telling} from '../helpers/events.js';

const theme = createTheme({hasColor: false, isAscii: false});
const place = {width: 11, height: 9, top: 0};
const arrows = (...story: readonly Telling[]): readonly string[] => drawLane(theme, journalOf([labStarts(), ...pair, ...story]), place).filter((_, row) => row % 3 === 0).map(line => line.trim());
const asks = sends('client-1', 'Hello');
const arrives = receives('server-1', 'Hello');
const answers = sends('server-1', 'World');
const taken = (way: 'request' | 'reply'): Telling => ({type: 'exchange-seen', peer: 'client-1', to: 'tcp://127.0.0.1:5560', link: 1, exchange: 1, outcome: 'lost', evidence: 'exact', ms: 3, why: 'fault', way, rule: 1});

test('a message is dotted until it has arrived, and one that a fault took has a cross in its way', () => {
	expect(arrows(asks)).toEqual(['╌╌╌╌╌╌╌╌▸', '', '']);
	expect(arrows(asks, taken('request'))).toEqual(['╌╌╌╌✗╌╌╌▸', '', '']);
	expect(arrows(asks, arrives, answers)).toEqual(['━━━━━━━━▸', '◂╌╌╌╌╌╌╌╌', '']);
	expect(arrows(asks, arrives, answers, taken('reply'))).toEqual(['━━━━━━━━▸', '◂╌╌╌╌✗╌╌╌', '']);
	expect(arrows(asks, arrives, answers, taken('reply'), asks)).toEqual(['━━━━━━━━▸', '◂╌╌╌╌✗╌╌╌', '╌╌╌╌╌╌╌╌▸']);
});
