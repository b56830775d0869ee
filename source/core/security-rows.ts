/** What a transcript says about keys: who was asked about, and what a new setting means. */
import {anyKey, explainAllowed, explainCurve} from './curve.js';
import {type EventOf, type OptionName, type Role} from './events.js';
import {type ChatRow} from './rows.js';
import {visible} from './text.js';
import {shortKey} from './z85.js';

/** Whose key libzmq asked about, and what was answered. */
export function describeVisit({key, client, address, verdict}: Pick<EventOf<'zap-request'>, 'key' | 'client' | 'address' | 'verdict'>): string {
	const who = client === undefined ? `key ${visible(shortKey(key))} from ${visible(address)}` : `${visible(client)}’s key ${visible(shortKey(key))}`;
	return `${who} is ${verdict === 'allowed' ? 'let in' : 'not let in'}`;
}

/** The row of a security setting; undefined for the other settings. What is wrong, or open to all, is a warning. */
export function securityRow(option: OptionName, value: string, peer: {readonly name: string; readonly role: Role}): Pick<ChatRow, 'kind' | 'text' | 'more'> | undefined {
	switch (option) {
		case 'curve': {
			return {kind: value === 'on' || value === 'off' ? 'note' : 'warning', text: explainCurve(value, peer)};
		}

		case 'public-key': {
			return {kind: 'note', text: `public key ${value}`};
		}

		case 'allow': {
			return value === anyKey
				? {kind: 'warning', text: explainAllowed(value), more: ['Encrypted, but perhaps not with whom you think: /allow makes a list (at the start: --curve-allow).']}
				: {kind: 'note', text: explainAllowed(value), more: ['Asked at each handshake: a connection that stands stays.']};
		}

		default: {
			return undefined;
		}
	}
}
