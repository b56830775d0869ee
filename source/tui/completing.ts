/** What Tab does in the input line. */
import {complete} from '../commands/completion.js';
import {focusBy, panes} from './focus.js';
import {editorOf} from './interface-state.js';
import {type Playground} from './playground.js';

/** Tab: first as much as all candidates share, then one after the other; without a command, the next pane. */
export function completeOrLeave(playground: Playground): void {
	const {state, journal} = playground;
	const input = state.completing?.input ?? editorOf(state).text;
	const completion = complete(input, journal.snapshot, journal.snapshot.peers[state.focus]);
	if (!completion) {
		focusBy(playground, panes(playground), 1);
		return;
	}

	const {candidates, from} = completion;
	const typed = input.slice(from);
	const shared = sharedBeginning(candidates);
	const isLonger = shared.length > typed.length && shared.startsWith(typed);
	if (!state.completing && isLonger) {
		playground.dispatch({type: 'complete', text: input.slice(0, from) + shared});
	} else if (candidates.length > 0) {
		const index = ((state.completing?.index ?? -1) + 1) % candidates.length;
		playground.dispatch({type: 'complete', text: input.slice(0, from) + (candidates[index] ?? ''), completing: {input, index}});
	}
}

function sharedBeginning(words: readonly string[]): string {
	let shared = words[0] ?? '';
	for (const word of words) {
		while (!word.startsWith(shared)) {
			shared = shared.slice(0, -1);
		}
	}

	return shared;
}
