/**
Splits a lesson's file into its front matter and its steps, and these into prose and fenced blocks. A small part of Markdown, so that a lesson is
readable on its own, and every mistake has its line.

	file    = "---" front matter "---" { step }
	step    = "## " title { prose | fence }
	fence   = "```" kind { line } "```"
*/
import {type ScriptError} from '../commands/script.js';
import {nearest} from '../commands/registry.js';
import {type Prose} from './lesson.js';

export const fenceKinds = ['stage', 'check', 'hint', 'show', 'predict', 'run'] as const;
export type FenceKind = (typeof fenceKinds)[number];

/** A fenced block; `line` is that of its first line within (from 1). */
export type Fence = {readonly kind: FenceKind; readonly line: number; readonly lines: readonly string[]};

/** A step as it is written. `after` is the prose behind the last fence. */
export type Section = {readonly title: string; readonly line: number; readonly prose: readonly Prose[]; readonly after: readonly Prose[]; readonly fences: readonly Fence[]};

/** The parts, and what is wrong with how they are put together. `frontLine` is the line (from 1) at which the front matter's text begins. */
export type Sections = {readonly front: string | undefined; readonly frontLine: number; readonly sections: readonly Section[]; readonly errors: readonly ScriptError[]};

/** Splits the text of a file. Never throws. */
export function splitLesson(source: string): Sections {
	// A byte order mark is how some editors begin a file.
	const lines = source.replace(/^\u{FEFF}/u, '').split(/\r?\n/v);
	const end = lines[0]?.trimEnd() === '---' ? lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---') : -1;
	const errors: ScriptError[] = [];
	if (end === -1) {
		errors.push(lines[0]?.trimEnd() === '---'
			? {line: 1, column: 1, reason: 'the front matter is left open', next: 'close it with a line of ---'}
			: {line: 1, column: 1, reason: 'there is no front matter', next: 'begin the file with ---, the lines title: … to remember: …, and --- again'});
		return {front: undefined, frontLine: 1, sections: [], errors};
	}

	const splitter = new Splitter(errors);
	for (const [index, line] of lines.entries()) {
		if (index > end) {
			splitter.take(line, index + 1);
		}
	}

	return {front: lines.slice(1, end).join('\n'), frontLine: 2, sections: splitter.end(), errors};
}

type OpenSection = {readonly title: string; readonly line: number; readonly prose: Prose[]; readonly after: Prose[]; readonly fences: Fence[]};
type OpenFence = {readonly kind: FenceKind | undefined; readonly line: number; readonly lines: string[]};

/** Takes the lines of the steps, one after the other. */
class Splitter {
	readonly #errors: ScriptError[];
	readonly #sections: Section[] = [];
	#section: OpenSection | undefined;
	#fence: OpenFence | undefined;
	/** Whether the line before goes on in this one. */
	#isOpen = false;

	constructor(errors: ScriptError[]) {
		this.#errors = errors;
	}

	take(line: string, number: number): void {
		const mark = line.startsWith('```') ? line.replace(/^`+/v, '').trim() : undefined;
		if (this.#fence) {
			this.#within(this.#fence, line, mark === '');
		} else if (mark !== undefined) {
			this.#open(mark, number);
		} else if (line.startsWith('#')) {
			this.#head(line, number);
		} else {
			this.#prose(line, number);
		}
	}

	end(): readonly Section[] {
		if (this.#fence) {
			this.#fail(this.#fence.line - 1, 1, 'this block is left open', 'close it with a line of ```');
		}

		this.#close();
		return this.#sections;
	}

	#within(fence: OpenFence, line: string, isEnd: boolean): void {
		if (!isEnd) {
			fence.lines.push(line);
			return;
		}

		const {kind, lines} = fence;
		this.#fence = undefined;
		if (kind && this.#section) {
			this.#section.fences.push({kind, line: fence.line, lines});
			// What was written so far stands before a fence.
			this.#section.prose.push(...this.#section.after.splice(0));
		}
	}

	#open(word: string, number: number): void {
		this.#isOpen = false;
		const kind = fenceKinds.find(each => each === word);
		if (!kind) {
			const meant = nearest(word, fenceKinds);
			this.#fail(number, 4, word === '' ? 'this block has no kind' : `“${word.slice(0, 40)}” is no kind of block`, meant === undefined ? `write one of: ${fenceKinds.join(', ')}` : `did you mean ${meant}?`);
		} else if (!this.#section) {
			this.#fail(number, 1, 'this block belongs to no step', 'write ## and the title of a step above it');
		}

		this.#fence = {kind, line: number + 1, lines: []};
	}

	#head(line: string, number: number): void {
		const title = /^##\s+(?<title>\S.*)$/v.exec(line)?.groups?.['title']?.trim();
		if (title === undefined) {
			this.#fail(number, 1, 'this is no heading of a step', 'a step begins with ## and its title; the lesson’s own title is in the front matter');
			return;
		}

		this.#close();
		this.#section = {title, line: number, prose: [], after: [], fences: []};
	}

	#prose(line: string, number: number): void {
		const text = line.trim();
		if (text === '') {
			this.#isOpen = false;
			return;
		}

		if (!this.#section) {
			this.#fail(number, 1, 'this text belongs to no step', 'write ## and the title of a step above it');
			return;
		}

		const {after} = this.#section;
		const item = /^[*\-]\s/v.test(text) ? text.slice(1).trimStart() : undefined;
		const last = after.at(-1);
		if (item === undefined && this.#isOpen && last) {
			after[after.length - 1] = {...last, text: `${last.text} ${text}`};
		} else {
			after.push(item === undefined ? {type: 'paragraph', text} : {type: 'item', text: item});
		}

		this.#isOpen = true;
	}

	#close(): void {
		this.#isOpen = false;
		if (this.#section) {
			const {prose, after, fences} = this.#section;
			this.#sections.push(fences.length === 0 ? {...this.#section, prose: [...prose, ...after], after: []} : this.#section);
			this.#section = undefined;
		}
	}

	#fail(line: number, column: number, reason: string, next: string): void {
		this.#errors.push({line, column, reason, next});
	}
}
