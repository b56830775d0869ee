/**
Exports: what a journal tells, as a file for another tool. All are drawn from the same ladder and the same exchanges as the panes.

Law: pure, and safe whatever the messages hold: nothing in a body can leave its cell, its label or its element.
*/
import {joinedCode, languageNamed} from '../code/languages.js';
import {type CodeLanguage, type ExportFormat} from '../core/export-formats.js';
import {type Journal} from '../core/journal.js';
import {exchangesCsv} from './csv.js';
import {mermaidDiagram} from './mermaid.js';
import {svgLadder} from './svg.js';
import {textTranscript} from './transcript.js';

function codeIn(name: CodeLanguage): (journal: Journal) => string {
	const language = languageNamed(name);
	return ({snapshot}) => language ? joinedCode(snapshot, language) : '';
}

const writers: Readonly<Record<ExportFormat, (journal: Journal) => string>> = {
	mermaid: mermaidDiagram, svg: svgLadder, csv: exchangesCsv, text: textTranscript, typescript: codeIn('typescript'), javascript: codeIn('javascript'), python: codeIn('python'),
};

/** The text of a file of that format. */
export const exportAs = (format: ExportFormat, journal: Journal): string => writers[format](journal);
