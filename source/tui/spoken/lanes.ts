/** A tap between programs of others, told: where it stands, its sums, the faults in force, and a sentence for each of their connections. */
import {formatAge} from '../../core/age.js';
import {formatElapsed} from '../../core/duration.js';
import {type Journal} from '../../core/journal.js';
import {lanesInOrder, otherOf, type Lane, type Lanes} from '../../core/lanes.js';
import {visible} from '../../core/text.js';
import {describeBody} from '../../core/unit-words.js';
import {closedText, missingWords, sealedWords, sumWords} from '../lanes-view.js';
import {faultWords} from '../wire-view.js';

/** Of many connections only some are told one by one. */
const mostLanesTold = 20;

/** All of it, each line a sentence that stands alone. */
export function tellLanes(journal: Journal, lanes: Lanes, now: number): readonly string[] {
	const {tap} = journal.snapshot;
	const [own] = tap.taps;
	const count = lanes.open.length;
	const all = lanesInOrder(lanes, now);
	const rest = all.length - mostLanesTold;
	return [
		own ? `the tap listens at ${visible(own.via)} for ${visible(own.to)}, ${count} open ${count === 1 ? 'connection' : 'connections'}` : 'the tap is not listening yet',
		...(lanes.missing ? [missingWords(lanes.missing, now)] : []),
		...(sumWords(lanes)?.filter(words => words !== '') ?? []),
		...tap.faults.map(fault => faultWords(fault).join(', ')),
		...(own && all.length === 0 ? [`nobody has connected yet: let a client connect to ${visible(own.via)} instead of to its server`] : []),
		...all.slice(0, mostLanesTold).map(lane => tellLane(journal, lane, now)),
		...(rest > 0 ? [`and ${rest} more; /wire and a number tells of one`] : []),
	];
}

function tellLane(journal: Journal, lane: Lane, now: number): string {
	const {link, ends, trouble, closed} = lane;
	const who = `link ${link}${ends ? `, ${visible(ends.connector)} to ${visible(ends.listener)}` : ''}`;
	const facts = [
		...(trouble ? [`${visible(trouble.says)}. ${visible(trouble.next)}`] : []),
		...(closed ? [closedText(lane, closed, now)] : (trouble ? [] : standing(journal, lane, now))),
	];
	return `${who}: ${facts.join('; ')}`;
}

function standing(journal: Journal, lane: Lane, now: number): readonly string[] {
	const {ends, since, sealed, machines, asker, awaitingSince, asked, replied, lost, lastMs, last} = lane;
	if (!ends) {
		return [`no handshake for ${formatAge(Math.max(0, now - since), true)}`];
	}

	if (sealed > 0 || ends.connector === 'hidden') {
		return [sealedWords(lane)];
	}

	const event = last === undefined ? undefined : journal.at(last);
	return [
		`who asks is ${awaitingSince === undefined ? machines[asker] : `awaiting a reply for ${formatAge(Math.max(0, now - awaitingSince), true)}`}`,
		`who answers ${machines[otherOf(asker)] === 'awaiting-reply' ? 'owes a reply' : `is ${machines[otherOf(asker)]}`}`,
		`${asked} asked, ${replied} replied, ${lost} lost`,
		...(lastMs === undefined ? [] : [`the newest reply took ${formatElapsed(lastMs)}`]),
		...(event?.type === 'unit' ? [`newest ${event.way ?? 'message'} ${describeBody(event)}${event.isTaken ? ', taken by a fault' : ''}`] : []),
	];
}
