/**
The ladder as a Mermaid sequence diagram.

In Mermaid a text ends at a newline, `;` or `#`, and some words and signs mean something: all but letters, digits and a few harmless signs
are written as entities (`#59;`). Source: mermaid.js.org/syntax/sequenceDiagram.html, "Entity codes to escape characters".
*/
import {formatElapsed} from '../core/duration.js';
import {type Journal} from '../core/journal.js';
import {ladderRows, type LadderRow} from '../core/ladder/rows.js';
import {wholeLadder} from '../core/ladder/window.js';
import {fateOf, namesOf} from '../core/ladder/words.js';
import {describeFrames} from '../core/rows.js';
import {peerNames, shorten} from './names.js';

/** Mermaid draws no text longer than 50,000 characters unless configured to; the newest rows are kept. */
const longest = 48_000;
const longestLabel = 80;

/** The diagram of the lab that a journal remembers. */
export function mermaidDiagram(journal: Journal): string {
	const names = peerNames(journal);
	const ids = new Map(names.map((name, index) => [name, `p${index + 1}`]));
	const head = ['sequenceDiagram', ...names.map(name => `    participant ${ids.get(name)} as ${escapeText(shorten(name, longestLabel))}`)];
	const lines: string[] = [];
	let {length} = head.join('\n');
	const rows = ladderRows(wholeLadder(journal));
	for (const row of rows.toReversed()) {
		const line = names.length === 0 ? undefined : drawRow(row, names, ids);
		if (line === undefined) {
			continue;
		}

		length += line.length + 5;
		if (length > longest) {
			lines.push(`Note over ${spanOf(names, ids)}: what came before is left out`);
			break;
		}

		lines.push(line);
	}

	return [...head, ...lines.toReversed().map(line => `    ${line}`), ''].join('\n');
}

type Ids = ReadonlyMap<string, string>;

const spanOf = (names: readonly string[], ids: Ids): string => [...new Set([names[0], names.at(-1)])].map(name => ids.get(name ?? '') ?? '').join(',');

function drawRow(row: LadderRow, names: readonly string[], ids: Ids): string | undefined {
	switch (row.type) {
		case 'gap': {
			return `Note over ${spanOf(names, ids)}: ${escapeText(`${formatElapsed(row.ms)} pass`)}`;
		}

		case 'mark': {
			const {peer, text, fault} = row.step;
			const ends = [fault?.from, fault?.to, peer].map(name => ids.get(name ?? '')).filter(id => id !== undefined);
			const over = ends.length === 0 ? spanOf(names, ids) : [...new Set(ends)].slice(0, 2).join(',');
			return `Note over ${over}: ${escapeText(shorten(text, longestLabel))}`;
		}

		case 'arrow': {
			return drawArrow(row, ids);
		}
	}
}

function drawArrow({arrow, part, peer}: Extract<LadderRow, {readonly type: 'arrow'}>, ids: Ids): string {
	const {isRequest, attempt, flaw} = arrow;
	const [from, to] = [arrow.from, arrow.to].map(peers => peers.length === 1 ? ids.get(peers[0] ?? '') : undefined);
	const what = [...(attempt === undefined ? [] : [`try ${attempt}`]), ...(flaw === undefined ? [] : [flaw]), describeFrames(arrow.frames)].join(': ');
	const label = escapeText(shorten(what, longestLabel));
	if (from !== undefined && to !== undefined && arrow.fate === 'arrived') {
		// One that took its time leaves here and arrives further down.
		return part === 'leaves' ? `Note over ${from}: ${escapeText('sends ')}${label}` : `${from}${isRequest ? '->>' : '-->>'}${to}: ${label}`;
	}

	const fate = escapeText(fateOf(arrow) ?? `from ${namesOf(arrow.from)}`);
	return from !== undefined && to !== undefined
		? `${from}${isRequest ? '-x' : '--x'}${to}: ${label} (${fate})`
		: `Note over ${ids.get(peer) ?? ''}: ${part === 'arrives' ? 'receives' : 'sends'} ${label} (${fate})`;
}

/** Letters, digits and signs that mean nothing to Mermaid; `end` alone would close a block that is not there. */
const escapeText = (text: string): string => text
	.replaceAll(/[^\p{Letter}\p{Mark}\p{Number} !',\-._]/gv, character => `#${character.codePointAt(0) ?? 0};`)
	.replaceAll(/\bend\b/giv, word => `#${word.codePointAt(0) ?? 0};${word.slice(1)}`);
