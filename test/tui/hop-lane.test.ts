/** The lanes at either side of a broker: what it holds in its hands has arrived there, and what it has dropped has a cross where a worker was given it last. */
import {expect, test} from 'vitest';
import {type HopFrame, type Side} from '../../source/core/hop.js';
import {drawHopLane} from '../../source/tui/hop-lane.js';
import {createTheme} from '../../source/tui/theme.js';
import {isAdded, journalOf, labStarts, opens, receives, sends, type Telling} from '../helpers/events.js';

const theme = createTheme({hasColor: false, isAscii: false});
const cast: readonly Telling[] = [labStarts('broker'), isAdded('broker', 'broker'), isAdded('worker-1', 'server'), isAdded('client-1', 'client', {id: 'ana'}), opens('broker'), opens('worker-1'), opens('client-1')];
const hop = (body: string): readonly HopFrame[] => [{role: 'routing-id', text: 'ana', size: 3}, {role: 'delimiter', text: '', size: 0}, {role: 'body', text: body, size: body.length}];

const arrows = (side: Side, ...story: readonly Telling[]): readonly string[] => {
	const journal = journalOf([...cast, ...story]);
	const moments = [...journal.oldestFirst(1)].map(({n}) => n);
	return drawHopLane(theme, journal, side, {width: 11, height: moments.length, rowOf: n => moments.indexOf(n)}).map(line => line.trim()).filter(line => /[▸◂]/v.test(line));
};

const asks = sends('client-1', 'Hello');
const handsOn: Telling = {type: 'forwarded', peer: 'broker', from: 'frontend', frames: hop('Hello'), waiting: 0, worker: 'worker-1'};
const holds: Telling = {type: 'step-held', peer: 'broker', operation: 'send', side: 'backend', frames: hop('Hello'), worker: 'worker-1'};
const drops: Telling = {type: 'request-dropped', peer: 'broker', frames: hop('Hello'), workers: ['worker-1', 'worker-1', 'worker-1']};

test('step by step a request has arrived at the broker before it is handed on', () => {
	expect(arrows('frontend', asks)).toEqual(['╌╌╌╌╌╌╌╌▸']);
	expect(arrows('frontend', asks, holds)).toEqual(['━━━━━━━━▸']);
	expect(arrows('frontend', asks, holds, handsOn, asks)).toEqual(['━━━━━━━━▸', '╌╌╌╌╌╌╌╌▸']);
	expect(arrows('backend', asks, holds)).toEqual([]);
});

test('a reply that the broker is about to give back has come from its worker', () => {
	const story: readonly Telling[] = [asks, handsOn, receives('worker-1', 'Hello'), sends('worker-1', 'World')];
	expect(arrows('backend', ...story)).toEqual(['━━━━━━━━▸', '◂╌╌╌╌╌╌╌╌']);
	expect(arrows('backend', ...story, {type: 'step-held', peer: 'broker', operation: 'send', side: 'frontend', frames: hop('World')})).toEqual(['━━━━━━━━▸', '◂━━━━━━━━']);
});

test('a dropped request has a cross where it was handed on last, and only there', () => {
	expect(arrows('backend', asks, handsOn, handsOn, drops)).toEqual(['╌╌╌╌╌╌╌╌▸', '╌╌╌╌✗╌╌╌▸']);
	expect(arrows('frontend', asks, handsOn, handsOn, drops)).toEqual(['━━━━━━━━▸']);
});
