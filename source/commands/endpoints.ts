/** Commands about who binds and who connects. */
import {checkEndpoint} from '../core/endpoint.js';
import {type Direction} from '../core/events.js';
import {type PeerSnapshot, type Snapshot} from '../core/snapshot.js';
import {done, problem, type CommandRecord, type Read} from './record.js';

const readEndpoint = (verb: Direction) => (rest: string): Read => {
	const checked = checkEndpoint(rest.trim(), verb);
	return checked.ok ? done({verb, endpoint: checked.endpoint}) : checked;
};

/** An endpoint that is already there is taken as it stands: `unbind` must be able to name what libzmq resolved. */
const readExisting = (verb: 'unbind' | 'disconnect') => (rest: string): Read =>
	done({verb, endpoint: rest.trim() === '' ? undefined : rest.trim()});

const endpointsOf = (peer: PeerSnapshot | undefined, direction: Direction): readonly string[] =>
	(peer?.links ?? []).filter(link => link.direction === direction).map(link => link.endpoint);

const listening = (snapshot: Snapshot): readonly string[] =>
	Object.values(snapshot.peers).flatMap(peer => endpointsOf(peer, 'bind'));

/** In bytes (zmq_setsockopt(3), ZMQ_ROUTING_ID). */
const longestId = 255;

const examples = ['tcp://127.0.0.1:5560', 'ipc:///tmp/pizza', 'inproc://pizza'];

export const endpointCommands: readonly CommandRecord[] = [
	{
		name: 'bind',
		subject: 'peer',
		usage: 'bind <endpoint>',
		summary: 'listen at an endpoint (tcp, ipc or inproc; port * for any free one)',
		read: readEndpoint('bind'),
		suggest: () => ['tcp://127.0.0.1:*', ...examples],
	},
	{
		name: 'unbind',
		subject: 'peer',
		usage: 'unbind [endpoint]',
		summary: 'stop listening',
		read: readExisting('unbind'),
		suggest: (_snapshot, peer) => endpointsOf(peer, 'bind'),
	},
	{
		name: 'connect',
		subject: 'peer',
		usage: 'connect <endpoint>',
		summary: 'connect to an endpoint, which may come to life later',
		read: readEndpoint('connect'),
		suggest: snapshot => [...new Set([...listening(snapshot), ...examples])],
	},
	{
		name: 'disconnect',
		subject: 'peer',
		usage: 'disconnect [endpoint]',
		summary: 'give up a connection',
		read: readExisting('disconnect'),
		suggest: (_snapshot, peer) => endpointsOf(peer, 'connect'),
	},
	{
		name: 'id',
		subject: 'client',
		usage: 'id <name> | off',
		summary: 'the routing id by which a server tells its clients apart (makes a new socket)',
		read(rest) {
			const id = rest.trim();
			const size = new TextEncoder().encode(id).length;
			return size === 0 || size > longestId
				? problem(size === 0 ? 'a name is missing' : `the id has ${size} bytes and libzmq takes ${longestId}`, 'write /id pizza, or /id off for one of libzmq’s own')
				: done({verb: 'id', id: id === 'off' ? undefined : id});
		},
		suggest: () => ['pizza', 'off'],
	},
];
