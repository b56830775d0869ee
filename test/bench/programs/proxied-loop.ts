/** A REQ and a REP of zeromq.js with something between them: `proxied-loop.ts plain` a proxy that only copies bytes, `proxied-loop.ts tap` the tap. */
import process from 'node:process';
import {Reply, Request} from 'zeromq';
import {runLockstep} from '../lockstep.js';
import {startBetween} from './between.js';

const message = 'x'.repeat(30);
const server = new Reply();
await server.bind('tcp://127.0.0.1:*');
const client = new Request();
client.connect(await startBetween(process.argv[2], server.lastEndpoint ?? ''));

runLockstep({
	server, client, request: message, reply: message,
});
