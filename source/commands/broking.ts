/** Commands about a broker and its workers. */
import {policies, policyNames} from '../core/policy.js';
import {isWorker} from '../core/scenes.js';
import {type Snapshot} from '../core/snapshot.js';
import {readHowMany} from './peers.js';
import {done, problem, type CommandRecord} from './record.js';

const workersOf = ({peers}: Snapshot): readonly string[] => Object.values(peers).filter(peer => isWorker(peer)).map(({name}) => name);

export const brokingCommands: readonly CommandRecord[] = [
	{
		name: 'worker',
		subject: 'lab',
		usage: 'worker add [n] | remove <name> | remove workers',
		summary: 'more workers, each connected to the broker’s backend, or one less, or none',
		read: readHowMany('worker'),
		suggest: snapshot => ['add', 'add 4', ...workersOf(snapshot).map(name => `remove ${name}`), ...(workersOf(snapshot).length > 1 ? ['remove workers'] : [])],
	},
	{
		name: 'policy',
		subject: 'lab',
		usage: `policy ${policyNames.join(' | ')}`,
		summary: 'how the broker chooses a worker; it and the workers take new sockets, whose types fit',
		read(rest) {
			const policy = policies.find(({name}) => name === rest.trim());
			return policy ? done({verb: 'policy', policy: policy.name}) : problem(rest.trim() === '' ? 'a policy is missing' : `“${rest.trim()}” is no policy`, `write one of: ${policyNames.join(', ')}`);
		},
		suggest: () => policyNames,
	},
	{
		name: 'handover',
		subject: 'lab',
		usage: 'handover on | off',
		summary: 'whether a client that comes with the routing id of another one takes its place (ZMQ_ROUTER_HANDOVER)',
		read(rest) {
			const word = rest.trim();
			return word === 'on' || word === 'off' ? done({verb: 'handover', isOn: word === 'on'}) : problem(word === '' ? 'on or off is missing' : `“${word}” is neither on nor off`, 'write /handover on, or /handover off');
		},
		suggest: () => ['on', 'off'],
	},
];
