/** What a broker does, as rows of its transcript and words of the log of events. */
import {formatElapsed} from './duration.js';
import {type EventOf} from './events.js';
import {clientIdOf, describeHop, lostWith, saidOf, type HopFrame} from './hop.js';
import {type Journal} from './journal.js';
import {type ChatRow} from './rows.js';
import {visible} from './text.js';

type BrokingType = 'forwarded' | 'queued' | 'dropped' | 'request-dropped' | 'worker-ready' | 'worker-lost';
type Row = Omit<ChatRow, 'n' | 't'>;

const waitingWords = (waiting: number): string => waiting === 0 ? '' : ` · ${waiting} ${waiting === 1 ? 'waits' : 'wait'}`;

const whyLost = ({code, afterMs}: EventOf<'worker-lost'>): string =>
	afterMs === undefined ? (code === undefined ? 'it has begun anew' : `${visible(code)}: libzmq knows it no more`) : `not heard of for ${formatElapsed(afterMs)}`;

/** For the log of events. */
export const hopWords = {
	forwarded: ({from, frames, worker}) => `${from === 'frontend' ? `to ${worker === undefined ? 'a worker' : visible(worker)}` : 'to its client'}: ${describeHop(frames)}`,
	queued: ({frames, waiting}) => `no worker can take it${waitingWords(waiting)}: ${describeHop(frames)}`,
	dropped: ({frames, code}) => `${code === undefined ? 'its worker was given up' : visible(code)}: ${describeHop(frames)}`,
	'request-dropped': ({frames, workers}) => `${lostWith(workers)}: ${describeHop(frames)}`,
	'worker-ready': ({worker}) => `${visible(worker)} says READY`,
	'worker-lost': event => `${visible(event.worker)} is given up: ${whyLost(event)}`,
} satisfies {readonly [Type in BrokingType]: (event: EventOf<Type>) => string};

/** For the broker's own transcript: a request goes right, a reply left, each with the id in front of it. */
export const hopRows = {
	forwarded: ({from, frames, worker}) => from === 'frontend'
		? {kind: 'request', text: hopText(frames), ...(worker !== undefined && {aside: `to ${visible(worker)}`})}
		: {kind: 'reply', text: hopText(frames)},
	queued: ({frames, waiting}) => ({kind: 'warning', text: `waits: ${hopText(frames)}`, aside: `${waiting} ${waiting === 1 ? 'waits' : 'wait'}`}),
	dropped: ({frames, code}) => ({
		kind: 'warning',
		text: `${code === undefined ? 'dropped' : `${visible(code)}: dropped`}: ${hopText(frames)}`,
		more: [code === undefined ? 'Its worker had been given up, and the request is no longer its own.' : 'No client with that routing id is connected any more.'],
	}),
	'request-dropped': ({frames, workers}) => ({
		kind: 'warning',
		text: `request dropped: ${hopText(frames)}`,
		more: [`${lostWith(workers)}: it may be what kills them, and is given to nobody else.`, 'Its client is told nothing: it waits, unless it has a time-out.'],
	}),
	'worker-ready': ({worker}) => ({kind: 'note', text: `${visible(worker)} is ready`}),
	'worker-lost': event => ({
		kind: 'warning',
		text: `${visible(event.worker)} is given up: ${whyLost(event)}`,
		...(event.frames && {more: [`Its request goes to the next worker that is ready: ${hopText(event.frames)}`]}),
	}),
} satisfies {readonly [Type in BrokingType]: (event: EventOf<Type>, journal: Journal) => Row};

/** `ana | Hello`: the routing id and what is said; the whole envelope is in the lens. */
const hopText = (frames: readonly HopFrame[]): string =>
	`${clientIdOf(frames)} │ ${saidOf(frames)}`;

