/** A unit on one line, for tables of cases. */
import {asciiOf} from '../../../source/zmtp/bytes.js';
import {type Frame, type Property, type Unit} from '../../../source/zmtp/units.js';

/** `READY Socket-Type REQ · Identity ""`, `message delimiter, body "Hello"`; problems follow in brackets. */
export function summary(unit: Unit): string {
	return [describe(unit), ...unit.problems.map(problem => `[${problem}]`)].join(' ');
}

export const summaries = (units: readonly Unit[]): readonly string[] => units.map(unit => summary(unit));

function describe(unit: Unit): string {
	switch (unit.type) {
		case 'greeting': {
			return `greeting ${unit.version.major}.${unit.version.minor} ${unit.mechanism}${unit.asServer ? ' as server' : ''}`;
		}

		case 'old-greeting': {
			return `${unit.isFallback ? 'fallback to' : 'greeting of'} ${unit.protocol}${unit.socketType ? ` ${unit.socketType}` : ''}`;
		}

		case 'not-zmtp': {
			return `not ZMTP: ${unit.looksLike}`;
		}

		case 'message': {
			const rest = unit.frameCount - unit.frames.length;
			return `message ${unit.frames.map(frame => describeFrame(frame)).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
		}

		case 'ready':
		case 'plain-initiate': {
			return `${unit.name} ${describeProperties(unit.properties)}`;
		}

		case 'error': {
			return `ERROR ${unit.reason}`;
		}

		case 'ping': {
			return `PING ${unit.ttl} ms "${asciiOf(unit.context)}"`;
		}

		case 'pong': {
			return `PONG "${asciiOf(unit.context)}"`;
		}

		case 'subscribe':
		case 'cancel': {
			return `${unit.name} "${asciiOf(unit.topic)}"`;
		}

		case 'plain-hello': {
			return `HELLO ${unit.username}, password of ${unit.passwordSize} B`;
		}

		case 'curve-hello': {
			return `CURVE HELLO nonce ${unit.nonce}`;
		}

		case 'curve-initiate':
		case 'curve-ready': {
			return `CURVE ${unit.name} nonce ${unit.nonce}, box of ${unit.boxSize} B`;
		}

		case 'sealed': {
			return `sealed nonce ${unit.nonce}, box of ${unit.boxSize} B`;
		}

		case 'plain-welcome':
		case 'curve-welcome': {
			return unit.type === 'curve-welcome' ? 'CURVE WELCOME' : 'WELCOME';
		}

		case 'unknown-command': {
			return `command ${unit.name}`;
		}

		case 'framing-error': {
			return `framing error: ${unit.reason} at ${unit.offset} in ${unit.family}`;
		}

		case 'cut': {
			return `cut ${unit.family} of ${unit.size} B${unit.missing === undefined ? '' : `, ${unit.missing} B missing`}`;
		}

		case 'opaque': {
			return `opaque (${unit.why}) ${unit.size} B`;
		}
	}
}

const describeProperties = (properties: readonly Property[]): string => properties.map(({name, value}) => `${name} "${asciiOf(value)}"`).join(' · ');

function describeFrame({role, size, head}: Frame): string {
	if (role === 'delimiter') {
		return role;
	}

	return size > 20 ? `${role} of ${size} B` : `${role} "${asciiOf(head)}"`;
}
