/** The other way round: bytes for a greeting, a command, a message (RFC 37), for whoever knocks at a port or builds what a decoder should read. */
import {noBytes} from './bytes.js';
import {greetingSize} from './greeting.js';
import {
	command,
	headerSize,
	long,
	more,
} from './frame-header.js';

const encoder = new TextEncoder();

type Bytes = Uint8Array | string;

const bytesOf = (value: Bytes): Uint8Array => typeof value === 'string' ? encoder.encode(value) : value;

/** One after another. */
export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
	let size = 0;
	for (const part of parts) {
		size += part.length;
	}

	const whole = new Uint8Array(size);
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}

	return whole;
}

/** A number in network byte order. */
function encodeNumber(value: number, length: number): Uint8Array {
	const bytes = new Uint8Array(length);
	let rest = value;
	for (let index = length - 1; index >= 0; index--) {
		bytes[index] = rest % 256;
		rest = Math.floor(rest / 256);
	}

	return bytes;
}

/** The header of a frame as its flags say: 2 bytes, or 9 with LONG. */
export function encodeHeader(flags: number, size: number): Uint8Array {
	return concatenate([Uint8Array.of(flags), encodeNumber(size, headerSize(flags) - 1)]);
}

/** One frame; LONG is set where the body needs it. */
export function encodeFrame(flags: number, body: Uint8Array): Uint8Array {
	return concatenate([encodeHeader(body.length > 255 ? flags | long : flags, body.length), body]);
}

/** A message of these frames. */
export function encodeMessage(frames: readonly Bytes[]): Uint8Array {
	return concatenate(frames.map((frame, index) => encodeFrame(index < frames.length - 1 ? more : 0, bytesOf(frame))));
}

/** A command: its name, then its data. */
export function encodeCommand(name: string, data: Uint8Array = noBytes): Uint8Array {
	return encodeFrame(command, concatenate([encodeName(name), data]));
}

const encodeName = (name: string): Uint8Array => concatenate([Uint8Array.of(name.length), encoder.encode(name)]);

/** READY with these properties, in their order. */
export function encodeReady(properties: Readonly<Record<string, Bytes>>): Uint8Array {
	return encodeCommand('READY', concatenate(Object.entries(properties).flatMap(([name, value]) => {
		const bytes = bytesOf(value);
		return [encodeName(name), encodeNumber(bytes.length, 4), bytes];
	})));
}

/** What a greeting says; a peer of ZMTP 3.1 under NULL unless told otherwise. */
export type GreetingOptions = {
	readonly mechanism?: string;
	readonly major?: number;
	readonly minor?: number;
	readonly asServer?: boolean;
};

/** The 64 bytes of a greeting as libzmq sends it: the padding of the signature holds the length of an empty identity, for peers of ZMTP 1.0. */
export function encodeGreeting({mechanism = 'NULL', major = 3, minor = 1, asServer = false}: GreetingOptions = {}): Uint8Array {
	const greeting = new Uint8Array(greetingSize);
	greeting.set([0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, major, minor]);
	greeting.set(encoder.encode(mechanism).subarray(0, 20), 12);
	greeting[32] = asServer ? 1 : 0;
	return greeting;
}
