/**
Exports: what a journal tells, as a file for another tool. All are drawn from the same ladder and the same exchanges as the panes.

Law: pure, and safe whatever the messages hold: nothing in a body can leave its cell, its label or its element.
*/
import {type ExportFormat} from '../core/export-formats.js';
import {type Journal} from '../core/journal.js';
import {exchangesCsv} from './csv.js';
import {mermaidDiagram} from './mermaid.js';
import {svgLadder} from './svg.js';
import {textTranscript} from './transcript.js';

const writers: Readonly<Record<ExportFormat, (journal: Journal) => string>> = {
	mermaid: mermaidDiagram, svg: svgLadder, csv: exchangesCsv, text: textTranscript,
};

/** The text of a file of that format. */
export const exportAs = (format: ExportFormat, journal: Journal): string => writers[format](journal);
