/**
One grammar for the input line, scripts and pipes.

	line = [ "@" peer ] verb { argument }

In the input line a command begins with `/`; anything else is a message of the pane in focus, and `//` begins a message with one slash.
*/
import {isWorker} from '../core/scenes.js';
import {type PeerSnapshot, type Snapshot} from '../core/snapshot.js';
import {quotePayload} from './payload.js';
import {commandNamed, commands, nearest, noPeerHere} from './registry.js';
import {type Action, type CommandRecord, type Problem} from './record.js';

/** A line understood: what to do, and on which peers (none for the lab and the screen). */
export type Command = {readonly ok: true; readonly record: CommandRecord; readonly action: Action; readonly peers: readonly string[]};
export type ParsedLine = Command | ({readonly ok: false} & Problem);

/** Turns what stands in the input line into a line of the grammar. Where nobody is in focus, all is a command. */
export function lineOfInput(input: string, focus: PeerSnapshot | undefined): string {
	if ((input.startsWith('/') && !input.startsWith('//')) || !focus) {
		return input.replace(/^\//, '');
	}

	const body = input.startsWith('//') ? input.slice(1) : input;
	return `${focus.role === 'client' ? 'send' : 'reply'} ${quotePayload(body)}`;
}

/** Words that address many peers. */
const groupNames: readonly string[] = ['all', 'clients', 'servers', 'workers'];

// What went wrong is shown and kept: a pasted megabyte is quoted in part.
const longestReason = 200;

/** Reads one line. `focus` is the peer that a verb without `@peer` means, if it can. Never throws. */
export function parseLine(line: string, snapshot: Snapshot, focus?: string): ParsedLine {
	const parsed = understand(line, snapshot, focus);
	return parsed.ok || parsed.reason.length <= longestReason ? parsed : {...parsed, reason: `${parsed.reason.slice(0, longestReason)}…`};
}

function understand(line: string, snapshot: Snapshot, focus: string | undefined): ParsedLine {
	const read = readLine(line);
	if (!read.ok) {
		return read;
	}

	const {record, action, address} = read;
	const targets = resolve(record, snapshot, address, focus);
	return targets.ok ? {ok: true, record, action, peers: targets.peers} : targets;
}

/** A line understood, whoever is there to carry it out. */
export type ReadLine = {readonly ok: true; readonly record: CommandRecord; readonly action: Action; readonly address: string | undefined} | ({readonly ok: false} & Problem);

/** Reads one line without asking who is there: scripts are read before anything runs. */
export function readLine(line: string): ReadLine {
	const match = /^(?:@(?<address>\S+)\s+)?(?<verb>\S+)(?:\s(?<rest>.*))?$/s.exec(line.trimStart());
	if (!match?.groups) {
		return {ok: false, reason: 'this is no command', next: '? shows them all'};
	}

	const {address, verb = '', rest = ''} = match.groups;
	const record = commandNamed(verb);
	if (!record) {
		return unknownCommand(verb);
	}

	const read = record.read(rest);
	return read.ok ? {ok: true, record, action: read.action, address} : read;
}

type Targets = {readonly ok: true; readonly peers: readonly string[]} | ({readonly ok: false} & Problem);

/** Without `@peer`: the peer in focus if the command is for its kind, else the only one of the right kind. */
function resolve(record: CommandRecord, snapshot: Snapshot, address: string | undefined, focus: string | undefined): Targets {
	if (record.subject === 'lab' || record.subject === 'screen') {
		return {ok: true, peers: []};
	}

	if (snapshot.lanes) {
		return {ok: false, ...noPeerHere};
	}

	const all = Object.values(snapshot.peers);
	const fitting = all.filter(peer => record.subject === 'peer' || peer.role === record.subject);
	if (address !== undefined) {
		return resolveAddress(record, all, fitting, address);
	}

	const meant = fitting.find(peer => peer.name === focus) ?? (fitting.length === 1 ? fitting[0] : undefined);
	if (meant) {
		return {ok: true, peers: [meant.name]};
	}

	return fitting.length === 0
		? {ok: false, reason: `there is no ${record.subject} here`, next: '/scene pair makes one'}
		: {ok: false, reason: `/${record.name} could mean several peers`, next: `name one: ${fitting.map(peer => `@${peer.name}`).join(' ')}`};
}

function resolveAddress(record: CommandRecord, all: readonly PeerSnapshot[], fitting: readonly PeerSnapshot[], address: string): Targets {
	const targets = fitting.filter(peer => isAddressed(peer, address));
	if (targets.length > 0) {
		return {ok: true, peers: targets.map(peer => peer.name)};
	}

	if (all.some(peer => isAddressed(peer, address))) {
		return {ok: false, reason: `/${record.name} is for a ${record.subject}, and @${address} is none`, next: `try ${fitting.map(peer => `@${peer.name}`).join(' ')}`};
	}

	const names = [...all.map(peer => peer.name), ...groupNames];
	const meant = groupNames.includes(address) ? undefined : nearest(address, names);
	return {ok: false, reason: `there is no peer @${address}`, next: meant === undefined ? `there are: ${names.map(name => `@${name}`).join(' ')}` : `did you mean @${meant}?`};
}

/** The peers that a name or a word for many means, where it is an argument; a name that nobody has stands for itself. */
export function namesMeant({peers}: Snapshot, word: string): readonly string[] {
	const names = Object.values(peers).filter(peer => isAddressed(peer, word)).map(({name}) => name);
	return names.length > 0 ? names : [word];
}

/** The words for many that mean somebody here; `workers` is worth a word only where there are some. */
export const groupsHere = ({peers}: Snapshot): readonly string[] => groupNames.filter(group => group !== 'workers' || Object.values(peers).some(peer => isWorker(peer)));

const isAddressed = (peer: PeerSnapshot, address: string): boolean =>
	address === peer.name || address === 'all' || address === `${peer.role}s` || (address === 'workers' && isWorker(peer));

function unknownCommand(verb: string): {readonly ok: false} & Problem {
	if (verb.startsWith('@')) {
		return {ok: false, reason: `what shall ${verb} do?`, next: 'write a command after it, as in /@client-1 send Hello'};
	}

	const meant = nearest(verb, commands.map(command => command.name));
	return {ok: false, reason: `there is no command /${verb}`, next: meant === undefined ? '? shows them all; //… sends a text that begins with /' : `did you mean /${meant}?`};
}
