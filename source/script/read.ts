/** Reads a script from a file or from stdin, and parses it. What can't be read or is no text is told like any other mistake of usage. */
import {Buffer} from 'node:buffer';
import {createReadStream} from 'node:fs';
import {type Readable} from 'node:stream';
import {type Problem} from '../commands/record.js';
import {nearest} from '../commands/registry.js';
import {parseScript, variablesOf, type ScriptError, type Step} from '../commands/script.js';
import {type Variables} from '../commands/script-variables.js';
import {fileProblemOf} from '../core/file-problems.js';
import {formatSize} from '../core/text.js';

/** Larger is no script that a person has written; `/dev/zero` has no end at all. */
const largest = 8 * 1024 * 1024;

const textFile = 'a script is a text file, one command a line';

/** A script ready to run, or the lines that say what is wrong. `name` is how messages call it. */
export type LoadedScript =
	| {readonly ok: true; readonly name: string; readonly steps: readonly Step[]}
	| {readonly ok: false; readonly name: string; readonly errors: readonly ScriptError[]}
	| {readonly ok: false; readonly name: string; readonly reason: string; readonly next: string};

/** The text of a file, or why it has none. */
export type ReadText = {readonly ok: true; readonly source: string} | ({readonly ok: false} & Problem);

/** Reads `path`, or `stdin` for `-`. `kind` says what it should be: “a script is a text file, one command a line”. */
export async function readText(path: string, stdin: Readable, kind: string): Promise<ReadText> {
	let bytes: Uint8Array | undefined;
	try {
		bytes = await readAll(path === '-' ? stdin : createReadStream(path));
	} catch (error) {
		const {reason, next} = fileProblemOf(error);
		return {ok: false, reason: `it can’t be read: ${reason}`, next};
	}

	if (!bytes) {
		return {ok: false, reason: `it is larger than ${formatSize(largest)}`, next: kind};
	}

	let source: string;
	try {
		source = new TextDecoder('utf-8', {fatal: true}).decode(bytes);
	} catch {
		source = '\0';
	}

	return source.includes('\0') ? {ok: false, reason: 'this is no text (UTF-8)', next: kind} : {ok: true, source};
}

/** Loads `path`, or `stdin` for `-`. */
export async function loadScript(path: string, given: Variables, stdin: Readable): Promise<LoadedScript> {
	const name = path === '-' ? 'stdin' : path;
	const text = await readText(path, stdin, textFile);
	if (!text.ok) {
		return {name, ...text};
	}

	const {source} = text;
	const known = variablesOf(source);
	const unknown = unknownOf(given, known);
	if (unknown !== undefined) {
		const meant = nearest(unknown, known);
		return {ok: false, name, reason: `the script sets no “${unknown}” that --set could replace`, next: meant === undefined ? (known.length === 0 ? 'it has no variables' : `it sets: ${known.join(', ')}`) : `did you mean ${meant}?`};
	}

	const parsed = parseScript(source, given);
	return {name, ...parsed};
}

function unknownOf(given: Variables, known: readonly string[]): string | undefined {
	for (const name of given.keys()) {
		if (!known.includes(name)) {
			return name;
		}
	}

	return undefined;
}

/** All of it; undefined if it is too large. */
async function readAll(input: Readable): Promise<Uint8Array | undefined> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of input as AsyncIterable<Uint8Array>) {
		size += chunk.length;
		if (size > largest) {
			return undefined;
		}

		chunks.push(chunk);
	}

	return Buffer.concat(chunks);
}
