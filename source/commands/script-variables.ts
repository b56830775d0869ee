/** Variables of a script: `$name` stands for its value, `$$` for a dollar. A dollar before anything else is a dollar. */
import {nearest} from './registry.js';
import {type Problem} from './record.js';

export type Variables = ReadonlyMap<string, string>;

/** The text with its variables filled in; `columnOf` leads from a position in it to the one that was written. */
export type Expanded = {readonly text: string; readonly columnOf: (at: number) => number};

/** Fills the variables in, or says which one is not known, and where. */
export function expand(written: string, variables: Variables): Expanded | (Problem & {readonly at: number}) {
	let text = '';
	let done = 0;
	// Where each written piece begins in the new text, so that an error can be found again.
	const pieces: Array<{readonly to: number; readonly from: number; readonly isValue: boolean}> = [{to: 0, from: 0, isValue: false}];
	for (const match of written.matchAll(/\$(?:\$|(?<name>[a-z_]\w*))/gi)) {
		const name = match.groups?.['name'];
		const value = name === undefined ? '$' : variables.get(name);
		if (value === undefined) {
			const meant = nearest(name ?? '', [...variables.keys()]);
			return {reason: `there is no variable $${(name ?? '').slice(0, 40)}`, next: meant === undefined ? 'set it above, or write $$ for a dollar' : `did you mean $${meant}?`, at: match.index};
		}

		text += written.slice(done, match.index);
		pieces.push({to: text.length, from: match.index, isValue: true});
		text += value;
		done = match.index + match[0].length;
		pieces.push({to: text.length, from: done, isValue: false});
	}

	text += written.slice(done);
	return {
		text,
		columnOf(at) {
			const piece = pieces.findLast(({to}) => to <= at);
			return piece ? piece.from + (piece.isValue ? 0 : at - piece.to) : at;
		},
	};
}

/** Reads `name=value`, as the command line gives it. */
export function parseGiven(text: string): readonly [name: string, value: string] | undefined {
	const groups = /^(?<name>[a-z_]\w*)=(?<value>.*)$/is.exec(text)?.groups;
	return groups && [groups['name'] ?? '', groups['value'] ?? ''];
}
