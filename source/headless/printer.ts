/**
What a lab without a screen prints: the rows of the transcripts, one a line, or the events themselves as JSON.
What went wrong goes to stderr either way, one line each, with the next step.
*/
import {formatElapsed} from '../core/duration.js';
import {type Event} from '../core/events.js';
import {type Journal} from '../core/journal.js';
import {chatRow, type ChatRow, type RowKind} from '../core/rows.js';
import {whyText} from '../core/why.js';
import {eventLine} from '../recording/line.js';

/** Where lines go: what was asked for on one side, what went wrong on the other. */
export type Outlets = {readonly out: (line: string) => void; readonly err: (line: string) => void};

/** Prints one event that the journal has just taken. */
export type Printer = (event: Event, journal: Journal) => void;

/** One event a line, as recordings have it. */
export function jsonPrinter(outlets: Outlets): Printer {
	const tellTrouble = troublePrinter(outlets);
	// On stdout every line is an event.
	const answerWhy = whyPrinter(outlets.err);
	return (event, journal) => {
		outlets.out(eventLine(event));
		answerWhy(event, journal);
		tellTrouble(event, journal);
	};
}

const symbols: Readonly<Record<'unicode' | 'ascii', Readonly<Record<RowKind, string>>>> = {
	unicode: {request: '▸', reply: '◂', refused: '✗', warning: '⚠', note: '·'},
	ascii: {request: '>', reply: '<', refused: 'x', warning: '!', note: '-'},
};

/** The marks of a transcript's rows. */
export const symbolsOf = (isAscii: boolean): Readonly<Record<RowKind, string>> => symbols[isAscii ? 'ascii' : 'unicode'];

/** What passed on stdout. With two peers only the client's side is told: the server's is the same again. Without a `teller` every client tells, or every server where there is no client. */
export function rowPrinter(outlets: Outlets, {isAscii, teller}: {readonly isAscii: boolean; readonly teller?: string}): Printer {
	const marks = symbolsOf(isAscii);
	const tellTrouble = troublePrinter(outlets);
	const answerWhy = whyPrinter(outlets.out);
	return (event, journal) => {
		answerWhy(event, journal);
		tellTrouble(event, journal);
		const row = 'peer' in event && event.peer !== undefined && (teller === undefined ? tells(event.peer, journal) : event.peer === teller) ? chatRow(event, journal) : undefined;
		if (row?.kind === 'request' || row?.kind === 'reply') {
			outlets.out(`${marks[row.kind]} ${row.text}${row.aside === undefined ? '' : `  ${row.aside}`}`);
		}
	};
}

function tells(peer: string, {snapshot: {peers}}: Journal): boolean {
	const role = peers[peer]?.role;
	return role === 'client' || (role === 'server' && Object.values(peers).every(each => each.role === 'server'));
}

/** Answers a `why` in a script. */
function whyPrinter(tell: (line: string) => void): Printer {
	return (event, journal) => {
		if (event.type === 'command' && event.text.trim() === 'why') {
			for (const line of whyText(journal.snapshot, event.t)) {
				tell(line);
			}
		}
	};
}

/** What went wrong, where a peer listens, and its public key: to stderr. */
function troublePrinter({err}: Outlets): Printer {
	return (event, journal) => {
		const row = wordsWithoutScreen(event) ?? chatRow(event, journal);
		if (row && (row.kind === 'refused' || row.kind === 'warning' || isWorthKnowing(event))) {
			err(lineOf('peer' in event ? event.peer : undefined, row));
		}
	};
}

/** Where a peer listens, and the public key that the other side needs. */
const isWorthKnowing = (event: Event): boolean => event.type === 'bound' || (event.type === 'option-changed' && event.option === 'public-key');

type Words = Pick<ChatRow, 'kind' | 'text' | 'more'>;

function lineOf(peer: string | undefined, {text, more}: Words): string {
	return `${peer ?? 'lab'}: ${text}${more ? ` (${more.join(' ')})` : ''}`;
}

/** Where the transcript's next step is a command for the screen, a pipe has another. */
function wordsWithoutScreen(event: Event): Words | undefined {
	if (event.type === 'timed-out') {
		return {kind: 'warning', text: `no reply within ${formatElapsed(event.afterMs)}`, more: ['Without it a REQ can ask no more, so this is the end; --timeout waits longer.']};
	}

	return event.type === 'refused' && event.operation === 'send' && event.code === 'EAGAIN'
		? {kind: 'refused', text: `${event.code}: not sent yet: nobody is connected`, more: ['It is sent as soon as somebody is.']}
		: undefined;
}
