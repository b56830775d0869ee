/**
Judges recorded runs of real sockets by a table of the machines.

Law: a pure function of (table, runs). What the sockets did is recorded once; the right table and every wrong one are then
judged by the very same record.
*/
import {
	circumstances,
	firstState,
	machines,
	operations,
	states,
	type Circumstance,
	type Machine,
	type MachineKind,
	type Operation,
	type Outcome,
	type State,
} from '../../source/core/machines.js';

export type Table = Readonly<Record<MachineKind, Machine>>;

/**
What became of a call on a real socket: it completed, or libzmq's own code of the refusal.
*/
export type Result = 'completed' | (string & {});

/**
One step, as it really went. `stands` is where the socket was then seen to stand.
*/
export type RecordedStep =
	| {readonly type: 'attempted'; readonly operation: Operation; readonly hasPeer: boolean; readonly result: Result; readonly stands: State}
	| {readonly type: 'attempted-closed'; readonly operation: 'send' | 'receive'; readonly result: Result}
	| {readonly type: 'closed'}
	| {readonly type: 'opened'; readonly stands: State};

/**
All that one socket, or several in turn, went through.
*/
export type RecordedRun = {readonly kind: MachineKind; readonly isRelaxed: boolean; readonly steps: readonly RecordedStep[]};

/**
One place of the table.
*/
export type Cell = {readonly kind: MachineKind; readonly state: State; readonly operation: Operation; readonly circumstance: Circumstance};

/**
What the table says of a cell.
*/
export const outcomeIn = (table: Table, {kind, state, operation, circumstance}: Cell): Outcome => table[kind][state][operation][circumstance];

/**
Every place of the table.
*/
export const allCells: readonly Cell[] = (['REQ', 'REP'] as const).flatMap(kind =>
	states.flatMap(state =>
		operations.flatMap(operation =>
			circumstances.map(circumstance => ({
				kind, state, operation, circumstance,
			})))));

export const nameOf = ({kind, state, operation, circumstance}: Cell): string => `${kind} ${state} ${operation} ${circumstance}`;

const circumstanceOf = (isRelaxed: boolean, hasPeer: boolean): Circumstance => `${isRelaxed ? 'relaxed' : 'strict'}+${hasPeer ? 'peer' : 'alone'}`;

/**
The first difference between the table and one run, in words; undefined if they agree.
*/
export function differenceIn(table: Table, run: RecordedRun): string | undefined {
	let state: State | undefined = firstState;
	for (const [index, step] of run.steps.entries()) {
		const complaint = complaintAbout(table, run, state, step);
		if (complaint !== undefined) {
			return `step ${index + 1} of ${run.steps.length}: ${complaint}`;
		}

		state = stateAfter(table, run, state, step);
	}

	return undefined;
}

/**
Whether a table agrees with all the runs.
*/
export const agrees = (table: Table, runs: readonly RecordedRun[]): boolean => runs.every(run => differenceIn(table, run) === undefined);

/**
How often each cell was entered, by the name of the cell. Where the runs stand is taken from the sockets, not from the table.
*/
export function countHits(runs: readonly RecordedRun[]): ReadonlyMap<string, number> {
	const hits = new Map(allCells.map(cell => [nameOf(cell), 0]));
	for (const run of runs) {
		for (const {cell} of cellsEntered(run)) {
			hits.set(nameOf(cell), (hits.get(nameOf(cell)) ?? 0) + 1);
		}
	}

	return hits;
}

/**
The attempts of a run with the cell in which each was made.
*/
export function cellsEntered({kind, isRelaxed, steps}: RecordedRun): ReadonlyArray<{readonly cell: Cell; readonly result: Result; readonly stands: State}> {
	const entered: Array<{readonly cell: Cell; readonly result: Result; readonly stands: State}> = [];
	let state: State = firstState;
	for (const step of steps) {
		if (step.type === 'attempted') {
			const cell = {
				kind, state, operation: step.operation, circumstance: circumstanceOf(isRelaxed, step.hasPeer),
			};
			entered.push({cell, result: step.result, stands: step.stands});
		}

		state = 'stands' in step ? step.stands : state;
	}

	return entered;
}

/**
The same table but for one cell.
*/
export function withCell(table: Table, {kind, state, operation, circumstance}: Cell, outcome: Outcome): Table {
	const machine = table[kind];
	const cell = {...machine[state][operation], [circumstance]: outcome};
	return {...table, [kind]: {...machine, [state]: {...machine[state], [operation]: cell}}};
}

/**
Everything that a cell could wrongly say: another state, a refusal in place of a completion and the reverse, another code.
*/
export function wrongOutcomes(cell: Cell, table: Table = machines): readonly Outcome[] {
	const right = outcomeIn(table, cell);
	const all = states.flatMap((to): Outcome[] => [{to}, {to, refused: 'EFSM'}, {to, refused: 'EAGAIN'}]);
	return all.filter(({to, refused}) => to !== right.to || refused !== right.refused);
}

function complaintAbout(table: Table, run: RecordedRun, state: State | undefined, step: RecordedStep): string | undefined {
	switch (step.type) {
		case 'attempted': {
			if (state === undefined) {
				return `${step.operation} was attempted on a socket that should be closed`;
			}

			const cell = {
				kind: run.kind, state, operation: step.operation, circumstance: circumstanceOf(run.isRelaxed, step.hasPeer),
			};
			const {to, refused = 'completed'} = outcomeIn(table, cell);
			return refused === step.result && to === step.stands
				? undefined
				: `${nameOf(cell)}: the table says ${refused}, then ${to}; the socket says ${step.result}, then ${step.stands}`;
		}

		case 'attempted-closed': {
			return step.result === 'EBADF' ? undefined : `${step.operation} on a closed ${run.kind}: EBADF was due, the socket says ${step.result}`;
		}

		case 'opened': {
			return step.stands === firstState ? undefined : `a new ${run.kind} stands at ${step.stands}, not at ${firstState}`;
		}

		case 'closed': {
			return undefined;
		}
	}
}

function stateAfter(table: Table, run: RecordedRun, state: State | undefined, step: RecordedStep): State | undefined {
	switch (step.type) {
		case 'attempted': {
			return state && outcomeIn(table, {
				kind: run.kind, state, operation: step.operation, circumstance: circumstanceOf(run.isRelaxed, step.hasPeer),
			}).to;
		}

		case 'opened': {
			return firstState;
		}

		case 'closed': {
			return undefined;
		}

		case 'attempted-closed': {
			return state;
		}
	}
}
