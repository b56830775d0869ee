/**
A tap between programs of others: what it stands between, its sums, the faults in force, and a lane a connection: who talks to whom, where
each side is in the pattern, and who waits since when. Pure; it takes the place of the panes.
*/
import {formatAge} from '../core/age.js';
import {formatElapsed} from '../core/duration.js';
import {type Journal} from '../core/journal.js';
import {closerWords, lanesInOrder, longWaitMs, otherOf, type Lane, type Lanes} from '../core/lanes.js';
import {formatSize, visible} from '../core/text.js';
import {describeBody} from '../core/unit-words.js';
import {cut, fit, spread, widthOf, type Span} from './line.js';
import {roleOfState, type Theme} from './theme.js';
import {fateSpans, faultSpans} from './wire-view.js';

/** `top`: how many lanes are scrolled past. */
export type LanesProps = {readonly journal: Journal; readonly lanes: Lanes; readonly now: number; readonly top: number; readonly width: number; readonly height: number};

type Spans = readonly Span[];

/** The view as exactly `height` lines. */
export function drawLanes(theme: Theme, props: LanesProps): readonly string[] {
	const {journal, lanes, now, top, width, height} = props;
	const head = headOf(theme, props);
	const all = lanesInOrder(lanes, now);
	const room = Math.max(1, height - head.length);
	const first = Math.max(0, Math.min(top, all.length - room));
	const rows = all.slice(first).flatMap(lane => laneRows(theme, lane, {journal, now, width})).slice(0, room);
	const body: readonly Spans[] = rows.length > 0 ? rows : emptyBody(journal);
	return Array.from({length: height}, (_, row) => fit(theme, [...head, ...body][row] ?? [], width));
}

/** How far one can scroll. */
export const lastLanesTop = ({open, past}: Lanes, height: number): number => Math.max(0, open.length + past.length - height + 6);

function headOf(theme: Theme, {journal, lanes, now, width}: LanesProps): readonly Spans[] {
	const {symbols} = theme;
	const {tap} = journal.snapshot;
	const [own] = tap.taps;
	const place: Spans = own
		? [{text: ' listens at ', role: 'quiet'}, {text: visible(own.via), role: 'strong'}, {text: ' for ', role: 'quiet'}, {text: visible(own.to), role: 'strong'}]
		: [{text: ' not listening yet', role: 'busy'}];
	const count = lanes.open.length;
	const missing: readonly Spans[] = lanes.missing
		? [[{text: ` ${symbols.warning} ${missingWords(lanes.missing, now)}`, role: 'bad'}]]
		: [];
	return [
		spread(place, [{text: `${count} open ${count === 1 ? 'connection' : 'connections'} `, role: count > 0 ? 'good' : 'quiet'}], width),
		...missing,
		...sumsOf(lanes, width),
		...tap.faults.slice(0, 3).map(fault => faultSpans(fault)),
		[],
		...(count + lanes.past.length > 0 ? [headings(width)] : []),
	];
}

export const missingWords = ({code, since}: NonNullable<Lanes['missing']>, now: number): string =>
	`${visible(code)}: nobody is reached there for ${formatAge(Math.max(0, now - since))}: start it, or check the endpoint; ZeroMQ clients try again by themselves`;

/** Round trips first: on a narrow screen they are what is asked for. */
function sumsOf(lanes: Lanes, width: number): readonly Spans[] {
	const [trips, sums] = sumWords(lanes) ?? [];
	if (sums === undefined) {
		return [];
	}

	const isTogether = widthOf(trips ?? '') + widthOf(sums) + 5 <= width;
	return isTogether ? [spread([{text: ` ${trips}`}], [{text: `${sums} `, role: 'quiet'}], width)] : [...(trips === '' ? [] : [[{text: ` ${trips}`}]]), [{text: ` ${sums}`, role: 'quiet'}]];
}

/** The round trips of a tap in words, none as an empty text, and its sums; undefined before it has counted anything. */
export function sumWords({figures, open}: Lanes): readonly [trips: string, sums: string] | undefined {
	if (!figures) {
		return undefined;
	}

	const {exchanges, roundTrips, bytes, sealed, refused} = figures;
	const frames = sealed.request + sealed.reply;
	const waiting = open.filter(({awaitingSince}) => awaitingSince !== undefined).length;
	const trips = roundTrips ? `round trips p50 ${formatElapsed(roundTrips.p50)}, p95 ${formatElapsed(roundTrips.p95)}, p99 ${formatElapsed(roundTrips.p99)}, max ${formatElapsed(roundTrips.max)} (${roundTrips.count} timed)` : '';
	const sums = [
		`${exchanges.replied} replied`,
		`${exchanges.lost} lost`,
		`${waiting} waiting`,
		...(exchanges.unsolicited > 0 ? [`${exchanges.unsolicited} unsolicited`] : []),
		...(frames > 0 ? [`${frames} encrypted frames`] : []),
		...(refused > 0 ? [`${refused} turned away`] : []),
		`${formatSize(bytes.connector)} up`,
		`${formatSize(bytes.listener)} down`,
	].join(', ');
	return [trips, sums];
}

/** Widths of the columns; the newest message takes the rest. */
const columns = {link: 5, who: 17, asks: 17, answers: 17, counts: 19, trip: 9};
const wide = 100;

const headings = (width: number): Spans => [{
	text: [
		' link'.padEnd(columns.link + 1),
		'connects, listens'.padEnd(columns.who + 1),
		'asks'.padEnd(columns.asks),
		'answers'.padEnd(columns.answers),
		...(width >= wide ? ['asked replied lost'.padEnd(columns.counts)] : []),
		...(width >= wide ? ['took'.padEnd(columns.trip)] : []),
		'newest',
	].join(''),
	role: 'quiet',
}];

type Place = {readonly journal: Journal; readonly now: number; readonly width: number};

/** A line, and where two can't talk another one with what to do about it. */
function laneRows(theme: Theme, lane: Lane, place: Place): readonly Spans[] {
	const {trouble, closed} = lane;
	const {width, now} = place;
	const before: Spans = [{text: ` ${lane.link}`.padEnd(columns.link + 1), role: 'strong'}, {text: `${cut(whoOf(theme, lane), columns.who)} `.padEnd(columns.who + 1)}];
	const said = closed && closedText(lane, closed, now);
	if (!trouble) {
		return [said === undefined ? [...before, ...standingOf(theme, lane, place)] : [...before, {text: said, role: 'quiet'}]];
	}

	const role = closed ? 'quiet' : 'bad';
	return [
		spread([...before, {text: `${theme.symbols.warning} ${visible(trouble.says)}`, role}], [{text: said ?? '', role: 'quiet'}], width),
		[{text: ' '.repeat(columns.link + columns.who + 4)}, {text: visible(trouble.next), role: 'plain'}],
	];
}

/** How long ago it was closed, by whom, and after how much. */
export function closedText({replied, trouble}: Lane, {by, how, t}: NonNullable<Lane['closed']>, now: number): string {
	const age = `closed ${formatAge(Math.max(0, now - t))} ago`;
	return trouble ? age : `${age} by ${closerWords(by)}${how === 'rst' ? ' with a reset' : ''}, after ${replied} ${replied === 1 ? 'reply' : 'replies'}`;
}

export const sealedWords = ({mechanism, sealed}: Lane): string => `${visible(mechanism ?? '')}: encrypted, ${sealed} frames; what they say only the two sides know`;

function standingOf(theme: Theme, lane: Lane, {journal, now, width}: Place): Spans {
	if (!lane.ends) {
		return [{text: `no handshake for ${formatAge(Math.max(0, now - lane.since))}`, role: 'busy'}];
	}

	if (lane.sealed > 0 || lane.ends.connector === 'hidden') {
		return [{text: sealedWords(lane), role: 'quiet'}];
	}

	const counts = `${String(lane.asked).padEnd(6)}${String(lane.replied).padEnd(8)}${lane.lost}`.padEnd(columns.counts);
	const trip = (lane.lastMs === undefined ? '' : formatElapsed(lane.lastMs)).padEnd(columns.trip);
	return [askerSpan(theme, lane, now), answererSpan(theme, lane), ...(width >= wide ? [{text: counts}, {text: trip, role: 'quiet' as const}] : []), ...newestOf(theme, lane, journal)];
}

const whoOf = ({symbols}: Theme, {ends}: Lane): string => ends ? `${visible(ends.connector)} ${symbols.arrow.right} ${visible(ends.listener)}` : '';

function askerSpan({symbols}: Theme, {machines, asker, awaitingSince, open}: Lane, now: number): Span {
	const state = machines[asker];
	const waited = awaitingSince === undefined ? 0 : Math.max(0, now - awaitingSince);
	const isLong = awaitingSince !== undefined && waited >= longWaitMs;
	const word = state === 'awaiting-reply' ? `awaits ${isLong ? formatAge(waited) : ''}${open > 1 ? ` (${open})` : ''}` : state;
	return {text: `${isLong ? symbols.warning : symbols.states[state]} ${word}`.padEnd(columns.asks), role: isLong ? 'bad' : roleOfState[state]};
}

function answererSpan({symbols}: Theme, {machines, asker, open}: Lane): Span {
	const state = machines[otherOf(asker)];
	const word = state === 'awaiting-reply' ? `owes ${open > 1 ? `${open} replies` : 'a reply'}` : state;
	return {text: `${symbols.states[state]} ${word}`.padEnd(columns.answers), role: roleOfState[state]};
}

function newestOf(theme: Theme, {last}: Lane, journal: Journal): Spans {
	const event = last === undefined ? undefined : journal.at(last);
	return event?.type === 'unit' ? [...fateSpans(theme, event), {text: `${event.way === 'reply' ? theme.symbols.reply : theme.symbols.request} ${describeBody(event)}`}] : [];
}

function emptyBody({snapshot}: Journal): readonly Spans[] {
	const [own] = snapshot.tap.taps;
	return own
		? [
			[{text: ' Nobody has connected yet. Let a client connect here instead of to its server:', role: 'quiet'}],
			[{text: `   ${visible(own.via)}`, role: 'strong'}],
			[{text: ' Its bytes pass on untouched; /fault drop reply 3 harms them, /wire shows them one by one.', role: 'quiet'}],
		]
		: [];
}
