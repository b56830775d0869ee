/** The tapped links and the faults in force, followed through the events. Small: what passed is read from the journal. */
import {type Endpoint} from './endpoint.js';
import {type Event} from './events.js';
import {type Way} from './wire-events.js';

/** A fault in force: how often it has struck, and the last time. `last` is the number of that event. */
export type FaultInForce = {
	readonly rule: number;
	readonly fault: string;
	readonly struck: number;
	readonly last?: {readonly n: number; readonly peer: string; readonly link?: number; readonly way?: Way; readonly exchange?: number};
	/** Why it can't strike, if it can't. */
	readonly missed?: string;
};

/** A tap: whose, to which endpoint, where it listens, and the numbers of the connections that are open. */
export type TapInForce = {readonly peer: string; readonly to: Endpoint; readonly via: Endpoint; readonly open: readonly number[]};

export type TapSnapshot = {readonly isOn: boolean; readonly taps: readonly TapInForce[]; readonly faults: readonly FaultInForce[]};

export const noTap: TapSnapshot = {isOn: false, taps: [], faults: []};

/** Follows one event; one that is not about the wire gives the very same value. */
export function foldTap(tap: TapSnapshot, event: Event): TapSnapshot {
	switch (event.type) {
		case 'tap-switched': {
			return {...tap, isOn: event.isOn};
		}

		case 'tap-opened': {
			const {peer, to, via} = event;
			return {...tap, taps: [...tap.taps, {peer, to, via, open: []}]};
		}

		case 'tap-closed': {
			return {...tap, taps: tap.taps.filter(each => !isOf(each, event))};
		}

		case 'link-opened': {
			return withTap(tap, event, each => ({...each, open: [...each.open, event.link]}));
		}

		case 'link-closed': {
			return withTap(tap, event, each => ({...each, open: each.open.filter(link => link !== event.link)}));
		}

		case 'fault-set': {
			const {rule, fault} = event;
			return {...tap, faults: [...tap.faults, {rule, fault, struck: 0}]};
		}

		case 'fault-lifted': {
			return {...tap, faults: tap.faults.filter(({rule}) => rule !== event.rule)};
		}

		case 'fault-struck': {
			const {n, peer, link, way, exchange} = event;
			const last = {n, peer, ...(link !== undefined && {link}), ...(way && {way}), ...(exchange !== undefined && {exchange})};
			return withFault(tap, event.rule, fault => ({...fault, struck: fault.struck + 1, last}));
		}

		case 'fault-missed': {
			return withFault(tap, event.rule, fault => ({...fault, missed: event.reason}));
		}

		default: {
			return tap;
		}
	}
}

type Whose = {readonly peer: string; readonly to: Endpoint};

const isOf = (tap: TapInForce, {peer, to}: Whose): boolean => tap.peer === peer && tap.to === to;

const withTap = (tap: TapSnapshot, whose: Whose, change: (tap: TapInForce) => TapInForce): TapSnapshot =>
	({...tap, taps: tap.taps.map(each => isOf(each, whose) ? change(each) : each)});

const withFault = (tap: TapSnapshot, rule: number, change: (fault: FaultInForce) => FaultInForce): TapSnapshot =>
	({...tap, faults: tap.faults.map(each => each.rule === rule ? change(each) : each)});
