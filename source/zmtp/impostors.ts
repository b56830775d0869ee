/**
What a stream that does not begin like ZMTP looks like.

Law: the verdict depends on the bytes alone, never on how they were cut into chunks; so it is given at the first byte at which it is certain, and no beginning in the table is the beginning of another.
*/
import {type LooksLike} from './units.js';

/** After so many bytes without a known beginning the stream is called text or binary. */
const sniffed = 8;

const beginnings: ReadonlyArray<readonly [beginning: string, looksLike: LooksLike]> = [
	...['GET ', 'HEAD ', 'POST ', 'PUT ', 'PATCH ', 'DELETE ', 'OPTIONS ', 'TRACE ', 'CONNECT '].map(method => [method, 'http-request'] as const),
	['HTTP/', 'http-response'],
	['PRI * HT', 'http2'],
	// A frame of SETTINGS on stream 0 is how an HTTP/2 server begins.
	['\u{0}\u{0}\u{12}\u{4}', 'http2'],
	['\u{16}\u{3}', 'tls'],
	['\u{15}\u{3}', 'tls'],
	['SSH-', 'ssh'],
	['220 ', 'smtp-or-ftp'],
	['220-', 'smtp-or-ftp'],
	['+PONG\r\n', 'redis'],
	['-ERR ', 'redis'],
	['-DENIED ', 'redis'],
	['*1\r\n', 'redis'],
	['*2\r\n', 'redis'],
	['AMQP', 'amqp'],
];

/** What these first bytes of a stream look like, or `undefined` while that can still change. `isWhole`: no more will come. */
export function looksLike(seen: Uint8Array, isWhole: boolean): LooksLike | undefined {
	const text = String.fromCodePoint(...seen.subarray(0, sniffed));
	const known = beginnings.find(([beginning]) => text.startsWith(beginning));
	if (known) {
		return known[1];
	}

	if (isMysql(seen)) {
		return 'mysql';
	}

	if (seen.length < sniffed && !isWhole) {
		return undefined;
	}

	if (isTelnet(seen)) {
		return 'telnet';
	}

	return seen.every(byte => isText(byte)) ? 'text' : 'binary';
}

/** MySQL's server greets first: a size of three bytes (little-endian), number 0, protocol version 10. */
const isMysql = (seen: Uint8Array): boolean => seen[1] === 0 && seen[2] === 0 && seen[3] === 0 && seen[4] === 0x0A;

/** Telnet negotiates with `FF`, which is also how ZMTP begins: asked only when it proved not to be ZMTP. */
const isTelnet = (seen: Uint8Array): boolean => seen[0] === 0xFF && (seen[1] ?? 0) >= 0xFB && (seen[1] ?? 0) <= 0xFE;

const isText = (byte: number): boolean => (byte >= 0x20 && byte <= 0x7E) || (byte >= 0x09 && byte <= 0x0D);
