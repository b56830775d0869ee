/** Commands that move the sockets: send, reply, receive, and asking again and again. */
import {parseDuration} from '../core/duration.js';
import {
	done,
	noArgument,
	problem,
	type CommandRecord,
	type Read,
} from './record.js';
import {readPayload} from './payload.js';

function readMessage(verb: 'send' | 'reply') {
	return (rest: string): Read => {
		const payload = readPayload(rest);
		return payload.ok ? done({verb, frames: payload.frames}) : payload;
	};
}

function readEvery(rest: string): Read {
	if (rest.trim() === 'off') {
		return done({verb: 'every-off'});
	}

	const [interval = '', ...words] = rest.trimStart().split(' ');
	const intervalMs = parseDuration(interval);
	if (intervalMs === undefined) {
		return problem(interval === '' ? 'a time is missing' : `“${interval}” is no time`, 'write /every 500ms Hello, or /every off');
	}

	const payload = readPayload(words.join(' ') || 'Hello');
	return payload.ok ? done({verb: 'every', intervalMs, frames: payload.frames}) : payload;
}

export const conversationCommands: readonly CommandRecord[] = [
	{
		name: 'send',
		subject: 'client',
		usage: 'send <text> | --frames a b "" | --hex 00ff',
		summary: 'send a request; plain text in a client pane does the same',
		read: readMessage('send'),
		suggest: () => ['--frames ', '--hex '],
	},
	{
		name: 'reply',
		subject: 'server',
		usage: 'reply <text> | --frames a b "" | --hex 00ff',
		summary: 'send a reply by hand; plain text in a server pane does the same',
		read: readMessage('reply'),
		suggest: () => ['--frames ', '--hex '],
	},
	{
		name: 'receive',
		subject: 'peer',
		usage: 'receive',
		summary: 'try to receive now, in whatever state the socket is',
		read: noArgument({verb: 'receive'}),
	},
	{
		name: 'every',
		subject: 'client',
		usage: 'every <time> [text] | off',
		summary: 'ask again and again, each time once the reply is there',
		read: readEvery,
		suggest: () => ['500ms ', '1s ', 'off'],
	},
	{
		name: 'timeout',
		subject: 'client',
		usage: 'timeout <time> | off',
		summary: 'how long a client waits for a reply before it gives up receiving',
		read(rest) {
			const word = rest.trim();
			if (word === 'off') {
				return done({verb: 'timeout', ms: undefined});
			}

			const ms = parseDuration(word);
			return ms === undefined || ms === 0
				? problem(word === '' ? 'a time is missing' : `“${word}” is no time-out`, 'write /timeout 2s, or /timeout off')
				: done({verb: 'timeout', ms});
		},
		suggest: () => ['2s', '10s', 'off'],
	},
];
