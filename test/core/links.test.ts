import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {type Link} from '../../source/core/links.js';
import {
	beginning,
	closes,
	crashes,
	failsHandshake,
	failsToBind,
	isAdded,
	link,
	opens,
	peerNamed,
	place,
	retries,
	snapshotOf,
	type Telling,
} from '../helpers/events.js';
import {randomStory} from '../helpers/random-stories.js';

const peers = [isAdded('server-1', 'server'), opens('server-1'), isAdded('client-1', 'client'), opens('client-1')];
const linksOf = (name: string, ...tellings: readonly Telling[]) => peerNamed(snapshotOf(...peers, ...tellings), name).links;

const isBound = link('bound', 'server-1');
const isListening = link('listening', 'server-1');
const accepts = link('accepted', 'server-1');
const shakesHands = link('handshake-done', 'server-1');
const loses = link('disconnected', 'server-1');
const connects = link('connecting', 'client-1');
const isConnected = [connects, link('connected', 'client-1'), link('handshake-done', 'client-1')];

describe('a listening end', () => {
	test.each<[what: string, story: readonly Telling[]]>([
		['bound before the monitor says so', [isBound, isListening]],
		['bound after the monitor says so', [isListening, isBound]],
		['bound, and no monitor says anything (inproc)', [isBound]],
		['bound, and bound again in vain', [isBound, isListening, failsToBind('server-1', 'EADDRINUSE')]],
	])('%s, listens', (_, story) => {
		expect(linksOf('server-1', ...story)).toMatchObject([{endpoint: place, direction: 'bind', status: 'listening'}]);
	});

	test('that was given another endpoint knows which one it asked for', () => {
		const instead = {type: 'bound', peer: 'server-1', endpoint: 'tcp://127.0.0.1:40687', insteadOf: place} as const;
		expect(linksOf('server-1', link('listening', 'server-1', instead.endpoint), instead)).toMatchObject([{endpoint: instead.endpoint, insteadOf: place, status: 'listening'}]);
	});

	test.each<[what: string, story: readonly Telling[], connections: number]>([
		['nobody', [], 0],
		['one who shook hands', [accepts, shakesHands], 1],
		['two', [accepts, shakesHands, accepts, shakesHands], 2],
		['two who came at once', [accepts, accepts, shakesHands, shakesHands], 2],
		['not one who has yet to shake hands', [accepts], 0],
		['one who came back', [accepts, shakesHands, loses, accepts, shakesHands], 1],
		['one, whatever a silent stranger does', [accepts, shakesHands, accepts, failsHandshake('server-1', 'EPIPE'), loses], 1],
		['one, whatever a SUB does', [accepts, shakesHands, accepts, loses], 1],
		['never less than nobody', [loses, loses], 0],
	])('counts %s', (_, story, connections) => {
		expect(linksOf('server-1', isBound, isListening, ...story)[0]?.connections).toBe(connections);
	});

	test('keeps count of who came before the bind itself returned', () => {
		expect(linksOf('server-1', isListening, accepts, shakesHands, isBound)[0]?.connections).toBe(1);
	});

	test('stops', () => {
		expect(linksOf('server-1', isBound, isListening, link('stopped-listening', 'server-1'))).toMatchObject([{status: 'closed'}]);
		expect(linksOf('server-1', isBound, isListening, link('unbound', 'server-1'))).toEqual([]);
	});

	test('closes with its socket, and listens again with the next one, to nobody yet', () => {
		const story = [isBound, isListening, accepts, shakesHands, crashes('server-1')];
		expect(linksOf('server-1', ...story)).toMatchObject([{status: 'closed', connections: 0}]);
		expect(linksOf('server-1', ...story, opens('server-1'), isListening)).toMatchObject([{status: 'listening', connections: 0}]);
	});

	test('whose port was taken meanwhile fails', () => {
		const story = [isBound, isListening, crashes('server-1'), opens('server-1'), failsToBind('server-1', 'EADDRINUSE')];
		expect(linksOf('server-1', ...story)).toMatchObject([{status: 'failed', code: 'EADDRINUSE'}]);
	});

	test('that never was leaves no link', () => {
		expect(linksOf('server-1', failsToBind('server-1', 'EACCES'))).toEqual([]);
	});
});

describe('a connecting end', () => {
	const since = beginning + 42;

	test.each<[what: string, story: readonly Telling[], expected: Partial<Link>]>([
		['asked to connect', [connects], {status: 'connecting', connections: 0}],
		['that reached somebody', [connects, link('connect-delayed', 'client-1'), link('connected', 'client-1')], {status: 'connecting', connections: 0}],
		['that shook hands', isConnected, {status: 'connected', connections: 1}],
		['asked to connect again', [...isConnected, connects], {status: 'connected', connections: 1}],
		['that finds nobody', [connects, retries('client-1', 3, since)], {status: 'retrying', tries: 3, since}],
		['that still finds nobody', [connects, retries('client-1', 3, since), retries('client-1', 9, since)], {status: 'retrying', tries: 9, since}],
		['whose other side has gone', [...isConnected, link('disconnected', 'client-1')], {status: 'retrying', connections: 0}],
		['whose other side came back', [...isConnected, link('disconnected', 'client-1'), retries('client-1', 1, since), link('handshake-done', 'client-1')], {status: 'connected', connections: 1, tries: 0}],
		['whose handshake failed', [connects, failsHandshake('client-1', 'EPIPE')], {status: 'failed', code: 'EPIPE'}],
		['whose handshake failed and is tried again', [connects, failsHandshake('client-1', 'EPIPE'), retries('client-1', 1, since)], {status: 'retrying', code: 'EPIPE'}],
		['that was hung up on, as a PUB does', [connects, link('connected', 'client-1'), link('disconnected', 'client-1')], {status: 'failed'}],
		['of a closed socket', [...isConnected, closes('client-1')], {status: 'closed', connections: 0}],
		['of the next socket', [...isConnected, closes('client-1'), opens('client-1'), connects], {status: 'connecting', connections: 0}],
	])('%s', (_, story, expected) => {
		expect(linksOf('client-1', ...story)).toMatchObject([{endpoint: place, direction: 'connect', ...expected}]);
	});

	test('that was mended forgets what was wrong', () => {
		expect(linksOf('client-1', connects, failsHandshake('client-1', 'EPIPE'), link('handshake-done', 'client-1'))[0]).not.toHaveProperty('code');
	});

	test('that was given up is gone', () => {
		expect(linksOf('client-1', ...isConnected, link('disconnecting', 'client-1'))).toEqual([]);
	});
});

describe('a peer with several endpoints', () => {
	const other = 'ipc:///tmp/pizza';

	test('has one link for each, in the order in which they came', () => {
		const links = linksOf('client-1', ...isConnected, link('connecting', 'client-1', other), retries('client-1', 1, beginning, other));
		expect(links.map(({endpoint, status}) => [endpoint, status])).toEqual([[place, 'connected'], [other, 'retrying']]);
	});

	test('loses only the one that it gives up', () => {
		expect(linksOf('client-1', ...isConnected, link('connecting', 'client-1', other), link('disconnecting', 'client-1')).map(({endpoint}) => endpoint)).toEqual([other]);
	});
});

test('whatever happens, an endpoint has one link, and nobody is counted below nothing', () => {
	fc.assert(fc.property(randomStory, story => {
		for (const {links, state} of Object.values(snapshotOf(...story).peers)) {
			expect(new Set(links.map(({endpoint}) => endpoint)).size).toBe(links.length);
			expect(links.every(({connections, handshaking}) => connections >= 0 && handshaking >= 0)).toBe(true);
			expect(links.every(({status, connections}) => status !== 'connected' || connections === 1)).toBe(true);
			expect(state === undefined && links.some(({connections}) => connections > 0)).toBe(false);
		}
	}));
});
