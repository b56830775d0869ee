/** Who answers an entrant's questions, behind the tap: a REP server, or a broker with workers. */
import {type Endpoint} from '../core/endpoint.js';

/** A question that somebody holds: what it says, and what may become of it. */
export type Held = {
	readonly question: string;
	readonly reply: (answer: string) => Promise<void>;
	/** Whoever holds it dies, and somebody else takes the place. Whether the question is lost with it, or goes to another. */
	readonly crash: () => Promise<'lost' | 'handed on'>;
};

export type Responder = {
	/** Listens, and gives where. */
	readonly start: () => Promise<Endpoint>;
	/** Gives each question to `answer`, until it is stopped. Rejects if libzmq fails. */
	readonly serve: (answer: (held: Held) => Promise<void>) => Promise<void>;
	/** Whether nobody is there just now. */
	readonly isDown: boolean;
	readonly stop: () => void;
};

/** Makes a responder. `whenLeft` resolves once nobody is connected through the tap any more. */
export type CreateResponder = (whenLeft: () => Promise<void>) => Responder;
