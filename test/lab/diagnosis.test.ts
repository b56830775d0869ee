/** Ways into trouble on real sockets, each reproducible from the keyboard, and what the diagnosis says of it. */
import {Reply, Request} from 'zeromq';
import {expect, onTestFinished, test} from 'vitest';
import {diagnose, isStuck, type Diagnosis} from '../../source/core/diagnosis.js';
import {type LabOptions} from '../../source/core/lab-port.js';
import {viewPeer, type PeerView} from '../../source/core/view.js';
import {bodyOf, openLab, openPair, type TestLab} from '../helpers/lab.js';
import {takenEndpoint} from '../helpers/strangers.js';

const place = 'tcp://127.0.0.1:*';

/** Two clients at one server. */
const twoClients: LabOptions['actors'] = [
	{peer: 'server-1', role: 'server', places: [{direction: 'bind', endpoint: place}]},
	{peer: 'client-1', role: 'client', places: [{direction: 'connect', endpoint: place}]},
	{peer: 'client-2', role: 'client', places: [{direction: 'connect', endpoint: place}]},
];

/** One client at two servers. */
const twoServers: LabOptions['actors'] = [
	{peer: 'server-1', role: 'server', places: [{direction: 'bind', endpoint: place}]},
	{peer: 'server-2', role: 'server', places: []},
	{peer: 'client-1', role: 'client', places: [{direction: 'connect', endpoint: place}]},
];

const openWith = async (actors: LabOptions['actors']): Promise<TestLab> => openLab({actors, endpoint: undefined});

function diagnosisOf({snapshot}: TestLab, name: string): Diagnosis | undefined {
	const peer = snapshot.peers[name];
	return peer && diagnose(snapshot, peer, snapshot.t);
}

function paneOf({snapshot}: TestLab, name: string): PeerView | undefined {
	const peer = snapshot.peers[name];
	return peer && viewPeer(snapshot, peer, snapshot.t);
}

test('REQ -> q1 -> REP crashes and restarts: the client is stuck for ever, proved by another one that is served', async () => {
	const lab = await openWith(twoClients);
	await lab.isConnected();
	lab.run('hold', '@client-1 send q1');
	await lab.sees('held');
	lab.run('@server-1 restart', 'release');
	await lab.sees('handshake-done', {peer: 'client-1'});
	await lab.isConnected();
	expect(diagnosisOf(lab, 'client-1')).toMatchObject({rule: 'lost-with-server', waitsFor: 'server-1', isStuck: true});
	// The barrier: the server serves, and the stuck one's socket says itself that it may not send, and that nothing came.
	lab.run('@client-2 send Hello');
	await lab.sees('received', {peer: 'client-2', body: 'World'});
	lab.run('@client-1 send q2');
	await lab.sees('refused', {peer: 'client-1', operation: 'send', code: 'EFSM'});
	expect(lab.all('received', {peer: 'client-1'})).toEqual([]);
	expect(diagnosisOf(lab, 'client-1')?.isStuck).toBe(true);
	lab.run('@client-1 recover relaxed', '@client-1 send q3');
	await lab.sees('received', {peer: 'client-1', body: 'World'});
	expect(diagnosisOf(lab, 'client-1')).toBeUndefined();
});

test.each(['request', 'reply'] as const)('a fault takes the %s: the wire proves that nothing can come, and which fault it was, lifted or not', async way => {
	const lab = await openPair({tap: true});
	lab.run(`fault drop ${way} 2`);
	await lab.sees('fault-set');
	expect(await lab.asks('one')).toBe('World');
	lab.run('@client-1 send two');
	await lab.sees('exchange-seen', {outcome: 'lost', way, rule: 1});
	const found = {rule: 'lost-on-wire', waitsFor: 'server-1', isStuck: true, where: {evidence: 'exact'}};
	expect(diagnosisOf(lab, 'client-1')).toMatchObject(found);
	expect(diagnosisOf(lab, 'client-1')?.where.text).toBe(`its ${way} was dropped by fault 1`);
	expect(diagnosisOf(lab, 'client-1')?.hope.text).toContain(`fault 1 (drop ${way} 2) dropped the ${way}`);
	lab.run('fault lift all');
	await lab.sees('fault-lifted');
	expect(diagnosisOf(lab, 'client-1')).toMatchObject(found);
	expect(diagnosisOf(lab, 'client-1')?.hope.text).toContain(`fault 1, which is lifted since, took the ${way}`);
	lab.run('@client-1 send three');
	await lab.sees('refused', {peer: 'client-1', operation: 'send', code: 'EFSM'});
	lab.run('@client-1 restart');
	await lab.isConnected();
	expect(await lab.asks('four')).toBe('World');
});

test.each(['request', 'reply'] as const)('a fault holds the %s back: it can still come, and does once the fault is lifted', async way => {
	const lab = await openPair({tap: true});
	lab.run(`fault hold ${way} 1 1h`, '@client-1 send Hello');
	await lab.sees('fault-struck', {way});
	await lab.comesTo(() => diagnosisOf(lab, 'client-1')?.rule === 'kept-on-wire', 'the diagnosis names the fault');
	expect(diagnosisOf(lab, 'client-1')).toMatchObject({where: {text: `its ${way} is held back by fault 1`, evidence: 'exact'}, hope: {answer: 'yes'}, isStuck: false});
	lab.run(diagnosisOf(lab, 'client-1')?.ways[0]?.command.slice(1) ?? '');
	expect(bodyOf(await lab.sees('received', {peer: 'client-1'}))).toBe('World');
});

test('a server of another program keeps silent: the tap knows that the request has gone to it', async () => {
	const server = new Reply({linger: 0});
	onTestFinished(() => {
		server.close();
	});
	await server.bind(place);
	const endpoint = server.lastEndpoint ?? '';
	const lab = await openLab({actors: [{peer: 'client-1', role: 'client', places: [{direction: 'connect', endpoint}]}], endpoint: undefined, tap: true});
	await lab.sees('handshake-done', {peer: 'client-1'});
	lab.run('@client-1 send Hello');
	await server.receive();
	await lab.sees('unit', {way: 'request'});
	expect(diagnosisOf(lab, 'client-1')).toMatchObject({rule: 'passed-tap', where: {text: `gone through the tap to whoever is at ${endpoint}`, evidence: 'exact'}, hope: {answer: 'unknown'}});
	await server.send('World');
	await lab.sees('received', {peer: 'client-1', body: 'World'});
});

test('a reply that a fault took after the time-out: no late reply is promised', async () => {
	const lab = await openPair({tap: true, timeout: '50ms'});
	lab.run('hold', 'fault drop reply', '@client-1 send Hello');
	await lab.sees('timed-out');
	lab.run('release');
	await lab.sees('exchange-seen', {outcome: 'lost', way: 'reply'});
	expect(diagnosisOf(lab, 'client-1')).toMatchObject({rule: 'lost-on-wire', hope: {answer: 'no'}, isStuck: true});
});

test('a server of another program goes while it owes the reply: the wire has shown that the request had left', async () => {
	const server = new Reply();
	await server.bind(place);
	const endpoint = server.lastEndpoint ?? '';
	const lab = await openLab({actors: [{peer: 'client-1', role: 'client', places: [{direction: 'connect', endpoint}]}], endpoint: undefined, tap: true});
	await lab.sees('handshake-done', {peer: 'client-1'});
	lab.run('@client-1 send Hello');
	await server.receive();
	server.close();
	await lab.sees('exchange-seen', {outcome: 'lost', why: 'disconnected'});
	expect(diagnosisOf(lab, 'client-1')).toMatchObject({rule: 'lost-on-wire', waitsFor: 'a server', where: {evidence: 'exact'}, hope: {answer: 'no'}, isStuck: true});
});

test('correlate alone does not free it: the id tells replies apart, and there is none', async () => {
	const lab = await openPair();
	lab.run('hold', 'send q1');
	await lab.sees('held');
	lab.run('@server-1 restart', 'release');
	await lab.sees('handshake-done', {peer: 'client-1'});
	const {peers} = lab.snapshot;
	expect(peers['client-1'] && isStuck(lab.snapshot, peers['client-1'])).toBe(true);
	// The lab offers correlate only together with relaxed: on a bare socket it is strict all the same.
	const bare = new Request({correlate: true, linger: 0, sendTimeout: 0, receiveTimeout: 0});
	const server = new Reply({linger: 0});
	onTestFinished(() => {
		bare.close();
	});
	server.bindSync(place);
	const endpoint = server.lastEndpoint ?? '';
	bare.connect(endpoint);
	await bare.send('q1');
	await server.receive();
	server.close();
	await expect(bare.send('q2')).rejects.toMatchObject({code: 'EFSM'});
	await expect(bare.receive()).rejects.toMatchObject({code: 'EAGAIN'});
});

test('both connect: nobody listens, until one does', async () => {
	const lab = await openLab({scene: 'both-connect', endpoint: undefined});
	lab.run('send Hello');
	await lab.sees('sent', {peer: 'client-1'});
	expect(diagnosisOf(lab, 'client-1')).toMatchObject({rule: 'nobody-listens', hope: {answer: 'yes'}, isStuck: false});
	const [first, then] = diagnosisOf(lab, 'client-1')?.ways ?? [];
	lab.run(first?.command.slice(1) ?? '', then?.command.slice(1) ?? '');
	await lab.sees('received', {peer: 'client-1', body: 'World'});
});

test('a program that takes the connection and says nothing: the pane and the diagnosis say that there is no handshake', async () => {
	const endpoint = await takenEndpoint();
	const lab = await openWith([{peer: 'client-1', role: 'client', places: [{direction: 'connect', endpoint}]}]);
	await lab.sees('connected', {peer: 'client-1'});
	expect(paneOf(lab, 'client-1')).toMatchObject({health: {text: 'no handshake yet'}, status: {text: 'somebody is there: a ZeroMQ socket?'}});
	lab.run('@client-1 send Hello');
	await lab.sees('sent', {peer: 'client-1'});
	expect(diagnosisOf(lab, 'client-1')).toMatchObject({rule: 'no-handshake-yet', where: {evidence: 'exact'}, hope: {answer: 'unknown'}});
});

test('a request sent while the server is down waits for it, and arrives', async () => {
	const lab = await openPair();
	lab.run('@server-1 crash');
	await lab.sees('disconnected', {peer: 'client-1'});
	lab.run('send Hello');
	await lab.sees('sent', {peer: 'client-1'});
	const diagnosis = diagnosisOf(lab, 'client-1');
	expect(diagnosis).toMatchObject({rule: 'waits-for-peer', waitsFor: 'server-1', hope: {answer: 'yes'}});
	lab.run(diagnosis?.ways[0]?.command.slice(1) ?? '');
	await lab.sees('received', {peer: 'client-1', body: 'World'});
});

test('a queued request is behind the one that is served; both queues are lost with a crash', async () => {
	const lab = await openWith(twoClients);
	await lab.isConnected();
	lab.run('hold', '@client-1 send one');
	await lab.sees('held');
	lab.run('@client-2 send two');
	await lab.sees('sent', {peer: 'client-2'});
	expect(diagnosisOf(lab, 'client-2')).toMatchObject({rule: 'in-queue', waitsFor: 'server-1', hope: {answer: 'yes'}});
	lab.run('@server-1 restart', 'release');
	await lab.sees('handshake-done', {peer: 'client-2'});
	// Whether it had arrived a plain link can't tell.
	expect(diagnosisOf(lab, 'client-2')).toMatchObject({rule: 'connection-lost', hope: {answer: 'unknown'}, isStuck: false});
});

test('a crowd’s server crashes: all who had asked it are stuck, and their tapped links prove it', async () => {
	const lab = await openLab({scene: 'crowd', delay: '1h'});
	await lab.comesTo(({peers}) => peers['server-1']?.links[0]?.connections === 12, 'all are connected');
	lab.run('@clients send Hello');
	await lab.comesTo(({exchanges}) => Object.values(exchanges.wire).every(({pairs}) => Object.keys(pairs).length === 1), 'all requests have passed their taps');
	lab.run('@server-1 restart');
	await lab.comesTo(({exchanges}) => exchanges.tally.lost === 12, 'all are lost');
	const found = Object.keys(lab.snapshot.peers).filter(name => name !== 'server-1').map(name => diagnosisOf(lab, name));
	expect(found.map(diagnosis => [diagnosis?.waitsFor, diagnosis?.where.evidence, diagnosis?.isStuck])).toEqual(found.map(() => ['server-1', 'exact', true]));
});

test('one REQ, two REPs: they take turns; the next request goes to the dead one, and waits there', async () => {
	const lab = await openWith(twoServers);
	await lab.comesTo(({peers}) => peers['client-1']?.links[0]?.connections === 1, 'connected');
	lab.run(`@server-2 bind ${place}`);
	const {endpoint} = await lab.sees('bound', {peer: 'server-2'});
	lab.run(`@client-1 connect ${endpoint}`);
	await lab.sees('handshake-done', {peer: 'client-1', endpoint});
	expect(await lab.asks('one')).toBe('World');
	expect(await lab.asks('two')).toBe('World');
	expect(lab.all('received').filter(({peer}) => peer !== 'client-1').map(({peer}) => peer).toSorted()).toEqual(['server-1', 'server-2']);
	lab.run('@server-2 crash');
	await lab.sees('disconnected', {peer: 'client-1'});
	// They go on taking turns: if the dead one was the last to serve, the other is the next.
	if (lab.all('received', {peer: 'server-2', body: 'two'}).length > 0) {
		expect(await lab.asks('three')).toBe('World');
	}

	lab.run('@client-1 send four');
	await lab.sees('sent', {peer: 'client-1'});
	const peer = lab.snapshot.peers['client-1'];
	expect(peer && diagnose(lab.snapshot, peer, lab.snapshot.t + 2000)).toMatchObject({rule: 'routed-to-nobody', waitsFor: `a server at ${endpoint}`, isStuck: false});
	lab.run('@server-2 open');
	await lab.sees('received', {peer: 'client-1', body: 'World'});
});

test('two clients with one routing id: the second shakes hands and is never served', async () => {
	const lab = await openWith(twoClients);
	await lab.isConnected();
	lab.run('@client-1 id twin');
	await lab.sees('handshake-done', {peer: 'client-1'});
	expect(await lab.asks('Hello')).toBe('World');
	lab.run('@client-2 id twin');
	await lab.sees('handshake-done', {peer: 'client-2'});
	lab.run('@client-2 send Hello');
	await lab.sees('sent', {peer: 'client-2'});
	// The barrier: the first is served all the same.
	expect(await lab.asks('Still there?')).toBe('World');
	expect(diagnosisOf(lab, 'client-2')).toMatchObject({rule: 'same-routing-id', waitsFor: 'client-1', isStuck: true});
	expect(lab.all('received', {peer: 'client-2'})).toEqual([]);
	lab.run('@client-2 id off');
	await lab.sees('handshake-done', {peer: 'client-2'});
	lab.run('@client-2 send Hello');
	expect(bodyOf(await lab.sees('received', {peer: 'client-2'}))).toBe('World');
});

test('inproc never reconnects: with a lost server the client is stuck', async () => {
	const lab = await openLab({endpoint: 'inproc://first'});
	lab.run('hold', 'send Hello');
	await lab.sees('held');
	lab.run('@server-1 restart', 'release');
	await lab.sees('bound', {peer: 'server-1'});
	expect(diagnosisOf(lab, 'client-1')).toMatchObject({rule: 'lost-with-server', isStuck: true});
	lab.run('send Hello?');
	await lab.sees('refused', {peer: 'client-1', operation: 'send', code: 'EFSM'});
});

test('a client that closes while its server works: the reply goes nowhere, and the diagnosis says so', async () => {
	const lab = await openPair();
	lab.run('hold', 'send Hello');
	await lab.sees('held');
	lab.run('@client-1 close');
	await lab.sees('peer-closed', {peer: 'client-1'});
	expect(diagnosisOf(lab, 'server-1')).toMatchObject({rule: 'held-back', waitsFor: 'you', hope: {answer: 'no'}});
	lab.run('release');
	await lab.sees('sent', {peer: 'server-1'});
});

test('a late reply after a time-out may be received', async () => {
	const lab = await openPair();
	lab.run('timeout 50ms', 'hold', 'send Hello');
	await lab.sees('timed-out');
	expect(diagnosisOf(lab, 'client-1')).toMatchObject({rule: 'held', hope: {answer: 'yes'}, isStuck: false});
	lab.run('release');
	await lab.sees('sent', {peer: 'server-1'});
	expect(diagnosisOf(lab, 'client-1')).toMatchObject({rule: 'answered-late', ways: [{command: '/@client-1 receive'}, {}, {}]});
});
