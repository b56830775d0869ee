/** Where a fault makes no sense, and why: for who offers faults, and for who must refuse one. Pure. */
import {type Fault} from './fault.js';

/** Mechanisms that leave messages readable (RFC 23, RFC 24); under any other one they are sealed. */
const plainMechanisms: ReadonlySet<string> = new Set(['NULL', 'PLAIN']);

/** Why a fault can't strike what an encrypting mechanism has sealed; undefined if it can. */
export function whyNotSealed(fault: Fault, hasText = false): string | undefined {
	if (fault.strikes !== 'message') {
		return undefined;
	}

	if (!fault.worksSealed) {
		return 'encryption hides where messages begin and end, and its nonces must grow';
	}

	return hasText ? 'encryption hides the text' : undefined;
}

/** Why a fault is not offered on a link with this mechanism; undefined if it is. */
export const whyNotUnder = (mechanism: string, fault: Fault, hasText = false): string | undefined =>
	plainMechanisms.has(mechanism) ? undefined : whyNotSealed(fault, hasText);
