/**
Why a client waits: the rules in their order, each for one place where its request (or the reply) can be. The first that fits says it all.
What is proved comes before what is likely, and what is likely before what can't be known.
*/
import {droppedByBroker, ignoredByRouter, inHandsOfBroker, inWorkersQueue, towardsBroker, waitsInBroker} from './diagnosis-broker.js';
import {type Rule} from './diagnosis-case.js';
import {connectionLost, deaf, heldInVain, leftItsEndpoints, lostOnWire, lostWithServer, placeTaken, replyLost, sameRoutingId} from './diagnosis-lost.js';
import {
	answeredLate,
	held,
	inLink,
	inQueue,
	keptOnWire,
	nobodyListens,
	notYetReceived,
	outside,
	passedTap,
	perhapsHeld,
	replyInLink,
	routedToNobody,
	waitsForPeer,
} from './diagnosis-under-way.js';

export const clientRules: readonly Rule[] = [
	droppedByBroker,
	lostWithServer,
	lostOnWire,
	deaf,
	nobodyListens,
	leftItsEndpoints,
	waitsForPeer,
	inHandsOfBroker,
	waitsInBroker,
	heldInVain,
	held,
	replyLost,
	connectionLost,
	keptOnWire,
	answeredLate,
	replyInLink,
	perhapsHeld,
	sameRoutingId,
	placeTaken,
	ignoredByRouter,
	inWorkersQueue,
	notYetReceived,
	inQueue,
	routedToNobody,
	passedTap,
	towardsBroker,
	outside,
	inLink,
];
