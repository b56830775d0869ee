/**
Recordings that were written by earlier versions, and must open in every later one. A fixture is never changed: each version of the form
adds one of its own.
*/
import {expect, test} from 'vitest';
import {Journal} from '../../source/core/journal.js';
import {opened, readAll} from './helpers.js';

test('version 1: every event is known, and means what it meant', async () => {
	const file = 'test/recording/fixtures/version-1.jsonl';
	const {header} = await opened(file);
	expect(header).toMatchObject({version: 1, seed: 7, scene: 'pair', versions: {'zmq-playground': '0.1.0', libzmq: '4.3.5'}});
	const {events, findings} = await readAll(file);
	expect(findings).toEqual([]);
	expect(events.map(({n}) => n)).toEqual(Array.from({length: 167}, (_, index) => index + 1));

	const journal = new Journal();
	for (const event of events) {
		journal.append(event);
	}

	expect(events.flatMap(({n}) => journal.settledBy(n)?.outcome ?? [])).toEqual(['replied', 'replied', 'replied', 'replied', 'timed-out', 'replied', 'abandoned']);
	// The end of its first lab, whose client tried again as a lazy pirate.
	expect(journal.asOf(120).snapshot).toMatchObject({
		scene: 'pair',
		exchanges: {tally: {asked: 6, replied: 5, 'timed-out': 1, late: 1}},
		peers: {'client-1': {sockets: 4, options: {recover: 'relaxed+correlate'}}, 'server-1': {sockets: 2, options: {'reply-with': '{upper}'}}},
	});
	expect(journal.snapshot).toMatchObject({scene: 'pair', ended: {}, peers: {'client-1': {socketType: 'REQ', closedHow: 'end'}, 'server-1': {socketType: 'REP', closedHow: 'end'}}});
});
