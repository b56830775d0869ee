/** What the keys do at the wire. */
import {type Playground} from './playground.js';
import {wireEvents} from './wire-view.js';

/** So far back one can select. */
const mostListed = 5000;

/** Shows the wire, of one connection or of all, its newest unit selected. */
export function showWire(playground: Playground, link?: number): void {
	playground.dispatch({type: 'wire', outlook: {showsBytes: playground.state.wire.showsBytes, top: 0, ...(link !== undefined && {link})}});
}

/** Shows or hides the bytes; what is looked at stays selected while more passes. */
export function showBytes(playground: Playground): void {
	const {wire} = playground.state;
	const {selected = newest(playground), showsBytes} = wire;
	playground.dispatch({type: 'wire', outlook: {...wire, ...(selected !== undefined && {selected}), showsBytes: !showsBytes, top: 0}});
}

/** Moves the selection `by` units towards the beginning. */
export function selectOnWire(playground: Playground, by: number): void {
	const {wire} = playground.state;
	const numbers: number[] = [];
	for (const {n, type} of wireEvents(playground.shown, wire.link)) {
		if (type !== 'unit') {
			continue;
		}

		numbers.push(n);
		if (numbers.length >= mostListed) {
			break;
		}
	}

	const at = wire.selected === undefined ? 0 : numbers.findIndex(n => n <= (wire.selected ?? 0));
	const to = Math.max(0, Math.min(numbers.length - 1, at + by));
	const selected = numbers[to];
	// At the newest the view goes along with what passes.
	const {selected: _before, ...rest} = wire;
	playground.dispatch({type: 'wire', outlook: {...rest, ...(selected !== undefined && to > 0 && {selected}), top: 0}});
}

/** Scrolls the bytes where they are shown, else the list. */
export function scrollWire(playground: Playground, pages: number): void {
	const {wire} = playground.state;
	if (wire.showsBytes) {
		playground.dispatch({type: 'wire', outlook: {...wire, top: Math.max(0, wire.top - (pages * 8))}});
	} else {
		selectOnWire(playground, pages * 8);
	}
}

function newest({shown, state}: Playground): number | undefined {
	for (const {n, type} of wireEvents(shown, state.wire.link)) {
		if (type === 'unit') {
			return n;
		}
	}

	return undefined;
}
