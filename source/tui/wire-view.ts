/**
The wire: each unit that passes a tapped link, both ways, newest at the bottom; the selected one with its bytes and what they are called.
It covers the panes, as the help does.
*/
import {type Event, type EventOf} from '../core/events.js';
import {type Journal} from '../core/journal.js';
import {tapPeer} from '../core/lanes.js';
import {describe} from '../core/rows.js';
import {formatSize, visible} from '../core/text.js';
import {bytesOfUnit, describeUnit} from '../core/unit-words.js';
import {type FaultInForce} from '../core/wire.js';
import {fit, spread, type Span} from './line.js';
import {type Role, type Theme} from './theme.js';
import {timeOf} from './transcript.js';

/** What is looked at: which event (undefined: always the newest), whether its bytes are shown, and from which line on; `link` for one connection only. */
export type WireOutlook = {readonly selected?: number; readonly showsBytes: boolean; readonly top: number; readonly link?: number};

export const firstWireOutlook: WireOutlook = {showsBytes: false, top: 0};

type Place = {readonly width: number; readonly height: number};

const listed = new Set<Event['type']>(['unit', 'link-trouble', 'fault-struck', 'fault-missed', 'fault-set', 'fault-lifted', 'link-opened', 'link-half-closed', 'link-closed', 'units-sampled', 'tap-opened', 'tap-closed', 'upstream-missing', 'upstream-back']);

/** What the wire lists since its lab began, newest first: of all connections, or of those of one number. */
export function * wireEvents(journal: Journal, link?: number): Generator<Event> {
	for (const event of journal.newestFirst()) {
		if (event.n < journal.snapshot.beganAt) {
			return;
		}

		if (listed.has(event.type) && (link === undefined || ('link' in event && event.link === link))) {
			yield event;
		}
	}
}

/** The view as exactly `height` lines. */
export function drawWire(theme: Theme, journal: Journal, outlook: WireOutlook, {width, height}: Place): readonly string[] {
	const {tap} = journal.snapshot;
	const head: ReadonlyArray<readonly Span[]> = [
		spread(
			[{text: ` wire${outlook.link === undefined ? '' : ` of link ${outlook.link}`}`, role: 'strong'}, {text: tap.isOn ? ` · ${tap.taps.length} tapped` : ' · the tap is off: /tap on', role: tap.isOn ? 'quiet' : 'busy'}],
			[{text: tap.faults.length === 0 ? 'no fault in force ' : `${tap.faults.length} in force `, role: 'quiet'}],
			width,
		),
		...tap.faults.slice(0, 3).map(fault => faultSpans(fault)),
	];
	const room = height - head.length;
	const events = window(journal, outlook, room);
	const selected = events.find(({n}) => n === outlook.selected) ?? events.findLast(({type}) => type === 'unit');
	const bytes = outlook.showsBytes && selected?.type === 'unit' ? bytesLines(selected, width) : [];
	// Of the list a few lines stay, where there are some to spare.
	const detailRows = bytes.length === 0 ? 0 : Math.min(bytes.length + 1, Math.max(room - 6, Math.floor(room * 2 / 3)));
	const top = Math.max(0, Math.min(outlook.top, bytes.length - detailRows + 1));
	const detail = detailRows === 0 ? [] : [[{text: ` ${theme.symbols.border.horizontal.repeat(width - 2)}`, role: 'quiet' as const}], ...bytes.slice(top, top + detailRows - 1)];
	const listRows = room - detail.length;
	const at = selected ? events.indexOf(selected) : 0;
	const first = Math.max(0, Math.min(events.length - listRows, at - listRows + 2));
	const list = events.slice(first, first + listRows).map(event => eventSpans(theme, journal, event, event === selected ? 'selected' : undefined));
	const empty: ReadonlyArray<readonly Span[]> = list.length > 0 ? [] : [[{text: emptyText(tap.isOn, outlook.link), role: 'quiet'}]];
	const rows = [...head, ...list, ...empty, ...Array.from({length: listRows - list.length - empty.length}, () => []), ...detail];
	return Array.from({length: height}, (_, row) => fit(theme, rows[row] ?? [], width));
}

function emptyText(isOn: boolean, link: number | undefined): string {
	return link === undefined ? ` Nothing has passed yet${isOn ? '; what does is listed here.' : '. /tap on puts a proxy into each link; then what passes is listed here.'}` : ` Nothing of a link ${link} is remembered; /wire shows all.`;
}

/** As many as there is room for, oldest first, the selected one among them. */
function window(journal: Journal, {selected, link}: WireOutlook, room: number): readonly Event[] {
	const found: Event[] = [];
	for (const event of wireEvents(journal, link)) {
		found.push(event);
		if (found.length > room && (selected === undefined || event.n < selected)) {
			break;
		}
	}

	return found.slice(-room * 2).toReversed();
}

/** A fault in force and whom it has struck. */
export function faultSpans(inForce: FaultInForce): readonly Span[] {
	const [name, fault, said] = faultWords(inForce);
	return [{text: ` ${name}  `, role: 'bad'}, {text: fault, role: 'strong'}, {text: `  ${said}`, role: 'quiet'}];
}

/** Which fault it is, what it does, and how often it has. */
export function faultWords({rule, fault, struck, last, missed}: FaultInForce): readonly [name: string, fault: string, said: string] {
	const where = last ? `, last ${struckText(last)} (#${last.n})` : '';
	return [`fault ${rule}`, visible(fault), missed === undefined || struck > 0 ? `struck ${struck} ${struck === 1 ? 'time' : 'times'}${where}` : `can’t strike: ${missed}`];
}

/** Whom a fault struck the last time: between programs of others a connection has no other name than its number. */
function struckText({peer, link, way, exchange}: NonNullable<FaultInForce['last']>): string {
	const whose = peer === tapPeer && link !== undefined ? `link ${link}` : peer;
	return `${exchange === undefined ? (way === undefined ? 'the connection' : `a ${way}`) : (way === 'reply' ? `the reply to request ${exchange}` : `request ${exchange}`)} of ${whose}`;
}

function eventSpans(theme: Theme, journal: Journal, event: Event, role: Role | undefined): readonly Span[] {
	const time: Span = {text: ` ${timeOf(event.t)}.${String(new Date(event.t).getMilliseconds()).padStart(3, '0')} `, role: 'quiet'};
	const peer = 'peer' in event ? event.peer ?? '' : '';
	const who: Span = {text: `${peer}${'link' in event && event.link !== undefined ? `/${event.link}` : ''} `.padEnd(12), role: 'plain'};
	if (event.type !== 'unit') {
		return [time, {text: '  '}, who, {text: `${event.type} ${describe(event)}`, role: role ?? (event.type.startsWith('fault') ? 'bad' : 'quiet')}];
	}

	const isUp = (event.from === 'connector') === (journal.snapshot.peers[event.peer]?.role !== 'server');
	const itsRole: Role = isUp ? 'request' : 'reply';
	const arrow = isUp ? theme.symbols.arrow.right : theme.symbols.arrow.left;
	return [time, {text: `${arrow} `, role: itsRole}, who, {text: `${visible(event.kind).padEnd(14)} ${formatSize(event.size).padStart(8)}  `, role: 'quiet'}, ...fateSpans(theme, event), {text: describeUnit(event), role: role ?? itsRole}];
}

/** What a fault did to a unit, if one did anything. */
export function fateSpans({symbols}: Theme, {isTaken, rule}: EventOf<'unit'>): readonly Span[] {
	const by = rule === undefined ? '' : ` by fault ${rule}`;
	return isTaken !== undefined || by !== '' ? [{text: `${symbols.refused} ${isTaken ? 'taken' : 'struck'}${by}: `, role: 'bad'}] : [];
}

/** Each field in lines of its own: where, the bytes, what they spell, and what they are. */
function bytesLines(event: EventOf<'unit'>, width: number): ReadonlyArray<readonly Span[]> {
	const bytes = bytesOfUnit(event);
	const each = width >= 110 ? 16 : 8;
	const lines: Array<readonly Span[]> = [];
	for (const {name, offset, length, value, isHidden} of event.fields) {
		const said = `${visible(name)}${value === undefined ? '' : ` = ${visible(value)}`}${isHidden ? ' (kept nowhere)' : ''}`;
		const end = Math.min(offset + length, bytes.length);
		if (offset >= bytes.length) {
			lines.push([{text: ` ${hexOf(offset, 4)}  ${' '.repeat(each * 4)}   `, role: 'quiet'}, {text: said}, {text: `  ${length} B, not kept`, role: 'quiet'}]);
			continue;
		}

		for (let at = offset; at < end; at += each) {
			const row = bytes.subarray(at, Math.min(end, at + each));
			lines.push([
				{text: ` ${hexOf(at, 4)}  `, role: 'quiet'},
				{text: Array.from(row, byte => isHidden ? '··' : hexOf(byte, 2)).join(' ').padEnd(each * 3), role: 'plain'},
				{text: ` ${Array.from(row, byte => spell(isHidden ? 0 : byte)).join('').padEnd(each)}  `, role: 'quiet'},
				...(at === offset ? [{text: said, role: name === 'body' ? 'strong' as const : 'key' as const}] : []),
			]);
		}

		if (end < offset + length) {
			lines.push([{text: ` ${' '.repeat(6)}… ${(offset + length - end).toLocaleString('en')} B more were not kept`, role: 'quiet'}]);
		}
	}

	return lines;
}

const hexOf = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

const spell = (byte: number): string => byte > 0x1F && byte < 0x7F ? String.fromCodePoint(byte) : '.';
