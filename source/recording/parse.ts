/** What one line of a recording says. Everything in it is from elsewhere: nothing is believed that the schema does not hold. */
import {type Event} from '../core/events.js';
import {visible} from '../core/text.js';
import {recordingVersion, type Header} from './header.js';
import {headerSchema} from './header-schema.js';
import {event as eventSchema} from './schema.js';

/** A line that can't be taken, in a few words for a person. */
export type Damage = {readonly damage: string};

/** Reads an event. */
export function parseEvent(text: string | undefined): Event | Damage {
	const value = parseJson(text);
	if (isDamage(value)) {
		return value;
	}

	const read = eventSchema.safeParse(value);
	return read.success ? read.data : {damage: `it is no event that this version knows${typeIn(value)}`};
}

/** Why a file is no recording that can be read; the first line tells. */
export type NoHeader = {readonly reason: string; readonly next: string};

/**
Reads the first line. A file without a header that begins with an event, as `--json` prints them, is a recording as well: then undefined.
*/
export function parseHeader(text: string | undefined): Header | NoHeader | undefined {
	const value = parseJson(text);
	if (isDamage(value) || typeof value !== 'object' || value === null) {
		return noRecording;
	}

	if (!('type' in value) || value.type !== 'recording') {
		return 'damage' in parseEvent(text) ? noRecording : undefined;
	}

	const version = 'version' in value ? value.version : undefined;
	if (typeof version === 'number' && version > recordingVersion) {
		return {reason: `it was written by a newer zmq-playground${writerOf('versions' in value ? value.versions : undefined)}: version ${version} of the form, and this one reads ${recordingVersion}`, next: 'npx zmq-playground@latest open … reads it'};
	}

	const read = headerSchema.safeParse(value);
	return read.success ? read.data as Header : {reason: 'its first line is damaged: it is the header of a recording, and something in it is not as it has to be', next: 'only whoever wrote it can mend that'};
}

const noRecording: NoHeader = {reason: 'it is no recording of zmq-playground', next: 'make one with /record lab.jsonl, or with --record lab.jsonl'};

/** Whether a line could not be taken. */
export const isDamage = (value: unknown): value is Damage => typeof value === 'object' && value !== null && 'damage' in value;

function parseJson(text: string | undefined): unknown {
	if (text === undefined) {
		return {damage: 'it is far too long'};
	}

	try {
		const value: unknown = JSON.parse(text);
		return isDamage(value) ? {damage: 'it is no event'} : value;
	} catch {
		return {damage: text.trim() === '' ? 'it is empty' : 'it is no JSON'};
	}
}

/** The type that a stranger's event claims to be, as far as it is a name. */
function typeIn(value: unknown): string {
	const type = typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
	return typeof type === 'string' ? ` (${visible(type.slice(0, 40))})` : '';
}

/** The version of the program that wrote the header, as far as it is one. */
function writerOf(versions: unknown): string {
	const version = typeof versions === 'object' && versions !== null && 'zmq-playground' in versions ? versions['zmq-playground'] : undefined;
	return typeof version === 'string' ? ` (${visible(version.slice(0, 40))})` : '';
}
