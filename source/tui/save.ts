/** Writes a file for a person: never over another one unless told to, never throwing. Directories that are missing are made. */
import {mkdirSync, writeFileSync} from 'node:fs';
import {homedir} from 'node:os';
import path from 'node:path';
import {fileProblemOf} from '../core/file-problems.js';

/** What is said of it afterwards. */
export type Saved = {readonly text: string; readonly isProblem: boolean};

/** Writes the text; `again` overwrites what is there. A shell would have read `~` as the home directory: so does this. */
export function save(file: string, text: string, again: boolean): Saved {
	const place = /^~[\/\\]/v.test(file) ? path.join(homedir(), file.slice(2)) : file;
	try {
		mkdirSync(path.dirname(place), {recursive: true});
		writeFileSync(place, text, {flag: again ? 'w' : 'wx'});
		return {text: `written to ${file}`, isProblem: false};
	} catch (error) {
		const {code, reason, next} = fileProblemOf(error);
		return {text: `${code}: ${file}: ${reason}: ${next}`, isProblem: true};
	}
}
