/** One peer's pane: who it is, its machine, what it does now, its settings, and its transcript. */
import {type Event} from '../core/events.js';
import {type Journal} from '../core/journal.js';
import {machineOf} from '../core/machines.js';
import {type PeerView} from '../core/view.js';
import {drawMachine} from './diagram.js';
import {
	cut,
	fit,
	widthOf,
	widthOfSpans,
	wrap,
	type Span,
} from './line.js';
import {roleOfLock, roleOfTone, type Role, type Theme} from './theme.js';
import {drawTranscript, rowsOf, type Outlook} from './transcript.js';
import {unmark} from './welcome.js';

export type PaneProps = {
	readonly view: PeerView;
	readonly journal: Journal;
	readonly isFocused: boolean;
	readonly outlook: Outlook;
	readonly width: number;
	readonly height: number;
	/** What an empty transcript says, line by line; nothing where somebody else says what to do. */
	readonly welcome: readonly string[];
};

const barCells = 10;

/** A drawn pane, and at which of its lines each event begins whose row is in sight. */
export type DrawnPane = {readonly lines: readonly string[]; readonly places: ReadonlyMap<number, number>};

/** The pane as exactly `height` lines of exactly `width` columns. */
export function drawPane(theme: Theme, props: PaneProps): DrawnPane {
	const {view, width, height, isFocused} = props;
	const {border} = theme.symbols;
	const frame: Role = isFocused ? 'focus' : 'quiet';
	const inner = width - 2;
	const hasBottom = height >= 8;
	const isBroker = view.sides !== undefined;
	const hasSettings = height >= (isBroker ? 8 : 9);
	// What a broker passes on needs the line more than the line that parts it.
	const hasRule = hasSettings && (!isBroker || height >= 12);
	const head = drawHead(theme, view, {width: inner, hasSettings, rows: height >= 14 ? 2 : 1});
	const transcriptHeight = height - head.length - 1 - (hasBottom ? 1 : 0) - (hasRule ? 1 : 0);
	const within = (line: string): string => theme.paint(frame, border.vertical) + line + theme.paint(frame, border.vertical);
	const rule = (left: string, right: string): string => theme.paint(frame, left + border.horizontal.repeat(inner) + right);
	const above = [
		drawTitle(theme, props, frame, hasSettings ? [] : settingsInOrder(theme, view)),
		...head.map(spans => within(fit(theme, spans, inner))),
		...(hasRule ? [rule(border.dividerLeft, border.dividerRight)] : []),
	];
	const body = drawBody(theme, props, {width: inner - 2, height: transcriptHeight});
	return {
		lines: [...above, ...body.lines.map(line => within(` ${line} `)), ...(hasBottom ? [rule(border.bottomLeft, border.bottomRight)] : [])],
		places: new Map([...body.places].map(([n, line]) => [n, above.length + line])),
	};
}

/** The upper edge, with the peer's name, its socket type and whether the other side is there. */
function drawTitle(theme: Theme, {view, width, isFocused}: PaneProps, frame: Role, settings: readonly string[]): string {
	const {border} = theme.symbols;
	const {peer, health} = view;
	const name: readonly Span[] = [
		{text: `${border.topLeft} `, role: frame},
		{text: peer.name, role: isFocused ? 'strong' : 'plain'},
		{text: `  ${peer.socketType}  `, role: 'quiet'},
	];
	// The corner and what leads to it keep their place.
	const room = width - widthOfSpans(name) - 3;
	// Half of what is to be said reads better than most of it.
	const said = widthOf(health.text) <= room ? health.text : whole((health.text.split(', ', 1)[0] ?? '').split(' '), room, ' ');
	const title: readonly Span[] = [...name, {text: said === '' ? '' : `${said} `, role: roleOfTone[health.tone]}];
	const roomAside = width - widthOfSpans(title) - 4;
	const shown = settingsWithin(settings, roomAside, ` ${theme.symbols.dot} `);
	const aside = shown === '' ? '' : ` ${shown} `;
	const end: readonly Span[] = [{text: aside, role: 'plain'}, {text: border.horizontal + border.topRight, role: frame}];
	const line = border.horizontal.repeat(Math.max(0, width - widthOfSpans(title) - widthOfSpans(end)));
	return fit(theme, [...title, {text: line, role: frame}, ...end], width);
}

function drawHead(theme: Theme, view: PeerView, {width, hasSettings, rows}: {readonly width: number; readonly hasSettings: boolean; readonly rows: number}): ReadonlyArray<readonly Span[]> {
	// A narrow pane needs every column for its machine.
	const diagram = view.sides?.map((text): readonly Span[] => [{text: cut(sideIn(text, width - 2), width - 2)}]) ?? drawMachine(theme, machineOf(view.peer.socketType), view.state, view.isFresh, {width: width - 1, rows});
	const margin: readonly Span[] = widthOfSpans(diagram[0] ?? []) < width ? [{text: ' '}] : [];
	return [
		...diagram.map(spans => [...margin, ...spans]),
		[{text: ' '}, drawStatus(view, hasSettings), ...drawBar(theme, view.progress)],
		...(hasSettings && view.diagnosis ? [[{text: ` ${theme.symbols.warning} ${view.diagnosis.text}`, role: roleOfTone[view.diagnosis.tone]}]] : []),
		...drawQueue(view.queue, width, hasSettings ? 3 : 1),
		...(hasSettings ? [[{text: ' '}, ...drawSettings(theme, view, width - 1)]] : []),
	];
}

/** One side of a broker. Its socket type and its peers say which one it is, where there is no room for the word. */
const sideIn = (text: string, width: number): string => widthOf(text) <= width ? text : text.replace(/ (?:front|back)end/v, '');

/** What it does now. A pane without room for a diagnosis has its gist here. */
function drawStatus({status, diagnosis}: PeerView, hasRoom: boolean): Span {
	const [gist = ''] = status.text.split(': ', 1);
	return {text: diagnosis && !hasRoom ? `${gist}: ${diagnosis.text} · /why` : status.text, role: roleOfTone[status.tone]};
}

/** Whom a crowd's server serves, and who comes next: the beginning matters most. */
function drawQueue(queue: string | undefined, width: number, rows: number): ReadonlyArray<readonly Span[]> {
	const lines = queue === undefined ? [] : wrap(queue, width - 2);
	return lines.slice(0, rows).map((line, index) => [{text: ` ${index === rows - 1 && lines.length > rows ? cut(`${line} …`, width - 2) : line}`}]);
}

/** The settings and the lock. What is secured, or should be, comes first: a narrow pane has no room for all, and says that a link is plain by its symbol, or not at all. */
function drawSettings(theme: Theme, view: PeerView, width: number): readonly Span[] {
	const {symbols} = theme;
	const {settings, lock} = view;
	const gap: Span = {text: ` ${symbols.dot} `, role: 'quiet'};
	const locked: Span = {text: lockWord(theme, view), role: roleOfLock[lock.state]};
	const words: Span = {text: settings.join(gap.text), role: 'quiet'};
	if (lock.state !== 'plain') {
		return [locked, gap, words];
	}

	const all = [words, gap, locked];
	const brief = [words, gap, {...locked, text: symbols.lock.plain}];
	return [all, brief, [words]].find(spans => widthOfSpans(spans) <= width) ?? [words];
}

const lockWord = ({symbols}: Theme, {lock}: PeerView): string => `${symbols.lock[lock.state]} ${lock.text}`;

/** The same where each stands for itself. */
const settingsInOrder = (theme: Theme, view: PeerView): readonly string[] =>
	view.lock.state === 'plain' ? [...view.settings, lockWord(theme, view)] : [lockWord(theme, view), ...view.settings];

/** Columns in which the beginning of a setting says something still. */
const worthBeginning = 8;

/** The first of the settings, as many as fit; what is left of the last one where that is worth it. Half a delay says something else. */
function settingsWithin(settings: readonly string[], width: number, gap: string): string {
	const shown = whole(settings, width, gap);
	return width - widthOf(shown) < worthBeginning || (shown === '' && settings[0]?.startsWith('delay ')) ? shown : cut(settings.join(gap), width);
}

/** The first of the words, as many as fit. */
function whole(words: readonly string[], width: number, gap: string): string {
	let text = '';
	for (const word of words) {
		const more = text === '' ? word : text + gap + word;
		if (widthOf(more) > width) {
			break;
		}

		text = more;
	}

	return text;
}

function drawBar({symbols}: Theme, progress: number | undefined): readonly Span[] {
	if (progress === undefined) {
		return [];
	}

	const full = Math.round(progress * barCells);
	const [on, off] = symbols.bar;
	return [{text: ` ${on.repeat(full)}`, role: 'busy'}, {text: off.repeat(barCells - full), role: 'quiet'}];
}

function drawBody(theme: Theme, {view, journal, outlook, welcome}: PaneProps, place: {readonly width: number; readonly height: number}): DrawnPane {
	const {name, sockets} = view.peer;
	const drawn = drawTranscript(theme, journal, name, outlook, place);
	if (welcome.length === 0 || sockets > 1 || hasBegun(journal, name)) {
		return drawn;
	}

	const notes = drawn.lines.filter(line => line.trim() !== '');
	const blank = ' '.repeat(place.width);
	const paragraphs = welcome.map(line => drawWelcome(theme, line, place.width));
	const dense = wholeParagraphs(paragraphs, place.height);
	const isRoomy = paragraphs.some(({length}) => length > 1) && notes.length + paragraphs.flat().length + paragraphs.length + 1 <= place.height;
	const shown = isRoomy ? paragraphs.flatMap((lines, index) => index === 0 ? lines : [blank, ...lines]) : dense;
	const room = Math.max(0, place.height - shown.length - 1);
	if (notes.length > room && hasWarning(journal, name)) {
		return drawn;
	}

	// What to do next matters more than that a socket was made.
	const kept = notes.slice(0, room);
	const filled = [...kept, ...(kept.length > 0 ? [blank] : []), ...shown];
	return {lines: [...filled, ...Array.from({length: place.height - filled.length}, () => blank)], places: new Map()};
}

/** The first of them, as many as fit: half a sentence leads nowhere. */
function wholeParagraphs(paragraphs: ReadonlyArray<readonly string[]>, height: number): readonly string[] {
	const shown: string[] = [];
	for (const lines of paragraphs) {
		if (shown.length + lines.length > height) {
			break;
		}

		shown.push(...lines);
	}

	return shown.length > 0 ? shown : (paragraphs[0] ?? []).slice(0, height);
}

/** A line of the welcome, what is to be typed in bold. */
function drawWelcome(theme: Theme, line: string, width: number): readonly string[] {
	const {text, marked} = unmark(line);
	return wrap(text, width).map(row => {
		const spans: Span[] = [];
		let rest = row;
		for (const word of marked) {
			const at = rest.indexOf(word);
			if (at === -1) {
				continue;
			}

			spans.push({text: rest.slice(0, at)}, {text: word, role: 'key'});
			rest = rest.slice(at + word.length);
		}

		return fit(theme, [...spans, {text: rest}], width);
	});
}

/** What ends the welcome: a message, an attempt, or anything that a person did to the peer. */
const beginnings: ReadonlySet<Event['type']> = new Set(['sent', 'received', 'forwarded', 'queued', 'refused', 'option-changed', 'peer-closed', 'unbound', 'disconnecting', 'command-failed', 'bind-failed', 'handshake-failed']);

function hasBegun(journal: Journal, peer: string): boolean {
	for (const {type} of journal.newestOf(peer)) {
		if (beginnings.has(type)) {
			return true;
		}

		// What was set before its first socket belongs to the scene.
		if (type === 'peer-opened') {
			return false;
		}
	}

	return false;
}

function hasWarning(journal: Journal, peer: string): boolean {
	for (const {kind} of rowsOf(journal, peer)) {
		if (kind === 'warning') {
			return true;
		}
	}

	return false;
}
