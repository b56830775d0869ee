/**
The ladder as an SVG that stands alone: fonts and colours inside, legible on light and on dark, no script, no link.

Its texts went through `visible`, so that no character is left that XML does not take; the rest is escaped here.
*/
import {formatElapsed} from '../core/duration.js';
import {type Journal} from '../core/journal.js';
import {type Bar} from '../core/ladder/model.js';
import {ladderRows, type LadderRow} from '../core/ladder/rows.js';
import {wholeLadder} from '../core/ladder/window.js';
import {fateOf, namesOf} from '../core/ladder/words.js';
import {describeFrames} from '../core/rows.js';
import {visible} from '../core/text.js';
import {peerNames, shorten} from './names.js';

/** More rows than any slide shows; of a longer story the newest. */
const mostRows = 2000;

/** Sizes in px; a letter of the font is about `letter` wide. */
const timeWidth = 110;
const spacing = 260;
const rowHeight = 28;
const headHeight = 84;
const letter = 7.9;

const style = `
text{font:13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#1f2328}
.paper{fill:#fff}.title{font-weight:bold;font-size:15px}.time,.gap{fill:#59636e}
.idle{stroke:#b7bfc8;stroke-width:1.5}.waiting{stroke:#9a6700;stroke-width:1.5;stroke-dasharray:3 3}
.serving{stroke:#9a6700;stroke-width:4}.delaying{stroke:#d4a72c;stroke-width:8}.holding{stroke:#9a6700;stroke-width:10}
.request{stroke:#0969da;fill:#0969da}.reply{stroke:#8250df;fill:#8250df}.bad{fill:#cf222e}.note{fill:#59636e}
line.request,line.reply{stroke-width:2}.flying{stroke-dasharray:5 4}polygon{stroke:none}
text.request,text.reply{stroke:none}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.paper{fill:#0d1117}.time,.gap,.note{fill:#9198a1}.idle{stroke:#59636e}
.waiting,.serving,.holding{stroke:#d29922}.delaying{stroke:#9e6a03}.request{stroke:#4493f8;fill:#4493f8}.reply{stroke:#ab7df8;fill:#ab7df8}.bad{fill:#f85149}}
`.trim();

/** The picture of the lab that a journal remembers. */
export function svgLadder(journal: Journal): string {
	const names = peerNames(journal);
	const all = ladderRows(wholeLadder(journal));
	const rows = all.slice(-mostRows);
	const width = timeWidth + (Math.max(1, names.length) * spacing) + 130;
	const height = headHeight + (rows.length * rowHeight) + 24;
	const columns = new Map(names.map((name, index) => [name, timeWidth + (spacing / 2) + (index * spacing)]));
	const left = all.length > rows.length ? `, the newest ${rows.length} of ${all.length} rows` : '';
	const title = `zmq-playground: ${visible(journal.snapshot.scene)}${left}`;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
		`<title>${escapeXml(title)}</title>`,
		`<style>${style}</style>`,
		`<rect class="paper" width="${width}" height="${height}" rx="8"/>`,
		text(24, 30, title, 'title'),
		...names.map(name => text(columns.get(name) ?? 0, 64, shorten(visible(name), roomFor(spacing)), 'title', 'middle')),
		...rows.flatMap((row, index) => drawRow(row, headHeight + (index * rowHeight), columns)),
		'</svg>',
		'',
	].join('\n');
}

type Columns = ReadonlyMap<string, number>;

function drawRow(row: LadderRow, top: number, columns: Columns): readonly string[] {
	const baseline = top + (rowHeight / 2) + 5;
	const lifelines = [...columns].flatMap(([name, x]) => drawBar(x, top, row.bars[name] ?? 'closed'));
	const stamp = row.type === 'gap' ? text(timeWidth - 8, baseline, `+${formatElapsed(row.ms)}`, 'gap', 'end') : text(timeWidth - 8, baseline, new Date(row.t).toISOString().slice(11, 23), 'time', 'end');
	switch (row.type) {
		case 'gap': {
			return [...lifelines, stamp];
		}

		case 'mark': {
			return [...lifelines, stamp, ...drawMark(row, baseline, columns)];
		}

		case 'arrow': {
			return [...lifelines, stamp, ...drawArrow(row, top, columns)];
		}
	}
}

const drawBar = (x: number, top: number, bar: Bar): readonly string[] =>
	bar === 'closed' ? [] : [`<line class="${bar}" x1="${x}" y1="${top}" x2="${x}" y2="${top + rowHeight}"/>`];

function drawMark({step}: Extract<LadderRow, {readonly type: 'mark'}>, baseline: number, columns: Columns): readonly string[] {
	const {mark, peer, fault} = step;
	const isBad = mark === 'refused' || mark === 'crashed' || mark === 'fault' || mark === 'timed-out' || mark === 'attempt-failed';
	const ends = [fault?.from, fault?.to, peer].map(name => columns.get(name ?? '')).filter(x => x !== undefined);
	const x = ends.length === 0 ? timeWidth + 8 : ends.reduce((sum, end) => sum + end, 0) / ends.length;
	return [text(x + 10, baseline, shorten(`${isBad ? '✗ ' : ''}${step.text}`, roomFor(spacing - 20)), isBad ? 'bad' : 'note')];
}

function drawArrow({arrow, part, peer}: Extract<LadderRow, {readonly type: 'arrow'}>, top: number, columns: Columns): readonly string[] {
	const near = columns.get(peer) ?? timeWidth;
	const others = part === 'arrives' ? arrow.from : arrow.to;
	const isRightwards = arrow.isRequest === (part !== 'arrives');
	const far = columns.get(others.length === 1 ? others[0] ?? '' : '') ?? near + (isRightwards ? spacing : -spacing);
	const end = part === 'whole' ? far : (near + far) / 2;
	const [from, to] = part === 'arrives' ? [end, near] : [near, end];
	const y = top + rowHeight - 6;
	const kind = arrow.isRequest ? 'request' : 'reply';
	const back = to > from ? -9 : 9;
	const head = part === 'leaves' ? '' : `<polygon class="${kind}" points="${to},${y} ${to + back},${y - 5} ${to + back},${y + 5}"/>`;
	const fate = part === 'leaves' ? fateOf(arrow) : (part === 'arrives' && others.length !== 1 ? `from ${namesOf(others)}` : undefined);
	const label = [...(arrow.attempt === undefined ? [] : [`try ${arrow.attempt}`]), ...(arrow.flaw === undefined || part === 'leaves' ? [] : [arrow.flaw]), describeFrames(arrow.frames)].join(': ');
	return [
		`<line class="${kind}${part === 'whole' ? '' : ' flying'}" x1="${from}" y1="${y}" x2="${to}" y2="${y}"/>`,
		head,
		text((from + to) / 2, y - 6, shorten(label, roomFor(Math.abs(to - from) - 20)), kind, 'middle'),
		...(fate === undefined ? [] : [text(end + (end > near ? 8 : -8), y + 4, shorten(fate, roomFor(Math.abs(far - end) + 40)), 'note', end > near ? 'start' : 'end')]),
	].filter(element => element !== '');
}

const roomFor = (px: number): number => Math.max(1, Math.floor(px / letter));

const text = (x: number, y: number, content: string, kind: string, anchor = 'start'): string =>
	`<text class="${kind}" x="${x}" y="${y}" text-anchor="${anchor}">${escapeXml(content)}</text>`;

const entities: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&apos;'};
const escapeXml = (content: string): string => content.replaceAll(/["&'<>]/g, character => entities[character] ?? '');
