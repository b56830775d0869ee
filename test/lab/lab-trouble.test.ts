/** What can be wrong with the other side: the transcript has one row for it, which says who erred, libzmq's code where there is one, and the next step. */
import {describe, expect, onTestFinished, test} from 'vitest';
import {Publisher} from 'zeromq';
import {type Event} from '../../source/core/events.js';
import {chatRow, type ChatRow} from '../../source/core/rows.js';
import {openPair, type TestLab} from '../helpers/lab.js';
import {
	comeAsSubscriber,
	comeWithCurve,
	curveEndpoint,
	deadEndpoint,
	webEndpoint,
} from '../helpers/strangers.js';

/** What went wrong, as the transcript of a peer tells it. */
function troubleOf(lab: TestLab, peer: string): readonly ChatRow[] {
	return lab.events
		.filter(event => 'peer' in event && event.peer === peer)
		.map(event => chatRow(event, lab.journal))
		.filter(row => row?.kind === 'refused' || row?.kind === 'warning') as readonly ChatRow[];
}

/** A pair whose client has left its server and goes to an endpoint of somebody else. */
async function goTo(endpoint: string): Promise<TestLab> {
	const lab = await openPair();
	lab.run('@client-1 disconnect');
	await lab.sees('disconnecting', {peer: 'client-1'});
	lab.run(`@client-1 connect ${endpoint}`);
	return lab;
}

/** By the fourth try, all that a client would say again and again has been said. */
const fourthTry = (event: Event): boolean => event.type === 'retrying' && event.peer === 'client-1' && event.count > 3;

const look = (endpoint: string): string => `Try zmq-playground probe ${endpoint} to see what is there.`;

describe('a client that goes to', () => {
	test('a PUB is hung up on, and connects anew once a REP is there', async () => {
		const publisher = new Publisher({linger: 0});
		onTestFinished(() => {
			publisher.close();
		});
		await publisher.bind('tcp://127.0.0.1:*');
		const endpoint = publisher.lastEndpoint ?? '';
		const lab = await goTo(endpoint);
		await lab.sees('disconnected', {peer: 'client-1', endpoint});
		expect(troubleOf(lab, 'client-1')).toMatchObject([{
			kind: 'warning',
			text: `no handshake at ${endpoint}`,
			more: [
				'The other side hung up on a REQ: most likely its socket is of a type that does not fit, and libzmq tries no more.',
				`A REQ needs a REP or a ROUTER. ${look(endpoint)} Once the right one is there, connect anew.`,
			],
		}]);
		publisher.close();
		lab.run(`@server-1 bind ${endpoint}`);
		await lab.sees('bound', {peer: 'server-1', endpoint});
		lab.run('@client-1 disconnect', `@client-1 connect ${endpoint}`);
		await lab.sees('handshake-done', {peer: 'client-1', endpoint});
		expect(await lab.asks('Hello')).toBe('World');
		expect(troubleOf(lab, 'client-1')).toHaveLength(1);
	});

	test('a web server is told so once, however often libzmq tries and whichever code it has', async () => {
		const endpoint = await webEndpoint();
		const lab = await goTo(endpoint);
		await lab.until(fourthTry, 'the fourth try');
		expect(troubleOf(lab, 'client-1')).toMatchObject([{
			kind: 'refused',
			text: expect.stringMatching(/^(?:EPIPE|ECONNRESET): no handshake at tcp:/v) as string,
			more: ['The other side hung up or kept silent: perhaps no ZeroMQ socket (a web server?), perhaps one with other security (CURVE).', look(endpoint)],
		}]);
	});

	test('a socket that wants CURVE is told of the mismatch', async () => {
		const endpoint = await curveEndpoint();
		const lab = await goTo(endpoint);
		const code = 'ERR_ZMTP_MECHANISM_MISMATCH';
		await lab.sees('handshake-failed', {peer: 'client-1', code});
		// Now and then the other side hangs up before its greeting is read, which is told first.
		expect(troubleOf(lab, 'client-1').at(-1)).toMatchObject({
			kind: 'refused',
			text: `${code}: no handshake at ${endpoint}`,
			more: [
				'The two sides use different security mechanisms: this one none (NULL), the other one CURVE or PLAIN.',
				'Use the same on both sides (/curve on, /curve off, or the flags at the start), then connect anew: libzmq tries no more.',
			],
		});
	});

	test('a name that stands for no address is told so once', async () => {
		const lab = await goTo('tcp://no-such-host.invalid:5560');
		await lab.until(fourthTry, 'the fourth try');
		expect(troubleOf(lab, 'client-1')).toMatchObject([{
			kind: 'refused',
			text: expect.stringMatching(/^(?:ENOTFOUND|EAI_AGAIN): nobody is found at tcp:\/\/no-such-host\.invalid:5560; retrying$/v) as string,
			more: [expect.stringMatching(/host name/v), 'Check its spelling, or write an address.'],
		}]);
	});

	test('a port where nobody listens is told so once', async () => {
		const endpoint = await deadEndpoint();
		const lab = await goTo(endpoint);
		await lab.until(fourthTry, 'the fourth try');
		expect(troubleOf(lab, 'client-1')).toMatchObject([{
			kind: 'warning',
			text: `nobody answers at ${endpoint}; retrying`,
			more: ['Start the other side, or check the endpoint.'],
		}]);
	});
});

test('a server that dies is missed once each time', async () => {
	const lab = await openPair();
	const endpoint = lab.endpointOf('server-1', 'bind');
	const isGone = {
		kind: 'warning',
		text: `lost the connection to ${endpoint}; retrying`,
		more: ['Is the other side still there? A request that it held is lost.'],
	};
	lab.run('@server-1 crash');
	await lab.until(fourthTry, 'the fourth try');
	expect(troubleOf(lab, 'client-1')).toMatchObject([isGone]);
	lab.run('@server-1 open');
	await lab.sees('handshake-done', {peer: 'client-1', endpoint});
	lab.run('@server-1 crash');
	await lab.until(fourthTry, 'the fourth try');
	expect(troubleOf(lab, 'client-1')).toMatchObject([isGone, isGone]);
});

describe('a server that is come to', () => {
	const newcomers: ReadonlyArray<[who: string, come: (endpoint: string) => void, text: RegExp, more: RegExp]> = [
		['by a SUB', comeAsSubscriber, /no handshake at/v, /(?:does not fit a REP.*A REP needs a REQ or a DEALER|hung up or kept silent).*Look to the program that came/v],
		['with CURVE', comeWithCurve, /^ERR_ZMTP_MECHANISM_MISMATCH: no handshake at/v, /different security mechanisms.*Use the same on both sides/v],
	];

	test.each(newcomers)('%s says so, and serves the others', async (_who, come, text, more) => {
		const lab = await openPair();
		come(lab.endpointOf('server-1', 'bind'));
		await lab.comesTo(() => troubleOf(lab, 'server-1').length > 0, 'a row about it');
		const [row] = troubleOf(lab, 'server-1');
		expect(row?.text).toMatch(text);
		expect(row?.more?.join(' ')).toMatch(more);
		expect(await lab.asks('Hello')).toBe('World');
		expect(troubleOf(lab, 'client-1')).toEqual([]);
	});

	// To libzmq what a browser writes is a message of ZMTP 1.0 without the empty frame. A REP discards it, and if its sender has gone by then, the
	// next reply with it (libzmq 4.3.5, `router.cpp`: `rollback()` leaves `_more_out` set without a `_current_out`). Never more than that one.
	test('by a web browser says so, and may lose the next reply, but serves whoever asks after that', async () => {
		const lab = await openPair();
		await expect(fetch(lab.endpointOf('server-1', 'bind').replace('tcp', 'http'))).rejects.toThrow();
		await lab.comesTo(() => troubleOf(lab, 'server-1').length > 0, 'a row about it');
		const [row] = troubleOf(lab, 'server-1');
		expect(row?.text).toMatch(/^E[A-Z]+: no handshake at/v);
		expect(row?.more?.join(' ')).toMatch(/a browser, a port scan.*Look to the program that came/v);
		lab.run('@client-1 send Hello?');
		await lab.sees('sent', {peer: 'server-1'});
		lab.run('@client-1 restart');
		await lab.sees('handshake-done', {peer: 'client-1'});
		expect(await lab.asks('Hello')).toBe('World');
	});
});
