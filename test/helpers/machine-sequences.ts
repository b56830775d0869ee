/** Sequences of steps for a real machine: anything at all, and ways that lead to one cell of the table. */
import fc from 'fast-check';
import {type MachineKind, type State} from '../../source/core/machines.js';
import {type Cell} from './machine-judge.js';
import {steps, type Setting, type Step} from './real-machine.js';

export type Plan = {readonly setting: Setting; readonly sequence: readonly Step[]};

const shortest = 5;
const longest = 30;

/** Any 5 to 30 steps, on any kind of socket. */
export const anyPlan: fc.Arbitrary<Plan> = fc.record({
	setting: fc.record({
		kind: fc.constantFrom<MachineKind>('REQ', 'REP'),
		isRelaxed: fc.boolean(),
		direction: fc.constantFrom<Setting['direction']>('binds', 'connects'),
	}),
	// What moves a machine on comes up more often than what takes it away.
	sequence: fc.array(fc.oneof(
		{weight: 3, arbitrary: fc.constantFrom<Step>('send', 'receive', 'message-arrives', 'peer-comes')},
		{weight: 2, arbitrary: fc.constantFrom(...steps)},
	), {minLength: shortest, maxLength: longest, size: 'max'}),
});

/** Steps that end in an attempt in that cell, over and over, with anything before. */
export const planTo = (cell: Cell): fc.Arbitrary<Plan> => fc.array(fc.constantFrom(...steps), {maxLength: 6}).map(before => {
	const way = wayTo(cell);
	const times = Math.floor((longest - before.length) / way.length);
	return {
		setting: {kind: cell.kind, isRelaxed: cell.circumstance.startsWith('relaxed'), direction: 'binds'},
		sequence: [...before, ...Array.from({length: times}, () => way).flat()],
	};
});

/** The shortest way to a cell from anywhere: a new socket, its state, then who and what is there. */
function wayTo({kind, state, operation, circumstance}: Cell): readonly Step[] {
	const hasPeer = circumstance.endsWith('peer');
	const attempt: Step = operation === 'send' ? 'send' : 'receive';
	const isInTurn = kind === 'REQ' ? state === 'awaiting-reply' : state !== 'awaiting-reply';
	const arrival: Step[] = isInTurn ? ['message-arrives'] : ['peer-goes', 'stranger-writes'];
	return [
		'close',
		'reopen',
		'peer-comes',
		...waysTo[kind][state],
		...(operation === 'receive' ? arrival : []),
		hasPeer ? 'peer-comes' : 'peer-goes',
		attempt,
	];
}

const waysTo: Readonly<Record<MachineKind, Readonly<Record<State, readonly Step[]>>>> = {
	REQ: {
		idle: [],
		'awaiting-reply': ['send'],
		replied: ['send', 'message-arrives', 'receive'],
	},
	REP: {
		idle: [],
		'awaiting-reply': ['message-arrives', 'receive'],
		replied: ['message-arrives', 'receive', 'send'],
	},
};
