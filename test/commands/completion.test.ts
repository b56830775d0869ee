import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {complete} from '../../source/commands/completion.js';
import {parseLine} from '../../source/commands/grammar.js';
import {lessonNames} from '../../source/commands/lesson.js';
import {commands} from '../../source/commands/registry.js';
import {courseFiles} from '../../source/lessons/load.js';
import {crowd, isAdded, link, pair, peerNamed, place, snapshotOf} from '../helpers/events.js';

const snapshot = snapshotOf(...pair);
const client = peerNamed(snapshot, 'client-1');
const server = peerNamed(snapshot, 'server-1');
const names = commands.map(({name}) => name);

/** The lines that Tab could make of this one. */
const completed = (input: string, focus = client) => {
	const completion = complete(input, snapshot, focus);
	return completion?.candidates.map(candidate => input.slice(0, completion.from) + candidate);
};

describe('complete', () => {
	test.each(['', 'Hello', ' /close', '//close', '@client-1', '--hex'])('%j is a message', input => {
		expect(complete(input, snapshot, client)).toBeUndefined();
	});

	test.each<[input: string, lines: readonly string[]]>([
		['/de', ['/delay ', '/deny ']],
		['/hel', ['/help']],
		['/reply', ['/reply ', '/reply-with ']],
		['/reply-', ['/reply-with ']],
		['/delay', ['/delay ']],
		['/hold', []],
		['/zzz', []],
		['/zzz ', []],
		['/delay o', ['/delay once 5s', '/delay off']],
		['/delay off', []],
		['/send --', ['/send --frames ', '/send --hex ']],
		['/send Hello', []],
		['/ ', []],
		['/del 1s', []],
		['/scene ', ['/scene pair', '/scene both-connect', '/scene crowd', '/scene pool', '/scene broker', '/scene secure']],
		['/hold ', []],
		['/lesson wr', ['/lesson wrong-pizza']],
		['/lesson n', ['/lesson no-reset', '/lesson next']],
		['/step ', ['/step on']],
		['/@', ['/@server-1 ', '/@client-1 ', '/@all ', '/@clients ', '/@servers ']],
		['/@cl', ['/@client-1 ', '/@clients ']],
		['/@client-1', []],
		['/@client-1 cr', ['/@client-1 crash']],
		['/@client-1  cr', ['/@client-1  crash']],
		['/@server-1 delay of', ['/@server-1 delay off']],
		['/@server-1 unbind ', [`/@server-1 unbind ${place}`]],
		['/@client-1 unbind ', []],
		['/@nobody unbind ', []],
		['/@constructor unbind ', []],
	])('%j could become %j', (input, lines) => {
		expect(completed(input)).toEqual(lines);
	});

	test('the slash alone offers every command', () => {
		expect(completed('/')?.map(line => line.slice(1).trimEnd())).toEqual(names);
	});

	test('an argument is for the peer in focus, or for the one that the command can only mean', () => {
		expect(completed('/unbind ', server)).toEqual([`/unbind ${place}`]);
		expect(completed('/unbind ', client)).toEqual([]);
		expect(completed('/disconnect ', client)).toEqual([`/disconnect ${place}`]);
	});

	test('every client can be addressed', () => {
		expect(complete('/@client-', snapshotOf(...crowd(3)), undefined)?.candidates).toEqual(['client-1 ', 'client-2 ', 'client-3 ']);
	});

	test('where there are workers, they can be meant together', () => {
		const lab = snapshotOf(...pair, isAdded('worker-1', 'server'), isAdded('worker-2', 'server'), {type: 'steps-switched', isOn: true}, {type: 'step-held', peer: 'worker-2', operation: 'send'});
		expect(complete('/@w', lab, undefined)?.candidates).toEqual(['worker-1 ', 'worker-2 ', 'workers ']);
		expect(complete('/step ', lab, undefined)?.candidates).toEqual(['off', 'worker-2', 'workers']);
		expect(complete('/worker remove ', lab, undefined)?.candidates).toEqual(['remove worker-1', 'remove worker-2', 'remove workers']);
	});

	test('the lessons that completion offers are the built-in ones, in their order', async () => {
		const files = await courseFiles();
		expect(lessonNames).toEqual([...files.keys()]);
	});

	test('an endpoint that somebody binds comes first to connect to', () => {
		const lab = snapshotOf(...pair, link('bound', 'server-1', 'ipc:///tmp/other'));
		expect(complete('/connect ', lab, client)?.candidates.slice(0, 2)).toEqual([place, 'ipc:///tmp/other']);
	});

	test.each<[input: string, usage: string | undefined]>([
		['/del', undefined],
		['/delay', 'delay'],
		['/delay 1', 'delay'],
		['/@server-1 delay ', 'delay'],
		['/sned x', undefined],
	])('%j shows the usage of %s', (input, name) => {
		expect(complete(input, snapshot, client)?.record?.name).toBe(name);
	});

	test('never throws, and what it offers goes on from what is typed', () => {
		const start = fc.constantFrom('/', '/@', '/@client-1 ', '/@__proto__ ', ...names.flatMap(name => [`/${name}`, `/${name} `, `/@all ${name} `]));
		fc.assert(fc.property(start, fc.string({maxLength: 3}), fc.constantFrom(client, server, undefined), (beginning, rest, focus) => {
			const input = beginning + rest;
			const completion = complete(input, snapshot, focus);
			const typed = input.slice(completion?.from);
			for (const candidate of completion?.candidates ?? []) {
				expect(candidate.startsWith(typed)).toBe(true);
				expect(candidate).not.toBe(typed);
			}
		}));
	});

	test('a line completed to its end is understood', () => {
		const lines = names.flatMap(name => completed(`/${name} `) ?? []).filter(line => !line.endsWith(' '));
		expect(lines.length).toBeGreaterThan(20);
		for (const line of lines) {
			expect(parseLine(line.slice(1), snapshot, 'client-1')).toHaveProperty('ok', true);
		}
	});
});
