/** The envelope lens says at each hop which frames are there, and who adds or strips which. */
import {describe, expect, test} from 'vitest';
import {type Fact, type SocketType} from '../../source/core/events.js';
import {envelopeLens} from '../../source/core/envelope-lens.js';
import {type HopFrame} from '../../source/core/hop.js';
import {isAdded, journalOf, labStarts, opens, pair, receives, sends, sets, type Telling} from '../helpers/events.js';

const frame = (role: HopFrame['role'], text: string): HopFrame => ({role, text, size: text.length});
const hop = (body: string): readonly HopFrame[] => [frame('routing-id', 'ana'), frame('delimiter', ''), frame('body', body)];
const cast = (broker: SocketType, worker: SocketType): readonly Telling[] => [
	labStarts(),
	{type: 'peer-added', peer: 'broker', role: 'broker', socketType: broker, options: {}},
	{type: 'peer-added', peer: 'worker-1', role: 'server', socketType: worker, options: {}},
	isAdded('client-1', 'client'),
	sets('client-1', 'id', 'ana'),
	...['broker', 'worker-1', 'client-1'].map(peer => opens(peer)),
];
const passes = (from: 'frontend' | 'backend', body: string, worker?: string): Fact => ({type: 'forwarded', peer: 'broker', from, frames: hop(body), waiting: 0, ...(worker !== undefined && {worker})});
const places = (...story: readonly Telling[]): readonly string[] => envelopeLens(journalOf(story)).filter(({frames}) => frames.length > 0).map(({where, frames}) => `${where}: ${frames.map(each => `[${each}]`).join('')}`);

describe('through a broker', () => {
	test('a REP sees the body alone, a ROUTER the routing id before it', () => {
		expect(places(
			...cast('ROUTER+DEALER', 'REP'),
			sends('client-1', 'Hello'),
			passes('frontend', 'Hello'),
			receives('worker-1', 'Hello'),
			sends('worker-1', 'World'),
			passes('backend', 'World'),
			receives('client-1', 'World'),
		)).toEqual([
			'client-1 REQ: [Hello]',
			'on the link: [][Hello]',
			'broker ROUTER: [ana][][Hello]',
			'on the link: [ana][][Hello]',
			'worker-1 REP: [Hello]',
			'worker-1 REP: [World]',
			'broker DEALER: [ana][][World]',
			'on the link: [][World]',
			'client-1 REQ: [World]',
		]);
	});

	test('a worker that is a REQ gets a delimiter of its own, takes it off, and sees whose request it is', () => {
		expect(places(...cast('ROUTER+ROUTER', 'REQ'), sends('client-1', 'Hello'), passes('frontend', 'Hello', 'worker-1'))).toEqual([
			'client-1 REQ: [Hello]', 'on the link: [][Hello]', 'broker ROUTER: [ana][][Hello]', 'on the link: [][ana][][Hello]', 'worker-1 REQ: [ana][][Hello]',
		]);
	});

	test('of two clients with one id it says what becomes of the newer one', () => {
		const notes = envelopeLens(journalOf([...cast('ROUTER+DEALER', 'REP'), isAdded('client-2', 'client'), sets('client-2', 'id', 'ana'), sends('client-1', 'Hello'), passes('frontend', 'Hello')])).map(({note}) => note);
		expect(notes).toContain('two are ana: the ROUTER ignores the newer, in silence; /handover on lets it in');
	});
});

test('without a broker it is one hop, and before any request it says what to do', () => {
	expect(places(labStarts(), ...pair, sends('client-1', 'Hello'), receives('server-1', 'Hello'))).toEqual(['a client REQ: [Hello]', 'on the link: [][Hello]', 'server-1 REP: [Hello]']);
	expect(envelopeLens(journalOf([labStarts(), ...pair])).map(({note}) => note).join(' ')).toContain('say something in a client’s pane');
});
