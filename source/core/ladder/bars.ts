/** What a peer does after an event, as a bar on its lifeline. */
import {type Event, type Role} from '../events.js';
import {type Bar} from './model.js';

/** The bar that begins with an event of a peer; undefined if the one before goes on. */
export function barAfter(type: Event['type'], role: Role): Bar | undefined {
	switch (type) {
		case 'peer-added':
		case 'peer-closed': {
			return 'closed';
		}

		case 'peer-opened': {
			return 'idle';
		}

		case 'sent': {
			return role === 'client' ? 'waiting' : 'idle';
		}

		case 'received': {
			return role === 'client' ? 'idle' : 'serving';
		}

		case 'delay-started': {
			return 'delaying';
		}

		case 'held': {
			return 'holding';
		}

		case 'delay-ended':
		case 'released': {
			return 'serving';
		}

		default: {
			return undefined;
		}
	}
}
