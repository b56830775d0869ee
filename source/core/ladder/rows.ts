/** The ladder as rows, for whoever draws it: a message that arrives at once is one row, and a long wait is a row of its own. */
import {type Arrow, type Bars, type Ladder, type Moment, type Step} from './model.js';

/** `n` is the first event of a row and `last` its last one; `bars` is what each peer does at its end. */
export type LadderRow = Moment & {readonly last: number; readonly bars: Bars} & (
	/** A whole arrow, or the end of one whose other end is another row (or nowhere). */
	| {readonly type: 'arrow'; readonly part: 'whole' | 'leaves' | 'arrives'; readonly arrow: Arrow; readonly peer: string}
	| {readonly type: 'mark'; readonly step: Extract<Step, {readonly type: 'mark'}>}
	/** Nothing happened for so long. */
	| {readonly type: 'gap'; readonly ms: number}
);

/** From how many ms on a wait is worth a row. */
export const gapMs = 50;

/** The rows of a ladder, in order. */
export function ladderRows({before, steps}: Ladder): readonly LadderRow[] {
	const rows: LadderRow[] = [];
	let bars = before;
	let previous: Step | undefined;
	for (const step of steps) {
		const ms = previous ? step.t - previous.t : 0;
		if (ms >= gapMs) {
			rows.push({type: 'gap', n: step.n, last: step.n, t: step.t, ms, bars});
		}

		const row = rows.at(-1);
		if (step.type === 'arrives' && previous?.type === 'leaves' && previous.arrow === step.arrow && row?.type === 'arrow') {
			rows[rows.length - 1] = {...row, part: 'whole', last: step.n, bars: step.bars};
		} else {
			rows.push(rowOf(step));
		}

		({bars} = step);
		previous = step;
	}

	return rows;
}

function rowOf(step: Step): LadderRow {
	const {n, t, bars} = step;
	return step.type === 'mark'
		? {type: 'mark', n, t, last: n, bars, step}
		: {type: 'arrow', n, t, last: n, bars, part: step.type, arrow: step.arrow, peer: step.peer};
}
