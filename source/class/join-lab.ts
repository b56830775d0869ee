/** A member's lab: one client, connected to the room with the keys and the routing id of the membership. */
import {memberScene} from '../core/class/member.js';
import {type LabOptions} from '../core/lab-port.js';
import {firstClient} from '../core/scenes.js';
import {type Secrets} from '../lab/security/security.js';
import {type Membership} from './membership.js';

/** What the lab is started with; the secrets go beside it, and never from process to process. */
export function labOf({name, room, serverKey, pair, routingId}: Membership, timeout?: string): {readonly options: LabOptions; readonly secrets: Secrets} {
	return {
		options: {
			scene: memberScene(name),
			// A client draws nothing.
			seed: 0,
			actors: [{peer: firstClient, role: 'client', places: [{direction: 'connect', endpoint: room}]}],
			curve: {serverKey},
			...(timeout !== undefined && {timeout}),
		},
		secrets: {pair, routingId},
	};
}
