import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {type Fact} from '../../source/core/events.js';
import {frameOf} from '../../source/core/frames.js';
import {chatRow, describe as describeEvent, describeFrames, type ChatRow} from '../../source/core/rows.js';
import {visible} from '../../source/core/text.js';
import {
	beginning,
	closes,
	crashes,
	failsHandshake,
	failsToBind,
	frames,
	isRefused,
	journalOf,
	later,
	link,
	numbered,
	oneOfEach,
	opens,
	pair,
	place,
	receives,
	retries,
	sends,
	sets,
	timesOut,
	type Telling,
} from '../helpers/events.js';

const bytes = (...values: readonly number[]) => frameOf(Uint8Array.from(values));
const escape = '\u{1B}[2J';

/** The row of the last event of a story told to a pair. */
function lastRow(...tellings: readonly Telling[]): ChatRow | undefined {
	const journal = journalOf([...pair, ...tellings]);
	const event = journal.at(journal.snapshot.n);
	return event && chatRow(event, journal);
}

const asks = sends('client-1', 'Hello');
const arrives = receives('server-1', 'Hello');
const answers = sends('server-1', 'World');

describe('describe', () => {
	test.each(Object.values(oneOfEach('tcp://127.0.0.1:5560')).map(fact => [fact.type, fact] as const))('%s has a text', (_, fact) => {
		const [event] = numbered([fact]);
		expect(event && describeEvent(event)).toMatch(/\S/v);
	});

	test.each<[fact: Fact, text: string]>([
		[sends('client-1', 'Hello'), 'Hello'],
		[isRefused('client-1', 'send', 'EFSM'), 'send: EFSM'],
		[timesOut('client-1', 2000), 'after 2.000 s'],
		[sets('server-1', 'delay', '800ms'), 'delay: 800ms'],
		[{type: 'bound', peer: 'server-1', endpoint: 'tcp://127.0.0.1:40687', insteadOf: place}, `tcp://127.0.0.1:40687, as ${place} is taken`],
		[{type: 'retrying', peer: 'client-1', endpoint: place, count: 1, since: 0}, `${place}, 1 try`],
		[{type: 'retrying', peer: 'client-1', endpoint: place, count: 7, since: 0}, `${place}, 7 tries`],
		[failsToBind('server-1', 'EADDRINUSE'), `EADDRINUSE ${place}`],
		[{type: 'command-failed', text: 'x', reason: 'no such thing', next: ''}, 'no such thing'],
		[{type: 'command-failed', text: 'x', reason: 'no such thing', next: '', code: 'EINVAL'}, 'EINVAL: no such thing'],
		[{type: 'lab-ended'}, 'all sockets are closed'],
	])('%o', (fact, text) => {
		const [event] = numbered([fact]);
		expect(event && describeEvent(event)).toBe(text);
	});
});

describe('hostile text is made visible', () => {
	test.each(Object.values(oneOfEach(escape)).map(fact => [fact.type, fact] as const))('in %s', (_, fact) => {
		const journal = journalOf([...pair, fact]);
		const event = journal.at(journal.snapshot.n);
		const row = event && chatRow(event, journal);
		const texts = [event && describeEvent(event), row?.text, row?.aside, ...(row?.more ?? [])].filter(text => text !== undefined);
		expect(texts).not.toEqual([]);
		expect(texts.filter(text => text.includes('\u{1B}'))).toEqual([]);
	});

	test('whatever it is', () => {
		fc.assert(fc.property(fc.string({unit: 'binary'}), text => {
			for (const event of numbered(Object.values(oneOfEach(text)))) {
				const described = describeEvent(event);
				expect(visible(described)).toBe(described);
			}
		}));
	});
});

describe('describeFrames', () => {
	test.each<[what: string, given: ReturnType<typeof frames>, text: string]>([
		['one frame', frames('Hello'), 'Hello'],
		['an empty frame', frames(''), '(empty)'],
		['several frames', frames('a', '', 'b'), '[a] [(empty)] [b]'],
		['bytes that are no text', [bytes(0x00, 0xFF)], '00 ff (2 B)'],
		['bytes among text', [...frames('a'), bytes(0xFF)], '[a] [ff (1 B)]'],
		['eight frames', frames(...'abcdefgh'), '[a] [b] [c] [d] [e] [f] [g] [h]'],
		['nine frames', frames(...'abcdefghi'), '[a] [b] [c] [d] [e] [f] [g] [h] … 9 frames, 9 B'],
		['a thousand frames', frames(...Array.from({length: 1000}, () => 'xy')), `${Array.from({length: 8}, () => '[xy]').join(' ')} … 1000 frames, 2,000 B`],
		['a cut frame', [frameOf(new TextEncoder().encode('abcdef'), 4)], 'abcd… (6 B)'],
		['a frame cut within a character', [frameOf(new TextEncoder().encode('abc🍕'), 5)], 'abc… (7 B)'],
		['a line break', frames('one\ntwo'), 'one␊two'],
		['no frames at all', [], ''],
	])('%s', (_, given, text) => {
		expect(describeFrames(given)).toBe(text);
	});

	test('a megabyte is told by its beginning and its true size', () => {
		const text = describeFrames([frameOf(new Uint8Array(1_048_576).fill(0x61))]);
		expect(text).toMatch(/^a{4096}… \(1,048,576 B\)$/v);
	});
});

describe('the rows of a transcript', () => {
	test.each<[what: string, story: readonly Telling[], row: Partial<ChatRow>]>([
		['a request, at its client', [asks], {kind: 'request', text: 'Hello'}],
		['a request, at its server', [asks, arrives], {kind: 'request', text: 'Hello'}],
		['a reply at its server, with the time it took', [asks, arrives, later(999, answers)], {kind: 'reply', text: 'World', aside: 'after 1.000 s'}],
		['a reply at its client, with the round trip', [asks, arrives, answers, later(1000, receives('client-1', 'World'))], {kind: 'reply', text: 'World', aside: '1.003 s'}],
		['a late reply', [asks, arrives, timesOut('client-1'), answers, receives('client-1', 'World')], {kind: 'reply', text: 'World', aside: 'late'}],
		['a request again, after a time-out', [asks, timesOut('client-1', 2000)], {kind: 'warning', text: 'no reply within 2.000 s'}],
		['a refusal, with what was not sent', [asks, {...isRefused('client-1', 'send', 'EFSM'), frames: frames('Are you there?')}], {kind: 'refused', text: 'EFSM: not sent: Are you there?'}],
		['a refusal to receive', [isRefused('server-1', 'receive', 'EAGAIN')], {kind: 'refused', text: 'EAGAIN: not received'}],
		['a failed handshake', [failsHandshake('client-1', 'EPIPE')], {kind: 'refused', text: `EPIPE: no handshake at ${place}`}],
		['a bind in vain', [failsToBind('server-1', 'EADDRINUSE')], {kind: 'refused', text: `EADDRINUSE: not listening at ${place}`}],
		['a bind', [link('bound', 'server-1')], {kind: 'note', text: `listens at ${place}`}],
		['a bind elsewhere', [{type: 'bound', peer: 'server-1', endpoint: 'ipc:///tmp/pizza', insteadOf: place}], {kind: 'warning', text: `${place} is taken: listens at ipc:///tmp/pizza`}],
		['a bind for everybody', [link('bound', 'server-1', 'tcp://0.0.0.0:5560')], {kind: 'note', more: ['Anyone who can reach this machine can connect.']}],
		['a close', [closes('client-1')], {kind: 'note', text: 'closed'}],
		['a crash', [crashes('client-1')], {kind: 'warning', text: 'crashed'}],
		['a new socket', [crashes('client-1'), opens('client-1')], {kind: 'note', text: 'a new socket'}],
		['an option', [sets('server-1', 'delay', 'off')], {kind: 'note', text: 'delay: off'}],
		['a delay for once', [sets('server-1', 'delay-once', '5s')], {kind: 'note', text: 'delay of the next reply: 5s'}],
		['service by hand', [sets('server-1', 'service', 'by-hand')], {kind: 'note', text: 'by hand: you type the replies here'}],
		['service by itself', [sets('server-1', 'service', 'automatic')], {kind: 'note', text: 'replies by itself again'}],
		['another reply', [sets('server-1', 'reply-with', '{upper}')], {kind: 'note', text: 'replies “{upper}”'}],
		['holding', [sets('server-1', 'hold', 'on')], {kind: 'note', text: 'holds every reply until /release'}],
		['holding no more', [sets('server-1', 'hold', 'off')], {kind: 'note', text: 'holds no more'}],
		['asking again and again', [sets('client-1', 'every', '500ms')], {kind: 'note', text: 'asks every 500ms'}],
		['asking no more', [sets('client-1', 'every', 'off')], {kind: 'note', text: 'asks no more by itself'}],
		['a command that was not understood', [{type: 'command-failed', text: '/snd', reason: 'there is no command /snd', next: 'did you mean /send?', peer: 'client-1'}], {kind: 'refused', text: 'there is no command /snd', more: ['did you mean /send?']}],
	])('%s', (_, story, row) => {
		expect(lastRow(...story)).toMatchObject(row);
	});

	test.each<[what: string, story: readonly Telling[]]>([
		['a bind', [link('bound', 'server-1')]],
		['a command that failed without advice', [{type: 'command-failed', text: 'open', reason: 'client-1 is open', next: ''}]],
	])('%s for this machine needs no more words', (_, story) => {
		expect(lastRow(...story)).not.toHaveProperty('more');
	});

	test.each<Fact>([
		link('accepted', 'server-1'),
		link('connected', 'client-1'),
		link('handshake-done', 'client-1'),
		{type: 'delay-started', peer: 'server-1', ms: 5},
		{type: 'command', text: 'send Hello', from: 'keys'},
		sets('server-1', 'delay-once', 'off'),
		{type: 'peer-closed', peer: 'client-1', how: 'end'},
	])('$type has none', fact => {
		expect(lastRow(fact)).toBeUndefined();
	});

	const gone = [link('disconnected', 'client-1'), retries('client-1', 1, beginning + 13)];
	test.each<[what: string, story: readonly Telling[], text: string]>([
		['nobody there yet', [link('connecting', 'client-1', 'ipc:///tmp/none'), retries('client-1', 1, beginning, 'ipc:///tmp/none')], 'nobody answers at ipc:///tmp/none; retrying'],
		['nobody there any more', gone, `lost the connection to ${place}; retrying`],
		['gone again', [...gone, link('handshake-done', 'client-1'), link('disconnected', 'client-1'), later(9000, retries('client-1', 1, beginning + 9000))], `lost the connection to ${place}; retrying`],
		['a new socket finds nobody', [...gone, opens('client-1'), link('connecting', 'client-1'), retries('client-1', 1, beginning + 13)], `nobody answers at ${place}; retrying`],
		['no such name', [{...retries('client-1', 1, beginning), code: 'ENOTFOUND'}], `ENOTFOUND: nobody is found at ${place}; retrying`],
	])('%s is told', (_, story, text) => {
		expect(lastRow(...story)?.text).toBe(text);
	});

	const failure = failsHandshake('client-1', 'ECONNRESET');
	test.each<[what: string, story: readonly Telling[]]>([
		['that nobody is there', [...gone, retries('client-1', 9, beginning + 13)]],
		['a handshake that fails, with another code', [failure, later(60_000, failsHandshake('client-1', 'EPIPE'))]],
		['a handshake that fails, as one more try', [failure, retries('client-1', 1, beginning)]],
		['somebody who comes again at once', [failsHandshake('server-1', 'EPIPE'), failsHandshake('server-1', 'EPIPE')]],
	])('%s is told once', (_, story) => {
		expect(lastRow(...story)).toBeUndefined();
	});

	test('a handshake that fails is told anew for a new connection, and for a clearer reason', () => {
		expect(lastRow(failure, link('disconnecting', 'client-1'), link('connecting', 'client-1'), failure)).toBeDefined();
		expect(lastRow(failure, {...failsHandshake('client-1', 'ERR_ZMTP_MECHANISM_MISMATCH'), kind: 'protocol'})).toBeDefined();
	});

	test('a reply by hand after a restart claims no service time', () => {
		expect(lastRow(asks, arrives, crashes('server-1'), opens('server-1'), answers)).not.toHaveProperty('aside');
	});

	test('a row stays what it was, whatever happens later', () => {
		const story = [...pair, isRefused('client-1', 'receive', 'EFSM')];
		const early = journalOf(story);
		const late = journalOf([...story, asks, arrives, crashes('server-1')]);
		const refused = early.at(story.length);
		expect(refused && chatRow(refused, late)).toEqual(refused && chatRow(refused, early));
	});
});
