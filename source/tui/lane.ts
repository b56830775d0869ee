/**
The lane between the panes: what travelled, newest at the bottom. A request is dotted while it has left and not arrived, and solid once it has;
it never delays what a pane shows. What a fault took has a cross in its way. Where nothing shall move, a message is drawn once it has arrived or is lost.
*/
import {type Role} from '../core/events.js';
import {type Journal} from '../core/journal.js';
import {describeFrames} from '../core/rows.js';
import {cut, fit, widthOf} from './line.js';
import {type Theme} from './theme.js';

/** One message on its way: `text` is what it says. */
export type Passage = {readonly n: number; readonly isRequest: boolean; readonly hasArrived: boolean; readonly isLost: boolean; readonly text: string};

/** The lane as exactly `height` lines of `width` columns; `top` lines at the top stay free for the panes' heads. */
export function drawLane(theme: Theme, journal: Journal, {width, height, top}: {readonly width: number; readonly height: number; readonly top: number}): readonly string[] {
	return drawPassages(theme, passages(journal, roomIn({width, height, top}), theme.isCalm), {width, height, top});
}

type Place = {readonly width: number; readonly height: number; readonly top: number};

/** How many messages a lane has room for. */
export const roomIn = ({width, height, top}: Place): number => Math.max(0, Math.floor((height - top) / (isWideLane(width) ? 3 : 2)));

const isWideLane = (width: number): boolean => width >= 8;

/** Draws them, newest first as they come, newest at the bottom. */
export function drawPassages(theme: Theme, newestFirst: readonly Passage[], {width, height, top}: Place): readonly string[] {
	const isWide = isWideLane(width);
	const shown = newestFirst.toReversed();
	const lines = Array.from({length: top}, () => ' '.repeat(width));
	for (const [index, passage] of shown.entries()) {
		const ofWay = passage.isRequest ? 'request' : 'reply';
		const fresh = passage.isLost ? 'bad' : ofWay;
		const role = index === shown.length - 1 ? fresh : 'quiet';
		lines.push(fit(theme, [{text: drawArrow(theme, passage, width), role}], width));
		if (isWide) {
			const text = cut(passage.text, width - 2);
			lines.push(fit(theme, [{text: `${' '.repeat(Math.floor((width - widthOf(text)) / 2))}${text}`, role}], width));
		}

		lines.push(' '.repeat(width));
	}

	return [...lines, ...Array.from({length: Math.max(0, height - lines.length)}, () => ' '.repeat(width))].slice(0, height);
}

function drawArrow({symbols}: Theme, {isRequest, hasArrived, isLost}: Passage, width: number): string {
	const shaft = hasArrived ? symbols.arrow.arrived : symbols.arrow.flying;
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
	const arrived: Record<Role, boolean> = {client: false, server: false, broker: false};
	const lost = {request: false, reply: false};
	for (const event of journal.newestFirst()) {
		if (found.length >= count) {
			break;
		}

		if (event.type === 'received') {
			arrived[peers[event.peer]?.role ?? 'client'] = true;
		} else if (event.type === 'sent') {
			const isRequest = peers[event.peer]?.role === 'client';
			const to = isRequest ? 'server' : 'client';
			const way = isRequest ? 'request' : 'reply';
			if (isCalm && !arrived[to] && !lost[way]) {
				continue;
			}

			found.push({
				n: event.n, isRequest, hasArrived: arrived[to], isLost: lost[way], text: describeFrames(event.frames),
			});
			arrived[to] = false;
			lost[way] = false;
		} else if (event.type === 'exchange-seen' && event.way) {
			lost[event.way] = true;
		} else if (event.type === 'lab-started') {
			break;
		}
	}

	return found;
}
