/** Where the lifelines stand: clients at the left, servers at the right, as in the panes; of many those around the one in focus. */
import {type LadderRow} from '../core/ladder/rows.js';
import {type Snapshot} from '../core/snapshot.js';

export type Lifeline = {readonly name: string; readonly column: number};

/** The lifelines in sight. */
export type Lifelines = {
	readonly shown: readonly Lifeline[];
	readonly hidden: number;
	readonly spacing: number;
	readonly first: number;
	/** The column of a peer; for one that is out of sight the edge behind which it is. */
	readonly columnOf: (name: string) => number;
	/** A column away from this one, towards the servers or the clients: for an arrow whose other end is not known. */
	readonly towards: (column: number, isTowardsServers: boolean) => number;
	/** The columns from one lifeline to the next, or to the edge. */
	readonly roomAfter: (column: number) => number;
	/** The columns from one lifeline back to the one before, or to the time. */
	readonly roomBefore: (column: number) => number;
};

/** The time stands at the left. */
const timeWidth = 11;
const nameRoom = 5;
const narrowest = 14;
const widest = 48;

/** Places as many lifelines as there is room for. Whoever exchanged something with the peer in focus comes first. */
export function placeLifelines({peers}: Snapshot, rows: readonly LadderRow[], {focus, width}: {readonly focus: string; readonly width: number}): Lifelines {
	const all = Object.values(peers);
	const names = (['client', 'broker', 'server'] as const).flatMap(side => all.filter(({role}) => role === side)).map(({name}) => name);
	const area = width - timeWidth - nameRoom;
	const aside = Math.min(34, Math.max(12, Math.floor(area * 0.28)));
	const most = 1 + Math.max(1, Math.floor((area - aside) / narrowest));
	const chosen = names.length <= most ? new Set(names) : choose(names, rows, {focus, most});
	const spacing = Math.min(widest, Math.max(narrowest, Math.floor((area - aside) / Math.max(1, chosen.size - 1))));
	const first = timeWidth + nameRoom;
	const shown = names.filter(name => chosen.has(name)).map((name, index) => ({name, column: first + (index * spacing)}));
	const columns = new Map(shown.map(({name, column}) => [name, column]));
	const clamp = (column: number): number => Math.min(width - 1, Math.max(timeWidth, column));
	return {
		shown,
		hidden: names.length - shown.length,
		spacing,
		first,
		columnOf(name) {
			const before = shown.findLast(lifeline => names.indexOf(lifeline.name) < names.indexOf(name));
			return columns.get(name) ?? clamp(before ? before.column + Math.floor(spacing / 2) : first - Math.floor(spacing / 2));
		},
		towards: (column, isTowardsServers) => clamp(column + (isTowardsServers ? spacing : -spacing)),
		roomBefore: column => column - Math.max(...shown.map(lifeline => lifeline.column).filter(previous => previous < column), timeWidth),
		roomAfter: column => Math.min(...shown.map(lifeline => lifeline.column).filter(next => next > column), width) - column,
	};
}

function choose(names: readonly string[], rows: readonly LadderRow[], {focus, most}: {readonly focus: string; readonly most: number}): ReadonlySet<string> {
	const chosen = new Set([focus]);
	const add = (candidates: readonly string[]): void => {
		for (const name of candidates) {
			if (chosen.size < most && names.includes(name)) {
				chosen.add(name);
			}
		}
	};

	for (const row of rows.toReversed()) {
		if (row.type === 'arrow' && [...row.arrow.from, ...row.arrow.to].includes(focus)) {
			add([...row.arrow.from, ...row.arrow.to]);
		}
	}

	const at = names.indexOf(focus);
	for (let distance = 1; distance < names.length; distance++) {
		add([names[at + distance], names[at - distance]].filter(name => name !== undefined));
	}

	return chosen;
}
