/** Single steps: which calls wait until a person lets them go, oldest first. */
import {type Event} from './events.js';

/** A call that a peer is about to make. */
export type Step = {readonly peer: string; readonly operation: 'send' | 'receive'};

/** Follows one event; undefined while calls are made as they come. */
export function foldSteps(steps: readonly Step[] | undefined, event: Event): readonly Step[] | undefined {
	switch (event.type) {
		case 'steps-switched': {
			return event.isOn ? steps ?? [] : undefined;
		}

		case 'step-held': {
			const {peer, operation} = event;
			return [...steps ?? [], {peer, operation}];
		}

		case 'step-taken':
		case 'step-dropped': {
			const index = steps?.findIndex(({peer, operation}) => peer === event.peer && operation === event.operation) ?? -1;
			return steps?.filter((_, at) => at !== index);
		}

		default: {
			return steps;
		}
	}
}

/** `client-1 is about to send`. */
export const describeStep = ({peer, operation}: Step): string => `${peer} is about to ${operation}`;
