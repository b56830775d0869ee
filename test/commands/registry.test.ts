import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {commandNamed, commands, nearest} from '../../source/commands/registry.js';
import {type CommandRecord} from '../../source/commands/record.js';
import {
	closes,
	crowd,
	isAdded,
	link,
	opens,
	pair,
	peerNamed,
	sets,
	snapshotOf,
	type Telling,
} from '../helpers/events.js';

const each = commands.map(command => [command.name, command] as const);
const snapshot = snapshotOf(...pair);

/** Everything a record proposes, for every peer that it may concern. */
function suggestionsOf(record: CommandRecord): readonly string[] {
	const peers = [undefined, ...Object.values(snapshot.peers)];
	return peers.flatMap(peer => record.suggest?.(snapshot, peer) ?? []);
}

describe('the records', () => {
	test('have names of their own', () => {
		expect(new Set(commands.map(({name}) => name)).size).toBe(commands.length);
	});

	test.each(each)('%s is found by its name', (name, record) => {
		expect(commandNamed(name)).toBe(record);
		expect(commandNamed(name.toUpperCase())).toBeUndefined();
	});

	test.each(each)('%s has a usage that begins with its name, and a summary', (name, {usage, summary}) => {
		expect(usage === name || usage.startsWith(`${name} `)).toBe(true);
		expect(summary).toMatch(/^\S.*[^\s.]$/v);
	});

	test.each(each)('%s needs an argument exactly if its usage shows one that is not optional', (name, {usage, read}) => {
		// A message may be empty, so that `send` alone is one.
		const isOptional = usage === name || usage.startsWith(`${name} [`) || name === 'send' || name === 'reply';
		expect(read('').ok).toBe(isOptional);
	});

	test.each(each)('%s takes no argument if its usage shows none', (name, {usage, read}) => {
		expect(read(' ').ok).toBe(read('').ok);
		expect(usage === name && read('x').ok).toBe(false);
	});

	test.each(each)('%s accepts each of its own suggestions that is complete', (_, record) => {
		// One that ends in a blank is a beginning.
		const complete = suggestionsOf(record).filter(suggestion => !suggestion.endsWith(' '));
		expect(complete.filter(suggestion => !record.read(suggestion).ok)).toEqual([]);
	});

	test.each(each)('%s suggests nothing twice', (_, record) => {
		const suggested = record.suggest?.(snapshot, peerNamed(snapshot, 'server-1')) ?? [];
		expect(new Set(suggested).size).toBe(suggested.length);
	});

	test('suggest the endpoints that there are', () => {
		const endpoint = 'tcp://127.0.0.1:6000';
		const lab = snapshotOf(isAdded('server-1', 'server'), opens('server-1'), link('bound', 'server-1', endpoint), isAdded('client-1', 'client'), opens('client-1'));
		expect(commandNamed('connect')?.suggest?.(lab, peerNamed(lab, 'client-1'))[0]).toBe(endpoint);
		expect(commandNamed('unbind')?.suggest?.(lab, peerNamed(lab, 'server-1'))).toEqual([endpoint]);
		expect(commandNamed('unbind')?.suggest?.(lab, peerNamed(lab, 'client-1'))).toEqual([]);
		expect(commandNamed('disconnect')?.suggest?.(lab, undefined)).toEqual([]);
	});
});

describe('when a command would do nothing, it says why', () => {
	const whyNot = (name: string, peer: string, ...story: readonly Telling[]) => commandNamed(name)?.unavailable?.(peerNamed(snapshotOf(...crowd(1), ...story), peer));

	test.each<[name: string, peer: string, story: readonly Telling[], why: string | undefined]>([
		['open', 'client-1', [], 'client-1 is open'],
		['open', 'client-1', [closes('client-1')], undefined],
		['close', 'client-1', [], undefined],
		['close', 'client-1', [closes('client-1')], 'client-1 is closed; /open makes a new socket'],
		['crash', 'client-1', [closes('client-1')], 'client-1 is closed; /open makes a new socket'],
		['restart', 'client-1', [closes('client-1')], undefined],
		['hold', 'server-1', [sets('server-1', 'hold', 'on')], 'server-1 holds already'],
		['hold', 'server-1', [], undefined],
		['release', 'server-1', [], 'server-1 holds nothing'],
		['release', 'server-1', [sets('server-1', 'hold', 'on')], undefined],
		['by-hand', 'server-1', [], undefined],
		['by-hand', 'server-1', [sets('server-1', 'service', 'by-hand')], 'server-1 is served by hand already; /reply-with makes it automatic'],
	])('%s of %s %#', (name, peer, story, why) => {
		expect(whyNot(name, peer, ...story)).toBe(why);
	});
});

describe('nearest', () => {
	const known = commands.map(({name}) => name);

	test.each<[word: string, meant: string | undefined]>([
		['sned', 'send'],
		['snd', 'send'],
		['sendd', 'send'],
		['hol', 'hold'],
		['conect', 'connect'],
		['disconect', 'disconnect'],
		['replywith', 'reply-with'],
		['exit', 'quit'],
		['SEND', undefined],
		['pizza', undefined],
		['', undefined],
		['x', undefined],
		['x'.repeat(2 ** 20), undefined],
	])('to %.20j is %s', (word, meant) => {
		expect(nearest(word, known)).toBe(meant);
	});

	test('to a known word is itself', () => {
		expect(known.map(word => nearest(word, known))).toEqual(known);
	});

	test('to a word with two neighbours swapped is that word', () => {
		fc.assert(fc.property(fc.constantFrom(...known.filter(word => word.length > 4)), fc.nat(), (word, seed) => {
			const at = seed % (word.length - 1);
			const swapped = word.slice(0, at) + word.slice(at + 1, at + 2) + word.slice(at, at + 1) + word.slice(at + 2);
			expect(nearest(swapped, known)).toBe(word);
		}));
	});

	test('is undefined where nothing is known', () => {
		expect(nearest('send', [])).toBeUndefined();
	});
});
