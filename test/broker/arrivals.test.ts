/** Who has come and gone at a side of the broker, by the monitor's own order of words: who has never come does not go. */
import {expect, test} from 'vitest';
import {type Event as MonitorEvent} from 'zeromq';
import {Arrivals} from '../../source/broker/arrivals.js';

const error = Object.assign(new Error('libzmq says no more'), {code: 'ERR_ZMTP_CRYPTOGRAPHIC'});
const [came, joined, failed, left] = ['accept', 'handshake', 'handshake:error:protocol', 'disconnect'].map(type => ({type, address: 'tcp://127.0.0.1:1', error}) as unknown as MonitorEvent) as [MonitorEvent, MonitorEvent, MonitorEvent, MonitorEvent];

test.each<[story: string, events: readonly MonitorEvent[], told: readonly string[]]>([
	['one comes and goes', [came, joined, left], ['peer-joined', 'peer-left']],
	['one with wrong keys never came', [came, failed, left], ['handshake-failed']],
	['nor did one who is hung up on without a word', [came, left], []],
	['who leaves meanwhile has left', [came, joined, came, failed, left, left], ['peer-joined', 'handshake-failed', 'peer-left']],
	['a box that does not open ends no connection', [came, joined, failed, left], ['peer-joined', 'handshake-failed', 'peer-left']],
])('%s', (_, events, told) => {
	const arrivals = new Arrivals('frontend');
	expect(events.flatMap(event => arrivals.take(event)?.type ?? [])).toEqual(told);
});
