/**
Options of libzmq that decide what a socket notices and what it keeps, and what each changes, in a sentence.

Source: zmq_setsockopt(3): ZMQ_IMMEDIATE, ZMQ_HEARTBEAT_IVL, ZMQ_HEARTBEAT_TIMEOUT, ZMQ_LINGER, ZMQ_SNDHWM, ZMQ_RCVHWM.
*/
import {formatDuration, parseDuration} from './duration.js';

export type SocketOptionName = 'immediate' | 'heartbeat' | 'linger' | 'hwm';

/** One option as a person sets it; times in ms. `heartbeat` without an interval is off; `hwm` counts messages, 0 is no limit. */
export type SocketOption =
	| {readonly name: 'immediate'; readonly isOn: boolean}
	| {readonly name: 'heartbeat'; readonly intervalMs: number; readonly timeoutMs: number}
	| {readonly name: 'linger'; readonly ms: number}
	| {readonly name: 'hwm'; readonly messages: number};

/** How each is written. */
export const socketOptionExamples: Readonly<Record<SocketOptionName, readonly string[]>> = {
	immediate: ['on', 'off'],
	heartbeat: ['1s 3s', '200ms 600ms', 'off'],
	linger: ['0', '1s', '10s'],
	hwm: ['1', '1000'],
};

/** Reads the argument of the command of that name; undefined if it makes no sense. */
export function parseSocketOption(name: SocketOptionName, text: string): SocketOption | undefined {
	const words = text.trim().split(/\s+/);
	const [first = '', second] = words;
	switch (name) {
		case 'immediate': {
			return words.length === 1 && (first === 'on' || first === 'off') ? {name, isOn: first === 'on'} : undefined;
		}

		case 'heartbeat': {
			if (words.length === 1 && first === 'off') {
				return {name, intervalMs: 0, timeoutMs: 0};
			}

			const intervalMs = parseDuration(first);
			const timeoutMs = second === undefined ? intervalMs : parseDuration(second);
			return words.length <= 2 && intervalMs && timeoutMs ? {name, intervalMs: Math.ceil(intervalMs), timeoutMs: Math.ceil(timeoutMs)} : undefined;
		}

		case 'linger': {
			const ms = parseDuration(first);
			return words.length === 1 && ms !== undefined ? {name, ms: Math.ceil(ms)} : undefined;
		}

		case 'hwm': {
			return words.length === 1 && /^\d{1,7}$/.test(first) ? {name, messages: Number(first)} : undefined;
		}
	}
}

/** Writes it as its command reads it. */
export function formatSocketOption(option: SocketOption): string {
	switch (option.name) {
		case 'immediate': {
			return option.isOn ? 'on' : 'off';
		}

		case 'heartbeat': {
			return option.intervalMs === 0 ? 'off' : `${formatDuration(option.intervalMs)} ${formatDuration(option.timeoutMs)}`;
		}

		case 'linger': {
			return formatDuration(option.ms);
		}

		case 'hwm': {
			return String(option.messages);
		}
	}
}

/** What the option changes, in a sentence. */
export function explainSocketOption(option: SocketOption): string {
	switch (option.name) {
		case 'immediate': {
			return option.isOn
				? 'only a finished connection takes a message: with nobody there a send is refused (EAGAIN)'
				: 'a message may wait for a connection that is still to come';
		}

		case 'heartbeat': {
			return option.intervalMs === 0
				? 'a link that falls silent goes unnoticed'
				: `it pings every ${formatDuration(option.intervalMs)}; a link that then stays silent for ${formatDuration(option.timeoutMs)} is given up, and made anew`;
		}

		case 'linger': {
			return option.ms === 0
				? 'closing drops what is still to be delivered'
				: `closing goes on delivering for up to ${formatDuration(option.ms)}`;
		}

		case 'hwm': {
			return option.messages === 0
				? 'no limit to the messages that wait for a peer'
				: `at most ${option.messages} ${option.messages === 1 ? 'message waits' : 'messages wait'} for each peer, in each direction`;
		}
	}
}
