/** The lock: whether what a peer says is encrypted, and why it is not, in a word or two for its pane. */
import {anyKey, curveEndOf, hasCurve} from './curve.js';
import {isTurnedAway, nameSecurityFailure} from './security-refusals.js';
import {type PeerSnapshot} from './snapshot.js';
import {visible} from './text.js';

/** `plain` is NULL; `failed` is a handshake that its keys, or the lack of them, have prevented. */
export type Lock = {readonly state: 'plain' | 'curve' | 'failed'; readonly text: string};

export function lockOf(peer: PeerSnapshot): Lock {
	const {options, links, state} = peer;
	const isServer = curveEndOf(peer) === 'server';
	const isCurve = hasCurve(options);
	const mechanism = isCurve ? 'CURVE' : 'plain';
	const code = state === undefined ? undefined : links.map(link => link.code).find(each => each !== undefined);
	// A server that turns somebody away has a lock that works.
	const failure = code === undefined || (isServer && isTurnedAway(code)) ? undefined : nameSecurityFailure(code, isCurve);
	if (failure !== undefined) {
		return {state: 'failed', text: `${mechanism}: ${failure}`};
	}

	return isCurve
		? {state: 'curve', text: isServer && options.allow !== undefined ? `${mechanism}, lets in ${options.allow === anyKey ? 'ANY key' : visible(options.allow)}` : mechanism}
		: {state: 'plain', text: mechanism};
}
