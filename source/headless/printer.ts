/**
What a lab without a screen prints: the rows of the transcripts, one a line, or the events themselves as JSON.
*/
import {type Event} from '../core/events.js';
import {type Journal} from '../core/journal.js';
import {chatRow, type RowKind} from '../core/rows.js';

/** Where lines go: what was asked for on one side, what went wrong on the other. */
export type Outlets = {readonly out: (line: string) => void; readonly err: (line: string) => void};

/** Prints one event that the journal has just taken. */
export type Printer = (event: Event, journal: Journal) => void;

/** One event a line, as recordings have it. */
export const jsonPrinter = ({out}: Outlets): Printer => event => {
	out(JSON.stringify(event));
};

const symbols: Readonly<Record<'unicode' | 'ascii', Readonly<Record<RowKind, string>>>> = {
	unicode: {request: '▸', reply: '◂', refused: '✗', warning: '⚠', note: '·'},
	ascii: {request: '>', reply: '<', refused: 'x', warning: '!', note: '-'},
};

/** What passed on stdout, what went wrong on stderr. With two peers only the client's side is told: the server's is the same again. */
export function rowPrinter({out, err}: Outlets, {isAscii, teller}: {readonly isAscii: boolean; readonly teller: string}): Printer {
	const marks = symbols[isAscii ? 'ascii' : 'unicode'];
	return (event, journal) => {
		if (event.type === 'retrying') {
			if (event.count === 1) {
				err(`${event.peer}: nobody answers at ${event.endpoint}; retrying`);
			}

			return;
		}

		const row = chatRow(event, journal);
		if (!row || !('peer' in event)) {
			return;
		}

		const text = `${marks[row.kind]} ${row.text}${row.aside === undefined ? '' : `  ${row.aside}`}`;
		const isMessage = row.kind === 'request' || row.kind === 'reply';
		if (isMessage && event.peer === teller) {
			out(text);
		} else if (row.kind === 'refused' || row.kind === 'warning' || event.type === 'bound') {
			err(`${event.peer ?? 'lab'}: ${row.text}${row.more ? ` (${row.more.join(' ')})` : ''}`);
		}
	};
}
