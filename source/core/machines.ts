/**
The two state machines of request-reply, as data.

Law: only a completed operation moves a machine, with one exception that libzmq itself makes (see `relaxed`, below).
The panes' diagrams, the help, the lessons and the fold are all drawn from these tables, and a property test holds each
cell against real sockets.

Source: RFC 28/REQREP; libzmq 4.3.5 `req.cpp` (`xsend`, `xrecv`) and `rep.cpp`.
*/
import {type SocketType} from './events.js';

/** What a person sees lit. A socket that is closed has no state. */
export type State = 'idle' | 'awaiting-reply' | 'replied';
export const states: readonly State[] = ['idle', 'awaiting-reply', 'replied'];

export type MachineKind = 'REQ' | 'REP';

/** The machine that a socket of that type has. A DEALER and a ROUTER have none: a worker that is one keeps the turns of a REP by itself, and a broker stays idle. */
export const machineOf = (socketType: SocketType): MachineKind => socketType === 'REQ' ? 'REQ' : 'REP';

/** What is attempted. `receive` finds a message; `receive-nothing` is a receive that ends without one (time-out). */
export type Operation = 'send' | 'receive' | 'receive-nothing';
export const operations: readonly Operation[] = ['send', 'receive', 'receive-nothing'];

/** Libzmq's own codes: EFSM, the machine refuses; EAGAIN, nobody can take it, or nothing came. */
export type RefusalCode = 'EFSM' | 'EAGAIN';

/** What becomes of an attempt: a completed move `to` a state, or a refusal that leaves (nearly always) the same state. */
export type Outcome = {readonly to: State; readonly refused?: RefusalCode};

/** `strict` is libzmq's default; `relaxed` is ZMQ_REQ_RELAXED and means nothing to a REP. `peer`: someone can take a message; `alone`: nobody. */
export type Circumstance = 'strict+peer' | 'strict+alone' | 'relaxed+peer' | 'relaxed+alone';
export const circumstances: readonly Circumstance[] = ['strict+peer', 'strict+alone', 'relaxed+peer', 'relaxed+alone'];

type Cell = Readonly<Record<Circumstance, Outcome>>;
export type Machine = Readonly<Record<State, Readonly<Record<Operation, Cell>>>>;

const always = (outcome: Outcome): Cell => ({
	'strict+peer': outcome, 'strict+alone': outcome, 'relaxed+peer': outcome, 'relaxed+alone': outcome,
});
const withPeer = (peer: Outcome, alone: Outcome): Cell => ({
	'strict+peer': peer, 'strict+alone': alone, 'relaxed+peer': peer, 'relaxed+alone': alone,
});
const refused = (stays: State, code: RefusalCode): Outcome => ({to: stays, refused: code});

const request = {
	idle: {
		send: withPeer({to: 'awaiting-reply'}, refused('idle', 'EAGAIN')),
		receive: always(refused('idle', 'EFSM')),
		'receive-nothing': always(refused('idle', 'EFSM')),
	},
	'awaiting-reply': {
		send: {
			'strict+peer': refused('awaiting-reply', 'EFSM'),
			'strict+alone': refused('awaiting-reply', 'EFSM'),
			'relaxed+peer': {to: 'awaiting-reply'},
			// A relaxed REQ gives up its wait before it looks for a peer (`req.cpp`, `xsend`): without one the send fails and the wait is gone all the same.
			'relaxed+alone': refused('idle', 'EAGAIN'),
		},
		receive: always({to: 'replied'}),
		'receive-nothing': always(refused('awaiting-reply', 'EAGAIN')),
	},
	replied: {
		send: withPeer({to: 'awaiting-reply'}, refused('replied', 'EAGAIN')),
		receive: always(refused('replied', 'EFSM')),
		'receive-nothing': always(refused('replied', 'EFSM')),
	},
} satisfies Machine;

const rep = {
	idle: {
		send: always(refused('idle', 'EFSM')),
		receive: always({to: 'awaiting-reply'}),
		'receive-nothing': always(refused('idle', 'EAGAIN')),
	},
	'awaiting-reply': {
		// The asker may be gone: a REP's send succeeds all the same, and the reply is dropped in silence.
		send: always({to: 'replied'}),
		receive: always(refused('awaiting-reply', 'EFSM')),
		'receive-nothing': always(refused('awaiting-reply', 'EFSM')),
	},
	replied: {
		send: always(refused('replied', 'EFSM')),
		receive: always({to: 'awaiting-reply'}),
		'receive-nothing': always(refused('replied', 'EAGAIN')),
	},
} satisfies Machine;

/** The tables, by socket type. */
export const machines: Readonly<Record<MachineKind, Machine>> = {REQ: request, REP: rep};

/** Where a new socket stands. */
export const firstState: State = 'idle';

/** What the table says of one attempt. */
export const attempt = (kind: MachineKind, state: State, operation: Operation, circumstance: Circumstance): Outcome =>
	machines[kind][state][operation][circumstance];

/** Where a completed operation leads. An operation that the table knows no completion for leaves the state: the event is evidence, the table is theory. */
export function afterCompleted(kind: MachineKind, state: State, operation: 'send' | 'receive'): State {
	for (const outcome of Object.values(machines[kind][state][operation])) {
		if (outcome.refused === undefined) {
			return outcome.to;
		}
	}

	return state;
}

/** Where a refusal leads: the same state, but for a relaxed REQ whose new attempt found nobody. */
export const afterRefused = (kind: MachineKind, state: State, operation: 'send' | 'receive', code: string, relaxed: boolean): State => {
	const outcome = attempt(kind, state, operation, relaxed ? 'relaxed+alone' : 'strict+alone');
	return outcome.refused === code ? outcome.to : state;
};

/** One arrow of a machine's diagram. */
export type Arrow = {readonly from: State; readonly operation: 'send' | 'receive'; readonly to: State};

/** The arrows between different states, for diagrams and help: derived from the table, never written twice. */
export function arrowsOf(kind: MachineKind): readonly Arrow[] {
	const arrows: Arrow[] = [];
	for (const from of states) {
		for (const operation of ['send', 'receive'] as const) {
			const to = afterCompleted(kind, from, operation);
			if (to !== from) {
				arrows.push({from, operation, to});
			}
		}
	}

	return arrows;
}
