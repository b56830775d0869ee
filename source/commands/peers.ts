/** Commands that say how many peers there are. */
import {type Role} from '../core/events.js';
import {mostPeers} from '../core/scenes.js';
import {type Snapshot} from '../core/snapshot.js';
import {
	done,
	noArgument,
	problem,
	type CommandRecord,
	type Read,
} from './record.js';
import {readServerPlace} from './server-process.js';

const namesOf = ({peers}: Snapshot, role: Role): readonly string[] =>
	Object.values(peers).filter(peer => peer.role === role).map(({name}) => name);

/** `/client` and `/server`: one more, several more, or one less; and where a server runs. */
const readHowMany = (role: Role) => (rest: string): Read => {
	const [verb = '', argument, ...more] = rest.trim().split(/\s+/);
	if (verb === 'remove' && argument !== undefined && more.length === 0) {
		return done({verb: 'remove', named: argument});
	}

	if (role === 'server' && (verb === 'process' || verb === 'inside')) {
		return readServerPlace(rest);
	}

	const count = /^[1-9]\d{0,3}$/.test(argument ?? '1') ? Number(argument ?? 1) : undefined;
	if (verb !== 'add' || count === undefined || more.length > 0) {
		return problem(verb === 'add' ? `“${[argument, ...more].join(' ')}” is no number of ${role}s` : `what shall happen to the ${role}s?`, `write /${role} add, /${role} add 20, ${role === 'server' ? '/server process, ' : ''}or /${role} remove ${role}-2`);
	}

	return count > mostPeers ? problem(`a lab has room for ${mostPeers} peers`, `write a smaller number than ${count}`) : done({verb: 'add', role, count});
};

const suggestFor = (role: Role) => (snapshot: Snapshot): readonly string[] =>
	['add', 'add 20', ...namesOf(snapshot, role).map(name => `remove ${name}`)];

export const peerCommands: readonly CommandRecord[] = [
	{
		name: 'client',
		subject: 'lab',
		usage: 'client add [n] | remove <name>',
		summary: 'more clients, each connected where the first one is, or one less',
		read: readHowMany('client'),
		suggest: suggestFor('client'),
	},
	{
		name: 'server',
		subject: 'lab',
		usage: 'server add [n] | remove <name> | process [name] | inside [name]',
		summary: 'more servers, each at a free port to which every client connects, or one less; or the server as a process of its own, so that /crash is a real SIGKILL',
		read: readHowMany('server'),
		suggest: snapshot => ['process', 'inside', ...suggestFor('server')(snapshot)],
	},
	{
		name: 'remove',
		subject: 'peer',
		usage: 'remove',
		summary: 'close the peer’s socket and take it out of the lab',
		read: noArgument({verb: 'remove'}),
	},
];
