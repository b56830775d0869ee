/** What the built program loads before it has looked at its words: as little as it can, since whoever starts it waits for that. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {expect, test} from 'vitest';

/** All the code that is loaded with a chunk: its own, and that of every chunk that it imports at once. */
function loadedWith(chunk: string, seen = new Map<string, string>()): ReadonlyMap<string, string> {
	if (!seen.has(chunk)) {
		const code = readFileSync(path.join('dist', chunk), 'utf8');
		seen.set(chunk, code);
		for (const {groups} of code.matchAll(/(?:\bfrom|\bimport)\s*"\.\/(?<imported>[^"]+)"/gv)) {
			loadedWith(groups?.['imported'] ?? '', seen);
		}
	}

	return seen;
}

/** The entry that ships loads one chunk by itself. */
const main = /import\(\s*["'`]\.\/(?<main>[^"'`]+)["'`]\)/v.exec(readFileSync('dist/cli.js', 'utf8'))?.groups?.['main'] ?? '';

test.each([
	['the command line', main, 'there is no flag'],
	['the lab’s process', 'lab-child.js', 'command-done'],
])('%s loads neither the screen nor the schemas', (_, chunk, own) => {
	const code = [...loadedWith(chunk).values()].join('\n');
	expect(code).toContain(own);
	// A word of Ink, of React, and of zod.
	expect(['incrementalRendering', 'react.element', 'ZodError'].filter(word => code.includes(word))).toEqual([]);
});
