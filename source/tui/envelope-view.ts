/** The envelope lens in place of the panes: a table of where, the frames there, and who adds or strips which. */
import {envelopeLens, type LensLine} from '../core/envelope-lens.js';
import {type Journal} from '../core/journal.js';
import {cut, fit, widthOf, wrap, type Span} from './line.js';
import {type Role, type Theme} from './theme.js';

type Place = {readonly width: number; readonly height: number};

const whereWidth = 18;

/** Draws exactly `height` lines of `width` columns. */
export function drawEnvelope(theme: Theme, journal: Journal, {width, height}: Place): readonly string[] {
	const {border} = theme.symbols;
	const lens = envelopeLens(journal);
	const inner = width - 2;
	const framesWidth = Math.min(Math.floor(inner * 0.45), Math.max(12, ...lens.map(({frames}) => widthOf(boxes(frames)) + 2)));
	const lines = lens.flatMap(line => drawLine(theme, line, {inner, framesWidth}));
	const shown = lines.slice(0, height - 2);
	const title = `${border.topLeft} envelope: the frames at each hop `;
	return [
		theme.paint('quiet', title + border.horizontal.repeat(Math.max(0, width - widthOf(title) - 1)) + border.topRight),
		...Array.from({length: height - 2}, (_, row) => theme.paint('quiet', border.vertical) + fit(theme, shown[row] ?? [], inner) + theme.paint('quiet', border.vertical)),
		theme.paint('quiet', border.bottomLeft + border.horizontal.repeat(inner) + border.bottomRight),
	];
}

const boxes = (frames: readonly string[]): string => frames.map(frame => `[${frame}]`).join('');

const roles: Readonly<Record<LensLine['kind'], Role>> = {title: 'strong', place: 'plain', link: 'quiet', fact: 'plain'};

function drawLine({symbols}: Theme, {kind, where, frames, note}: LensLine, {inner, framesWidth}: {readonly inner: number; readonly framesWidth: number}): ReadonlyArray<readonly Span[]> {
	const role = roles[kind];
	if (kind === 'title' || kind === 'fact') {
		const label: Span = {text: ` ${where.padEnd(8)} `, role: kind === 'title' ? 'strong' : 'quiet'};
		return wrap(note === '' ? ' ' : note, inner - 11).map((text, index): readonly Span[] => [index === 0 ? label : {text: ' '.repeat(10)}, {text, role}]);
	}

	const notes = wrap(note, inner - whereWidth - framesWidth - 3);
	return notes.map((text, index): readonly Span[] => index === 0
		? [
			{text: ` ${kind === 'link' ? '  ' : `${symbols.states.replied} `}${cut(where, whereWidth - 3).padEnd(whereWidth - 2)}`, role: kind === 'link' ? 'quiet' : 'strong'},
			{text: cut(boxes(frames), framesWidth - 1).padEnd(framesWidth), role: kind === 'link' ? 'busy' : 'request'},
			{text, role},
		]
		: [{text: ' '.repeat(whereWidth + 1 + framesWidth)}, {text, role}]);
}
