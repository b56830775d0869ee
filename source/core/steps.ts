/** Single steps: which calls wait until a person lets them go, oldest first. */
import {type Event} from './events.js';
import {clientIdOf, saidOf, type HopFrame, type Side} from './hop.js';
import {visible} from './text.js';

/** A call that a peer is about to make. A broker's is at one of its two sides, and tells what it would give; to which worker (a routing id), where it chooses. */
export type Step = {readonly peer: string; readonly operation: 'send' | 'receive'; readonly side?: Side; readonly frames?: readonly HopFrame[]; readonly worker?: string};

/** Follows one event; undefined while calls are made as they come. */
export function foldSteps(steps: readonly Step[] | undefined, event: Event): readonly Step[] | undefined {
	switch (event.type) {
		case 'steps-switched': {
			return event.isOn ? steps ?? [] : undefined;
		}

		case 'step-held': {
			const {peer, operation, side, frames, worker} = event;
			return [...steps ?? [], {peer, operation, ...(side && {side}), ...(frames && {frames}), ...(worker !== undefined && {worker})}];
		}

		case 'step-taken':
		case 'step-dropped': {
			const index = steps?.findIndex(({peer, operation, side}) => peer === event.peer && operation === event.operation && side === event.side) ?? -1;
			return steps?.filter((_, at) => at !== index);
		}

		default: {
			return steps;
		}
	}
}

/** `client-1 is about to send`, `broker is about to give ana │ Hello to worker-1`. */
export const describeStep = (step: Step): string => `${step.peer} is about to ${stepWords(step)}`;

/** What would be done: `send`; of a broker `receive from a client`, `give World back to ana`. */
export function stepWords({operation, side, frames = [], worker}: Omit<Step, 'peer'>): string {
	if (!side) {
		return operation;
	}

	if (operation === 'receive') {
		return `receive from a ${side === 'frontend' ? 'client' : 'worker'}`;
	}

	const said = shortly(saidOf(frames));
	const client = shortly(clientIdOf(frames));
	return side === 'backend' ? `give ${client} │ ${said} to ${worker === undefined ? 'the next worker' : shortly(visible(worker))}` : `give ${said} back to ${client}`;
}

/** What is passed on may be long, and whoever reads this has to see what can be done. */
const mostCharacters = 24;

function shortly(text: string): string {
	const characters = [...text];
	return characters.length > mostCharacters ? `${characters.slice(0, mostCharacters - 1).join('')}…` : text;
}
