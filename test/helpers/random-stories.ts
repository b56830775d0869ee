/**
Random stories: any fact after any other, whether a real lab would tell it so or not. A fold must stand all of them.
*/
import fc from 'fast-check';
import {type Fact} from '../../source/core/events.js';
import {
	closes,
	crashes,
	crowd,
	failsHandshake,
	failsToBind,
	isRefused,
	link,
	opens,
	place,
	receives,
	retries,
	sends,
	sets,
	timesOut,
	beginning,
} from './events.js';

const peer = fc.constantFrom('client-1', 'client-2', 'server-1', 'stranger', 'constructor');
const body = fc.constantFrom('Hello', 'World', '');
const endpoint = fc.constantFrom(place, 'inproc://pizza');
const operation = fc.constantFrom('send' as const, 'receive' as const);
const code = fc.constantFrom('EFSM', 'EAGAIN');

const facts: fc.Arbitrary<Fact> = fc.oneof(
	{weight: 4, arbitrary: fc.tuple(peer, body).map(([who, what]) => sends(who, what))},
	{weight: 4, arbitrary: fc.tuple(peer, body).map(([who, what]) => receives(who, what))},
	peer.map(who => timesOut(who)),
	fc.tuple(peer, operation, code).map(([who, how, why]) => isRefused(who, how, why)),
	peer.map(who => opens(who)),
	peer.map(who => closes(who)),
	peer.map(who => crashes(who)),
	peer.map(who => ({type: 'held', peer: who} as const)),
	peer.map(who => ({type: 'released', peer: who} as const)),
	peer.map(who => ({type: 'delay-started', peer: who, ms: 1000} as const)),
	peer.map(who => ({type: 'delay-ended', peer: who} as const)),
	fc.tuple(peer, fc.constantFrom('automatic', 'by-hand')).map(([who, value]) => sets(who, 'service', value)),
	fc.tuple(
		fc.constantFrom('listening', 'accepted', 'connected', 'handshake-done', 'disconnected', 'stopped-listening', 'bound', 'unbound', 'connecting', 'disconnecting'),
		peer,
		endpoint,
	).map(([type, who, where]) => link(type, who, where)),
	fc.tuple(peer, endpoint).map(([who, where]) => retries(who, 1, beginning, where)),
	fc.tuple(peer, endpoint).map(([who, where]) => failsHandshake(who, 'EPIPE', where)),
	fc.tuple(peer, endpoint).map(([who, where]) => failsToBind(who, 'EADDRINUSE', where)),
);

/** What may happen in a lab of two clients and a server, and to strangers whom it never heard of. */
export const randomStory: fc.Arbitrary<readonly Fact[]> = fc.array(facts, {maxLength: 40}).map(happenings => [...crowd(2), ...happenings]);
