/** The lab as programs, over the panes. */
import {joinedCode, languageNamed} from '../code/languages.js';
import {codeLanguages, type CodeLanguage} from '../core/export-formats.js';
import {type Snapshot} from '../core/snapshot.js';
import {visible} from '../core/text.js';
import {fit} from './line.js';
import {type Theme} from './theme.js';

/** Which language is shown, from which line on. */
export type CodeOutlook = {readonly language: CodeLanguage; readonly top: number};
export const firstCodeOutlook: CodeOutlook = {language: codeLanguages[0], top: 0};

type Place = {readonly width: number; readonly height: number};

/** All programs in one text. */
export function codeText(snapshot: Snapshot, {language}: CodeOutlook): string {
	const record = languageNamed(language);
	return record ? joinedCode(snapshot, record) : '';
}

/** Draws as many lines as there is room for. */
export function drawCode(theme: Theme, snapshot: Snapshot, outlook: CodeOutlook, {width, height}: Place): readonly string[] {
	const lines = codeText(snapshot, outlook).trimEnd().split('\n');
	const top = Math.max(0, Math.min(outlook.top, lines.length - height + 1));
	const head = fit(theme, [{text: ` ${outlook.language}`, role: 'strong'}, {text: ` · line ${top + 1} of ${lines.length} · /code ${outlook.language} <directory> writes the files`, role: 'quiet'}], width);
	return [head, ...Array.from({length: height - 1}, (_, row) => {
		const line = visible((lines[top + row] ?? '').replaceAll('\t', ' '.repeat(4)));
		return fit(theme, [{text: ` ${line}`, role: isRemark(line) ? 'quiet' : 'plain'}], width);
	})];
}

const isRemark = (line: string): boolean => /^\s*(?:\/\/|#|\/\*\*|""")/v.test(line);

/** The last line that may be at the top: further down there is nothing. */
export const lastCodeTop = (snapshot: Snapshot, outlook: CodeOutlook, height: number): number =>
	Math.max(0, codeText(snapshot, outlook).trimEnd().split('\n').length - height + 1);

/** The language after this one, round and round. */
export const nextLanguage = (language: CodeLanguage): CodeLanguage => codeLanguages[(codeLanguages.indexOf(language) + 1) % codeLanguages.length] ?? language;
