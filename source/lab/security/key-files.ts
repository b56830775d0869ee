/**
Keys in files. A secret key is written once, for its owner's eyes only, and read by the process whose socket needs it; what goes from
process to process, or on a command line, is the file's path.

The format is that of CZMQ's and pyzmq's certificates (ZPL, RFC 4), so that `zmq.auth.load_certificate` reads it too.
*/
import {Buffer} from 'node:buffer';
import {mkdir, open, type FileHandle} from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import {curveKeyPair} from 'zeromq';
import {
	decodeZ85,
	encodeZ85,
	isKey,
	type Key,
} from '../../core/z85.js';
import {type Problem} from '../../commands/record.js';
import {type CurveStart} from '../../core/lab-port.js';
import {failureOf} from '../failure.js';

/** A pair of CURVE, both as Z85. Never part of an event. */
export type KeyPair = {readonly publicKey: Key; readonly secretKey: Key};

/** A file that can't be made or used, and what to do. Its message holds the reason, and nothing of what the file holds. */
export class KeyFileError extends Error {
	readonly next: string;

	constructor(message: string, next: string) {
		super(message);
		this.next = next;
	}
}

export const makePair = (): KeyPair => curveKeyPair();

/** Writes a new pair where nothing is yet, and gives the public key. Directories that are missing are made, for the owner alone. */
export async function writeKeyFile(file: string): Promise<Key> {
	const {publicKey, secretKey} = makePair();
	await mkdir(path.dirname(file), {recursive: true, mode: 0o700});
	const handle = await openNew(file);
	try {
		await handle.writeFile([
			'#  A CURVE certificate of zmq-playground. It holds a SECRET key: keep it to yourself.',
			'metadata',
			'curve',
			`    public-key = "${publicKey}"`,
			`    secret-key = "${secretKey}"`,
			'',
		].join('\n'));
	} finally {
		await handle.close();
	}

	return publicKey;
}

/** Opens a file that is not there yet, which nobody but the owner may ever read: not even in the moment between its making and a chmod. */
async function openNew(file: string): Promise<FileHandle> {
	try {
		return await open(file, 'wx', 0o600);
	} catch (error) {
		if (failureOf(error).code === 'EEXIST') {
			throw new KeyFileError(`${file} exists, and is never overwritten`, 'choose another name, or delete the file if nothing needs its key any more');
		}

		throw error;
	}
}

/** Reads a pair, and makes sure that it is one. Rejects with a `KeyFileError`. */
export async function readKeyFile(file: string): Promise<KeyPair> {
	const text = await readOwn(file);
	const publicKey = valueOf('public-key', text);
	const secretKey = valueOf('secret-key', text);
	if (!isKey(publicKey) || !isKey(secretKey)) {
		throw new KeyFileError(`${file} holds no pair of CURVE keys`, 'zmq-playground keys makes such a file; so does zmq.auth of pyzmq (its .key_secret)');
	}

	if (await publicKeyOf(secretKey) !== publicKey) {
		throw new KeyFileError(`the public key in ${file} is not that of its secret key`, 'with such a pair no handshake is ever done: make a new one with zmq-playground keys');
	}

	return {publicKey, secretKey};
}

/** The value of a name in ZPL: `name = "value"`. */
const valueOf = (name: string, text: string): string =>
	text.split('\n').map(line => line.trim()).find(line => line.startsWith(name))?.split('"', 2)[1] ?? '';

/** Reads an allow-list: one public key a line, and whatever after a blank; lines that begin with # are remarks, as no key does: it would stand for more than four bytes. */
export async function readAllowFile(file: string): Promise<ReadonlySet<Key>> {
	const text = await readText(file);
	const lines = text.split(/\r?\n/v).filter(line => line.trim() !== '' && !line.startsWith('#'));
	const keys = lines.map(line => /^\S+/v.exec(line.trim())?.[0] ?? '');
	const wrong = keys.findIndex(key => !isKey(key));
	if (wrong !== -1) {
		throw new KeyFileError(`${file} is no list of public keys`, `write one key of 40 characters a line, and # before remarks; key ${wrong + 1} is none`);
	}

	return new Set(keys);
}

/** What is wrong with the files that a front was given; undefined if they can be used. */
export async function problemWithFiles({secretFile, allowFile}: CurveStart): Promise<Problem | undefined> {
	try {
		await (secretFile !== undefined && readKeyFile(secretFile));
		await (allowFile !== undefined && readAllowFile(allowFile));
		return undefined;
	} catch (error) {
		return {reason: failureOf(error).message, next: error instanceof KeyFileError ? error.next : 'check its path and its rights'};
	}
}

async function readText(file: string): Promise<string> {
	const handle = await openToRead(file);
	try {
		return await handle.readFile('utf8');
	} finally {
		await handle.close();
	}
}

/** Reads a file that nobody else may read: a secret that others can read is none. */
async function readOwn(file: string): Promise<string> {
	const handle = await openToRead(file);
	try {
		const {mode} = await handle.stat();
		if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
			throw new KeyFileError(`${file} can be read by others, and holds a secret key`, `chmod 600 ${file}, if you trust that nobody has read it`);
		}

		return await handle.readFile('utf8');
	} finally {
		await handle.close();
	}
}

async function openToRead(file: string): Promise<FileHandle> {
	try {
		return await open(file, 'r');
	} catch (error) {
		const {code} = failureOf(error);
		throw new KeyFileError(`${file} can’t be read (${code})`, code === 'ENOENT' ? 'check its name; zmq-playground keys makes a pair and says where' : 'check its path and its rights');
	}
}

/** What PKCS #8 puts before the 32 bytes of a secret X25519 key (RFC 8410), which CURVE's keys are. */
const pkcs8Head = Buffer.from('302e020100300506032b656e04220420', 'hex');
const keyBytes = 32;

/** The public key that belongs to a secret one. */
export async function publicKeyOf(secretKey: Key): Promise<Key> {
	// Loaded here, as a lab without key files has no use for it and should start quickly.
	const {createPrivateKey, createPublicKey} = await import('node:crypto');
	const key = createPrivateKey({key: Buffer.concat([pkcs8Head, decodeZ85(secretKey) ?? new Uint8Array()]), format: 'der', type: 'pkcs8'});
	return encodeZ85(createPublicKey(key).export({format: 'der', type: 'spki'}).subarray(-keyBytes));
}
