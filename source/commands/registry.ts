/** All commands, in the order in which the help and the readme show them. */
import {type Snapshot} from '../core/snapshot.js';
import {brokingCommands} from './broking.js';
import {conversationCommands} from './conversation.js';
import {endpointCommands} from './endpoints.js';
import {labCommands, screenCommands} from './lab.js';
import {codeCommands} from './code.js';
import {exportCommands} from './exporting.js';
import {lessonCommands} from './lesson.js';
import {lifeCommands} from './life.js';
import {type CommandRecord, type Problem} from './record.js';
import {parkingCommands} from './parking.js';
import {peerCommands} from './peers.js';
import {steppingCommands} from './stepping.js';
import {raceCommands} from './race.js';
import {recordingCommands} from './recording.js';
import {recoveryCommands} from './recovery.js';
import {securityCommands} from './security.js';
import {serviceCommands} from './service.js';
import {socketOptionCommands} from './socket-options.js';
import {tapCommands, wireCommands} from './tap.js';

export const commands: readonly CommandRecord[] = [
	...conversationCommands,
	...parkingCommands,
	...serviceCommands,
	...recoveryCommands,
	...socketOptionCommands,
	...securityCommands,
	...lifeCommands,
	...peerCommands,
	...brokingCommands,
	...endpointCommands,
	...tapCommands,
	...labCommands,
	...wireCommands,
	...raceCommands,
	...steppingCommands,
	...recordingCommands,
	...exportCommands,
	...codeCommands,
	...lessonCommands,
	...screenCommands,
];

/** What is offered: where a tap stands between programs of others there are no peers to command. */
export const commandsFor = ({lanes}: Snapshot): readonly CommandRecord[] => lanes ? commands.filter(({name}) => betweenOthers.has(name)) : commands;

/** What is said to any other command there. */
export const noPeerHere: Problem = {reason: 'no peer of ours is here: the tap stands between programs of others', next: '/fault harms what passes, /wire shows it'};

const betweenOthers: ReadonlySet<string> = new Set(['fault', 'wire', 'record', 'reset', 'events', 'help', 'quit']);

const byName = new Map(commands.map(command => [command.name, command]));

/** The command of that name. */
export const commandNamed = (name: string): CommandRecord | undefined => byName.get(name);

/** The known word nearest to a mistyped one, if it is near enough to be meant. */
export function nearest(word: string, known: readonly string[]): string | undefined {
	let best: {readonly word: string; readonly distance: number} | undefined;
	const furthest = Math.max(1, Math.floor(word.length / 2));
	for (const candidate of known) {
		// A pasted megabyte is no slip of the finger: don't measure it letter by letter.
		if (word.length - candidate.length > furthest) {
			continue;
		}

		const distance = candidate.startsWith(word) && word !== '' ? 1 : editDistance(word, candidate);
		if (!best || distance < best.distance) {
			best = {word: candidate, distance};
		}
	}

	return best && best.distance <= furthest ? best.word : undefined;
}

/** Levenshtein's distance, with a swap of neighbours as one step. */
function editDistance(from: string, to: string): number {
	let older: number[] = [];
	let previous = Array.from({length: to.length + 1}, (_, index) => index);
	for (let row = 1; row <= from.length; row++) {
		const current = [row];
		for (let column = 1; column <= to.length; column++) {
			const substitute = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
			let cost = Math.min(substitute, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1);
			if (row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]) {
				cost = Math.min(cost, (older[column - 2] ?? 0) + 1);
			}

			current.push(cost);
		}

		older = previous;
		previous = current;
	}

	return previous[to.length] ?? 0;
}
