/**
A second knock, for who has nothing to say to ZMTP: a TLS server hangs up on it, and many a web server waits for the end of a line.
They answer in their own language: first bytes of TLS, then of HTTP, each on a connection of its own. Nothing is asked for.

Source: RFC 8446, "Record Protocol" and "Client Hello" (as of TLS 1.2, which every server can read); RFC 9112, "Message Format".
*/
import {createConnection} from 'node:net';
import {addressOf, type Endpoint} from '../core/endpoint.js';
import {concatenate} from '../zmtp/encode.js';
import {looksLike} from '../zmtp/impostors.js';
import {type LooksLike} from '../zmtp/units.js';

/** How many bytes are looked at. */
const enough = 16;

/** Tries one language after the other. Gives what it looks like, or undefined if it stays silent in all. */
export async function knockAgain(endpoint: Endpoint, patienceMs: number): Promise<LooksLike | undefined> {
	for (const hello of [clientHello, httpRequest]) {
		const seen = await answerTo(endpoint, hello, patienceMs);
		const verdict = seen.length === 0 ? undefined : looksLike(seen, true);
		if (verdict !== undefined) {
			return verdict;
		}
	}

	return undefined;
}

async function answerTo(endpoint: Endpoint, hello: Uint8Array, patienceMs: number): Promise<Uint8Array> {
	return new Promise(resolve => {
		const socket = createConnection(addressOf(endpoint));
		let seen: Uint8Array = new Uint8Array(0);
		const finish = (): void => {
			clearTimeout(timer);
			socket.destroy();
			resolve(seen);
		};

		const timer = setTimeout(finish, patienceMs);
		socket.on('connect', () => {
			socket.write(hello);
		});
		socket.on('data', (chunk: Uint8Array) => {
			seen = concatenate([seen, chunk.subarray(0, enough)]);
			if (seen.length >= enough) {
				finish();
			}
		});
		socket.on('error', finish);
		socket.on('close', finish);
	});
}

const httpRequest = new TextEncoder().encode('HEAD / HTTP/1.0\r\n\r\n');

/** TLS 1.2, three usual cipher suites, no extension: a server that does not like it says so in TLS. */
const clientHello = recordOf(0x16, handshakeOf(1, concatenate([
	Uint8Array.of(3, 3),
	new Uint8Array(32).fill(0x5A),
	Uint8Array.of(0),
	Uint8Array.of(0, 6, 0xC0, 0x2F, 0x00, 0x9C, 0x00, 0x2F),
	Uint8Array.of(1, 0),
])));

/** Type, size in three bytes. */
function handshakeOf(type: number, body: Uint8Array): Uint8Array {
	return concatenate([Uint8Array.of(type, 0, body.length >> 8, body.length & 0xFF), body]);
}

/** Type, version, size in two bytes. */
function recordOf(type: number, body: Uint8Array): Uint8Array {
	return concatenate([Uint8Array.of(type, 3, 1, body.length >> 8, body.length & 0xFF), body]);
}
