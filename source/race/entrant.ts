/** What an entrant of a race is: one record, in a file of its own in entrants/, listed in entrants/registry.ts. */
import {type EntrantName} from '../core/race/entrants.js';
import {type Course} from './course.js';
import {type CreateResponder} from './responder.js';

export type Entrant = {
	readonly name: EntrantName;
	/** Whether it ever stops waiting by itself; for one that does not, a delayed reply comes after a while. */
	readonly givesUp: boolean;
	/** Whether it takes a late reply for the one that it waits for. */
	readonly takesLate?: true;
	/** Who answers it; a REP server of its own unless it says otherwise. */
	readonly createResponder?: CreateResponder;
	/** Asks the course's questions in order, on its own socket, until all are asked or it is stuck. */
	readonly run: (course: Course) => Promise<void>;
};

export const questionOf = (request: number): string => `question ${request}`;
export const answerTo = (question: string): string => `answer to ${question}`;

/** The request that a question is; 0 for a text that is none. */
export const requestOf = (question: string): number => Number(/^question (?<request>\d+)$/.exec(question)?.groups?.['request'] ?? 0);
