/** Which peer's pane has the input line, and how keys and names move it. */
import {nearest} from '../commands/registry.js';
import {visible} from '../core/text.js';
import {columnsOf} from './columns.js';
import {type Playground} from './playground.js';

/** Who is shown in full, in pane order: a client at the left, a server at the right. */
export const panes = ({journal, state}: Playground): readonly string[] => columnsOf(journal.snapshot, state).map(({shown}) => shown.name);

/** Every peer in the order of the screen. */
export const everyone = ({journal, state}: Playground): readonly string[] => columnsOf(journal.snapshot, state).flatMap(({peers}) => peers.map(({name}) => name));

/** To the one `by` places further, round and round. */
export function focusBy(playground: Playground, peers: readonly string[], by: 1 | -1): void {
	const index = peers.indexOf(playground.state.focus);
	focusOn(playground, peers[(index + by + peers.length) % peers.length]);
}

export function focusOn(playground: Playground, peer: string | undefined): void {
	if (peer !== undefined) {
		playground.dispatch({type: 'focus', peer});
	}
}

/** By name, with or without the `@` of an address. */
export function focusOnNamed(playground: Playground, written: string): void {
	const names = everyone(playground);
	const name = written.replace(/^@/, '');
	if (names.includes(name)) {
		focusOn(playground, name);
		return;
	}

	const meant = nearest(name, names);
	playground.dispatch({type: 'notice', notice: {text: visible(`there is no ${name}${meant === undefined ? '' : `: did you mean ${meant}?`}`), isProblem: true}});
}
