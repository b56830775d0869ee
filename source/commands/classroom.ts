/**
What a teacher can ask of a class, as records: the grammar of the input line, the help, the completion and the readme's table are made from
them. What a server can do for a lab is read by the lab's own records.
*/
import {type Delay} from '../core/delay.js';
import {type Action, type Problem} from './record.js';
import {commandNamed, nearest} from './registry.js';

/** What a line asks for, once read. */
export type ClassAction =
	| {readonly verb: 'reply'; readonly frames: readonly Uint8Array[]}
	| {readonly verb: 'delay'; readonly delay: Delay; readonly once: boolean}
	| {readonly verb: 'delay-step'; readonly by: 1 | -1}
	| {readonly verb: 'reply-with'; readonly template: string}
	| {readonly verb: 'hold' | 'release' | 'by-hand' | 'crash'}
	| {readonly verb: 'lock' | 'unlock' | 'rotate' | 'quit' | 'help'}
	| {readonly verb: 'out'; readonly named: string}
	| {readonly verb: 'show'; readonly named?: string};

type Read = {readonly ok: true; readonly action: ClassAction} | ({readonly ok: false} & Problem);

/** One command. `whom`: all students unless one is addressed, one student, the class itself, or only the screen. */
export type ClassCommand = {
	readonly name: ClassAction['verb'];
	readonly whom: 'all' | 'one' | 'class' | 'screen';
	readonly usage: string;
	readonly summary: string;
	readonly read: (rest: string) => Read;
	/** What may stand as the argument, for completion. */
	readonly suggest?: (names: readonly string[]) => readonly string[];
};

const problem = (reason: string, next: string): Read => ({ok: false, reason, next});

/** What a server does for a lab, too. */
const labVerbs: ReadonlySet<string> = new Set(['reply', 'delay', 'delay-step', 'reply-with', 'hold', 'release', 'by-hand', 'crash']);
const isForClass = (action: Action | ClassAction): action is ClassAction => labVerbs.has(action.verb);

/** Read as the lab reads it. */
const asLab = (name: string) => (rest: string): Read => {
	const read = commandNamed(name)?.read(rest);
	if (read?.ok === false) {
		return read;
	}

	return read && isForClass(read.action) ? {ok: true, action: read.action} : problem(`a class has no /${name}`, '? shows all commands');
};

const alone = (verb: 'lock' | 'unlock' | 'rotate' | 'quit' | 'help') => (rest: string): Read =>
	rest.trim() === '' ? {ok: true, action: {verb}} : problem(`/${verb} takes no argument`, `type /${verb} alone`);

export const classCommands: readonly ClassCommand[] = [
	{name: 'reply', whom: 'one', usage: 'reply <text> | --frames a b "" | --hex 00ff', summary: 'answer the oldest request that waits; plain text does the same for the student in focus', read: asLab('reply')},
	{name: 'reply-with', whom: 'all', usage: 'reply-with <text with {request} {upper} {count} {time}>', summary: 'answer by itself with this text', read: asLab('reply-with'), suggest: () => ['World', '{request}', '{upper}', 'No. {count} at {time}']},
	{name: 'by-hand', whom: 'all', usage: 'by-hand', summary: 'you are the pizzeria: type each reply', read: asLab('by-hand')},
	{name: 'delay', whom: 'all', usage: 'delay 800ms | 200ms..2s | 1s±200ms | longer | shorter | off', summary: 'how long a reply takes', read: readDelay, suggest: () => ['800ms', '200ms..2s', '1s±200ms', 'longer', 'shorter', 'off']},
	{name: 'hold', whom: 'all', usage: 'hold', summary: 'owe every reply until /release', read: asLab('hold')},
	{name: 'release', whom: 'all', usage: 'release', summary: 'give the held replies, and hold no more', read: asLab('release')},
	{name: 'crash', whom: 'all', usage: 'crash', summary: 'for all: the socket closes at once, and a new one listens; for one: the requests are forgotten', read: asLab('crash')},
	{name: 'show', whom: 'screen', usage: 'show [ana | off]', summary: 'put a student’s exchanges on the big screen', read: readShow, suggest: names => ['off', ...names]},
	{name: 'rotate', whom: 'class', usage: 'rotate', summary: 'another code; who has joined stays', read: alone('rotate')},
	{name: 'lock', whom: 'class', usage: 'lock', summary: 'let in nobody new', read: alone('lock')},
	{name: 'unlock', whom: 'class', usage: 'unlock', summary: 'let in whoever has the code', read: alone('unlock')},
	{name: 'out', whom: 'class', usage: 'out ana', summary: 'send one out: the key is denied, and the connection cut off', read: readOut, suggest: names => names},
	{name: 'help', whom: 'screen', usage: 'help', summary: 'all commands and keys', read: alone('help')},
	{name: 'quit', whom: 'screen', usage: 'quit', summary: 'end the class', read: alone('quit')},
];

/** A line understood. `who` is a student's name; undefined for all, and for what concerns nobody. */
export type ClassLine = {readonly ok: true; readonly command: ClassCommand; readonly action: ClassAction; readonly who?: string} | ({readonly ok: false} & Problem);

/** Words that address everybody. */
const everyone = new Set(['all', 'everyone']);

/** Reads one line of the grammar, without its slash. `names` are the students'. Never throws. */
export function parseClassLine(line: string, names: readonly string[]): ClassLine {
	const match = /^(?:@(?<address>\S+)\s+)?(?<verb>\S+)(?:\s(?<rest>.*))?$/sv.exec(line.trimStart());
	const {address, verb = '', rest = ''} = match?.groups ?? {};
	const command = classCommands.find(({name}) => name === verb);
	if (!command) {
		const meant = nearest(verb, classCommands.map(({name}) => name));
		return {ok: false, reason: `there is no command /${verb.slice(0, 40)}`, next: meant === undefined ? '? shows them all' : `did you mean /${meant}?`};
	}

	const read = command.read(rest);
	if (!read.ok) {
		return read;
	}

	const {action} = read;
	const named = address ?? ('named' in action ? action.named : undefined);
	if (named === undefined || everyone.has(named)) {
		return command.whom === 'one' && address === undefined
			? {ok: false, reason: `whom shall /${command.name} go to?`, next: `write /@ana ${command.name} …, or @all`}
			: {ok: true, command, action};
	}

	const who = names.find(name => name === named) ?? names.find(name => name.toLowerCase() === named.toLowerCase());
	if (who === undefined) {
		const meant = nearest(named, names);
		return {ok: false, reason: `nobody is called ${named.slice(0, 40)}`, next: meant === undefined ? 'the list shows who is here' : `did you mean ${meant}?`};
	}

	return {ok: true, command, action, who};
}

function readDelay(rest: string): Read {
	const read = asLab('delay')(rest);
	return read.ok && read.action.verb === 'delay' && read.action.once ? problem('a class has no single delays', 'write /delay 2s, and /delay off afterwards') : read;
}

function readOut(rest: string): Read {
	const named = rest.trim().replace(/^@/v, '');
	return named === '' || /\s/v.test(named) ? problem('who shall go?', 'write /out ana') : {ok: true, action: {verb: 'out', named}};
}

function readShow(rest: string): Read {
	const named = rest.trim().replace(/^@/v, '');
	return {ok: true, action: {verb: 'show', ...(named !== 'off' && named !== '' && {named})}};
}

/** What can complete an input line that begins with `/`: `candidates` replace the text from `from` on. */
export function completeClassLine(input: string, names: readonly string[]): {readonly from: number; readonly candidates: readonly string[]} {
	const address = /^\/@\S*(?<gap>\s+)?/v.exec(input);
	if (address && address.groups?.['gap'] === undefined) {
		return {from: 2, candidates: startingWith(['all', ...names].map(name => `${name} `), input.slice(2))};
	}

	const verbFrom = address ? address[0].length : 1;
	const verb = /^\S*/v.exec(input.slice(verbFrom))?.[0] ?? '';
	const argumentFrom = verbFrom + verb.length + 1;
	return input.length < argumentFrom ? {from: verbFrom, candidates: startingWith(classCommands.map(({name, usage}) => usage === name ? name : `${name} `), verb)} : {from: argumentFrom, candidates: startingWith(classCommands.find(({name}) => name === verb)?.suggest?.(names) ?? [], input.slice(argumentFrom))};
}

const startingWith = (words: readonly string[], beginning: string): readonly string[] => words.filter(word => word.startsWith(beginning) && word !== beginning);
