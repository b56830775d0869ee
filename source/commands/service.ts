/** Commands that say how a server answers: after what delay, with what, by itself or by hand. */
import {parseDelay} from '../core/delay.js';
import {
	done,
	noArgument,
	problem,
	type CommandRecord,
	type Read,
} from './record.js';

function readDelay(rest: string): Read {
	const words = rest.trim().split(/\s+/);
	if (words.length === 1 && (words[0] === 'longer' || words[0] === 'shorter')) {
		return done({verb: 'delay-step', by: words[0] === 'longer' ? 1 : -1});
	}

	const isOnce = words[0] === 'once';
	const notation = words.slice(isOnce ? 1 : 0).join('');
	const delay = parseDelay(notation);
	return delay
		? done({verb: 'delay', delay, once: isOnce})
		: problem(notation === '' ? 'a delay is missing' : `“${notation}” is no delay`, 'write /delay 800ms, 200ms..2s, 1s±200ms, off, or once 5s');
}

export const serviceCommands: readonly CommandRecord[] = [
	{
		name: 'delay',
		subject: 'server',
		usage: 'delay 800ms | 200ms..2s | 1s±200ms | once 5s | longer | shorter | off',
		summary: 'how long the server takes before it replies',
		read: readDelay,
		suggest: () => ['800ms', '200ms..2s', '1s±200ms', 'once 5s', 'longer', 'shorter', 'off'],
	},
	{
		name: 'hold',
		subject: 'server',
		usage: 'hold',
		summary: 'owe every reply until /release',
		read: noArgument({verb: 'hold'}),
		unavailable: peer => peer.options.hold === 'on' ? `${peer.name} holds already` : undefined,
	},
	{
		name: 'release',
		subject: 'server',
		usage: 'release',
		summary: 'give the held reply, and hold no more',
		read: noArgument({verb: 'release'}),
		unavailable: peer => peer.options.hold === 'on' ? undefined : `${peer.name} holds nothing`,
	},
	{
		name: 'reply-with',
		subject: 'server',
		usage: 'reply-with <text with {request} {upper} {count} {time}>',
		summary: 'answer by itself with this text',
		read: rest => rest.trim() === '' ? problem('a text is missing', 'write /reply-with World, or /reply-with {request}') : done({verb: 'reply-with', template: rest}),
		suggest: () => ['World', '{request}', '{upper}', 'No. {count} at {time}'],
	},
	{
		name: 'by-hand',
		subject: 'server',
		usage: 'by-hand',
		summary: 'you are the pizzeria: type each reply in the server pane',
		read: noArgument({verb: 'by-hand'}),
		unavailable: peer => peer.options.service === 'by-hand' ? `${peer.name} is served by hand already; /reply-with makes it automatic` : undefined,
	},
];
