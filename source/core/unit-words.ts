/** A unit of the wire in a few words: `READY Socket-Type REQ`, `delimiter, body “Hello”`, `PING time to live 3000 ms`. */
import {type EventOf} from './events.js';
import {describeBytes, hex, visible} from './text.js';
import {type UnitField} from './wire-events.js';

type UnitEvent = EventOf<'unit'>;

/** The first bytes of a unit, as the event kept them. */
export const bytesOfUnit = ({bytes}: UnitEvent): Uint8Array => Uint8Array.from(atob(bytes), character => character.codePointAt(0) ?? 0);

const framing = new Set(['flags', 'size', 'name length', 'signature', 'filler', 'as-server']);

/** One line, safe to draw. */
export function describeUnit(event: UnitEvent): string {
	const bytes = bytesOfUnit(event);
	const words = event.fields.filter(({name, isHidden}) => !framing.has(name) && !isHidden).map(field => wordOf(field, event, bytes));
	return words.filter(word => word !== '').join(event.kind === 'message' ? ', ' : ' ') || visible(event.kind);
}

/** What a message says, without its envelope. */
export function describeBody(event: UnitEvent): string {
	const bytes = bytesOfUnit(event);
	return event.fields.filter(({name}) => name === 'body').map(({offset, length}) => describeBytes(bytes.subarray(offset, offset + length), length)).join(' | ');
}

function wordOf({name, offset, length, value}: UnitField, {kind}: UnitEvent, bytes: Uint8Array): string {
	if (name === 'name') {
		return visible(value ?? '');
	}

	if (name === 'body') {
		return `body “${describeBytes(bytes.subarray(offset, offset + length), length)}”`;
	}

	if (name === 'request-id' || name === 'routing-id') {
		return `${name} ${hex(bytes.subarray(offset, offset + length), 8)}`;
	}

	if (kind === 'greeting') {
		return name === 'version' ? `greeting ZMTP ${visible(value ?? '')}` : visible(value ?? '');
	}

	return value === undefined || value === '' ? (kind === 'message' ? name : '') : `${visible(name)} ${visible(value)}`;
}
