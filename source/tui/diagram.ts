/** A socket's machine as one or two lines, drawn from the table that the code runs on: its states in order, its arrows, and the one it is in lit. */
import {
	arrowsOf,
	states,
	type Arrow,
	type MachineKind,
	type State,
} from '../core/machines.js';
import {widthOfSpans, type Span} from './line.js';
import {roleOfState, type Theme} from './theme.js';

/** The diagram in at most `width` columns: with named arrows and the loop under them if there is room, else on one line. */
export function drawMachine(theme: Theme, kind: MachineKind, state: State | undefined, isFresh: boolean, place: {readonly width: number; readonly rows: number}): ReadonlyArray<readonly Span[]> {
	const arrows = arrowsOf(kind);
	const spans = (isNamed: boolean): readonly Span[] => states.flatMap((each, index) => {
		const next = states[index + 1];
		const node = drawState(theme, each, each === state, isFresh);
		return next === undefined ? [node] : [node, drawArrow(theme, arrows, each, next, isNamed)];
	});
	const named = spans(true);
	return place.rows >= 2 && widthOfSpans(named) <= place.width ? [named, ...drawLoops(theme, arrows, named)] : [spans(false)];
}

function drawState(theme: Theme, each: State, isCurrent: boolean, isFresh: boolean): Span {
	const text = `${theme.symbols.states[each]} ${isCurrent ? each.toUpperCase() : each}`;
	return isCurrent ? {text, role: isFresh ? 'lit' : roleOfState[each]} : {text, role: 'quiet'};
}

function drawArrow({symbols}: Theme, arrows: readonly Arrow[], from: State, to: State, isNamed: boolean): Span {
	const forth = arrows.find(arrow => arrow.from === from && arrow.to === to);
	const isBack = arrows.some(arrow => arrow.from === to && arrow.to === from);
	const {arrow} = symbols;
	return isNamed && forth ? {text: ` ${arrow.line}${forth.operation}${arrow.line}${arrow.right} `, role: 'quiet'} : {text: ` ${isBack ? arrow.both : arrow.right} `, role: 'quiet'};
}

/** The arrows that lead back, each a line under the states that it joins. */
function drawLoops({symbols}: Theme, arrows: readonly Arrow[], named: readonly Span[]): ReadonlyArray<readonly Span[]> {
	const column = (state: State): number => widthOfSpans(named.slice(0, states.indexOf(state) * 2)) + 2;
	return arrows.filter(({from, to}) => states.indexOf(to) < states.indexOf(from)).map(({from, to, operation}) => {
		const begin = column(to);
		const end = column(from);
		const {arrow} = symbols;
		const label = ` ${operation} `;
		const line = arrow.line.repeat(Math.max(0, end - begin - 1));
		const middle = Math.floor((line.length - label.length) / 2);
		const labelled = line.slice(0, middle) + label + line.slice(middle + label.length);
		return [{text: ' '.repeat(begin) + arrow.up + labelled + arrow.cornerRight, role: 'quiet' as const}];
	});
}
