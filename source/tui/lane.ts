/**
The lane between the panes: what travelled, each message beside its row, newest at the bottom. A request is dotted while it has left and not arrived, and solid once it has;
it never delays what a pane shows. What a fault took has a cross in its way. Where nothing shall move, a message is drawn once it has arrived or is lost.
*/
import {type Role} from '../core/events.js';
import {type Journal} from '../core/journal.js';
import {describeFrames} from '../core/rows.js';
import {cut, fit, widthOf} from './line.js';
import {type Theme} from './theme.js';

/** One message: `text` is what it says. `n` is the event that sent it, `arrived` the one that received it. */
export type Passage = {readonly n: number; readonly isRequest: boolean; readonly arrived: number | undefined; readonly isLost: boolean; readonly text: string};

/** Where the lane is; `rowOf` says at which of its lines the row of an event stands in a pane, if it is in sight. */
export type Place = {readonly width: number; readonly height: number; readonly rowOf: (n: number) => number | undefined};

/** The lane as exactly `height` lines of `width` columns. Each arrow stands beside what was sent, or else what has arrived, and never above the one before. */
export const drawLane = (theme: Theme, journal: Journal, place: Place): readonly string[] => drawPassages(theme, passages(journal, place.height, theme.isCalm), place);

/** Draws them as the lane; newest first as they come, newest at the bottom. */
export function drawPassages(theme: Theme, newestFirst: readonly Passage[], {width, height, rowOf}: Place): readonly string[] {
	const lines = Array.from({length: height}, () => ' '.repeat(width));
	const shown = placed(newestFirst.toReversed(), height, rowOf);
	for (const [index, {passage, row}] of shown.entries()) {
		const ofWay = passage.isRequest ? 'request' : 'reply';
		const fresh = passage.isLost ? 'bad' : ofWay;
		const role = index === shown.length - 1 ? fresh : 'quiet';
		lines[row] = fit(theme, [{text: drawArrow(theme, passage, width), role}], width);
		const isFree = row + 1 < height && shown[index + 1]?.row !== row + 1;
		if (width < 8 || !isFree) {
			continue;
		}

		const text = cut(passage.text, width - 2);
		lines[row + 1] = fit(theme, [{text: `${' '.repeat(Math.floor((width - widthOf(text)) / 2))}${text}`, role}], width);
	}

	return lines;
}

/**
Oldest first, each at its row, one row each. Whose own row stands above the arrow before goes to where it arrived. What came nowhere has no other place:
pushed down it would stand beside a row that it does not belong to, and so would all that follow.
*/
function placed(newestLast: readonly Passage[], height: number, rowOf: Place['rowOf']): ReadonlyArray<{readonly passage: Passage; readonly row: number}> {
	const found: Array<{readonly passage: Passage; readonly row: number}> = [];
	for (const [index, passage] of newestLast.entries()) {
		const {n, arrived, isLost} = passage;
		const wanted = [rowOf(n), arrived === undefined ? undefined : rowOf(arrived)].filter(row => row !== undefined);
		const next = (found.at(-1)?.row ?? -1) + 1;
		const isTold = arrived !== undefined || isLost || index === newestLast.length - 1;
		const row = wanted.find(each => each >= next) ?? (wanted.length > 0 && isTold ? next : height);
		if (row < height) {
			found.push({passage, row});
		}
	}

	return found;
}

function drawArrow({symbols}: Theme, {isRequest, arrived, isLost}: Passage, width: number): string {
	const shaft = arrived === undefined ? symbols.arrow.flying : symbols.arrow.arrived;
	const margin = width >= 8 ? 1 : 0;
	const length = width - 1 - (margin * 2);
	const before = Math.floor(length / 2);
	const line = isLost ? shaft.repeat(before) + symbols.refused + shaft.repeat(length - before - 1) : shaft.repeat(length);
	return ' '.repeat(margin) + (isRequest ? line + symbols.arrow.right : symbols.arrow.left + line);
}

/** The newest messages, newest first. Between one client and one server each arrival belongs to the newest send before it. */
function passages(journal: Journal, count: number, isCalm: boolean): Passage[] {
	const {peers} = journal.snapshot;
	const found: Passage[] = [];
	const arrived: Record<Role, number | undefined> = {client: undefined, server: undefined, broker: undefined};
	const lost = {request: false, reply: false};
	for (const event of journal.newestFirst()) {
		if (found.length >= count) {
			break;
		}

		if (event.type === 'received') {
			arrived[peers[event.peer]?.role ?? 'client'] = event.n;
		} else if (event.type === 'sent') {
			const isRequest = peers[event.peer]?.role === 'client';
			const to = isRequest ? 'server' : 'client';
			const way = isRequest ? 'request' : 'reply';
			if (isCalm && arrived[to] === undefined && !lost[way]) {
				continue;
			}

			found.push({
				n: event.n, isRequest, arrived: arrived[to], isLost: lost[way], text: describeFrames(event.frames),
			});
			arrived[to] = undefined;
			lost[way] = false;
		} else if (event.type === 'exchange-seen' && event.way) {
			lost[event.way] = true;
		} else if (event.type === 'lab-started') {
			break;
		}
	}

	return found;
}
