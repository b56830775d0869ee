/** Why a server owes its reply: for whom it waits before it answers, and whether anybody is left to answer. */
import {formatAge, formatCountdown} from './age.js';
import {oneOf, type Finding, type Hope} from './finding.js';
import {type Debt} from './exchanges.js';
import {type PeerSnapshot, type Snapshot} from './snapshot.js';

/** A server that owes a reply, at the moment `now` (ms since the epoch). */
export function diagnoseServer({exchanges}: Snapshot, peer: PeerSnapshot, now: number): Finding {
	const hope = hopeOf(exchanges.debts[peer.name], peer.since);
	const {name, waiting, options} = peer;
	const age = formatAge(now - peer.since);
	if (options.service === 'by-hand') {
		return {
			rule: 'by-hand', waitsFor: 'you', where: {text: `you owe the reply for ${age}`, evidence: 'exact'}, hope, ways: [{command: `/@${name} reply World`, effect: 'gives it; or type it in its pane'}],
		};
	}

	if (waiting?.type === 'hold') {
		return {
			rule: 'held-back', waitsFor: 'you', where: {text: `held back for ${formatAge(now - waiting.since)}`, evidence: 'exact'}, hope, ways: [{command: `/@${name} release`, effect: 'gives the held reply'}],
		};
	}

	if (waiting?.type === 'delay') {
		return {
			rule: 'delayed', waitsFor: 'its delay', where: {text: `it replies in ${formatCountdown(waiting.ms - (now - waiting.since))}`, evidence: 'exact'}, hope, ways: [{command: `/@${name} reply World`, effect: 'replies at once'}],
		};
	}

	return {
		rule: 'owes', waitsFor: 'nobody', where: {text: `it owes a reply for ${age}`, evidence: 'exact'}, hope, ways: [{command: `/@${name} reply World`, effect: 'gives it'}],
	};
}

/** Whether the reply still reaches anybody. */
function hopeOf(debt: Debt | undefined, since: number): Hope {
	const askers = debt?.askers ?? [];
	if (debt?.gone !== undefined) {
		return {answer: 'no', since, text: `${debt.gone} asked, and has closed its socket since: libzmq drops the reply in silence`, evidence: 'inferred'};
	}

	const [asker] = askers;
	if (asker === undefined) {
		return {answer: 'unknown', text: 'who asked is outside this lab', evidence: 'unknown'};
	}

	return askers.length === 1
		? {answer: 'yes', text: `${asker} asked, and awaits the reply`, evidence: 'inferred'}
		: {answer: 'yes', text: `${oneOf(askers)} asked: the same text came from each`, evidence: 'unknown'};
}
