/**
`/why` as lines: who waits for whom and since when, where what it waits for is, whether it can still come, and what frees it.
The screen's panel and the headless print are both made from these.
*/
import {formatAge} from './age.js';
import {diagnoseAll, type Diagnosis} from './diagnosis.js';
import {type Claim, type Hope} from './finding.js';
import {type Snapshot} from './snapshot.js';

/** One line: `wait` is an arrow of the drawing, `bad` if nothing ends it; the rest say more of it under a `label`. */
export type WhyLine = {readonly kind: 'wait' | 'bad' | 'fact' | 'way'; readonly label: string; readonly text: string};

/** All that waits at the moment `now` (ms since the epoch). The peer in focus comes first, if it waits, then the clients. */
export function why(snapshot: Snapshot, now: number, focus?: string): readonly WhyLine[] {
	const rank = ({peer}: Diagnosis): number => peer === focus ? 0 : (snapshot.peers[peer]?.role === 'client' ? 1 : 2);
	const all = diagnoseAll(snapshot, now).toSorted((one, other) => rank(one) - rank(other));
	if (all.length === 0) {
		return [{kind: 'fact', label: '', text: 'Nobody waits for a reply, and nobody owes one.'}];
	}

	return [
		...all.flatMap(diagnosis => linesOf(diagnosis, now)),
		...idleLines(snapshot, all),
	];
}

/** The same as plain text, a line each. */
export const whyText = (snapshot: Snapshot, now: number): readonly string[] => why(snapshot, now).map(({kind, label, text}) => {
	const isArrow = kind === 'wait' || kind === 'bad';
	return isArrow ? `${label} waits for ${text}` : (kind === 'fact' && label === '' ? text : `  ${label.padEnd(11)}${text}`);
});

function linesOf({peer, waitsFor, since, where, hope, ways, isStuck}: Diagnosis, now: number): readonly WhyLine[] {
	return [
		{kind: isStuck ? 'bad' : 'wait', label: peer, text: `${waitsFor}${isStuck ? `  stuck for ${formatAge(now - since)}` : `  for ${formatAge(now - since)}`}`},
		{kind: 'fact', label: 'where', text: withEvidence(where)},
		{kind: 'fact', label: 'can come?', text: `${answers[hope.answer]}: ${withEvidence(hope)}`},
		...ways.map(({command, effect}, index): WhyLine => ({kind: 'way', label: index === 0 ? 'way out' : '', text: `${command}  ${effect}`})),
	];
}

/** What closes the circle: a server waits for a request, which the stuck client may not send. Where another client may, there is no circle. */
function idleLines({peers}: Snapshot, all: readonly Diagnosis[]): readonly WhyLine[] {
	const stuck = all.filter(({isStuck}) => isStuck);
	const isStuck = (name: string): boolean => stuck.some(({peer}) => peer === name);
	if (stuck.length === 0 || Object.values(peers).some(({role, name, state}) => role === 'client' && state !== undefined && !isStuck(name))) {
		return [];
	}

	const names = stuck.map(({peer}) => peer).join(', ');
	return Object.values(peers)
		.filter(({role, state}) => role === 'server' && state !== undefined && state !== 'awaiting-reply')
		.map(({name}): WhyLine => ({kind: 'wait', label: name, text: `a request, which ${names} may not send`}));
}

const answers: Readonly<Record<Hope['answer'], string>> = {yes: 'yes', no: 'no', unknown: 'can’t know'};

const withEvidence = ({text, evidence}: Claim): string => evidence === 'unknown' ? text : `${text} (${evidence})`;
