/** What a program has to do to behave as a peer of the lab does: the same for every language. Pure. */
import {hasCurve} from '../core/curve.js';
import {parseDelay, type Delay} from '../core/delay.js';
import {parseDuration} from '../core/duration.js';
import {type Endpoint} from '../core/endpoint.js';
import {type Direction, type Role} from '../core/events.js';
import {type Side} from '../core/hop.js';
import {firstPolicy, policies, type Policy} from '../core/policy.js';
import {parseRecovery, type Recovery} from '../core/recovery.js';
import {type PeerSnapshot, type Snapshot} from '../core/snapshot.js';
import {parseSocketOption, type SocketOption, type SocketOptionName} from '../core/socket-options.js';
import {firstTemplate} from '../core/template.js';

/** One peer as a program. `peers` are all that it stands for: those of a crowd are alike. Times are in ms. */
export type Program = {
	readonly peers: readonly string[];
	readonly role: Role;
	readonly places: ReadonlyArray<{readonly direction: Direction; readonly endpoint: Endpoint}>;
	readonly options: readonly SocketOption[];
	readonly hasCurve: boolean;
	readonly id?: string;
	/** A client's. */
	readonly timeoutMs?: number;
	readonly recovery: Recovery;
	/** A broker's, and its workers': how a worker is chosen. A broker has two places instead of the others. */
	readonly policy: Policy;
	readonly broking?: Readonly<Record<Side, Endpoint>>;
	/** A server's. */
	readonly delay: Delay;
	readonly template: string;
};

const optionNames: readonly SocketOptionName[] = ['immediate', 'heartbeat', 'linger', 'hwm'];

/** The programs of a lab, servers first: they have to listen before anybody is answered. */
export function programsOf({peers}: Snapshot): readonly Program[] {
	const programs: Program[] = [];
	const inOrder = Object.values(peers).toSorted((one, other) => Number(one.role === 'client') - Number(other.role === 'client'));
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

function programOf({name, role, socketType, links, options, broker}: PeerSnapshot): Program {
	const {id, timeout, recover, delay} = options;
	const recovery = parseRecovery(recover ?? 'none') ?? {kind: 'none'};
	const timeoutMs = 'timeoutMs' in recovery ? recovery.timeoutMs : parseDuration(timeout ?? 'off');
	return {
		peers: [name],
		role,
		places: links.map(({direction, endpoint}) => ({direction, endpoint})),
		options: optionNames.flatMap(option => parseSocketOption(option, options[option] ?? '') ?? []),
		hasCurve: hasCurve(options),
		policy: policies.find(policy => role === 'server' ? policy.worker === socketType : policy.name === options.policy)?.name ?? firstPolicy,
		...(broker && {broking: {frontend: broker.sides.frontend ?? '', backend: broker.sides.backend ?? ''}}),
		...(id !== undefined && id !== 'off' && {id}),
		...(timeoutMs !== undefined && {timeoutMs}),
		recovery,
		delay: parseDelay(delay ?? 'off') ?? {type: 'none'},
		template: options['reply-with'] ?? firstTemplate,
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
export function describe({peers, role, policy, broking, places, recovery, hasCurve: isSecure}: Program, start: readonly string[]): readonly string[] {
	const [first = '', ...others] = peers;
	return [
		`${first}: ${broking ? `a broker, ${policy === 'round-robin' ? 'ROUTER and DEALER. It passes requests on to its workers in turn' : 'ROUTER and ROUTER. It passes each request on to the worker that has been ready longest'}, and replies back.` : purposes[role === 'server' && policy !== 'round-robin' ? 'worker' : role]}`,
		...(policy === 'paranoid-pirate' ? ['Its heartbeats are left out: it is a least-recently-used one.'] : []),
		...(others.length === 0 ? [] : [`The same program is ${others.length < 6 ? others.join(', ') : `${others.length} more, up to ${others.at(-1)}`}: start it as often.`]),
		...(recovery.kind === 'none' ? [] : [`When no reply comes: ${recovery.kind}.`]),
		...(places.length === 0 ? ['It has no endpoint: nobody can reach it.'] : []),
		...(places.some(({endpoint}) => endpoint.startsWith('inproc:')) ? ['inproc stays within one process: give it a tcp or ipc endpoint to meet another program.'] : []),
		...(isSecure ? [`CURVE: ${role === 'client' ? 'client.key is its own pair, server.pub holds the public key of the server' : 'server.key is its pair; without a ZAP handler any client’s key is let in'}. zmq-playground keys makes pairs.`] : []),
		'',
		...start.map(line => `    ${line}`),
	];
}

const purposes: Readonly<Record<Role | 'worker', string>> = {
	client: 'a REQ client. It asks what its command line says, and prints each reply.',
	server: 'a REP server. It answers every request.',
	worker: 'a REQ worker. It says READY, answers what the broker gives it, and so is ready again.',
	broker: 'a broker.',
};

/** The lines, further to the right. */
export const indentBy = (by: number | string, lines: readonly string[]): readonly string[] => lines.map(line => line === '' ? '' : (typeof by === 'number' ? ' '.repeat(by) : by) + line);

/** The name of a program's file, without its ending. */
export const fileOf = ({peers}: Program): string => peers[0] ?? 'peer';
