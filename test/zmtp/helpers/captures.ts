/** What `capture.ts` has recorded of real peers. */
import {Buffer} from 'node:buffer';
import {readdirSync, readFileSync} from 'node:fs';
import {inflateRawSync} from 'node:zlib';
import {noBytes} from '../../../source/zmtp/bytes.js';
import {concatenate} from '../../../source/zmtp/encode.js';
import {type Side} from '../../../source/zmtp/connection.js';

/** One conversation, chunk by chunk in the order in which a proxy saw them. A chunk without bytes is the end of a direction. */
export type Capture = {
	readonly name: string;
	readonly says: string;
	readonly peers: string;
	readonly chunks: ReadonlyArray<{readonly from: Side; readonly bytes?: Uint8Array}>;
};

/** A chunk as the file has it. */
export type StoredChunk = {readonly from: Side} & ({readonly base64: string} | {readonly deflated: string} | {readonly end: true});

const folder = new URL('../fixtures/', import.meta.url);

/** The capture of one name. */
export function loadCapture(name: string): Capture {
	const stored = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Omit<Capture, 'chunks'> & {readonly chunks: readonly StoredChunk[]};
	return {...stored, chunks: stored.chunks.map(chunk => 'end' in chunk ? {from: chunk.from} : {from: chunk.from, bytes: bytesOf(chunk)})};
}

/** The names of all captures. */
export const captureNames: readonly string[] = readdirSync(folder).map(file => file.replace('.json', '')).toSorted();

/** Everything that one side has sent. */
export const streamOf = (capture: Capture, from: Side): Uint8Array => concatenate(capture.chunks.filter(chunk => chunk.from === from).map(({bytes}) => bytes ?? noBytes));

function bytesOf(chunk: Exclude<StoredChunk, {readonly end: true}>): Uint8Array {
	return 'base64' in chunk
		? new Uint8Array(Buffer.from(chunk.base64, 'base64'))
		: new Uint8Array(inflateRawSync(Buffer.from(chunk.deflated, 'base64')));
}
