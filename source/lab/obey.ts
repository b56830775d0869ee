/** Hands an action to whoever is there, in the way in which that one can do it. */
import {type Action, type Problem} from '../commands/record.js';
import {BrokerPeer} from './broker-peer.js';
import {type Member} from './cast.js';
import {perform, performOnBroker} from './perform.js';
import {ServerProcess} from './server-process.js';

/** Resolves when it is done or refused; rejects with what a socket throws. */
export async function obey(peer: Member, {line, action, tell}: {readonly line: string; readonly action: Action; readonly tell: (problem: Problem) => void}): Promise<void> {
	if (peer instanceof ServerProcess) {
		await peer.perform(line, action, tell);
	} else {
		await (peer instanceof BrokerPeer ? performOnBroker(peer, action, tell) : perform(peer, action, tell));
	}
}
