/** The race as it stands: the board, and below it what has become of each. It covers the panes, as the help does. */
import {fateOf, type Board, type RaceRow} from '../core/race/board.js';
import {faultsOf, tableOf, titleOf} from '../core/race/table.js';
import {fit, wrap, type Span} from './line.js';
import {type Role, type Theme} from './theme.js';

/** The view as exactly `height` lines. */
export function drawRace(theme: Theme, board: Board, {width, height}: {readonly width: number; readonly height: number}): readonly string[] {
	const {head, lines} = tableOf(board, width - 2);
	const nameWidth = Math.max(0, ...board.rows.map(({entrant}) => entrant.length)) + 2;
	const table: ReadonlyArray<readonly Span[]> = board.rows.length === 0
		? [[{text: ' The race is about to start.', role: 'quiet'}]]
		: [
			...head.map(text => [{text: ` ${text}`, role: 'quiet' as const}]),
			...board.rows.map((row, index) => [{text: `${symbolOf(theme, row, board)}${lines[index]}`, role: roleOf(row)}]),
		];
	const fates = board.rows.map((row): readonly Span[] => [
		{text: ` ${row.entrant.padEnd(nameWidth)}`},
		...(row.state === 'running' && !theme.isCalm ? [{text: `${barOf(theme, row.asked / Math.max(1, board.requests))} `, role: 'busy' as const}] : []),
		{text: `${row.state === 'running' ? '' : `${symbolOf(theme, row, board)} `}${fateOf(row, board.requests)}`, role: roleOf(row)},
	]);
	const needed: ReadonlyArray<readonly Span[]> = [
		[{text: ' race', role: 'strong'}, {text: board.rows.length === 0 ? '' : ` · ${titleOf(board)}`, role: 'quiet'}],
		[],
		...table,
		[],
		...fates,
	];
	// Which request meets which fault comes last: it is the first to have no room.
	const faults = board.rows.length === 0 ? [] : [[], ...wrap(faultsOf(board), width - 2).map((text): readonly Span[] => [{text: ` ${text}`, role: 'quiet'}])];
	const all = [...needed, ...faults];
	const dense = all.length <= height ? all : all.filter(spans => spans.length > 0);
	return Array.from({length: height}, (_, index) => fit(theme, dense[index] ?? [], width));
}

function roleOf({state, isWell, mismatched}: RaceRow): Role {
	if (state === 'stuck' || mismatched > 0) {
		return 'bad';
	}

	const running = isWell ? 'plain' : 'busy';
	return state === 'finished' ? 'good' : running;
}

/** So that nothing is told by colour alone. */
function symbolOf({symbols}: Theme, {state, mismatched, answered}: RaceRow, {requests}: Board): string {
	if (state === 'running') {
		return ' ';
	}

	const over = answered === requests ? symbols.held : symbols.warning;
	return state === 'stuck' || mismatched > 0 ? symbols.refused : over;
}

const barWidth = 10;

function barOf({symbols}: Theme, share: number): string {
	const [full, empty] = symbols.bar;
	const filled = Math.round(share * barWidth);
	return full.repeat(filled) + empty.repeat(barWidth - filled);
}
