/** Makes the peers that a scene or a line asks for, with what the lab was started with. */
import {parseDelay} from '../core/delay.js';
import {parseDuration} from '../core/duration.js';
import {firstPolicy, type Policy} from '../core/policy.js';
import {isWorker, type Actor, type Calling} from '../core/scenes.js';
import {BrokerPeer} from './broker-peer.js';
import {type Stage} from './cast.js';
import {Client} from './client.js';
import {Server} from './server.js';

/** What a peer is numbered as; nothing for the one broker. */
export const callingOf = ({peer, role}: Actor): Calling | undefined => role === 'broker' ? undefined : (isWorker({name: peer}) ? 'worker' : role);

/** A peer whose socket has yet to open. A worker serves as `brokerPolicy` says, unless its actor says otherwise. */
export function createPeer({peer, role, policy, delay: usualDelay}: Actor, {options, surroundings}: Stage, brokerPolicy: Policy = firstPolicy): Client | Server | BrokerPeer {
	const {delay = usualDelay, replyWith, timeout} = options;
	if (role === 'broker') {
		return new BrokerPeer(peer, surroundings);
	}

	if (role === 'client') {
		const timeoutMs = timeout === undefined ? undefined : parseDuration(timeout);
		return new Client(peer, surroundings, timeoutMs === undefined ? {} : {timeoutMs});
	}

	const itsDelay = delay === undefined ? undefined : parseDelay(delay);
	return new Server(peer, surroundings, {
		...(itsDelay && {delay: itsDelay}),
		...(replyWith !== undefined && {template: replyWith}),
		...(isWorker({name: peer}) && {policy: policy ?? brokerPolicy}),
	});
}
