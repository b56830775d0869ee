/** Carries out the commands about a lab's security. */
import {type Action, type Problem} from '../../commands/record.js';
import {type BrokerPeer} from '../broker-peer.js';
import {type Peer} from '../peer.js';
import {ServerProcess} from '../server-process.js';
import {type Reopened} from './reopen.js';
import {type Security} from './security.js';

export type SecurityAction = Extract<Action, {readonly verb: 'curve' | 'allow' | 'deny'}>;

/** Gives what could not be done. Rejects if the ZAP handler has no place. */
export async function changeSecurity(security: Security | undefined, action: SecurityAction, members: ReadonlyArray<Peer | ServerProcess | BrokerPeer>): Promise<Problem | undefined> {
	const outside = members.find(member => member instanceof ServerProcess);
	if (outside && action.verb === 'curve' && action.arrangement.server !== 'off') {
		return {reason: `${outside.name} runs in a process of its own, and no secret key leaves this one`, next: `/server inside ${outside.name}, then again`};
	}

	const peers = members.filter((member): member is Reopened => !(member instanceof ServerProcess));
	switch (action.verb) {
		case 'curve': {
			return security?.rearrange(action.arrangement, peers);
		}

		case 'allow':
		case 'deny': {
			return security?.[action.verb](action.who, peers);
		}
	}
}
