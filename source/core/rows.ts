/** Rows: what one event looks like in a pane's transcript and in the log of events. Text only; colours and widths are the screen's. */
import {hasCurve} from './curve.js';
import {formatDuration, formatElapsed} from './duration.js';
import {hopRows, hopWords} from './hop-rows.js';
import {isLocal} from './endpoint.js';
import {peerOf, type Direction, type Event, type EventOf, type OptionName} from './events.js';
import {bytesOf, sizeOf, type Frame} from './frames.js';
import {type Journal} from './journal.js';
import {explainRecovery, parseRecovery} from './recovery.js';
import {
	explainBindFailure,
	explainHandshakeFailure,
	explainHangUp,
	explainParked,
	explainRefusal,
	explainRetrying,
	type Explanation,
} from './refusals.js';
import {explainSpoiltMessage} from './security-refusals.js';
import {describeVisit, securityRow} from './security-rows.js';
import {explainSocketOption, parseSocketOption} from './socket-options.js';
import {hasWorked, isAnotherTry, isRepeated, isSpoiltMessage, isToldAlready, wasHungUpOn} from './old-news.js';
import {stepWords} from './steps.js';
import {describeBytes, visible} from './text.js';

/** What a row of a transcript is: decides its symbol and colour. */
export type RowKind = 'request' | 'reply' | 'refused' | 'warning' | 'note';

/**
One row of a transcript. `aside` stands at its right, `more` are sentences under it. `n` is its event.
`extent` is how much a message is in all: for whoever has no room for its whole text.
*/
export type ChatRow = {readonly n: number; readonly t: number; readonly kind: RowKind; readonly text: string; readonly extent?: string; readonly aside?: string; readonly more?: readonly string[]};

/** The row of an event in the transcript of its peer; undefined for an event that the transcript does not show. */
export function chatRow(event: Event, journal: Journal): ChatRow | undefined {
	const row = (rows[event.type] as RowOf<Event> | undefined)?.(event, journal);
	return row && {n: event.n, t: event.t, ...row};
}

/** Every type of event. */
export const eventTypes = (): readonly string[] => Object.keys(words);

/** What an event says, without its number, time and peer: for the log of events. */
export const describe = (event: Event): string => (words[event.type] as WordsOf<Event>)(event);

type WordsOf<Type> = (event: Type) => string;
type Row = Omit<ChatRow, 'n' | 't'>;
type RowOf<Type> = (event: Type, journal: Journal) => Row | undefined;

const words: {readonly [Type in Event['type']]: WordsOf<EventOf<Type>>} = {
	'lab-started': ({scene, seed}) => `scene ${visible(scene)}, seed ${seed}`,
	command: ({text}) => visible(text),
	'command-done': ({command}) => `#${command} is carried out`,
	'command-failed': ({code, reason}) => visible(code === undefined ? reason : `${code}: ${reason}`),
	'lab-ended': ({reason}) => visible(reason ?? 'all sockets are closed'),
	'recording-started': ({file}) => `records to ${visible(file)}`,
	'recording-stopped': ({file, reason, code}) => reason === undefined ? `${visible(file)} is complete` : visible(`${code === undefined ? '' : `${code}: `}${file}: ${reason}`),

	'peer-added': ({socketType, role}) => `${socketType}, a ${role}`,
	'peer-removed': () => 'left the lab',
	'peer-opened': () => 'a new socket',
	'peer-closed': ({how}) => how,
	'option-changed': ({option, value}) => `${option}: ${visible(value)}`,
	bound: ({endpoint, insteadOf}) => insteadOf === undefined ? visible(endpoint) : `${visible(endpoint)}, as ${visible(insteadOf)} is taken`,
	unbound: ({endpoint}) => `listens no more at ${visible(endpoint)}`,
	connecting: ({endpoint}) => `connects to ${visible(endpoint)}`,
	disconnecting: ({endpoint}) => `gives up ${visible(endpoint)}`,

	sent: ({frames}) => describeFrames(frames),
	received: ({frames}) => describeFrames(frames),
	ready: ({frames}) => `READY: ${describeFrames(frames)}`,
	refused: ({operation, code}) => `${operation}: ${visible(code)}`,
	parked: ({operation, frames}) => `${operation} is left pending${frames ? `: ${describeFrames(frames)}` : ''}`,
	unparked: ({operation}) => `the parked ${operation} fires`,
	'timed-out': ({afterMs, tries}) => `after ${formatElapsed(afterMs)}${tries === undefined ? '' : ` and ${countTries(tries)}: gives up`}`,
	'attempt-failed': ({attempt, of, afterMs, pauseMs}) => `try ${attempt} of ${of}, after ${formatElapsed(afterMs)}${pauseMs === undefined ? '' : `; pauses ${formatDuration(pauseMs)}`}`,

	'delay-started': ({ms}) => `${formatElapsed(ms)} until the reply`,
	'delay-ended': () => 'waits no longer',
	held: () => 'holds the reply until /release',
	released: () => 'gives the held reply',

	...hopWords,

	listening: ({endpoint}) => visible(endpoint),
	'bind-failed': ({code, endpoint}) => `${visible(code)} ${visible(endpoint)}`,
	'connect-delayed': ({endpoint}) => visible(endpoint),
	accepted: ({endpoint}) => visible(endpoint),
	'accept-failed': ({code, endpoint}) => `${visible(code)} ${visible(endpoint)}`,
	connected: ({endpoint}) => visible(endpoint),
	'handshake-done': ({endpoint}) => visible(endpoint),
	'handshake-failed': ({code, endpoint}) => `${visible(code)} ${visible(endpoint)}`,
	disconnected: ({endpoint}) => visible(endpoint),
	retrying: ({endpoint, count, code}) => `${code === undefined ? '' : `${visible(code)} `}${visible(endpoint)}, ${countTries(count)}`,
	'stopped-listening': ({endpoint}) => visible(endpoint),

	'tap-switched': ({isOn}) => isOn ? 'on: links go through a proxy that reads ZMTP' : 'off: links are plain again',
	'tap-opened': ({to, via}) => `${visible(to)} through ${visible(via)}`,
	'tap-closed': ({to}) => visible(to),
	'tap-failed': ({to, reason}) => `no tap to ${visible(to)}: ${visible(reason)}`,
	'upstream-missing': ({to, code}) => `${visible(code)} ${visible(to)}`,
	'upstream-back': ({to, attempts}) => `${visible(to)} after ${attempts} vain ${attempts === 1 ? 'try' : 'tries'}`,
	'link-opened': ({to, link}) => `link ${link} to ${visible(to)}`,
	'link-half-closed': ({to, link, side}) => `link ${link} to ${visible(to)}, by ${side}`,
	'link-closed': ({to, link, by, how}) => `link ${link} to ${visible(to)}, by ${by}, ${how}`,
	unit: ({link, kind, size, from}) => `link ${link}: ${visible(kind)}, ${size} B from ${from}`,
	'exchange-seen': ({link, exchange, outcome, ms}) => `link ${link}, exchange ${exchange}: ${outcome} after ${formatElapsed(ms)}`,
	'link-handshake': ({link, connector, listener, mechanism, version}) => `link ${link}: ${visible(connector)} to ${visible(listener)}, ${visible(mechanism)}, ZMTP ${visible(version)}`,
	'link-trouble': ({link, says, next}) => `link ${link}: ${visible(says)} (${visible(next)})`,
	'link-counted': ({link, asked, replied, open}) => `link ${link}: ${asked} asked, ${replied} replied, ${open} open`,
	'tap-figures': ({open, exchanges}) => `${open} open ${open === 1 ? 'connection' : 'connections'}, ${exchanges.replied} replied, ${exchanges.lost} lost`,
	'units-sampled': ({count, ms}) => `${count} in ${formatElapsed(ms)}`,
	'fault-set': ({rule, fault}) => `fault ${rule}: ${visible(fault)}`,
	'fault-lifted': ({rule, fault}) => `fault ${rule}: ${visible(fault)}`,
	'fault-struck': event => struck(event),
	'fault-missed': ({rule, fault, reason}) => `fault ${rule} (${visible(fault)}) can’t strike: ${visible(reason)}`,
	'zap-request': event => describeVisit(event),
	'steps-switched': ({isOn}) => isOn ? 'on: each send and receive waits until it is let go' : 'off: sends and receives as they come',
	'step-held': step => `is about to ${stepWords(step)}`,
	'step-taken': ({operation, side}) => `calls ${operation}${side ? ` at the ${side}` : ''}`,
	'step-dropped': ({operation, side}) => `will not ${operation}${side ? ` at the ${side}` : ''}: its socket closes`,
};

/** `fault 1 (drop reply 3) struck the reply of exchange 3`. */
const struck = ({rule, fault, way, unit, exchange}: EventOf<'fault-struck'>): string =>
	`fault ${rule} (${visible(fault)}) struck ${unit === undefined ? 'the connection' : `the ${way ?? 'message'}${exchange === undefined ? '' : ` of exchange ${exchange} on its link`}`}`;

/** `1 try`, `3 tries`. */
const countTries = (count: number): string => `${count} ${count === 1 ? 'try' : 'tries'}`;

const note: RowOf<Event> = event => ({kind: 'note', text: describe(event)});

const rows: {readonly [Type in Event['type']]?: RowOf<EventOf<Type>>} = {
	sent: (event, journal) => journal.snapshot.peers[event.peer]?.role === 'server'
		? withAside(message('reply', event.frames), serviceTime(event, journal))
		: withAside(message('request', event.frames), event.attempt === undefined ? undefined : `try ${event.attempt}`),
	received: (event, journal) => journal.snapshot.peers[event.peer]?.role === 'client'
		? withAside(message('reply', event.frames), roundTrip(event, journal))
		: message('request', event.frames),
	...hopRows,
	ready: ({frames}) => ({kind: 'note', text: `READY: it asks the broker for work (${describeFrames(frames)})`}),
	refused({operation, code, peer, frames}, journal) {
		const row = refusal(code, explainRefusal(operation, code, journal.snapshot.peers[peer]?.socketType ?? 'REQ'));
		return frames ? {...row, text: `${row.text}: ${describeFrames(frames)}`, extent: extentOf(frames)} : row;
	},
	parked: (event, journal) => ({kind: 'warning', text: `parked: ${describe(event)}`, more: [explainParked(event.operation, journal.snapshot.peers[event.peer]?.socketType ?? 'REQ')]}),
	unparked: note,
	'timed-out': ({afterMs, tries}) => tries === undefined
		? {
			kind: 'warning',
			text: `no reply within ${formatElapsed(afterMs)}`,
			more: ['The socket still awaits it: sending is refused (EFSM). /receive takes a late reply; /restart makes a new socket.'],
		}
		: {
			kind: 'warning',
			text: `gives up: no reply in ${countTries(tries)}, ${formatElapsed(afterMs)} in all`,
			more: ['It takes a new socket, which may send: ask again once the server answers.'],
		},
	'attempt-failed': ({attempt, of, afterMs, pauseMs}) => ({
		kind: 'warning',
		text: `no reply within ${formatElapsed(afterMs)}: try ${attempt} of ${of}`,
		more: [`It closes its socket and asks again with a new one${pauseMs === undefined ? '' : `, after a pause of ${formatDuration(pauseMs)}`}.`],
	}),
	'bind-failed': event => refusal(event.code, explainBindFailure(event.code, visible(event.endpoint))),
	'handshake-failed'(event, journal) {
		const {kind, code, endpoint} = event;
		const direction = directionOf(event, journal);
		if (isSpoiltMessage(event, journal)) {
			return refusal(code, explainSpoiltMessage(visible(endpoint), direction));
		}

		const isOldNews = direction === 'bind' ? isRepeated(event, journal) : isAnotherTry(event, journal);
		return isOldNews ? undefined : refusal(code, explainHandshakeFailure(kind, visible(code), visible(endpoint), direction, hasCurve(journal.snapshot.peers[event.peer]?.options ?? {})));
	},
	disconnected: (event, journal) => wasHungUpOn(event, journal)
		? warning(explainHangUp(journal.snapshot.peers[event.peer]?.socketType ?? 'REQ', visible(event.endpoint), directionOf(event, journal)))
		: undefined,
	// Once for each outage: how many tries it takes, the head of the pane and the log of events say.
	retrying(event, journal) {
		if (isToldAlready(event, journal)) {
			return undefined;
		}

		const explanation = explainRetrying(visible(event.endpoint), event.code, hasWorked(event, journal));
		// The text says why already, and a small pane has few lines.
		return event.code === undefined ? {...warning(explanation), more: [explanation.ways]} : refusal(event.code, explanation);
	},
	'recording-stopped': event => event.reason === undefined ? undefined : {kind: 'warning', text: describe(event), ...(event.next !== undefined && {more: [visible(event.next)]})},
	'command-failed': event => ({kind: 'refused', text: describe(event), ...(event.next !== '' && {more: [visible(event.next)]})}),
	bound: ({endpoint, insteadOf}) => ({
		kind: insteadOf === undefined ? 'note' : 'warning',
		text: `${insteadOf === undefined ? '' : `${visible(insteadOf)} is taken: `}listens at ${visible(endpoint)}`,
		...(!isLocal(endpoint) && {more: ['Anyone who can reach this machine can connect.']}),
	}),
	'peer-closed': ({how}) => how === 'end' || how === 'retry' ? undefined : (how === 'crash' ? {kind: 'warning', text: 'crashed'} : {kind: 'note', text: 'closed'}),
	'peer-opened': note,
	unbound: note,
	connecting: note,
	disconnecting: note,
	'zap-request': event => ({kind: event.verdict === 'denied' ? 'warning' : 'note', text: `ZAP: ${describeVisit(event)}`}),
	'option-changed'({peer, option, value}, journal) {
		const security = securityRow(option, visible(value), journal.snapshot.peers[peer] ?? {name: peer, role: 'client'});
		if (security) {
			return security;
		}

		const text = describeOption(option, visible(value));
		return text === undefined ? undefined : {kind: 'note', text};
	},
	held: note,
	released: note,
	'fault-struck': event => ({kind: 'warning', text: describe(event)}),
	'fault-missed': event => ({kind: 'warning', text: describe(event)}),
	'tap-failed': event => ({kind: 'warning', text: describe(event), more: ['It goes straight.']}),
	'tap-opened': event => ({kind: 'note', text: `tapped: ${describe(event)}`}),
	'upstream-missing': ({to, code}) => ({kind: 'warning', text: `the tap reaches nobody at ${visible(to)} (${visible(code)})`, more: ['libzmq tries again by itself; each try ends at the tap.']}),
};

/** A changed setting as a sentence; undefined where the row of another event says it. */
function describeOption(option: OptionName, value: string): string | undefined {
	switch (option) {
		case 'delay-once': {
			return value === 'off' ? undefined : `delay of the next reply: ${value}`;
		}

		case 'service': {
			return value === 'by-hand' ? 'by hand: you type the replies here' : 'replies by itself again';
		}

		case 'reply-with': {
			return `replies “${value}”`;
		}

		case 'hold': {
			return value === 'on' ? 'holds every reply until /release' : 'holds no more';
		}

		case 'every': {
			return value === 'off' ? 'asks no more by itself' : `asks every ${value}`;
		}

		case 'recover': {
			const recovery = parseRecovery(value);
			return recovery ? `recovers by ${value}: ${explainRecovery(recovery)}` : undefined;
		}

		case 'process': {
			return value === 'inside' ? 'runs in the lab’s own process again' : `runs as process ${value}: /crash is a SIGKILL`;
		}

		case 'immediate':
		case 'heartbeat':
		case 'linger':
		case 'hwm': {
			const parsed = parseSocketOption(option, value);
			return parsed && `${option} ${value}: ${explainSocketOption(parsed)}`;
		}

		default: {
			return `${option}: ${value}`;
		}
	}
}

/** How many frames of a message a row shows before it only counts them. */
const framesShown = 8;

/** A message in one line: its frames in brackets if there are several, hostile characters made visible, long ones cut with their true size. */
export function describeFrames(frames: readonly Frame[]): string {
	if (frames.length === 1 && frames[0]) {
		return describeFrame(frames[0]);
	}

	const shown = frames.slice(0, framesShown).map(frame => `[${describeFrame(frame)}]`).join(' ');
	return frames.length > framesShown ? `${shown} … ${extentOf(frames)}` : shown;
}

/** How much a message is in all: `1,048,576 B`, `1000 frames, 3,890 B`. */
function extentOf(frames: readonly Frame[]): string {
	const size = `${sizeOf(frames).toLocaleString('en')} B`;
	return frames.length === 1 ? size : `${frames.length} frames, ${size}`;
}

const message = (kind: RowKind, frames: readonly Frame[]): Row => ({kind, text: describeFrames(frames), extent: extentOf(frames)});

const describeFrame = (frame: Frame): string => describeBytes(bytesOf(frame), frame.size);

const directionOf = ({peer, endpoint}: {readonly peer: string; readonly endpoint: string}, {snapshot}: Journal): Direction =>
	snapshot.peers[peer]?.links.find(link => link.endpoint === endpoint)?.direction ?? 'connect';

const warning = ({what, why, ways}: Explanation): Row => ({kind: 'warning', text: what, more: [why, ways]});

const refusal = (code: string, {what, why, ways}: Explanation): Row =>
	({kind: 'refused', text: `${visible(code)}: ${what}`, more: [why, ways]});

function roundTrip(event: Event, journal: Journal): string | undefined {
	const exchange = journal.settledBy(event.n);
	return exchange ? formatElapsed(event.t - exchange.sentAt) : 'late';
}

function serviceTime(event: Event, journal: Journal): string | undefined {
	for (const earlier of journal.newestOf(peerOf(event) ?? '', event.n - 1)) {
		if (earlier.type === 'received') {
			return `after ${formatElapsed(event.t - earlier.t)}`;
		}

		if (earlier.type === 'sent' || earlier.type === 'peer-opened') {
			return undefined;
		}
	}

	return undefined;
}

const withAside = (row: Row, aside: string | undefined): Row => aside === undefined ? row : {...row, aside};
