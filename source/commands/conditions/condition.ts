/**
Conditions: what a script waits for or expects, and what a lesson checks. A sentence about one moment of the lab.

Law: a condition is judged by the snapshot and the newest events alone, never by asking a socket; the same moment gives the same judgement,
live, replayed or in time travel. A judgement says in words what was so, whether the condition held or not.

	condition = both { "or" both }
	both      = one { "and" one }
	one       = "not" one | "(" condition ")" | check
	check     = peer verb … | keyword …                 see the records: `peerConditions` and `labConditions`
	peer      = name | "every" role | "any" role        role = "client" | "server"
*/
import {type Event} from '../../core/events.js';
import {type PeerSnapshot, type Snapshot} from '../../core/snapshot.js';
import {type Reader} from './reader.js';

/**
What a condition is judged by. `now` is ms since the epoch, for ages in words. `since` is the number of the event after which `event …` looks:
a script's newest command, a lesson's newest step. `newest` finds the newest event of a type, of anybody or of one peer, since the lab began;
`newestUnit` the same for a kind of unit on the wire.
*/
export type Moment = {
	readonly snapshot: Snapshot;
	readonly newest: (type: Event['type'], peer?: string) => Event | undefined;
	readonly newestUnit: (kind: string, peer?: string) => Event | undefined;
	readonly since: number;
	readonly now: number;
};

/** Whether it holds, and what was so: `client-1 is awaiting-reply since 2.0 s`. */
export type Judgement = {readonly holds: boolean; readonly was: string};

/** A condition that was read. `text` is as the person wrote it. */
export type Condition =
	| {readonly type: 'and' | 'or'; readonly text: string; readonly parts: readonly Condition[]}
	| {readonly type: 'not'; readonly text: string; readonly part: Condition}
	| {readonly type: 'check'; readonly text: string; readonly judge: (moment: Moment) => Judgement};

/** One kind of condition about the lab; it begins with its own keyword. `read` gets what follows the keyword. */
export type LabCondition = {
	readonly keyword: string;
	readonly usage: string;
	readonly summary: string;
	readonly read: (reader: Reader) => (moment: Moment) => Judgement;
};

/** One kind of condition about a peer: the peer's name, then this verb. `read` gets what follows the verb. */
export type PeerCondition = {
	readonly verb: string;
	readonly usage: string;
	readonly summary: string;
	readonly read: (reader: Reader) => (peer: PeerSnapshot, moment: Moment) => Judgement;
};

/** Judges a condition at a moment. */
export function judge(condition: Condition, moment: Moment): Judgement {
	switch (condition.type) {
		case 'check': {
			return condition.judge(moment);
		}

		case 'not': {
			const {holds, was} = judge(condition.part, moment);
			return {holds: !holds, was};
		}

		case 'and':
		case 'or': {
			const judgements = condition.parts.map(part => judge(part, moment));
			const isAnd = condition.type === 'and';
			const holds = isAnd ? judgements.every(each => each.holds) : judgements.some(each => each.holds);
			// What decided it: the parts that stand against an `and`, those that make an `or` true.
			const telling = judgements.filter(each => isAnd ? holds || !each.holds : !holds || each.holds);
			return {holds, was: [...new Set(telling.map(({was}) => was))].join('; ')};
		}
	}
}
