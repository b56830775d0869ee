/**
Makes the fixtures: what real libzmq peers say to each other, recorded by a proxy on 127.0.0.1.

	node test/zmtp/capture.ts [name …]

Runs under the pinned Node, which strips types; so this file imports nothing of the project but types. Peers are of zeromq.js and, where it is installed, of python3-zmq (`apt-get install python3-zmq`).
*/
import {Buffer} from 'node:buffer';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {writeFile} from 'node:fs/promises';
import net from 'node:net';
import process from 'node:process';
import {setTimeout as delay} from 'node:timers/promises';
import {deflateRawSync} from 'node:zlib';
import zmq from 'zeromq';
import type {Capture, StoredChunk} from './helpers/captures.js';

/** Where nothing comes, a socket is closed under whoever waits; that is no failure. */
const forget = () => undefined;

type Side = Capture['chunks'][number]['from'];
type LastEndpoint = zmq.Reply['lastEndpoint'];
type Socket = {close(): void};
/** One conversation: who binds, who connects, what they say. `keep` closes a socket when the conversation is over. */
type Conversation = {
	readonly says: string;
	/** Told when a byte of the listener's may pass: for a line that is slow. */
	readonly slow?: Side;
	run(tools: Tools): Promise<void>;
};
type Tools = {
	keep<Kind extends Socket>(socket: Kind): Kind;
	/** Puts the proxy before a socket that has bound, and gives the address to connect to. */
	through(endpoint: LastEndpoint): Promise<string>;
	/** Lets a slow line flow. */
	release(): void;
	python(script: string, endpoint: string): Promise<void>;
};

const quiet = {linger: 0, receiveTimeout: 5000, sendTimeout: 5000};
const anyPort = 'tcp://127.0.0.1:*';
const server = zmq.curveKeyPair();
const client = zmq.curveKeyPair();
const curveServer = {curveServer: true, curveSecretKey: server.secretKey};
const curveClient = {curveServerKey: server.publicKey, curvePublicKey: client.publicKey, curveSecretKey: client.secretKey};
const beating = {heartbeatInterval: 50, heartbeatTimeToLive: 5000, heartbeatTimeout: 4000};

/** A REP that answers `World` so many times. */
async function answer(tools: Tools, options: Record<string, unknown>, times = 1): Promise<string> {
	const reply = tools.keep(new zmq.Reply({...quiet, ...options}));
	await reply.bind(anyPort);
	const serve = async () => {
		for (let count = 0; count < times; count++) {
			await reply.receive();
			await reply.send('World');
		}
	};

	// Where no question comes, the socket is closed under it.
	serve().catch(forget);
	return tools.through(reply.lastEndpoint);
}

/** Answers whoever logs in, once. PLAIN without a ZAP handler refuses everybody, in silence. */
async function authenticate(tools: Tools, status: string): Promise<void> {
	const zap = tools.keep(new zmq.Reply(quiet));
	await zap.bind('inproc://zeromq.zap.01');
	const judge = async () => {
		const [version, id] = await zap.receive();
		await zap.send([version!, id!, status, 'so it is', 'somebody', '']);
	};

	judge().catch(forget);
}

async function ask(tools: Tools, endpoint: string, options: Record<string, unknown>, ...questions: Array<string | string[]>): Promise<void> {
	const request = tools.keep(new zmq.Request({...quiet, ...options}));
	request.connect(endpoint);
	for (const question of questions) {
		await request.send(question);
		await request.receive();
	}
}

/** Two that will not come together: what they say before they part. */
async function failToAsk(tools: Tools, endpoint: string, options: Record<string, unknown>): Promise<void> {
	const request = tools.keep(new zmq.Request({...quiet, ...options, receiveTimeout: 400}));
	request.connect(endpoint);
	await request.send('Hello');
	await request.receive().catch(forget);
}

const pythonOpening = 'import sys, zmq\nc = zmq.Context()\nendpoint = sys.argv[1]\n';
const pythonRequest = (options: string) => `${pythonOpening}s = c.socket(zmq.REQ)\ns.linger = 0\ns.rcvtimeo = 5000\n${options}\ns.connect(endpoint)\ns.send(b"Hello")\nassert s.recv() == b"World"\ns.send_multipart([b"two", b"", b"x" * 300])\nassert s.recv() == b"World"\n`;
const pythonKeys = [['publickey', client.publicKey], ['secretkey', client.secretKey], ['serverkey', server.publicKey]].map(([name, key]) => `s.curve_${name} = b${JSON.stringify(key)}`).join('\n');

const conversations: Readonly<Record<string, Conversation>> = {
	'req-rep': {
		says: 'REQ -> Hello -> REP -> World, three times',
		run: async tools => ask(tools, await answer(tools, {}, 3), {}, 'Hello', 'Hello', 'Hello'),
	},
	correlate: {
		says: 'REQ with relaxed and correlate, twice',
		run: async tools => ask(tools, await answer(tools, {}, 2), {relaxed: true, correlate: true}, 'Hello', 'Hello'),
	},
	heartbeats: {
		says: 'REQ and REP with heartbeats every 50 ms and a time to live of 5 s',
		async run(tools) {
			await ask(tools, await answer(tools, beating), beating, 'Hello');
			await delay(180);
		},
	},
	'routing-id': {
		says: 'REQ with a routing id -> ROUTER',
		async run(tools) {
			const router = tools.keep(new zmq.Router(quiet));
			await router.bind(anyPort);
			const asking = ask(tools, await tools.through(router.lastEndpoint), {routingId: 'client-1'}, 'Hello');
			const [id, ...envelope] = await router.receive();
			await router.send([id!, ...envelope.slice(0, -1), 'World']);
			await asking;
		},
	},
	'broker-worker': {
		says: 'DEALER -> [routing id, request id, delimiter, Hello] -> REP, and with an automatic id and without a request id',
		async run(tools) {
			const dealer = tools.keep(new zmq.Dealer(quiet));
			dealer.connect(await answer(tools, {}, 2));
			await dealer.send(['client-1', Buffer.from([0x12, 0x34, 0x56, 0x78]), '', 'Hello']);
			await dealer.receive();
			await dealer.send([Buffer.from([0, 1, 2, 3, 4]), '', 'Hello']);
			await dealer.receive();
		},
	},
	'router-dealer': {
		says: 'DEALER <-> ROUTER without delimiters',
		async run(tools) {
			const router = tools.keep(new zmq.Router(quiet));
			await router.bind(anyPort);
			const dealer = tools.keep(new zmq.Dealer({...quiet, routingId: 'worker-1'}));
			dealer.connect(await tools.through(router.lastEndpoint));
			await dealer.send(['one', 'two', 'three']);
			const [id] = await router.receive();
			await router.send([id!, 'four']);
			await dealer.receive();
		},
	},
	'multi-frame': {
		says: 'REQ -> [alpha, empty, 300 B, omega] -> REP',
		run: async tools => ask(tools, await answer(tools, {}), {}, ['alpha', '', 'x'.repeat(300), 'omega']),
	},
	long: {
		says: 'REQ -> 255 B, 256 B, 100,000 B -> REP',
		run: async tools => ask(tools, await answer(tools, {}, 3), {}, 'x'.repeat(255), 'y'.repeat(256), 'z'.repeat(100_000)),
	},
	plain: {
		says: 'PLAIN, accepted by ZAP',
		async run(tools) {
			await authenticate(tools, '200');
			await ask(tools, await answer(tools, {plainServer: true}), {plainUsername: 'admin', plainPassword: 'open-sesame'}, 'Hello');
		},
	},
	'plain-refused': {
		says: 'PLAIN, refused by ZAP with 400',
		async run(tools) {
			await authenticate(tools, '400');
			await failToAsk(tools, await answer(tools, {plainServer: true}), {plainUsername: 'admin', plainPassword: 'open-sesame'});
		},
	},
	curve: {
		says: 'CURVE, with heartbeats, a message of 5 B, one of three frames, one of 300 B',
		async run(tools) {
			await ask(tools, await answer(tools, {...curveServer, ...beating}, 3), {...curveClient, ...beating}, 'Hello', ['one', 'two', 'three'], 'x'.repeat(300));
			await delay(180);
		},
	},
	'plain-to-null': {
		says: 'a client of PLAIN at a server of NULL',
		run: async tools => failToAsk(tools, await answer(tools, {}), {plainUsername: 'admin', plainPassword: 'open-sesame'}),
	},
	'null-to-curve': {
		says: 'a client of NULL at a server of CURVE',
		run: async tools => failToAsk(tools, await answer(tools, curveServer), {}),
	},
	'req-to-pub': {
		says: 'a REQ at a PUB',
		async run(tools) {
			const publisher = tools.keep(new zmq.Publisher({linger: 0}));
			await publisher.bind(anyPort);
			await failToAsk(tools, await tools.through(publisher.lastEndpoint), {});
		},
	},
	'pub-sub': {
		says: 'SUB subscribes and cancels, PUB publishes',
		async run(tools) {
			const publisher = tools.keep(new zmq.Publisher({linger: 0}));
			await publisher.bind(anyPort);
			const subscriber = tools.keep(new zmq.Subscriber({linger: 0, receiveTimeout: 5000}));
			subscriber.subscribe('weather');
			subscriber.connect(await tools.through(publisher.lastEndpoint));
			await delay(150);
			await publisher.send(['weather', 'rain']);
			await subscriber.receive();
			subscriber.unsubscribe('weather');
			await delay(100);
		},
	},
	'ping-inside-message': {
		says: 'PING between the frames of a message, on a line that stalls for 400 ms',
		slow: 'connector',
		async run(tools) {
			const pull = tools.keep(new zmq.Pull({linger: 0, receiveTimeout: 5000}));
			await pull.bind(anyPort);
			const push = tools.keep(new zmq.Push({linger: 0, sendTimeout: 5000, ...beating, sendBufferSize: 4096}));
			push.connect(await tools.through(pull.lastEndpoint));
			await push.send(Array.from({length: 120}, (_, index) => String(index).padEnd(20_000, '.')));
			await delay(400);
			tools.release();
			await pull.receive();
		},
	},
	'python-req': {
		says: 'a REQ of Python at a REP of JavaScript, NULL',
		run: async tools => tools.python(pythonRequest(''), await answer(tools, {}, 2)),
	},
	'python-correlate': {
		says: 'a REQ of Python with correlate, a routing id and heartbeats at a REP of JavaScript',
		run: async tools => tools.python(`${pythonRequest('s.req_correlate = 1\ns.req_relaxed = 1\ns.identity = b"snake"\ns.heartbeat_ivl = 50\ns.heartbeat_ttl = 3000')}import time\ntime.sleep(0.2)\n`, await answer(tools, {}, 2)),
	},
	'python-curve': {
		says: 'a REQ of Python at a REP of JavaScript, CURVE',
		run: async tools => tools.python(pythonRequest(pythonKeys), await answer(tools, curveServer, 2)),
	},
	'python-plain': {
		says: 'a REQ of Python at a REP of JavaScript, PLAIN',
		async run(tools) {
			await authenticate(tools, '200');
			await tools.python(pythonRequest('s.plain_username = b"admin"\ns.plain_password = b"open-sesame"'), await answer(tools, {plainServer: true}, 2));
		},
	},
	'python-rep': {
		says: 'a REQ of JavaScript at a REP of Python (which connects)',
		async run(tools) {
			const request = tools.keep(new zmq.Request(quiet));
			await request.bind(anyPort);
			const serving = tools.python(`${pythonOpening}s = c.socket(zmq.REP)\ns.connect(endpoint)\ns.recv()\ns.send(b"World")\ns.close(200)\n`, await tools.through(request.lastEndpoint));
			await request.send('Hello');
			await request.receive();
			await serving;
		},
	},
};

/** Records one conversation. */
async function capture(name: string, {says, slow, run}: Conversation): Promise<Capture> {
	const chunks: Array<Capture['chunks'][number]> = [];
	const closers: Array<() => void> = [];
	const stalled = new Set<net.Socket>();
	let isReleased = false;
	let isOver = false;

	const join = (from: Side, source: net.Socket, target: net.Socket) => {
		source.on('data', chunk => {
			chunks.push({from, bytes: chunk});
			target.write(chunk);
			// The handshake passes; what follows waits in the kernel, and then in libzmq.
			if (slow === from && !isReleased && chunks.filter(each => each.from === from).length >= 4) {
				source.pause();
				stalled.add(source);
			}
		});
		source.on('end', () => {
			if (!isOver) {
				chunks.push({from});
			}

			target.end();
		});
		source.on('error', () => {
			target.destroy();
		});
		closers.push(() => {
			source.destroy();
		});
	};

	const through = async (endpoint: LastEndpoint) => {
		const proxy = net.createServer({noDelay: true}, downstream => {
			const upstream = net.connect({host: '127.0.0.1', port: Number(endpoint?.split(':').at(-1)), noDelay: true});
			join('connector', downstream, upstream);
			join('listener', upstream, downstream);
			// One connection is one fixture: a peer that tries again finds the door closed.
			proxy.close();
		});
		proxy.listen(0, '127.0.0.1');
		await once(proxy, 'listening');
		return `tcp://127.0.0.1:${(proxy.address() as net.AddressInfo).port}`;
	};

	await run({
		through,
		release() {
			isReleased = true;
			for (const source of stalled) {
				source.resume();
			}
		},
		keep(socket) {
			closers.push(() => {
				socket.close();
			});
			return socket;
		},
		async python(script, endpoint) {
			const [status] = await once(spawn('/usr/bin/python3', ['-c', script, endpoint], {stdio: 'inherit'}), 'exit') as [number];
			if (status !== 0) {
				throw new Error(`Python ended with ${status}: is python3-zmq installed?`);
			}
		},
	});
	await delay(30);
	isOver = true;
	for (const close of closers) {
		close();
	}

	const peers = `zeromq.js, libzmq ${zmq.version}${name.startsWith('python') ? ' and python3-zmq' : ''}`;
	return {name, says, peers, chunks};
}

/** Repetitive bytes are deflated, so that a message of 2 MB does not weigh on the repository. */
function store({from, bytes}: Capture['chunks'][number]): StoredChunk {
	if (!bytes) {
		return {from, end: true};
	}

	const deflated = deflateRawSync(bytes);
	return deflated.length < bytes.length / 2
		? {from, deflated: deflated.toString('base64')}
		: {from, base64: Buffer.from(bytes).toString('base64')};
}

const asked = process.argv.slice(2);
for (const [name, conversation] of Object.entries(conversations)) {
	if (asked.length > 0 && !asked.includes(name)) {
		continue;
	}

	const {chunks, ...about} = await capture(name, conversation);
	const stored = chunks.map(chunk => JSON.stringify(store(chunk)));
	const text = `${JSON.stringify(about).slice(0, -1)},"chunks":[\n${stored.join(',\n')}\n]}\n`;
	await writeFile(new URL(`fixtures/${name}.json`, import.meta.url), text);
	console.log(`${name}: ${chunks.length} chunks, ${text.length} B stored`);
}
