/** Commands that say how many peers there are. */
import {mostPeers, type Calling} from '../core/scenes.js';
import {type Snapshot} from '../core/snapshot.js';
import {
	done,
	noArgument,
	problem,
	type CommandRecord,
	type Read,
} from './record.js';
import {readServerPlace} from './server-process.js';

const namesOf = ({peers}: Snapshot, role: 'client' | 'server'): readonly string[] =>
	Object.values(peers).filter(peer => peer.role === role).map(({name}) => name);

/** `/client`, `/server` and `/worker`: one more, several more, or one less; and where a server runs. */
export const readHowMany = (calling: Calling) => (rest: string): Read => {
	const [verb = '', argument, ...more] = rest.trim().split(/\s+/);
	if (verb === 'remove' && argument !== undefined && more.length === 0) {
		return done({verb: 'remove', named: argument.replace(/^@/, '')});
	}

	if (calling === 'server' && (verb === 'process' || verb === 'inside')) {
		return readServerPlace(rest);
	}

	const count = /^[1-9]\d{0,3}$/.test(argument ?? '1') ? Number(argument ?? 1) : undefined;
	if (verb !== 'add' || count === undefined || more.length > 0) {
		return problem(verb === 'add' ? `“${[argument, ...more].join(' ')}” is no number of ${calling}s` : `what shall happen to the ${calling}s?`, `write /${calling} add, /${calling} add 20, ${calling === 'server' ? '/server process, ' : ''}or /${calling} remove ${calling}-2`);
	}

	return count > mostPeers ? problem(`a lab has room for ${mostPeers} peers`, `write a smaller number than ${count}`) : done({verb: 'add', calling, count});
};

const suggestFor = (role: 'client' | 'server') => (snapshot: Snapshot): readonly string[] =>
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
