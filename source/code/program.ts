/** What a program has to do to behave as a peer of the lab does: the same for every language. Pure. */
import {curveEndOf, hasCurve, type CurveEnd} from '../core/curve.js';
import {parseDelay, type Delay} from '../core/delay.js';
import {parseDuration} from '../core/duration.js';
import {type Endpoint} from '../core/endpoint.js';
import {type Direction, type Role} from '../core/events.js';
import {parseRecovery, type Recovery} from '../core/recovery.js';
import {type PeerSnapshot, type Snapshot} from '../core/snapshot.js';
import {parseSocketOption, type SocketOption, type SocketOptionName} from '../core/socket-options.js';
import {firstTemplate} from '../core/template.js';
import {type Policy} from '../core/policy.js';
import {brokerWords, brokingOf, workerPolicyOf, workerWords, type Broking} from './broking.js';

/** One peer as a program. `peers` are all that it stands for: those of a crowd are alike. Times are in ms. */
export type Program = {
	readonly peers: readonly string[];
	readonly role: Role;
	readonly places: ReadonlyArray<{readonly direction: Direction; readonly endpoint: Endpoint}>;
	readonly options: readonly SocketOption[];
	/** Who it is to CURVE, if it has it. */
	readonly curve?: CurveEnd;
	readonly id?: string;
	/** A client's. */
	readonly timeoutMs?: number;
	readonly recovery: Recovery;
	/** A server's. `policy` is how it talks to a broker: of `round-robin` it knows nothing. */
	readonly delay: Delay;
	readonly template: string;
	readonly policy: Policy;
	/** A broker's. */
	readonly broking?: Broking;
};

const optionNames: readonly SocketOptionName[] = ['immediate', 'heartbeat', 'linger', 'hwm'];

/** Whoever listens comes first: it has to, before anybody is answered. */
const order: readonly Role[] = ['broker', 'server', 'client'];

/** The programs of a lab: its broker, its servers or workers, its clients. */
export function programsOf({peers}: Snapshot): readonly Program[] {
	const programs: Program[] = [];
	const inOrder = Object.values(peers).toSorted((one, other) => order.indexOf(one.role) - order.indexOf(other.role));
	for (const peer of inOrder) {
		const program = programOf(peer);
		const index = programs.findIndex(each => isAlike(each, program));
		if (index === -1) {
			programs.push(program);
		} else {
			programs[index] = {...program, peers: [...programs[index]?.peers ?? [], peer.name]};
		}
	}

	return programs;
}

function programOf(peer: PeerSnapshot): Program {
	const {name, role, links, options} = peer;
	const {id, timeout, recover, delay} = options;
	const recovery = parseRecovery(recover ?? 'none') ?? {kind: 'none'};
	const timeoutMs = 'timeoutMs' in recovery ? recovery.timeoutMs : parseDuration(timeout ?? 'off');
	return {
		peers: [name],
		role,
		places: links.map(({direction, endpoint}) => ({direction, endpoint})),
		options: optionNames.flatMap(option => parseSocketOption(option, options[option] ?? '') ?? []),
		...(hasCurve(options) && {curve: curveEndOf(peer)}),
		...(id !== undefined && id !== 'off' && {id}),
		...(timeoutMs !== undefined && {timeoutMs}),
		recovery,
		delay: parseDelay(delay ?? 'off') ?? {type: 'none'},
		template: options['reply-with'] ?? firstTemplate,
		policy: role === 'server' ? workerPolicyOf(peer) : 'round-robin',
		...(role === 'broker' && {broking: brokingOf(peer)}),
	};
}

const isAlike = ({peers: _one, ...one}: Program, {peers: _other, ...other}: Program): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The shortest and the longest that a server takes, in ms; undefined if it replies at once. */
export function boundsOf(delay: Delay): {readonly minMs: number; readonly maxMs: number} | undefined {
	switch (delay.type) {
		case 'none': {
			return undefined;
		}

		case 'fixed': {
			return {minMs: delay.ms, maxMs: delay.ms};
		}

		case 'uniform': {
			return {minMs: delay.minMs, maxMs: delay.maxMs};
		}

		case 'around': {
			return {minMs: delay.ms - delay.spreadMs, maxMs: delay.ms + delay.spreadMs};
		}
	}
}

/** Whether it pauses before it tries again. */
export const hasBackOff = ({role, recovery}: Program): boolean => role === 'client' && recovery.kind === 'lazy-pirate' && recovery.backOffMs !== undefined;

/** Whether a relaxed REQ may ask anew after a time-out. */
export const mayAskAgain = ({recovery: {kind}}: Program): boolean => kind === 'relaxed' || kind === 'relaxed+correlate';

/** What a template says between what it refers to. */
export const templateParts = (template: string): readonly string[] => template.split(/(?<name>\{(?:request|upper|count|time)\})/v);

/** Any text as a literal: JSON's notation is JavaScript's and Python's as well. */
export const literal = (text: string): string => JSON.stringify(text).replaceAll(/[\u{7F}-\u{9F}\u{2028}\u{2029}]/gv, character => String.raw`\u` + (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0'));

/** What the first lines of a program say of it. */
export function describe({peers, role, places, recovery, policy, broking, curve}: Program, start: readonly string[]): readonly string[] {
	const [first = '', ...others] = peers;
	return [
		`${first}: ${broking ? brokerWords[broking.policy] : (role === 'client' ? 'a REQ client. It asks what its command line says, and prints each reply.' : workerWords[policy])}`,
		...(others.length === 0 ? [] : [`The same program is ${others.length < 6 ? others.join(', ') : `${others.length} more, up to ${others.at(-1)}`}: start it as often.`]),
		...(recovery.kind === 'none' ? [] : [`When no reply comes: ${recovery.kind}.`]),
		...(places.length === 0 && !broking ? ['It has no endpoint: nobody can reach it.'] : []),
		...(places.some(({endpoint}) => endpoint.startsWith('inproc:')) ? ['inproc stays within one process: give it a tcp or ipc endpoint to meet another program.'] : []),
		...(curve ? [`CURVE: ${curveWords(curve, role)}. zmq-playground keys makes pairs.`] : []),
		'',
		...start.map(line => `    ${line}`),
	];
}

/** The file with a program's own pair of keys. */
export const keyFileOf = (curve: CurveEnd, role: Role): string => curve === 'server' ? 'server.key' : (role === 'client' ? 'client.key' : 'worker.key');

function curveWords(curve: CurveEnd, role: Role): string {
	const file = keyFileOf(curve, role);
	if (curve === 'client') {
		return `${file} is its own pair, server.pub holds the public key of the ${role === 'client' ? 'server' : 'broker'}`;
	}

	return role === 'broker' ? `${file} is its pair, at both sides; without a ZAP handler any key is let in` : `${file} is its pair; without a ZAP handler any client’s key is let in`;
}

/** The name of a program's file, without its ending. */
export const fileOf = ({peers}: Program): string => peers[0] ?? 'peer';
