/** The board as a table of text: the columns as records, each with its title in two lines. On a narrow screen the less needed ones are left out. */
import {formatDuration} from '../duration.js';
import {fateOf, recoveryOf, type Board, type RaceRow} from './board.js';
import {wordsOfFault} from './schedule.js';

/** `width` includes the blanks before it; `rank` says which columns go first where there is no room (the highest). */
type Column = {readonly title: readonly [string, string]; readonly width: number; readonly rank: number; readonly of: (row: RaceRow) => string};

const count = (key: 'asked' | 'answered' | 'lost' | 'mismatched' | 'late' | 'abandoned' | 'sockets') => (row: RaceRow): string => String(row[key]);
const seconds = (ms: number | undefined): string => ms === undefined ? '' : `${(ms / 1000).toFixed(1)}s`;

const nameWidth = 17;
const columns: readonly Column[] = [
	{title: ['', 'asked'], width: 6, rank: 0, of: count('asked')},
	{title: ['ans-', 'wered'], width: 6, rank: 0, of: count('answered')},
	{title: ['', 'lost'], width: 5, rank: 0, of: count('lost')},
	{title: ['mis-', 'matched'], width: 8, rank: 0, of: count('mismatched')},
	{title: ['', 'late'], width: 5, rank: 1, of: count('late')},
	{title: ['aban-', 'doned'], width: 6, rank: 1, of: count('abandoned')},
	{title: ['stuck', 'at'], width: 6, rank: 0, of: ({stuckAt}) => stuckAt === undefined ? '-' : `#${stuckAt}`},
	{title: ['recovers', 'in'], width: 9, rank: 2, of: row => formatMs(recoveryOf(row)?.medianMs)},
	{title: ['at', 'most'], width: 8, rank: 3, of: row => formatMs(recoveryOf(row)?.maxMs)},
	{title: ['sock-', 'ets'], width: 6, rank: 1, of: count('sockets')},
	{title: ['', 'took'], width: 8, rank: 3, of: ({ms}) => seconds(ms)},
];

const formatMs = (ms: number | undefined): string => ms === undefined ? '-' : `${ms}ms`;

/** A table: two lines of titles, and a line for each entrant. Each is at most `width` columns wide where there is room for the name at all. */
export type Table = {readonly head: readonly [string, string]; readonly lines: readonly string[]};

export function tableOf({rows}: Board, width = Infinity): Table {
	const shown = columnsWithin(width);
	const line = (name: string, cells: readonly string[]): string => name.padEnd(nameWidth) + cells.map((cell, index) => cell.padStart(shown[index]?.width ?? 0)).join('');
	return {
		head: [line('', shown.map(({title}) => title[0])), line('entrant', shown.map(({title}) => title[1]))],
		lines: rows.map(row => line(row.entrant, shown.map(({of}) => of(row)))),
	};
}

function columnsWithin(width: number): readonly Column[] {
	let shown = columns;
	for (let rank = 3; rank > 0 && nameWidth + shown.reduce((sum, column) => sum + column.width, 0) > width; rank--) {
		shown = columns.filter(column => column.rank < rank);
	}

	return shown;
}

/** What the race is, in a line. */
export function titleOf({requests, seed, schedule, ms}: Board): string {
	const faults = schedule.length === 1 ? '1 fault' : `${schedule.length} faults`;
	return `${requests} requests, ${faults}, seed ${seed}${ms === undefined ? '' : `: over after ${formatDuration(Math.round(ms / 100) * 100)}`}`;
}

/** Its faults in one line. */
export const faultsOf = ({schedule}: Board): string => schedule.length === 0 ? 'no faults: too few requests' : schedule.map(fault => wordsOfFault(fault)).join(', ');

/** All of it as plain lines, the table for a terminal of so many columns. */
export function boardLines(board: Board, width?: number): readonly string[] {
	const {head, lines} = tableOf(board, width);
	const nameColumn = Math.max(...board.rows.map(({entrant}) => entrant.length)) + 2;
	return [
		titleOf(board),
		faultsOf(board),
		'',
		...head,
		...lines,
		'',
		...board.rows.map(row => `${row.entrant.padEnd(nameColumn)}${fateOf(row, board.requests)}`),
	].map(line => line.trimEnd());
}
