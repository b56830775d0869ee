/** What is said of an arrow where it has no room for itself: in the line under the ladder, and in the exports. */
import {formatElapsed} from '../duration.js';
import {describeFrames} from '../rows.js';
import {type Arrow} from './model.js';

/** Who, as far as it is known: `client-1`, `client-1 or client-3`, `?`. */
export const namesOf = (peers: readonly string[]): string => peers.length === 0 ? '?' : peers.join(' or ');

/** What became of a message that nobody saw arrive, in a few words; undefined for one that arrived. */
export function fateOf({fate, isRequest, gone, rule, to, from}: Arrow): string | undefined {
	switch (fate) {
		case 'arrived': {
			return undefined;
		}

		case 'under-way': {
			return 'not arrived yet';
		}

		case 'no-peer': {
			return `no peer: it waits in ${namesOf(from)}`;
		}

		case 'outside': {
			return isRequest ? 'to a server outside this lab' : 'to a client that is not known here';
		}

		case 'receiver-gone': {
			return `lost: ${gone ?? namesOf(to)} has closed`;
		}

		case 'taken': {
			return rule === undefined ? 'taken by a fault' : `taken by fault ${rule}`;
		}

		case 'discarded': {
			return `dropped by ${namesOf(to)}: too late`;
		}

		case 'unknown': {
			return `? in the link, or lost with ${gone ?? 'a socket that closed'}`;
		}
	}
}

/** All that is known of a message, in one line. */
export function describeArrow(arrow: Arrow): string {
	const {isRequest, from, to, sent, arrived, attempt, flaw, roundTripMs, frames} = arrow;
	const fate = fateOf(arrow);
	const parts = [
		`${isRequest ? 'request' : 'reply'} ${describeFrames(frames)}`,
		`${namesOf(from)} to ${namesOf(to)}`,
		...(attempt === undefined ? [] : [`try ${attempt}`]),
		...(flaw === undefined ? [] : [flaw === 'late' ? 'late: nobody asked any more' : 'mismatched: the reply to another question']),
		...(sent && arrived ? [`${formatElapsed(arrived.t - sent.t)} under way`] : []),
		...(arrived && !sent ? ['where it was sent was not seen'] : []),
		...(roundTripMs === undefined ? [] : [`${formatElapsed(roundTripMs)} since the question`]),
		...(fate === undefined ? [] : [fate]),
	];
	return parts.join(' · ');
}
