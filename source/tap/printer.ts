/** What a tap prints: the events as JSON, or one line a handshake, exchange and event for a person. Whatever came from the wire is made visible here. */
import {formatElapsed} from '../core/duration.js';
import {bytesOf, type Frame} from '../core/frames.js';
import {describeBytes, formatSize, visible} from '../core/text.js';
import {type TapFigures} from '../core/wire-events.js';
import {type Side} from '../zmtp/connection.js';
import {type Summary, type TapEvent, type Waiting} from './events.js';

/** The lines that an event is worth; none for what a person need not see. */
export type Printer = (event: TapEvent) => readonly string[];

/** One event a line. */
export const jsonLines: Printer = event => [JSON.stringify(event)];

/** The symbols before a line. */
export const marks = {
	unicode: {request: '▸', reply: '◂', trouble: '⚠', fault: '✗', note: '·'},
	ascii: {request: '>', reply: '<', trouble: '!', fault: 'x', note: '-'},
} as const;

const sideNames: Readonly<Record<Side | 'tap', string>> = {connector: 'the side that connected', listener: 'the upstream', tap: 'the tap'};

/** Lines for a person. */
export function humanLines({isAscii}: {readonly isAscii: boolean}): Printer {
	const mark = marks[isAscii ? 'ascii' : 'unicode'];
	return event => {
		const link = 'link' in event ? `link ${event.link}  ` : '';
		switch (event.type) {
			case 'handshake': {
				return [`${link}${mark.note} ${visible(event.connector)} to ${visible(event.listener)}, ${visible(event.mechanism)}, ZMTP ${event.version}`];
			}

			case 'exchange': {
				const asked = `${link}${mark.request} ${messageOf(event.request)}`;
				return event.outcome === 'replied'
					? [`${asked}  ${mark.reply} ${messageOf(event.reply ?? [])}  after ${formatElapsed(event.ms)}`]
					: [`${asked}  ${mark.fault} lost after ${formatElapsed(event.ms)}: ${event.why === 'fault' ? 'a fault struck it' : 'the connection ended before the reply'}`];
			}

			case 'unsolicited': {
				return [`${link}${mark.reply} ${messageOf(event.reply)}  ${mark.trouble} answers nothing that is open here`];
			}

			case 'trouble': {
				return [`${link}${mark.trouble} ${event.says} (${event.next})`];
			}

			case 'link-closed': {
				return [`${link}${mark.note} closed by ${sideNames[event.by]}${event.how === 'rst' ? ' with a reset' : ''}`];
			}

			case 'waiting': {
				return [`${mark.trouble} ${waitingText(event)}`];
			}

			case 'fault-struck': {
				return [`${link}${mark.fault} ${visible(event.fault)} struck ${struckText(event)}`];
			}

			case 'fault-missed': {
				return [`${link}${mark.trouble} ${visible(event.fault)} can’t strike here: ${event.reason}`];
			}

			case 'connection-refused': {
				return [`${mark.fault} ${visible(event.fault)} turned a connection away`];
			}

			case 'upstream-missing': {
				return [`${mark.trouble} ${visible(event.code)}: nobody is reached at ${visible(event.upstream)} (start it, or check the endpoint; ZeroMQ clients try again by themselves)`];
			}

			case 'upstream-back': {
				return [`${mark.note} ${visible(event.upstream)} is back after ${formatElapsed(event.ms)} and ${event.attempts} vain ${event.attempts === 1 ? 'attempt' : 'attempts'}`];
			}

			case 'accept-failed': {
				return [`${mark.trouble} ${visible(event.code)}: a connection could not be taken`];
			}

			case 'units-sampled': {
				return [`${mark.note} units-sampled ${event.count} in ${formatElapsed(event.ms)}`];
			}

			case 'summary': {
				return summaryLines(event, mark.note);
			}

			case 'tap-started':
			case 'faults-changed':
			case 'link-opened':
			case 'link-counted':
			case 'half-closed':
			case 'unit': {
				return [];
			}
		}
	};
}

/** `the reply to request 3 (unit 5)`. */
function struckText({way, unit, exchange}: Extract<TapEvent, {readonly type: 'fault-struck'}>): string {
	if (unit === undefined) {
		return 'the connection';
	}

	const which = exchange === undefined ? `a ${way ?? 'message'}` : (way === 'reply' ? `the reply to request ${exchange}` : `request ${exchange}`);
	return `${which} (unit ${unit})`;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const summaryLines = (summary: Summary, note: string): readonly string[] => [
	...figureLines(summary, note),
	...summary.faults.map(({fault, struck}) => `${note} ${visible(fault)}: struck ${counted(struck, 'time')}`),
	...summary.waiting.map(each => `${note} ${waitingText(each)}`),
];

/** The sums of a tap, for a person. */
export function figureLines({links, open, exchanges, roundTrips, bytes, messages, sealed}: TapFigures, note: string): readonly string[] {
	const frames = sealed.request + sealed.reply;
	return [
		`${note} ${counted(links, 'connection')} (${open} open), ${counted(messages.request, 'request')} (${formatSize(bytes.connector)} up), ${messages.reply === 1 ? '1 reply' : `${messages.reply} replies`} (${formatSize(bytes.listener)} down)`,
		`${note} ${exchanges.replied} replied, ${exchanges.lost} lost, ${exchanges.open} open, ${exchanges.unsolicited} unsolicited`,
		...(frames > 0 ? [`${note} encrypted: ${counted(frames, 'frame')}; what they say, and how many requests they are, only the two sides know`] : []),
		...(roundTrips ? [`${note} round trips: p50 ${formatElapsed(roundTrips.p50)}, p95 ${formatElapsed(roundTrips.p95)}, p99 ${formatElapsed(roundTrips.p99)}, max ${formatElapsed(roundTrips.max)} (${roundTrips.count} timed)`] : []),
	];
}

const waitingText = ({link, who, whom, since, count}: Waiting): string =>
	`link ${link}: ${visible(who)} waits for ${visible(whom)} since ${new Date(since).toISOString()}${count > 1 ? ` (${count} requests)` : ''}`;

/** A message on one line. */
const messageOf = (frames: readonly Frame[]): string => frames.length === 0 ? '(no body)' : frames.map(frame => describeBytes(bytesOf(frame), frame.size)).join(' | ');
