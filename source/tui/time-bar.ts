/** The time bar: from the oldest event that is remembered to the newest, where something went wrong, and where one is. */
import {peerOf} from '../core/events.js';
import {type Journal} from '../core/journal.js';
import {describe} from '../core/rows.js';
import {clockOf} from './clock-of.js';
import {fit, widthOf, widthOfSpans, type Span} from './line.js';
import {type Theme} from './theme.js';

/**
What a traveller has to know. `whole` is the journal with all that has happened by now; `moment` the event at which one is, undefined for now.
`recording` names the file if there is no living lab; `progress` (0 to 1) says how much of it is read, while it is; `speed` is there while it is replayed.
*/
export type Timeline = {readonly whole: Journal; readonly moment: number | undefined; readonly recording?: string; readonly progress?: number; readonly speed?: number};

/** The bar as spans that take exactly `width` columns. */
export function timeBar(theme: Theme, {whole, moment}: Timeline, width: number): readonly Span[] {
	const {horizon, snapshot, landmarks} = whole;
	const last = snapshot.n;
	const [left, right] = [`#${horizon} `, ` #${last}`];
	const cells = Math.max(1, width - widthOf(left) - widthOf(right));
	const cellOf = (n: number): number => last <= horizon ? cells - 1 : Math.round((n - horizon) / (last - horizon) * (cells - 1));
	const troubles = new Set(landmarks.all('trouble').map(n => cellOf(n)));
	const here = cellOf(moment ?? last);
	const {symbols} = theme;
	const spans: Span[] = [{text: left, role: 'quiet'}];
	for (let cell = 0; cell < cells; cell++) {
		if (cell === here) {
			spans.push({text: symbols.states.replied, role: 'strong'});
		} else if (troubles.has(cell)) {
			spans.push({text: symbols.refused, role: 'bad'});
		} else {
			spans.push({text: cell < here ? symbols.arrow.arrived : symbols.arrow.line, role: cell < here ? 'focus' : 'quiet'});
		}
	}

	return [...joined(spans), {text: right, role: 'quiet'}];
}

/** Neighbours of one role as one span: a bar of a hundred cells is a few pieces. */
function joined(spans: readonly Span[]): readonly Span[] {
	const pieces: Span[] = [];
	for (const span of spans) {
		const last = pieces.at(-1);
		if (last && last.role === span.role) {
			pieces[pieces.length - 1] = {...last, text: last.text + span.text};
		} else {
			pieces.push(span);
		}
	}

	return pieces;
}

/** What the line above the bar says of the moment; undefined where there is only now, and a living lab. */
export function describeMoment(theme: Theme, timeline: Timeline, columns: number): string | undefined {
	const {whole, moment, recording, speed} = timeline;
	if (moment === undefined && recording === undefined) {
		return undefined;
	}

	const newest = whole.snapshot.n;
	const event = whole.at(moment ?? newest);
	const position = `#${moment ?? newest} of ${newest}`;
	const when = event ? ` ${clockOf(event.t)}` : '';
	const head: readonly Span[] = [{text: ` ${speed === undefined ? '' : `×${speed} `}${position}${when} `, role: 'busy'}];
	const tail = tailOf(theme, timeline);
	const room = columns - widthOfSpans(head) - widthOfSpans(tail) - 1;
	const what = event ? `${peerOf(event) ?? 'lab'} ${event.type}  ${describe(event)}` : '';
	return fit(theme, [...head, {text: fit(theme, [{text: what}], Math.max(0, room))}, {text: ' '}, ...tail], columns);
}

const progressCells = 10;

function tailOf({symbols, isCalm}: Theme, {whole, moment, recording, progress, speed}: Timeline): readonly Span[] {
	if (progress !== undefined) {
		const full = Math.floor(progress * progressCells);
		return [{text: `reading ${isCalm ? '' : `${symbols.bar[0].repeat(full)}${symbols.bar[1].repeat(progressCells - full)} `}${Math.floor(progress * 100)}% `, role: 'good'}];
	}

	if (recording !== undefined || moment === undefined) {
		return [{text: `Space: ${speed === undefined ? 'play' : 'pause'} `, role: 'quiet'}];
	}

	const since = whole.snapshot.n - moment;
	return [{text: `${since} more since · End: now `, role: 'good'}];
}
