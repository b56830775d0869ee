/** The arguments of the front `race`: who races, how many requests, which seed. */
import {nearest} from '../commands/registry.js';
import {type Looks} from '../core/looks.js';
import {entrantNamed, entrants, fewestRequests, mostRequests, usualRequests, type EntrantName, type RaceRequest} from '../core/race/entrants.js';
import {looksOf, type LooksGiven} from './looks.js';
import {wrong, type Wrong} from './wrong.js';

type Flags = {readonly requests?: string | undefined; readonly seed: number; readonly json: boolean} & LooksGiven;

export type RaceOptions = {readonly race: RaceRequest; readonly isJson: boolean; readonly looks: Looks};

/** Reads what to race; without names all do. */
export function checkRace({requests: text = String(usualRequests), seed, json, ...given}: Flags, input: readonly string[]): Wrong | ({readonly type: 'race'} & RaceOptions) {
	const requests = /^\d{1,6}$/.test(text) ? Number(text) : 0;
	if (requests < fewestRequests || requests > mostRequests) {
		return wrong(`“${text}” is no number of requests`, `write a whole number from ${fewestRequests} to ${mostRequests}`);
	}

	const names: EntrantName[] = [];
	for (const word of input) {
		const name = entrantNamed(word);
		if (!name) {
			const all = entrants.map(each => each.name);
			const meant = nearest(word, all);
			return wrong(`there is no entrant “${word}”`, meant ? `did you mean ${meant}?` : `choose among ${all.join(', ')}`);
		}

		names.push(name);
	}

	return {type: 'race', race: {requests, seed, names}, isJson: json, looks: looksOf(given)};
}
