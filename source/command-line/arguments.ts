/**
Reads the command line into what to run. Wrong usage is a value: one or two lines for stderr, and exit status 2.
*/
import meow from 'meow';
import {nearest} from '../commands/registry.js';
import {parseDelay} from '../core/delay.js';
import {parseDuration} from '../core/duration.js';
import {checkEndpoint, firstEndpoint, type Endpoint} from '../core/endpoint.js';
import {type Direction} from '../core/events.js';
import {type LabOptions} from '../core/lab-port.js';
import {type Looks} from '../core/looks.js';
import {sceneNamed, scenes, type Actor, type Place} from '../core/scenes.js';
import {type KeysOptions} from '../keys/start.js';
import {checkBroker, type BrokerOptions} from './broker.js';
import {checkClass, checkJoin, type ClassRequest, type JoinOptions} from './class.js';
import {looksOf} from './looks.js';
import {checkOpen, type OpenOptions} from './open.js';
import {checkRun, type RunRequest} from './run.js';
import {checkCurve, checkKeys} from './curve.js';
import {checkLearn, type LearnFlags, type LearnRequest} from './learn.js';
import {checkRace, type RaceOptions} from './race.js';
import {checkTap, type TapRequest} from './tap.js';
import {type Front, type FrontName} from './fronts/front.js';
import {frontNamed, fronts} from './fronts/registry.js';
import {helpOf} from './help.js';
import {withValues, wrongFlag} from './words.js';
import {wrong, type Wrong} from './wrong.js';

/** What to do: run a front, print a text and end, or tell what was wrong. */
export type Request =
	RunRequest | LearnRequest | TapRequest | ({readonly type: 'race'} & RaceOptions) | ({readonly type: 'broker'} & BrokerOptions) | ({readonly type: 'class'} & ClassRequest) | ({readonly type: 'join'} & JoinOptions) | ({readonly type: 'keys'} & KeysOptions) | ({readonly type: 'open'} & OpenOptions) | Wrong | {readonly type: 'run'; readonly front: Front; readonly lab: LabOptions; readonly isJson: boolean; readonly looks: Looks; readonly count?: number} | {readonly type: 'probe'; readonly endpoint: Endpoint; readonly isJson: boolean; readonly timeoutMs?: number} | {readonly type: 'schema'; readonly of: FrontName};

/** Reads `argv` (without node and script). Help and version are printed here, and end the process with 0, as meow does. */
export async function readArguments(argv: readonly string[], importMeta: ImportMeta): Promise<Request> {
	const [first = ''] = argv;
	const isNamed = first !== '' && !first.startsWith('-');
	const front = isNamed ? frontNamed(first) : fronts[0];
	if (!front || first === 'playground') {
		const names = fronts.slice(1).map(({name}) => name);
		const meant = nearest(first, names);
		return wrong(`there is no “${first}”`, meant ? `did you mean zmq-playground ${meant}?` : `choose ${names.join(' or ')}, or nothing for the playground`);
	}

	const own = isNamed ? argv.slice(1) : argv;
	const wrongOne = wrongFlag(front, own);
	if (wrongOne) {
		return wrongOne;
	}

	const cli = meow(await helpOf(front), {
		importMeta,
		argv: withValues(own, front),
		description: false,
		flags: {
			seed: {type: 'string'},
			scene: {type: 'string'},
			endpoint: {type: 'string'},
			delay: {type: 'string'},
			reply: {type: 'string'},
			timeout: {type: 'string'},
			count: {type: 'string'},
			listen: {type: 'string'},
			frontend: {type: 'string'},
			policy: {type: 'string'},
			ready: {type: 'boolean', default: false},
			heartbeats: {type: 'boolean', default: false},
			backend: {type: 'string'},
			fault: {type: 'string'},
			requests: {type: 'string'},
			name: {type: 'string'},
			lesson: {type: 'string'},
			set: {type: 'string', isMultiple: true},
			check: {type: 'boolean', default: false},
			grade: {type: 'string'},
			reset: {type: 'boolean', default: false},
			present: {type: 'boolean', default: false},
			onScreen: {type: 'boolean', default: false},
			pause: {type: 'boolean', default: false},
			curveSecret: {type: 'string'},
			curveServerKey: {type: 'string'},
			curveAllow: {type: 'string'},
			directory: {type: 'string'},
			curve: {type: 'boolean', default: false},
			record: {type: 'string'},
			speed: {type: 'string'},
			as: {type: 'string'},
			force: {type: 'boolean', default: false},
			skipDamaged: {type: 'boolean', default: false},
			bind: {type: 'boolean', default: false},
			connect: {type: 'boolean', default: false},
			tap: {type: 'boolean', default: false},
			json: {type: 'boolean', default: false},
			jsonSchema: {type: 'boolean', default: false},
			ascii: {type: 'boolean', default: false},
			color: {type: 'boolean', default: true},
			reducedMotion: {type: 'boolean', default: false},
			screenReader: {type: 'boolean', default: false},
		},
	});
	return cli.flags.jsonSchema ? {type: 'schema', of: front.name} : check(front, {...cli.flags, program: cli.pkg.version}, cli.input);
}

type Flags = Readonly<Partial<Record<'seed' | 'scene' | 'endpoint' | 'delay' | 'reply' | 'timeout' | 'count' | 'listen' | 'frontend' | 'backend' | 'policy' | 'fault' | 'requests' | 'name' | 'lesson' | 'curveSecret' | 'curveServerKey' | 'curveAllow' | 'directory' | 'record' | 'speed' | 'as' | 'program', string | undefined>>> & Readonly<Record<'curve' | 'ready' | 'heartbeats' | 'bind' | 'connect' | 'tap' | 'json' | 'ascii' | 'color' | 'reducedMotion' | 'screenReader' | 'onScreen' | 'pause' | 'force' | 'skipDamaged', boolean>> & {readonly set: readonly string[] | undefined} & LearnFlags;

/** The fronts that draw nothing from a seed and have no lab of their own. */
const checks: Readonly<Partial<Record<FrontName, (flags: Flags, input: readonly string[]) => Request>>> = {
	probe: checkProbe, broker: checkBroker, keys: checkKeys, open: checkOpen, class: checkClass, join: checkJoin, learn: checkLearn,
};

function check(front: Front, flags: Flags, input: readonly string[]): Request {
	const {delay, reply, timeout} = flags;
	if (delay !== undefined && !parseDelay(delay)) {
		return wrong(`“${delay}” is no delay`, 'write --delay 800ms, 200ms..2s, 1s±200ms or off');
	}

	if (timeout !== undefined && timeout !== 'off' && !parseDuration(timeout)) {
		return wrong(`“${timeout}” is no time-out`, 'write --timeout 2s, or --timeout off');
	}

	const checkIt = checks[front.name];
	if (checkIt) {
		return checkIt(flags, input);
	}

	const seed = whole(flags.seed);
	const count = whole(flags.count);
	if (seed === 'wrong' || count === 'wrong' || count === 0) {
		return wrong(`“${seed === 'wrong' ? flags.seed : flags.count}” is no number for --${seed === 'wrong' ? 'seed' : 'count'}`, 'write a whole number such as 7');
	}

	if (front.name === 'tap') {
		return checkTap({...flags, seed: seed ?? anySeed()}, input);
	}

	if (front.name === 'race') {
		return checkRace({...flags, seed: seed ?? anySeed()}, input);
	}

	if (front.name === 'run') {
		return checkRun({...flags, set: flags.set ?? [], seed: seed ?? anySeed()}, input);
	}

	const {scene = 'pair'} = flags;
	if (!sceneNamed(scene)) {
		return wrong(`there is no scene “${scene}”`, `choose one of: ${scenes.map(({name}) => name).join(', ')}`);
	}

	const places = placesOf(front, flags, input);
	if ('type' in places) {
		return places;
	}

	const {solo} = front;
	const curve = checkCurve(flags, front);
	if (curve && 'type' in curve) {
		return curve;
	}

	const {record, force, program} = flags;
	return {
		type: 'run',
		front,
		lab: {
			scene: solo ? front.name : scene,
			seed: seed ?? anySeed(),
			...(solo && {actors: [{peer: solo.peer, role: solo.role, places, ...policyOf(flags)}]}),
			...(!solo && places[0] && {endpoint: places[0].endpoint}),
			...(delay !== undefined && {delay}),
			...(reply !== undefined && {replyWith: reply}),
			...(timeout !== undefined && {timeout}),
			...(flags.tap && {tap: true as const}),
			...(curve && {curve}),
			...(record !== undefined && {record: {file: record, again: force}}),
			...(program !== undefined && {program}),
		},
		isJson: flags.json,
		looks: looksOf(flags),
		...(count !== undefined && {count}),
	};
}

/** How a worker talks to its broker. */
function policyOf({ready, heartbeats}: Flags): Pick<Actor, 'policy'> {
	return heartbeats ? {policy: 'paranoid-pirate'} : (ready ? {policy: 'least-recently-used'} : {});
}

/** Exactly one endpoint, of a kind that bytes go through. */
function checkProbe({json, timeout}: Flags, input: readonly string[]): Request {
	const [text] = input;
	if (text === undefined || input.length > 1) {
		return wrong(text === undefined ? 'an endpoint is missing' : 'probe knocks at one endpoint at a time', 'write zmq-playground probe tcp://127.0.0.1:5560');
	}

	const checked = checkEndpoint(text, 'connect');
	if (!checked.ok) {
		return wrong(checked.reason, checked.next);
	}

	if (checked.endpoint.startsWith('inproc:')) {
		return wrong('inproc stays within one process', 'probe a tcp or ipc endpoint');
	}

	const timeoutMs = parseDuration(timeout ?? '');
	return {type: 'probe', endpoint: checked.endpoint, isJson: json, ...(timeoutMs !== undefined && {timeoutMs})};
}

/** Where the front's peer goes: as named, or the usual place. The pair takes one endpoint, where its server listens. */
function placesOf(front: Front, flags: Flags, input: readonly string[]): readonly Place[] | Request {
	if (flags.bind && flags.connect) {
		return wrong('--bind and --connect exclude each other', 'give one of them');
	}

	if (!front.solo && input.length > 0) {
		return wrong(`“${input.join(' ')}” is one word too many`, 'a request is typed in the app or piped in; --endpoint says where the server listens');
	}

	const direction: Direction = flags.bind ? 'bind' : (flags.connect ? 'connect' : front.solo?.direction ?? 'bind');
	const named = front.solo ? input : (flags.endpoint === undefined ? [] : [flags.endpoint]);
	const places: Place[] = [];
	for (const text of named.length === 0 && front.solo ? [firstEndpoint] : named) {
		const checked = checkEndpoint(text, direction);
		if (!checked.ok) {
			return wrong(checked.reason, checked.next);
		}

		if (front.solo && checked.endpoint.startsWith('inproc://')) {
			return wrong('inproc stays within one process, and there is nobody else in this one', 'use tcp:// or ipc://');
		}

		places.push({direction, endpoint: checked.endpoint});
	}

	return places;
}

const anySeed = (): number => Math.trunc(Math.random() * 1_000_000);

const whole = (text: string | undefined): number | 'wrong' | undefined =>
	text === undefined ? undefined : (/^\d{1,15}$/.test(text) ? Number(text) : 'wrong');
