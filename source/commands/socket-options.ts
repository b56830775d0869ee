/** Commands that set libzmq's own options on a socket. */
import {parseSocketOption, socketOptionExamples, type SocketOptionName} from '../core/socket-options.js';
import {
	done,
	problem,
	type CommandRecord,
	type Subject,
} from './record.js';

function socketOption(name: SocketOptionName, subject: Subject, {notation, summary}: {readonly notation: string; readonly summary: string}): CommandRecord {
	const examples = socketOptionExamples[name];
	return {
		name,
		subject,
		usage: `${name} ${notation}`,
		summary,
		read(rest) {
			const option = parseSocketOption(name, rest);
			return option
				? done({verb: 'socket-option', option})
				: problem(rest.trim() === '' ? 'a value is missing' : `“${rest.trim()}” is no value of ${name}`, `write /${name} ${examples.join(', or ')}`);
		},
		suggest: () => examples,
	};
}

export const socketOptionCommands: readonly CommandRecord[] = [
	socketOption('immediate', 'client', {notation: 'on | off', summary: 'whether only a finished connection takes a request (makes a new socket)'}),
	socketOption('heartbeat', 'peer', {notation: '1s 3s | off', summary: 'ping each connection, and give it up if it stays silent (makes a new socket)'}),
	socketOption('linger', 'peer', {notation: '<time>', summary: 'how long a closed socket goes on delivering'}),
	socketOption('hwm', 'peer', {notation: '<messages>', summary: 'high-water mark: how many messages may wait for a peer (makes a new socket)'}),
];
