/** The sums of a tap: of one connection after the other, added up. */
import {sides} from './ends.js';
import {type Summary} from './events.js';
import {type Link} from './link.js';

type Mutable<Type> = {-readonly [Key in keyof Type]: Mutable<Type[Key]>};
export type Totals = Mutable<Pick<Summary, 'exchanges' | 'messages' | 'sealed' | 'bytes'>>;

/** Nothing yet. */
export const noTotals: Totals = {
	exchanges: {replied: 0, lost: 0, unsolicited: 0, open: 0, untimed: 0}, messages: {request: 0, reply: 0}, sealed: {request: 0, reply: 0}, bytes: {connector: 0, listener: 0},
};

/** A copy of what there is, to be added to. */
export const copyOf = ({exchanges, messages, sealed, bytes}: Totals): Totals => ({exchanges: {...exchanges}, messages: {...messages}, sealed: {...sealed}, bytes: {...bytes}});

/** Adds one connection, bar what is still open on it. */
export function add({exchanges, messages, sealed, bytes}: Totals, {lane, bytes: own}: Link): void {
	exchanges.replied += lane.replied;
	exchanges.lost += lane.lost;
	exchanges.unsolicited += lane.unsolicited;
	exchanges.untimed += lane.untimed;
	messages.request += lane.messages.request;
	messages.reply += lane.messages.reply;
	sealed.request += lane.sealed.request;
	sealed.reply += lane.sealed.reply;
	for (const side of sides) {
		bytes[side] += own[side];
	}
}
