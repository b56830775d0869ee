/**
Many peers of one role as a list, a line each: its state by symbol, word and colour, its last text, its replies and its age.
Only the lines that can be seen are drawn, around the peer that is shown in full below.
*/
import {formatAge} from '../core/age.js';
import {type Event} from '../core/events.js';
import {formatElapsed} from '../core/duration.js';
import {type Journal} from '../core/journal.js';
import {type State} from '../core/machines.js';
import {owesReply} from '../core/owing.js';
import {placesInLine} from '../core/queue-words.js';
import {describeFrames} from '../core/rows.js';
import {isWorker} from '../core/scenes.js';
import {type PeerSnapshot, type Snapshot} from '../core/snapshot.js';
import {viewPeer} from '../core/view.js';
import {type Column} from './columns.js';
import {cut, fit, widthOf, widthOfSpans, type Span} from './line.js';
import {roleOfState, roleOfTone, type Role, type Theme} from './theme.js';

/** What a list is drawn from. */
export type PeerListProps = {readonly column: Column; readonly journal: Journal; readonly now: number; readonly isFocused: boolean; readonly width: number; readonly height: number};

/** The list as exactly `height` lines, open at the bottom: a pane follows. */
export function drawPeerList(theme: Theme, props: PeerListProps): readonly string[] {
	const {column: {peers, shown}, isFocused, width, height} = props;
	const frame: Role = isFocused ? 'focus' : 'quiet';
	const {vertical} = theme.symbols.border;
	const rows = height - 1;
	const first = Math.max(0, Math.min(peers.length - rows, peers.indexOf(shown) - Math.floor(rows / 2)));
	const visible = peers.slice(first, first + rows);
	const nameWidth = Math.max(...visible.map(({name}) => name.length));
	const places = placesInLine(props.journal.snapshot);
	const lines = visible.map(peer => drawRow(theme, props, peer, {width: width - 2, nameWidth, place: places.get(peer.name)}));
	return [
		drawTitle(theme, props, first, visible.length),
		...Array.from({length: rows}, (_, index) => theme.paint(frame, vertical) + (lines[index] ?? ' '.repeat(width - 2)) + theme.paint(frame, vertical)),
	];
}

/** Whose list it is, what part of it is in sight, and what became of their questions. */
function drawTitle(theme: Theme, {column: {role, peers}, journal, isFocused, width}: PeerListProps, first: number, count: number): string {
	const {border} = theme.symbols;
	const frame: Role = isFocused ? 'focus' : 'quiet';
	const part = count < peers.length ? `  ${first + 1}–${first + count}` : '';
	const title: readonly Span[] = [
		{text: `${border.topLeft} `, role: frame},
		{text: `${peers.every(peer => isWorker(peer)) ? 'workers' : `${role}s`} ${peers.length}`, role: isFocused ? 'strong' : 'plain'},
		{text: `${part} `, role: 'quiet'},
	];
	const room = width - widthOfSpans(title) - 4;
	const words = joinWithin(room, role === 'client' ? sumsOf(journal.snapshot) : statesOf(peers));
	const aside: readonly Span[] = words === '' ? [] : [{text: ` ${words} `, role: 'plain'}];
	const end: readonly Span[] = [...aside, {text: border.horizontal + border.topRight, role: frame}];
	return fit(theme, [...title, {text: border.horizontal.repeat(Math.max(0, width - widthOfSpans(title) - widthOfSpans(end))), role: frame}, ...end], width);
}

/** As many of these as fit whole. */
function joinWithin(room: number, words: readonly string[]): string {
	let joined = '';
	for (const word of words) {
		const longer = joined === '' ? word : `${joined}, ${word}`;
		if (widthOf(longer) > room) {
			break;
		}

		joined = longer;
	}

	return joined;
}

/** What became of all questions: those that wait first, then what happened how often. */
function sumsOf({exchanges: {tally}}: Snapshot): readonly string[] {
	const outcomes = (['pending', 'replied', 'timed-out', 'lost', 'mismatched', 'abandoned', 'late'] as const).filter(outcome => tally[outcome] > 0);
	return tally.asked === 0 ? ['nothing asked yet'] : outcomes.map(outcome => `${tally[outcome]} ${outcome}`);
}

function statesOf(peers: readonly PeerSnapshot[]): readonly string[] {
	const owing = peers.filter(peer => owesReply(peer)).length;
	const closed = peers.filter(({state}) => state === undefined).length;
	return [owing === 0 ? 'none owes a reply' : `${owing} ${owing === 1 ? 'owes' : 'owe'} a reply`, ...(closed === 0 ? [] : [`${closed} closed`])];
}

/** Below this many columns a state has a shorter word. */
const wideColumns = 50;
const shortWords: Readonly<Record<'client' | 'server', Readonly<Record<State, string>>>> = {
	client: {idle: 'idle', 'awaiting-reply': 'awaits', replied: 'replied'},
	server: {idle: 'idle', 'awaiting-reply': 'owes', replied: 'replied'},
};

/** A worker that is a REQ has asked for work, and may be at it. */
const readyWords: Readonly<Record<State, string>> = {idle: 'idle', 'awaiting-reply': 'ready', replied: 'owes'};

function drawRow(theme: Theme, {column, journal, now}: PeerListProps, peer: PeerSnapshot, {width, nameWidth, place}: {readonly width: number; readonly nameWidth: number; readonly place: string | undefined}): string {
	const isShown = peer === column.shown;
	const {status, health} = viewPeer(journal.snapshot, peer, now, theme.isCalm);
	const isWide = width >= wideColumns;
	const {symbols} = theme;
	const state = stateOf(theme, peer, {health, isWide, isBad: status.tone === 'bad'});
	const head: readonly Span[] = [
		{text: isShown ? symbols.request : ' ', role: 'focus'},
		{text: `${state.symbol} `, role: state.role},
		{text: peer.name.padEnd(nameWidth), role: isShown ? 'selected' : 'plain'},
		{text: ` ${state.word.padEnd(isWide ? 14 : 7)} `, role: state.role},
	];
	const replies = isWide && peer.replies > 0 ? `${peer.replies}${symbols.dot === '-' ? 'x' : '×'} ` : '';
	const end = `${place === undefined ? '' : `${place} `}${replies}${ageOf(peer, journal, {now, isCalm: theme.isCalm})} `;
	const room = width - widthOfSpans(head) - widthOf(end) - 1;
	const text = room > 0 ? cut(lastTextOf(peer, journal), room) : '';
	const gap = ' '.repeat(Math.max(0, width - widthOfSpans(head) - widthOf(text) - widthOf(end)));
	return fit(theme, [...head, {text}, {text: gap + end, role: 'quiet'}], width);
}

type Drawn = {readonly symbol: string; readonly word: string; readonly role: Role};

function stateOf({symbols}: Theme, {state, role, socketType}: PeerSnapshot, {health, isWide, isBad}: {readonly health: {readonly text: string; readonly tone: keyof typeof roleOfTone}; readonly isWide: boolean; readonly isBad: boolean}): Drawn {
	if (state === undefined) {
		return {symbol: symbols.refused, word: health.text, role: roleOfTone[health.tone]};
	}

	return {
		symbol: isBad ? symbols.warning : symbols.states[state],
		word: role === 'server' && socketType === 'REQ' ? readyWords[state] : (isWide ? state : shortWords[role === 'client' ? 'client' : 'server'][state]),
		role: isBad ? 'bad' : roleOfState[state],
	};
}

/** How long it has waited, or how long its last exchange took. */
function ageOf({state, since, moved}: PeerSnapshot, journal: Journal, {now, isCalm}: {readonly now: number; readonly isCalm: boolean}): string {
	if (state === 'awaiting-reply') {
		return formatAge(Math.max(0, now - since), isCalm);
	}

	const settled = moved && journal.settledBy(moved.n);
	return settled?.closedAt === undefined ? '' : formatElapsed(settled.closedAt - settled.sentAt);
}

/** How far back a text is looked for: a peer that finds nobody has many events and no text. */
const farthest = 40;

function lastTextOf({name}: PeerSnapshot, journal: Journal): string {
	let left = farthest;
	for (const event of journal.newestOf(name)) {
		if (isMessage(event)) {
			// An envelope that a program has in its own hands says nothing to a person.
			return describeFrames(event.frames.slice(event.envelope ?? 0));
		}

		if (--left === 0) {
			break;
		}
	}

	return '';
}

const isMessage = (event: Event): event is Extract<Event, {readonly type: 'sent' | 'received'}> => event.type === 'sent' || event.type === 'received';
