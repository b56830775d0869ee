/** Options of libzmq on real sockets: what each one changes. */
import net from 'node:net';
import {expect, onTestFinished, test} from 'vitest';
import {bodyOf, openLab, openPair} from '../helpers/lab.js';

test('immediate: with nobody there a request is refused, where it would have waited', async () => {
	const lab = await openPair();
	lab.run('@server-1 close');
	await lab.sees('disconnected', {peer: 'client-1'});
	lab.run('immediate on', 'send Hello');
	await lab.sees('refused', {peer: 'client-1', operation: 'send', code: 'EAGAIN'});
	lab.run('immediate off', 'send Hello');
	await lab.sees('sent', {peer: 'client-1', body: 'Hello'});
	lab.run('@server-1 open');
	expect(bodyOf(await lab.sees('received', {peer: 'client-1'}))).toBe('World');
});

test('heartbeat: a link that has fallen silent is given up', async () => {
	const lab = await openPair();
	const hole = await openBlackHole(Number(lab.endpointOf('client-1', 'connect').split(':').at(-1)));
	lab.run('@client-1 disconnect', `@client-1 connect tcp://127.0.0.1:${hole.port}`, '@client-1 heartbeat 50ms 100ms');
	await lab.sees('handshake-done', {peer: 'client-1', endpoint: `tcp://127.0.0.1:${hole.port}`});
	expect(await lab.asks('Hello')).toBe('World');
	hole.swallow();
	lab.run('send Is anybody there?');
	await lab.sees('disconnected', {peer: 'client-1'});
});

test('linger is taken by the socket that is there; the others make a new one', async () => {
	const lab = await openPair();
	lab.run('@client-1 linger 0', '@server-1 linger 5s');
	await lab.sees('option-changed', {peer: 'server-1', option: 'linger', value: '5s'});
	expect(lab.snapshot.peers['client-1']?.sockets).toBe(1);
	lab.run('@all hwm 5');
	await lab.comesTo(({peers}) => Object.values(peers).every(({sockets}) => sockets === 2), 'two new sockets');
	await lab.isConnected();
	expect(await lab.asks('Hello')).toBe('World');
});

test('a closed peer has the option once it opens', async () => {
	const lab = await openLab();
	lab.run('@client-1 close', '@client-1 immediate on');
	await lab.sees('option-changed', {option: 'immediate'});
	expect(lab.stateOf('client-1')).toBeUndefined();
	lab.run('@server-1 close', '@client-1 open', 'send Hello');
	await lab.sees('refused', {peer: 'client-1', code: 'EAGAIN'});
});

test.each(['immediate perhaps', '@client-1 heartbeat', '@client-1 heartbeat 0', '@client-1 linger long', '@client-1 hwm -1'])('%s is refused with examples', async line => {
	const lab = await openLab();
	lab.run(line);
	const {next} = await lab.sees('command-failed');
	expect(next).toMatch(/^write \//v);
});

/** A link to a local port that passes everything, until it is told to pass nothing more and to say nothing of it. */
async function openBlackHole(target: number): Promise<{readonly port: number; readonly swallow: () => void}> {
	let isOpen = true;
	const sockets: net.Socket[] = [];
	const pass = (from: net.Socket, to: net.Socket): void => {
		from.on('data', chunk => {
			if (isOpen) {
				to.write(chunk);
			}
		});
		from.on('error', () => undefined);
	};

	const server = net.createServer(near => {
		const far = net.connect(target, '127.0.0.1');
		sockets.push(near, far);
		pass(near, far);
		pass(far, near);
	});
	await new Promise<void>(resolve => {
		server.listen(0, '127.0.0.1', resolve);
	});
	onTestFinished(() => {
		server.close();
		for (const socket of sockets) {
			socket.destroy();
		}
	});
	return {
		port: (server.address() as net.AddressInfo).port,
		swallow() {
			isOpen = false;
		},
	};
}
