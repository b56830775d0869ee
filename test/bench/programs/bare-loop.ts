/** What everything is measured against: zeromq.js alone, a REQ and a REP in one process over tcp loopback, as its own readme writes it. */
import {Reply, Request} from 'zeromq';
import {runLockstep} from '../lockstep.js';

const server = new Reply();
await server.bind('tcp://127.0.0.1:*');
const client = new Request();
client.connect(server.lastEndpoint ?? '');

runLockstep({
	server, client, request: 'Hello', reply: 'World',
});
