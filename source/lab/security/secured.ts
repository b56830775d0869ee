/** Whoever gets keys: a peer with its one socket, or a broker with its two. */
import {type Options, type Role} from '../../core/events.js';
import {type Credentials} from '../socket-settings.js';

export type Secured = {
	readonly name: string;
	readonly role: Role;
	/** Its next sockets get these keys. `told` is what may be known of them. */
	readonly secure: (credentials: Credentials, told: Options) => void;
	/** Tells what has changed of its security. */
	readonly tellSecurity: (told: Options) => void;
};
