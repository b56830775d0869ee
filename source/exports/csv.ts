/**
A CSV of the exchanges, one a line, as RFC 4180 writes it: CRLF, quotes doubled.

A cell that begins with `=`, `+`, `-` or `@`, be it a wide one, would be a formula to a spreadsheet, which may run it: it gets an apostrophe before it.
Bodies are written as the panes show them, so that no control character is left in them.
*/
import {type Exchange} from '../core/exchanges.js';
import {type Journal} from '../core/journal.js';
import {describeFrames} from '../core/rows.js';
import {isoOf} from './names.js';

const columns = ['id', 'client', 'server', 'outcome', 'asked', 'closed', 'ms', 'evidence', 'recovery', 'request', 'reply'] as const;

/** The exchanges that a journal remembers, in the order in which they were asked; the pending ones too. */
export function exchangesCsv(journal: Journal): string {
	const {beganAt, exchanges} = journal.snapshot;
	const closed = [...journal.newestFirst()].filter(({n}) => n >= beganAt).map(({n}) => journal.settledBy(n)).filter(exchange => exchange !== undefined);
	const all = [...closed, ...Object.values(exchanges.open)].toSorted((one, other) => one.id - other.id);
	return [columns, ...all.map(exchange => cellsOf(exchange, journal))].map(cells => `${cells.map(cell => quote(cell)).join(',')}\r\n`).join('');
}

function cellsOf({id, client, server, outcome, sent, sentAt, closed, closedAt, evidence, recovery}: Exchange, journal: Journal): readonly string[] {
	const isReply = outcome === 'replied' || outcome === 'mismatched';
	return [
		String(id),
		client,
		server ?? '',
		outcome,
		isoOf(sentAt),
		closedAt === undefined ? '' : isoOf(closedAt),
		closedAt === undefined ? '' : (closedAt - sentAt).toFixed(3),
		evidence,
		recovery ?? 'none',
		bodyOf(journal, sent),
		isReply ? bodyOf(journal, closed) : '',
	];
}

/** The message of an event, if that is still remembered. */
function bodyOf(journal: Journal, n: number | undefined): string {
	const event = n === undefined ? undefined : journal.at(n);
	return event && 'frames' in event && event.frames ? describeFrames(event.frames) : '';
}

function quote(cell: string): string {
	const harmless = /^\s*[+\-=@＋－＝＠]/v.test(cell) ? `'${cell}` : cell;
	return /[\n\r"',]|^\s|\s$/v.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
