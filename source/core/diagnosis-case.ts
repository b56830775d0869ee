/** What the rules about a waiting client look at. */
import {type Exchange} from './exchanges.js';
import {type Finding} from './finding.js';
import {type Route} from './route.js';
import {type PeerSnapshot, type Snapshot} from './snapshot.js';

/** `isOpen`: the client itself has not given the question up. `cutAt`: when the last connection by which the request can have left was lost (ms since the epoch). `answered`: the event by which a server replied to it. */
export type ClientCase = {
	readonly snapshot: Snapshot;
	readonly peer: PeerSnapshot;
	readonly question: Exchange;
	readonly route: Route;
	readonly now: number;
	readonly isOpen: boolean;
	readonly cutAt?: number;
	readonly answered?: number;
};

/** For how long (ms) a request that nobody has shown may be on its way to somebody who is free: loopback takes a thousandth of it. */
export const onItsWayMs = 1000;

/** What one rule finds, or undefined where it does not fit. */
export type Rule = (itsCase: ClientCase) => Finding | undefined;
