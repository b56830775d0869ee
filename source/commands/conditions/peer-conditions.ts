/** The conditions about a peer: one record each. */
import {diagnose} from '../../core/diagnosis.js';
import {type OptionName} from '../../core/events.js';
import {visible} from '../../core/text.js';
import {type PeerCondition} from './condition.js';
import {describeLinks, describePeer, linkWords, peerWords} from './peer-words.js';

const words = peerWords.map(({word}) => word);

/** Compiles only if it names each of them. */
const optionNames = Object.keys({
	delay: true, 'delay-once': true, 'reply-with': true, service: true, hold: true, timeout: true, every: true, recover: true, immediate: true, heartbeat: true, linger: true, hwm: true, id: true, process: true, policy: true, handover: true, curve: true, 'public-key': true, allow: true,
} satisfies Record<OptionName, true>) as OptionName[];

export const peerConditions: readonly PeerCondition[] = [
	{
		verb: 'is',
		usage: `<peer> is [not] ${words.join(' | ')}`,
		summary: 'how a peer stands',
		read(reader) {
			const isNot = reader.takes('not');
			const word = reader.oneOf(words, 'a word for a peer');
			const record = peerWords.find(each => each.word === word);
			return (peer, {snapshot, now}) => ({
				holds: (record?.isSo(peer, snapshot) ?? false) !== isNot,
				was: linkWords.includes(word) && peer.state !== undefined ? describeLinks(peer) : describePeer(peer, snapshot, now),
			});
		},
	},
	{
		verb: 'holds',
		usage: '<peer> holds',
		summary: 'a server holds a reply back until release',
		read: () => (peer, {snapshot, now}) => ({
			holds: peer.waiting?.type === 'hold',
			was: peer.waiting?.type === 'hold' ? `${peer.name} holds a reply` : `${peer.name} holds no reply; ${describePeer(peer, snapshot, now)}`,
		}),
	},
	{
		verb: 'option',
		usage: '<peer> option <name> is | contains "<value>"',
		summary: 'a setting, as the command that sets it writes it',
		read(reader) {
			const option = reader.oneOf(optionNames, 'an option') as OptionName;
			const likeness = reader.likeness();
			return peer => {
				const value = peer.options[option];
				return {holds: likeness.holds(value ?? ''), was: `${option} of ${peer.name} is ${value === undefined ? 'as usual' : `"${visible(value)}"`}`};
			};
		},
	},
	{
		verb: 'sockets',
		usage: '<peer> sockets >= <n>',
		summary: 'how many sockets it has had, one after the other',
		read(reader) {
			const comparison = reader.comparison();
			return ({name, sockets}) => ({holds: comparison.holds(sockets), was: `${name} has had ${sockets} ${sockets === 1 ? 'socket' : 'sockets'}`});
		},
	},
	{
		verb: 'connections',
		usage: '<peer> connections >= <n>',
		summary: 'how many others it has shaken hands with and not lost',
		read(reader) {
			const comparison = reader.comparison();
			return ({name, links}) => {
				const count = links.reduce((sum, link) => sum + link.connections, 0);
				return {holds: comparison.holds(count), was: `${name} has ${count} ${count === 1 ? 'connection' : 'connections'}`};
			};
		},
	},
	{
		verb: 'replies',
		usage: '<peer> replies >= <n>',
		summary: 'how many replies it has received (a client) or given (a server)',
		read(reader) {
			const comparison = reader.comparison();
			return ({name, role, replies}) => ({holds: comparison.holds(replies), was: `${name} has ${role === 'client' ? 'received' : 'given'} ${replies} ${replies === 1 ? 'reply' : 'replies'}`});
		},
	},
	{
		verb: 'diagnosis',
		usage: '<peer> diagnosis is | contains "<text>"',
		summary: 'where /why says that its request is; "" while it does not wait',
		read(reader) {
			const likeness = reader.likeness();
			return (peer, {snapshot, now}) => {
				const where = diagnose(snapshot, peer, now)?.where.text ?? '';
				return {holds: likeness.holds(where), was: where === '' ? `${peer.name} waits for nothing` : `${peer.name}: ${where}`};
			};
		},
	},
];
