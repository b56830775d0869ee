/** What is said when somebody asks: the state of a peer, the help, the bytes on the wire. Each answer is lines that stand alone. */
import {diagnose} from '../../core/diagnosis.js';
import {envelopeLens} from '../../core/envelope-lens.js';
import {peerOf, type Event} from '../../core/events.js';
import {type Journal} from '../../core/journal.js';
import {fateOf, type Board} from '../../core/race/board.js';
import {describe} from '../../core/rows.js';
import {type PeerSnapshot, type Snapshot} from '../../core/snapshot.js';
import {formatSize, hex, visible} from '../../core/text.js';
import {bytesOfUnit, describeUnit} from '../../core/unit-words.js';
import {viewPeer} from '../../core/view.js';
import {textTranscript} from '../../exports/transcript.js';
import {helpSections} from '../help.js';
import {faultWords, wireEvents} from '../wire-view.js';

/** A peer in one line: who it is, whether the other side is there, its state, what it may do, its settings. */
export function tellPeer(snapshot: Snapshot, peer: PeerSnapshot, now: number): string {
	const {health, state, status, diagnosis, queue, settings, lock} = viewPeer(snapshot, peer, now, true);
	const facts = [status.text, diagnosis?.text, queue, ...settings, lock.state === 'plain' ? undefined : lock.text].filter(fact => fact !== undefined && fact !== '');
	return withoutDots(`${peer.name}, ${peer.socketType}, ${health.text}: ${[...(state === undefined ? [] : [state]), ...facts].join(', ')}`);
}

/** Dots and bars part what stands on one line of a screen; spoken, a comma does. */
export const withoutDots = (text: string): string => text.replaceAll(/ [·│] /gv, ', ');

/** Of a crowd only some are told one by one. */
const mostPeersTold = 20;

/** Everybody, the peer in focus first. */
export function tellEverybody({snapshot}: Journal, focus: string, now: number): readonly string[] {
	const peers = Object.values(snapshot.peers).toSorted((one, other) => Number(other.name === focus) - Number(one.name === focus));
	const rest = peers.length - mostPeersTold;
	return [...peers.slice(0, mostPeersTold).map(peer => tellPeer(snapshot, peer, now)), ...(rest > 0 ? [`and ${rest} more; /focus and a name tells of one`] : [])];
}

/** Why a client waits for ever, and what frees it; undefined if it does not. */
export function tellStuck(snapshot: Snapshot, peer: PeerSnapshot, now: number): string | undefined {
	const diagnosis = diagnose(snapshot, peer, now);
	return diagnosis?.isStuck ? `${peer.name} is stuck: ${diagnosis.where.text}. ${diagnosis.hope.text}. ${diagnosis.ways.map(({command, effect}) => `${command}: ${effect}`).join('. ')}` : undefined;
}

/** All of the help. */
export const tellHelp = (): readonly string[] => helpSections().flatMap(({title, entries}) => [
	...(title === undefined ? [] : [`${title}:`]),
	...entries.map(({name, summary}) => name === undefined ? summary : `${name}: ${summary}`),
]);

const eventsTold = 8;

/** An event as the log of events has it. */
export const tellEvent = (event: Event): string => `event ${event.n}, ${visible(peerOf(event) ?? 'lab')}, ${event.type}: ${describe(event)}`;

/** The newest events, oldest first. */
export function tellEvents(journal: Journal): readonly string[] {
	const told: string[] = [];
	for (const event of journal.newestFirst()) {
		if (event.type !== 'unit' && event.type !== 'exchange-seen') {
			told.unshift(tellEvent(event));
		}

		if (told.length === eventsTold) {
			break;
		}
	}

	return told;
}

const ladderTold = 16;

/** Who sent what to whom, the newest last. */
export function tellLadder(journal: Journal): readonly string[] {
	const lines = textTranscript(journal).trimEnd().split('\n').slice(2);
	return lines.length === 0 ? ['nothing has passed yet'] : lines.slice(-ladderTold).map(line => line.replace(/^\S* +/v, ''));
}

/** The newest request hop by hop: at each place the frames there, and who adds or strips which. */
export const tellEnvelope = (journal: Journal): readonly string[] => envelopeLens(journal).map(({kind, where, frames, note}) => {
	const told = frames.map(frame => frame === '' ? 'an empty one' : frame).join(', ');
	const place = kind === 'place' || kind === 'link' ? `${where}, ${frames.length} ${frames.length === 1 ? 'frame' : 'frames'}, ${told}` : where;
	return [place, note].filter(words => words !== '').join(': ');
});

const unitsTold = 10;

/** The newest units on the wire, oldest first. */
export function tellWire(journal: Journal): readonly string[] {
	const told: string[] = [];
	for (const event of wireEvents(journal)) {
		told.unshift(tellUnit(journal, event));
		if (told.length === unitsTold) {
			break;
		}
	}

	const {isOn, faults} = journal.snapshot.tap;
	return [
		isOn ? 'the wire, newest last; up and down select a unit, Enter tells its bytes, Escape leaves' : 'the wire: the tap is off, and /tap on puts a proxy into each link; Escape leaves',
		...faults.map(fault => faultWords(fault).join(', ')),
		...told,
	];
}

/** One unit, or what else the wire lists. */
export function tellUnit({snapshot}: Journal, event: Event): string {
	if (event.type !== 'unit') {
		return tellEvent(event);
	}

	const isUp = (event.from === 'connector') === (snapshot.peers[event.peer]?.role !== 'server');
	return `${event.n}, ${visible(event.peer)}, ${isUp ? 'request way' : 'reply way'}, ${visible(event.kind)}, ${formatSize(event.size)}: ${describeUnit(event)}${event.isTaken ? ', taken by a fault' : ''}`;
}

/** Each field of a unit: where it stands, what it is, its first bytes. */
export function tellBytes(event: Event): readonly string[] {
	if (event.type !== 'unit') {
		return ['no bytes: this is no unit'];
	}

	const bytes = bytesOfUnit(event);
	return event.fields.map(({name, offset, length, value, isHidden}) =>
		`byte ${offset}, ${length} B, ${visible(name)}${value === undefined ? '' : ` is ${visible(value)}`}: ${isHidden ? 'kept nowhere' : hex(bytes.subarray(offset, offset + length), 16)}`);
}

/** One entrant of a race, once its fate is known. */
export const tellEntrant = ({requests}: Board, row: Board['rows'][number]): string =>
	`${row.entrant}: ${fateOf(row, requests)}. ${row.answered} of ${row.asked} answered, ${row.lost} lost, ${row.mismatched} mismatched, ${row.abandoned} abandoned, ${row.sockets} sockets`;
