/** Carries out the commands about a lab's security. */
import {type Action, type Problem} from '../../commands/record.js';
import {type Peer} from '../peer.js';
import {type Security} from './security.js';

export type SecurityAction = Extract<Action, {readonly verb: 'curve' | 'allow' | 'deny'}>;

const verbs: ReadonlySet<Action['verb']> = new Set(['curve', 'allow', 'deny']);

export const isAboutSecurity = (action: Action): action is SecurityAction => verbs.has(action.verb);

/** Gives what could not be done. Rejects if the ZAP handler has no place. */
export async function changeSecurity(security: Security | undefined, action: SecurityAction, peers: readonly Peer[]): Promise<Problem | undefined> {
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
