/** What keeps two peers from talking, in words, with what to do about it. Pure; what comes from the wire is made visible. */
import {visible} from '../core/text.js';
import {type Side, type Trouble} from '../zmtp/connection.js';
import {listOf, looks, mechanismRemedies} from '../zmtp/remedies.js';
import {partnersOf} from '../zmtp/socket-types.js';

type Words = {readonly says: string; readonly next: string};

const names: Readonly<Record<Side, string>> = {connector: 'who connects', listener: 'who listens'};

/** Explains a trouble between the one that came to the tap (the connector) and the upstream (the listener). */
export function explain(trouble: Trouble): Words {
	switch (trouble.type) {
		case 'not-zmtp': {
			return {says: `${names[trouble.side]} does not speak ZeroMQ: it looks like ${looks[trouble.looksLike]}`, next: 'its bytes pass untouched; check the endpoints'};
		}

		case 'old-zmtp': {
			return {says: `${names[trouble.side]} speaks ${trouble.protocol.replace('zmtp-', 'ZMTP ')}, from before libzmq 4.0`, next: 'its bytes pass untouched and are not looked into'};
		}

		case 'framing-error': {
			return {says: `${names[trouble.side]} sent bytes that are no frame`, next: 'the rest passes untouched and is not looked into; libzmq hangs up at it'};
		}

		case 'mechanism-mismatch': {
			const {connector, listener} = trouble;
			return {says: `${visible(connector)} against ${visible(listener)}: both sides must use the same mechanism`, next: mechanismRemedies[listener] ?? mechanismRemedies[connector] ?? 'use the same mechanism on both sides'};
		}

		case 'socket-mismatch': {
			const {connector, listener} = trouble;
			return {says: `${visible(connector)} can’t talk to ${visible(listener)}`, next: `${fitting(connector)}; ${fitting(listener)}`};
		}

		case 'hung-up': {
			return hungUp(trouble);
		}

		case 'refused': {
			return {says: `${names[trouble.side]} refuses the other: ${visible(trouble.reason)}`, next: 'check the keys, the password or the address rules of who refuses'};
		}
	}
}

function hungUp({side, during, mechanism, socketType}: Extract<Trouble, {readonly type: 'hung-up'}>): Words {
	if (socketType !== undefined) {
		return {says: `${names[side]} hangs up on a ${visible(socketType)}, most likely because its own type does not fit`, next: fitting(socketType)};
	}

	return {
		says: `${names[side]} hangs up on a peer that uses ${visible(mechanism ?? 'NULL')}${during === 'greeting' ? ', most likely because it wants another mechanism' : ''}`,
		next: mechanism === undefined || mechanism === 'NULL' ? 'give the plain side the keys (CURVE) or the password (PLAIN) that the other one wants, or take them off there' : mechanismRemedies[mechanism] ?? 'use the same mechanism on both sides',
	};
}

function fitting(socketType: string): string {
	const fits = partnersOf(socketType);
	return fits.length === 0 ? `nothing known fits a ${visible(socketType)}` : `a ${visible(socketType)} needs ${listOf(fits).replace(' and ', ' or ')}`;
}
