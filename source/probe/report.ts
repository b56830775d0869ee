/**
What a knock tells a person: what lives there, which sockets fit it, and what to do if none of theirs does. Pure.
*/
import {type Endpoint} from '../core/endpoint.js';
import {visible} from '../core/text.js';
import {listOf, looks, mechanismRemedies} from '../zmtp/remedies.js';
import {partnersOf} from '../zmtp/socket-types.js';
import {type Facts, type LooksLike} from '../zmtp/units.js';
import {type Knock} from './knock.js';

/** The report, the same as text and as JSON. `fits` are the socket types that may talk to what is there. */
export type Report = {
	readonly v: 1;
	readonly type: 'probe';
	readonly endpoint: Endpoint;
	readonly verdict: 'zmtp' | 'old-zmtp' | 'not-zmtp' | 'silent' | 'refused' | 'unreachable';
	readonly code?: string;
	readonly looksLike?: LooksLike;
	readonly version?: string;
	readonly mechanism?: string;
	readonly asServer?: boolean;
	readonly socketType?: string;
	readonly properties?: Readonly<Record<string, string>>;
	readonly fits?: readonly string[];
	readonly says: string;
	readonly next: string;
};

type Finding = Omit<Report, 'v' | 'type' | 'endpoint'>;

/** Puts a knock into words. */
export const reportOn = (endpoint: Endpoint, result: Knock): Report => ({
	v: 1, type: 'probe', endpoint, ...(result.type === 'unreachable' ? unreachable(result.code) : reached(result.facts, result.ended)),
});

function unreachable(code: string): Finding {
	switch (code) {
		case 'ECONNREFUSED': {
			return {verdict: 'refused', code, says: 'nobody listens there', next: 'start the server, or check its port; a ZeroMQ client that connects meanwhile waits and retries by itself'};
		}

		case 'ENOENT': {
			return {verdict: 'refused', code, says: 'there is no such socket file', next: 'start the server, or check the path'};
		}

		case 'ENOTFOUND':
		case 'EAI_AGAIN': {
			return {verdict: 'unreachable', code, says: 'the host name does not resolve', next: 'check the name, or use an address'};
		}

		case 'ETIMEDOUT': {
			return {verdict: 'unreachable', code, says: 'the host does not answer', next: 'check the address, and whether a firewall drops what comes to that port'};
		}

		default: {
			return {verdict: 'unreachable', code, says: 'it can’t be reached', next: 'check the address and the network'};
		}
	}
}

function reached(facts: Facts, isEnded: boolean): Finding {
	if (facts.looksLike !== undefined) {
		return {verdict: 'not-zmtp', looksLike: facts.looksLike, says: `this is not ZeroMQ: it looks like ${looks[facts.looksLike]}`, next: 'check the port: a ZeroMQ socket would never shake hands with it'};
	}

	if (facts.protocol === 'zmtp-1.0' || facts.protocol === 'zmtp-2.0') {
		return {
			verdict: 'old-zmtp', version: facts.protocol.slice('zmtp-'.length), ...typed(facts), says: `ZMTP ${facts.protocol.slice('zmtp-'.length)}: a libzmq older than 4.0`, next: 'libzmq falls back to it by itself; security and heartbeats are not there',
		};
	}

	return facts.mechanism === undefined ? {verdict: 'silent', says: isEnded ? 'it hangs up without a greeting' : 'it takes the connection and says nothing', next: 'a ZeroMQ socket greets at once: another program listens there, or the socket’s process is stopped'} : speaksZmtp(facts, facts.mechanism);
}

function speaksZmtp(facts: Facts, mechanism: string): Finding {
	const {version, socketType} = facts;
	const common = {
		verdict: 'zmtp' as const,
		version: version ? `${version.major}.${version.minor}` : '3',
		mechanism: visible(mechanism),
		asServer: facts.asServer ?? false,
		...typed(facts),
		...propertiesOf(facts),
	};
	if (mechanism !== 'NULL') {
		return {...common, says: `a ZeroMQ socket that wants ${visible(mechanism)}`, next: mechanismRemedies[mechanism] ?? 'use the same mechanism on your side'};
	}

	if (socketType === undefined) {
		return {...common, says: 'a ZeroMQ socket that does not say its type', next: facts.error === undefined ? 'try again: the handshake was not finished' : `it refuses: ${visible(facts.error)}`};
	}

	const fits = partnersOf(socketType);
	const type = visible(socketType);
	const isServer = fits.includes('REQ');
	return {...common, fits, says: `a ${type} socket, open to all (NULL)`, next: isServer ? `a REQ may ask it; ${listOf(fits)} fit` : `a REQ can’t talk to it; ${fits.length === 0 ? 'nothing known fits' : `${listOf(fits)} fit${fits.length === 1 ? 's' : ''}`}`};
}

const typed = ({socketType}: Facts): {socketType?: string} => socketType === undefined ? {} : {socketType: visible(socketType)};

function propertiesOf({properties}: Facts): {properties?: Readonly<Record<string, string>>} {
	return properties ? {properties: Object.fromEntries(properties.map(({name, value}) => [visible(name), visible(new TextDecoder().decode(value))]))} : {};
}

/** The report as lines for a person. */
export function linesOf(report: Report): readonly string[] {
	const {endpoint, says, next, code, version, mechanism, socketType, asServer, properties} = report;
	const facts = [
		version && `ZMTP ${version}`,
		mechanism && `mechanism ${mechanism}${asServer ? ', as server' : ''}`,
		socketType && `socket type ${socketType}`,
		...Object.entries(properties ?? {}).filter(([name, value]) => name.toLowerCase() !== 'socket-type' && value !== '').map(([name, value]) => `${name} “${value}”`),
	].filter(Boolean);
	return [
		`${visible(endpoint)}: ${code === undefined ? '' : `${code}: `}${says}`,
		...(facts.length > 0 ? [`  ${facts.join(' · ')}`] : []),
		`  ${next}`,
	];
}
