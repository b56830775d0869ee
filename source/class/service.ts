/** How a class answers: settings for all, and what a student has of its own instead. */
import {firstDelay, formatDelay, stepDelay, type Delay} from '../core/delay.js';
import {type ClassSetting} from '../core/class/events.js';
import {firstTemplate} from '../core/template.js';
import {type ClassAction} from '../commands/classroom.js';

/** `template` undefined is by hand. */
export type Service = {readonly delay: Delay; readonly isHeld: boolean; readonly template: string | undefined};

/** As the playground's server begins. */
export const firstService: Service = {delay: firstDelay, isHeld: false, template: firstTemplate};

/** What a command changes of a service; undefined if it is none that changes one. */
export function changeOf(action: ClassAction, {delay}: Service): Partial<Service> | undefined {
	switch (action.verb) {
		case 'delay': {
			return {delay: action.delay};
		}

		case 'delay-step': {
			return {delay: stepDelay(delay, action.by)};
		}

		case 'hold':
		case 'release': {
			return {isHeld: action.verb === 'hold'};
		}

		case 'reply-with': {
			return {template: action.template};
		}

		case 'by-hand': {
			return {template: undefined};
		}

		default: {
			return undefined;
		}
	}
}

/** A change as the events tell it. */
export function settingsOf(change: Partial<Service>): ReadonlyArray<{readonly setting: ClassSetting; readonly value: string}> {
	return [
		...(change.delay ? [{setting: 'delay' as const, value: formatDelay(change.delay)}] : []),
		...(change.isHeld === undefined ? [] : [{setting: 'hold' as const, value: change.isHeld ? 'on' : 'off'}]),
		...('template' in change ? [change.template === undefined ? {setting: 'service' as const, value: 'by-hand'} : {setting: 'reply-with' as const, value: change.template}] : []),
	];
}
