/**
The fields of a unit by name, for the hex view: which bytes are what.

Law: the fields of a unit follow one another without gap or overlap from its first byte to its last, whatever the unit; what has no better name is still named.
*/
import {asciiOf} from './bytes.js';
import {dataOffset, isMisspeltError} from './commands.js';
import {curveLayouts} from './curve.js';
import {encodeHeader} from './encode.js';
import {
	headerSize,
	long,
	more,
	command,
} from './frame-header.js';
import {greetingLayout} from './greeting.js';
import {parseMetadata} from './metadata.js';
import {type Frame, type Unit, type UnitOf} from './units.js';

/** One field: `offset` and `length` in bytes from the unit's beginning. */
export type Field = {
	readonly name: string;
	readonly offset: number;
	readonly length: number;
	/** What the bytes say, where that is short and no body. */
	readonly value?: string;
	/** The bytes were not kept on purpose (a password). */
	readonly isHidden?: true;
	/** Of which frame of a message. */
	readonly frame?: number;
};

/** Bytes of a unit that were kept, from `offset` in the unit on. */
export type Kept = {readonly offset: number; readonly bytes: Uint8Array};

type CommandUnit = Extract<Unit, {readonly name: string}>;
type Extra = Pick<Field, 'value' | 'isHidden' | 'frame'>;

/** Lays fields one after another, never past the unit's end. */
class Layout {
	readonly fields: Field[] = [];
	readonly #size: number;
	#offset = 0;

	constructor(size: number) {
		this.#size = size;
	}

	/** The next field. Where there is no length there is no field. */
	add(name: string, length: number, extra: Extra = {}): void {
		const fitting = Math.min(length, this.#size - this.#offset);
		if (!(fitting > 0)) {
			return;
		}

		this.fields.push({
			name,
			offset: this.#offset,
			length: fitting,
			...extra,
		});
		this.#offset += fitting;
	}

	/** Whatever is left. */
	rest(name: string, extra: Extra = {}): readonly Field[] {
		this.add(name, this.#size - this.#offset, extra);
		return this.fields;
	}
}

/** The fields of a unit. */
export function fieldsOf(unit: Unit): readonly Field[] {
	if ('name' in unit) {
		return commandFields(unit);
	}

	const layout = new Layout(unit.size);
	switch (unit.type) {
		case 'greeting': {
			return greetingFields(unit, layout);
		}

		case 'old-greeting': {
			return oldGreetingFields(unit, layout);
		}

		case 'message': {
			return messageFields(unit, layout);
		}

		case 'not-zmtp': {
			return layout.rest('first bytes', {value: unit.looksLike});
		}

		case 'framing-error': {
			layout.add('bytes before', unit.offset - unit.at);
			return layout.rest('invalid byte', {value: unit.reason});
		}

		case 'cut': {
			return layout.rest(`unfinished ${unit.family}`);
		}

		case 'opaque': {
			return layout.rest('bytes not looked into', {value: unit.why});
		}
	}
}

/** The bytes of a unit that were kept, in order. Flags and sizes are always among them, bodies as far as the limits allowed. */
export function keptBytes(unit: Unit): readonly Kept[] {
	if ('name' in unit) {
		const header = encodeHeader(unit.flags, unit.bodySize);
		return [{offset: 0, bytes: header}, {offset: header.length, bytes: unit.head}];
	}

	if (unit.type === 'message') {
		return unit.frames.flatMap(({flags, size, offset, head}) => {
			const header = encodeHeader(flags, size);
			return [{offset, bytes: header}, {offset: offset + header.length, bytes: head}];
		});
	}

	return 'raw' in unit ? [{offset: 0, bytes: unit.raw}] : [];
}

function greetingFields(unit: UnitOf<'greeting'>, layout: Layout): readonly Field[] {
	const values: Readonly<Record<string, string>> = {
		version: `${unit.version.major}.${unit.version.minor}`,
		mechanism: unit.mechanism,
		'as-server': unit.asServer ? 'yes' : 'no',
	};
	for (const [name, , length] of greetingLayout) {
		const value = values[name];
		layout.add(name, length, value === undefined ? {} : {value});
	}

	return layout.fields;
}

function oldGreetingFields({protocol, raw, socketType, isFallback}: UnitOf<'old-greeting'>, layout: Layout): readonly Field[] {
	if (protocol === 'zmtp-1.0' && !isFallback && raw[0] !== 0xFF) {
		layout.add('length', 1);
		layout.add('flags', 1);
		return layout.rest('identity begins');
	}

	layout.add(raw[9] === 0x7F ? 'signature' : 'identity length, flags', 10);
	layout.add('version', 1);
	layout.add('socket-type', 1, socketType ? {value: socketType} : {});
	return layout.rest('rest of greeting');
}

function messageFields(unit: UnitOf<'message'>, layout: Layout): readonly Field[] {
	for (const [index, frame] of unit.frames.entries()) {
		addFrame(frame, index, layout);
	}

	return layout.rest(`${unit.frameCount - unit.frames.length} more frames`);
}

/** A delimiter is all header: one field says more than two. */
function addFrame({flags, size, role}: Frame, frame: number, layout: Layout): void {
	if (role === 'delimiter') {
		layout.add(role, headerSize(flags), {frame});
		return;
	}

	addHeader(flags, size, layout, {frame});
	layout.add(role, size, {frame});
}

function addHeader(flags: number, size: number, layout: Layout, extra: Extra = {}): void {
	layout.add('flags', 1, {...extra, value: describeFlags(flags)});
	layout.add('size', headerSize(flags) - 1, {...extra, value: `${size} B`});
}

function describeFlags(flags: number): string {
	const words = [
		...((flags & command) === 0 ? [] : ['command']),
		...((flags & more) === 0 ? [] : ['more']),
		...((flags & long) === 0 ? [] : ['long']),
	];
	return words.join(', ') || 'last';
}

function commandFields(unit: CommandUnit): readonly Field[] {
	const layout = new Layout(unit.size);
	addHeader(unit.flags, unit.bodySize, layout);
	if (unit.type === 'sealed' && unit.nonce === undefined) {
		return layout.rest('sealed by the mechanism');
	}

	const at = dataOffset(unit.head);
	if (isMisspeltError(unit.head)) {
		layout.add('name', at, {value: unit.name});
	} else {
		layout.add('name length', 1);
		layout.add('name', at - 1, {value: unit.name});
	}

	addData(unit, at, layout);
	return layout.rest('data');
}

function addData(unit: CommandUnit, at: number, layout: Layout): void {
	switch (unit.type) {
		case 'ready':
		case 'plain-initiate': {
			for (const {name, value, length} of parseMetadata(unit.head, at, true).properties) {
				layout.add(name, length, {value: asciiOf(value)});
			}

			break;
		}

		case 'plain-hello': {
			addHello(unit, at, layout);
			break;
		}

		case 'error': {
			layout.add('reason length', 1);
			layout.add('reason', unit.head[at] ?? 0, {value: unit.reason});
			break;
		}

		case 'ping': {
			layout.add('time to live', 2, {value: `${unit.ttl} ms`});
			layout.rest('context');
			break;
		}

		case 'pong': {
			layout.rest('context');
			break;
		}

		case 'subscribe':
		case 'cancel': {
			layout.rest('topic', {value: asciiOf(unit.topic)});
			break;
		}

		case 'curve-hello':
		case 'curve-welcome':
		case 'curve-initiate':
		case 'curve-ready':
		case 'sealed': {
			addCurve(unit, layout);
			break;
		}

		case 'plain-welcome':
		case 'unknown-command': {
			break;
		}
	}
}

/** A HELLO that could not be read is covered whole. */
function addHello({head, problems, username}: UnitOf<'plain-hello'>, at: number, layout: Layout): void {
	if (problems.length > 0) {
		layout.rest('data', {isHidden: true});
		return;
	}

	layout.add('username length', 1);
	layout.add('username', head[at] ?? 0, {value: username});
	layout.add('password length', 1);
	layout.rest('password', {isHidden: true});
}

function addCurve(unit: CommandUnit, layout: Layout): void {
	for (const [field, length] of curveLayouts[unit.name] ?? []) {
		const nonce = field === 'nonce' && 'nonce' in unit && Number.isSafeInteger(unit.nonce) ? unit.nonce : undefined;
		const inside = field === 'box' && unit.type === 'sealed' ? Math.max(0, unit.boxSize - sealOverhead) : undefined;
		layout.add(field, length === 'rest' ? Infinity : length, {...(nonce !== undefined && {value: String(nonce)}), ...(inside !== undefined && {value: `${inside} B inside, sealed`})});
	}
}

/** What a box of MESSAGE has besides a frame's body: 16 bytes that authenticate it, and one of flags. */
const sealOverhead = 17;
