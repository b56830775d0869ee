/**
An event told in a sentence that stands alone, for whoever hears it and sees no panes: who did what, and what that makes of its machine.

Law: it says what the transcript's row says and no more, and is pure. Events that say nothing new to a person have no sentence.
*/
import {isMemberScene} from './class/member.js';
import {formatDuration} from './duration.js';
import {type Event, type EventOf} from './events.js';
import {clientIdOf, saidOf} from './hop.js';
import {type Journal} from './journal.js';
import {closerWords} from './lanes.js';
import {chatRow, describe, type ChatRow} from './rows.js';
import {sceneNamed} from './scenes.js';
import {describeStep} from './steps.js';
import {visible} from './text.js';
import {describeBody} from './unit-words.js';

/** The sentence without its full stop; undefined where there is nothing to say. */
export function narrate(event: Event, journal: Journal): string | undefined {
	switch (event.type) {
		case 'lab-started': {
			const scene = sceneNamed(event.scene);
			return scene && !event.continues ? `scene ${scene.name}: ${scene.summary}` : undefined;
		}

		case 'lab-ended': {
			return isMemberScene(journal.snapshot.scene) ? `${describe(event)}; Ctrl+C leaves` : `the lab has ended: ${describe(event)}; /reset starts a new one`;
		}

		case 'command': {
			return event.from === 'script' ? `the script says: ${describe(event)}` : undefined;
		}

		case 'sent':
		case 'received': {
			return narrateMessage(event, journal);
		}

		case 'delay-started': {
			return `${visible(event.peer)} owes a reply for ${formatDuration(event.ms).replace(/\d(?=[a-z])/v, '$& ')}`;
		}

		case 'peer-opened': {
			return (journal.snapshot.peers[event.peer]?.sockets ?? 0) > 1 ? `${visible(event.peer)} has a new socket, idle` : undefined;
		}

		case 'handshake-done':
		case 'disconnected': {
			return narrateConnection(event, journal) ?? narrateRow(event, journal);
		}

		case 'steps-switched': {
			return `single steps are ${describe(event)}`;
		}

		case 'step-held': {
			return `${describeStep(event)}: Enter lets it go`;
		}

		case 'forwarded': {
			const said = saidOf(event.frames);
			const whose = clientIdOf(event.frames);
			return `${visible(event.peer)} passed ${said} ${event.from === 'frontend' ? `of ${whose} on to ${event.worker === undefined ? 'a worker' : visible(event.worker)}` : `back to ${whose}`}`;
		}

		case 'fault-set':
		case 'fault-lifted': {
			return `${visible(event.fault)} is ${event.type === 'fault-set' ? 'in force' : 'lifted'}: fault ${event.rule}`;
		}

		case 'tap-opened': {
			return journal.snapshot.lanes ? `the tap listens at ${visible(event.via)} for ${visible(event.to)}` : narrateRow(event, journal);
		}

		case 'unit':
		case 'link-handshake':
		case 'link-trouble':
		case 'link-closed':
		case 'upstream-back': {
			return journal.snapshot.lanes && narrateLane(event);
		}

		// The panes say where a peer goes, and this says once it is there; a failed command is told above the input line.
		case 'connecting':
		case 'command-failed': {
			return undefined;
		}

		default: {
			return narrateRow(event, journal);
		}
	}
}

/** A completed operation, and what its socket may do now. */
function narrateMessage(event: EventOf<'sent' | 'received'>, journal: Journal): string | undefined {
	const row = chatRow(event, journal);
	if (!row) {
		return undefined;
	}

	const isClient = journal.snapshot.peers[event.peer]?.role !== 'server';
	const peer = visible(event.peer);
	const text = describe(event);
	const aside = row.aside === undefined ? '' : `, ${row.aside}`;
	if (event.type === 'sent') {
		return isClient ? `${peer} sent ${text}${aside}, now awaits the reply` : `${peer} replied ${text}${aside}, now receives the next request`;
	}

	// A client's aside is its round trip, or that it came late.
	const took = row.aside === undefined || row.aside === 'late' ? aside : `, after ${row.aside}`;
	return isClient ? `${peer} received ${text}${took}, now may send again` : `${peer} received ${text}, now owes a reply`;
}

/** What passes between programs of others: nobody else would tell of it. */
function narrateLane(event: EventOf<'unit' | 'link-handshake' | 'link-trouble' | 'link-closed' | 'upstream-back'>): string | undefined {
	switch (event.type) {
		case 'unit': {
			return event.kind === 'message' ? `link ${event.link}, ${event.way ?? 'message'}: ${describeBody(event)}${event.isTaken ? ', taken by a fault' : ''}` : undefined;
		}

		case 'link-handshake': {
			return `link ${event.link}: ${visible(event.connector)} to ${visible(event.listener)}`;
		}

		case 'link-trouble': {
			return `link ${event.link}: ${visible(event.says)}. ${visible(event.next)}`;
		}

		case 'link-closed': {
			return `link ${event.link}: closed by ${closerWords(event.by)}`;
		}

		case 'upstream-back': {
			return `the tap reaches ${visible(event.to)} again`;
		}
	}
}

/** Who has found whom. Where both ends are in this lab, the one that connects tells it. */
function narrateConnection({type, peer, endpoint}: EventOf<'handshake-done' | 'disconnected'>, {snapshot: {peers}}: Journal): string | undefined {
	const directionAt = (name: string): string | undefined => peers[name]?.links.find(link => link.endpoint === endpoint)?.direction;
	const isListener = directionAt(peer) === 'bind';
	if (type === 'disconnected') {
		return undefined;
	}

	if (!isListener) {
		return `${visible(peer)} is connected to ${visible(endpoint)}`;
	}

	return Object.keys(peers).some(name => name !== peer && directionAt(name) === 'connect') ? undefined : `${visible(peer)}: somebody is connected at ${visible(endpoint)}`;
}

function narrateRow(event: Event, journal: Journal): string | undefined {
	const row = chatRow(event, journal);
	const who = 'peer' in event && event.peer !== undefined ? visible(event.peer) : 'the lab';
	return row && `${who}${row.kind === 'refused' ? ' refused, ' : ': '}${inOneLine(row)}`;
}

/** What stands under a row's text follows it. */
const inOneLine = ({text, more = []}: ChatRow): string => [text, ...more].map((sentence, index, all) => index < all.length - 1 && !/[!.?]$/v.test(sentence) ? `${sentence}.` : sentence).join(' ');
