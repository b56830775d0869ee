/** Completion while typing: which commands or arguments can stand where the cursor is, and the usage of the command typed. */
import {type PeerSnapshot, type Snapshot} from '../core/snapshot.js';
import {groupsHere} from './grammar.js';
import {commandNamed, commandsFor} from './registry.js';
import {type CommandRecord} from './record.js';

/** `candidates` replace the text from `from` on; `record` is the command that is being typed, once it is known. */
export type Completion = {readonly from: number; readonly candidates: readonly string[]; readonly record?: CommandRecord};

/** What can complete an input line that begins with `/`; undefined for a message. */
export function complete(input: string, snapshot: Snapshot, focus: PeerSnapshot | undefined): Completion | undefined {
	if (!input.startsWith('/') || input.startsWith('//')) {
		return undefined;
	}

	const address = /^\/@(?<peer>\S*)(?<gap>\s+)?/.exec(input);
	if (address && address.groups?.['gap'] === undefined) {
		const names = [...Object.keys(snapshot.peers), ...groupsHere(snapshot)];
		return {from: 2, candidates: startingWith(names, address.groups?.['peer'] ?? '').map(name => `${name} `)};
	}

	const verbFrom = address ? address[0].length : 1;
	const verb = /^\S*/.exec(input.slice(verbFrom))?.[0] ?? '';
	const record = commandNamed(verb);
	const argumentFrom = verbFrom + verb.length + 1;
	if (record && input.length >= argumentFrom) {
		const peer = address ? snapshot.peers[address.groups?.['peer'] ?? ''] : peerFor(record, snapshot, focus);
		const suggested = record.suggest?.(snapshot, peer) ?? [];
		return {from: argumentFrom, candidates: startingWith(suggested, input.slice(argumentFrom)), record};
	}

	if (input.length >= argumentFrom) {
		return {from: argumentFrom, candidates: []};
	}

	// A command that takes an argument is complete with the blank after it.
	const candidates = startingWith(commandsFor(snapshot).map(({name, usage}) => usage === name ? name : `${name} `), verb);
	return record ? {from: verbFrom, candidates, record} : {from: verbFrom, candidates};
}

/** The peer that a command without an address would act on. */
function peerFor(record: CommandRecord, snapshot: Snapshot, focus: PeerSnapshot | undefined): PeerSnapshot | undefined {
	return record.subject === 'peer' || record.subject === focus?.role
		? focus
		: Object.values(snapshot.peers).find(peer => peer.role === record.subject);
}

const startingWith = (words: readonly string[], beginning: string): readonly string[] => words.filter(word => word.startsWith(beginning) && word !== beginning);
