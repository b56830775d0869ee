import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {lineOfInput, parseLine, type ParsedLine} from '../../source/commands/grammar.js';
import {commands} from '../../source/commands/registry.js';
import {type Snapshot} from '../../source/core/snapshot.js';
import {crowd, pair, peerNamed, snapshotOf} from '../helpers/events.js';

const one = snapshotOf(...pair);
const three = snapshotOf(...crowd(3));
const nobody = snapshotOf();

const peersOf = (parsed: ParsedLine) => parsed.ok ? parsed.peers : parsed;
const problemOf = (parsed: ParsedLine) => parsed.ok ? undefined : `${parsed.reason}; ${parsed.next}`;

/** What a line would send, as text. */
function sentBy(parsed: ParsedLine): readonly string[] | undefined {
	return parsed.ok && 'frames' in parsed.action ? parsed.action.frames.map(frame => new TextDecoder('utf-8').decode(frame)) : undefined;
}

describe('whom a line means', () => {
	test.each<[line: string, snapshot: Snapshot, focus: string | undefined, peers: readonly string[]]>([
		['send Hello', one, undefined, ['client-1']],
		['send Hello', one, 'server-1', ['client-1']],
		['delay 1s', one, 'client-1', ['server-1']],
		['close', one, 'server-1', ['server-1']],
		['send Hello', three, 'client-2', ['client-2']],
		['close', three, 'client-3', ['client-3']],
		['@client-3 send Hello', three, 'client-2', ['client-3']],
		['@server-1 close', three, 'client-2', ['server-1']],
		['@all close', three, undefined, ['server-1', 'client-1', 'client-2', 'client-3']],
		['@all send Hello', three, undefined, ['client-1', 'client-2', 'client-3']],
		['@clients crash', three, undefined, ['client-1', 'client-2', 'client-3']],
		['@servers crash', three, undefined, ['server-1']],
		['  @client-1   close', one, undefined, ['client-1']],
		['reset', three, 'client-2', []],
		['quit', nobody, undefined, []],
	])('%j', (line, snapshot, focus, peers) => {
		expect(peersOf(parseLine(line, snapshot, focus))).toEqual(peers);
	});
});

describe('what a line does', () => {
	test.each<[line: string, action: Record<string, unknown>]>([
		['close', {verb: 'close'}],
		['delay 800ms', {verb: 'delay', delay: {type: 'fixed', ms: 800}, once: false}],
		['delay once 5s', {verb: 'delay', delay: {type: 'fixed', ms: 5000}, once: true}],
		['delay 200ms .. 2s', {verb: 'delay', delay: {type: 'uniform', minMs: 200, maxMs: 2000}, once: false}],
		['delay once off', {verb: 'delay', delay: {type: 'none'}, once: true}],
		['timeout 2s', {verb: 'timeout', ms: 2000}],
		['timeout off', {verb: 'timeout', ms: undefined}],
		['every off', {verb: 'every-off'}],
		['reply-with  {upper}! ', {verb: 'reply-with', template: ' {upper}! '}],
		['bind tcp://127.0.0.1:0', {verb: 'bind', endpoint: 'tcp://127.0.0.1:*'}],
		['connect  inproc://pizza ', {verb: 'connect', endpoint: 'inproc://pizza'}],
		['unbind', {verb: 'unbind', endpoint: undefined}],
		['disconnect tcp://127.0.0.1:5560', {verb: 'disconnect', endpoint: 'tcp://127.0.0.1:5560'}],
		['scene both-connect', {verb: 'scene', scene: 'both-connect'}],
		['client add', {verb: 'add', calling: 'client', count: 1}],
		['client add 20', {verb: 'add', calling: 'client', count: 20}],
		['server remove server-2', {verb: 'remove', named: 'server-2'}],
		['focus client-1', {verb: 'focus', peer: 'client-1'}],
	])('%j', (line, action) => {
		expect(parseLine(line, one, 'client-1')).toMatchObject({ok: true, action});
	});

	test.each<[line: string, frames: readonly string[]]>([
		['send Hello', ['Hello']],
		['send  Hello ', [' Hello ']],
		['send', ['']],
		['send one\ntwo\n', ['one\ntwo\n']],
		['send --frames a b ""', ['a', 'b', '']],
		['every 500ms', ['Hello']],
		['every 500ms Are you  there?', ['Are you  there?']],
		['every 0 --frames a b', ['a', 'b']],
		['@server-1 reply World', ['World']],
	])('%j carries %j', (line, frames) => {
		expect(sentBy(parseLine(line, one))).toEqual(frames);
	});
});

describe('what is wrong with a line', () => {
	test.each<[line: string, snapshot: Snapshot, problem: RegExp]>([
		['', one, /no command; \?/v],
		[' '.repeat(3), one, /no command; \?/v],
		['sned Hello', one, /no command \/sned; did you mean \/send\?/v],
		['Send Hello', one, /did you mean \/send\?/v],
		['conect x', one, /did you mean \/connect\?/v],
		['hol', one, /did you mean \/hold\?/v],
		['pizza', one, /no command \/pizza; \? shows them all/v],
		['constructor', one, /no command \/constructor/v],
		['usr/bin/env', one, /no command \/usr\/bin\/env; .*\/\/… sends a text/v],
		['@client-1', one, /what shall @client-1 do\?; write a command/v],
		['@', one, /what shall @ do\?/v],
		['@client-2 send Hello', one, /no peer @client-2; did you mean @client-1\?/v],
		['@pizza send Hello', one, /no peer @pizza; there are: @server-1 @client-1 @all @clients @servers/v],
		['@client send Hello', one, /did you mean @client-1\?/v],
		['@constructor send Hello', one, /no peer @constructor/v],
		['@server-1 send Hello', one, /\/send is for a client, and @server-1 is none; try @client-1/v],
		['@servers send Hello', one, /\/send is for a client, and @servers is none; try @client-1/v],
		['@all close', nobody, /no peer @all/v],
		['send Hello', nobody, /there is no client here; \/scene pair/v],
		['send Hello', three, /\/send could mean several peers; name one: @client-1 @client-2 @client-3/v],
		['close', one, /\/close could mean several peers; name one: @server-1 @client-1/v],
		['close now', one, /\/close takes no argument/v],
		['delay', one, /a delay is missing/v],
		['delay once', one, /a delay is missing/v],
		['delay soon', one, /“soon” is no delay/v],
		['timeout', one, /a time is missing/v],
		['timeout 0', one, /“0” is no time-out/v],
		['every', one, /a time is missing/v],
		['every Hello', one, /“Hello” is no time/v],
		['reply-with ', one, /a text is missing/v],
		['bind', one, /is no endpoint/v],
		['bind tcp://127.0.0.1:99999', one, /port “99999”/v],
		['scene pizza', one, /no scene “pizza”; choose one of: pair, both-connect/v],
		['send --hex 0', one, /pairs/v],
	])('%j', (line, snapshot, problem) => {
		expect(problemOf(parseLine(line, snapshot))).toMatch(problem);
	});

	test.each(['x', 'bind ', 'delay ', '@', 'scene '])('a megabyte pasted after %j is quoted in part', start => {
		expect(problemOf(parseLine(start + 'x'.repeat(2 ** 20), one, 'client-1'))?.length).toBeLessThan(400);
	});
});

describe('the input line', () => {
	const client = peerNamed(one, 'client-1');
	const server = peerNamed(one, 'server-1');

	test.each<[input: string, line: string]>([
		['/close', 'close'],
		['/@client-1 send Hello', '@client-1 send Hello'],
		['/ close', ' close'],
		['Hello', 'send Hello'],
		['//text', 'send /text'],
		['///text', 'send //text'],
		['--hex 00', 'send -- --hex 00'],
		['one\ntwo', 'send one\ntwo'],
		['@client-1 is nobody to me', 'send @client-1 is nobody to me'],
	])('%j of a client', (input, line) => {
		expect(lineOfInput(input, client)).toBe(line);
	});

	test('a text is a reply in a server’s pane', () => {
		expect(lineOfInput('World', server)).toBe('reply World');
		expect(lineOfInput('--', server)).toBe('reply -- --');
	});

	test('whatever is typed that is no command is sent as it stands', () => {
		fc.assert(fc.property(fc.string({unit: 'grapheme', minLength: 1}), fc.constantFrom(client, server), (text, peer) => {
			const input = text.startsWith('/') ? `/${text}` : text;
			const parsed = parseLine(lineOfInput(input, peer), one, peer.name);
			expect(parsed).toMatchObject({ok: true, peers: [peer.name]});
			expect(sentBy(parsed)).toEqual([text]);
		}));
	});
});

describe('parseLine', () => {
	const word = fc.oneof(fc.constantFrom('@all', '@clients', '@constructor', '@__proto__', '@client-1', '--hex', '--frames', '"', 'off', '1s'), fc.string());
	const anyLine = fc.oneof(
		fc.string({unit: 'binary'}),
		fc.tuple(fc.option(word, {nil: ''}), fc.constantFrom(...commands.map(({name}) => name), 'toString', '__proto__'), fc.array(word)).map(([address, verb, rest]) => [address, verb, ...rest].join(' ')),
	);

	test('never throws: what is wrong is a reason and a next step', () => {
		fc.assert(fc.property(anyLine, fc.constantFrom(one, three, nobody), fc.option(word, {nil: undefined}), (line, snapshot, focus) => {
			const parsed = parseLine(line, snapshot, focus);
			if (parsed.ok) {
				expect(parsed.peers.every(name => Object.hasOwn(snapshot.peers, name))).toBe(true);
			} else {
				expect(parsed.reason).toMatch(/\S/v);
				expect(parsed.next).toMatch(/\S/v);
			}
		}), {numRuns: 500});
	});
});
