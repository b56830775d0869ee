/** What a relay says, in the words of the lab's events. Pure. */
import {Buffer} from 'node:buffer';
import {type WireFact} from '../core/wire-events.js';
import {type TapEvent} from '../tap/events.js';
import {type SeenUnit} from '../tap/seen.js';
import {fieldsOf, type Field} from '../zmtp/fields.js';

/** Everything but whose tap it is. */
type Told<Type> = Type extends {readonly peer: string} ? Omit<Type, 'peer' | 'to'> : never;
type Telling = Told<WireFact>;
type UnitEvent = Extract<TapEvent, {readonly type: 'unit'}>;

/** A message of many frames has fields without end; so many are told one by one. */
const fieldsTold = 60;

/** A unit with its first bytes and what they are called. */
export function tellUnit({link, from, way, unit, kind, size, exchange, machines, open}: UnitEvent, seen: SeenUnit): Telling {
	const fields = fieldsOf(seen.unit);
	return {
		type: 'unit', link, from, unit, kind, size,
		...(way && {way}),
		...(exchange !== undefined && {exchange}),
		...(seen.isTaken && {isTaken: true}),
		...(seen.rule !== undefined && {rule: seen.rule}),
		...(machines && {machines}),
		...(open !== undefined && {open}),
		bytes: Buffer.from(withoutHidden(seen.bytes, fields)).toString('base64'),
		fields: fields.slice(0, fieldsTold).map(({name, offset, length, value, isHidden}) => ({name, offset, length, ...(value !== undefined && {value}), ...(isHidden && {isHidden})})),
	};
}

/** A password is kept nowhere. */
function withoutHidden(bytes: Uint8Array, fields: readonly Field[]): Uint8Array {
	const shown = Uint8Array.from(bytes);
	for (const {offset, length, isHidden} of fields) {
		if (isHidden) {
			shown.fill(0, offset, offset + length);
		}
	}

	return shown;
}

/** What is worth an event of the lab; its own peers tell the rest. */
export function tellTapEvent(event: TapEvent): Telling | undefined {
	switch (event.type) {
		case 'link-opened': {
			return {type: 'link-opened', link: event.link};
		}

		case 'handshake': {
			const {link, connector, listener, mechanism, version} = event;
			return {type: 'link-handshake', link, connector, listener, mechanism, version};
		}

		case 'trouble': {
			return {type: 'link-trouble', link: event.link, says: event.says, next: event.next};
		}

		case 'link-counted': {
			const {link, machines, open, asked, replied, lost} = event;
			return {type: 'link-counted', link, machines, open, asked, replied, lost};
		}

		case 'half-closed': {
			return {type: 'link-half-closed', link: event.link, side: event.side};
		}

		case 'link-closed': {
			return {type: 'link-closed', link: event.link, by: event.by, how: event.how};
		}

		case 'exchange': {
			const {link, exchange, outcome, evidence, ms, why, way, rule} = event;
			return {type: 'exchange-seen', link, exchange, outcome, evidence, ms, ...(why && {why}), ...(way && {way}), ...(rule !== undefined && {rule})};
		}

		case 'fault-struck': {
			const {link, rule, fault, way, unit, exchange} = event;
			return {type: 'fault-struck', link, rule, fault, ...(way && {way}), ...(unit !== undefined && {unit}), ...(exchange !== undefined && {exchange})};
		}

		case 'connection-refused': {
			return {type: 'fault-struck', rule: event.rule, fault: event.fault};
		}

		case 'fault-missed': {
			const {link, rule, fault, reason} = event;
			return {type: 'fault-missed', link, rule, fault, reason};
		}

		case 'upstream-missing': {
			return {type: 'upstream-missing', code: event.code};
		}

		case 'upstream-back': {
			return {type: 'upstream-back', attempts: event.attempts, ms: event.ms};
		}

		case 'units-sampled': {
			return {type: 'units-sampled', count: event.count, ms: event.ms};
		}

		default: {
			return undefined;
		}
	}
}
