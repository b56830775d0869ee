/** What the pane of a broker says: its two sides, what waits there, and what it has passed on. */
import {formatAge} from './age.js';
import {type BrokerSnapshot} from './broking.js';
import {type Endpoint} from './endpoint.js';
import {type Exchange} from './exchange.js';
import {type Side} from './hop.js';
import {chosenId} from './overdue.js';
import {policyNamed} from './policy.js';
import {type PeerSnapshot, type Snapshot} from './snapshot.js';
import {visible} from './text.js';
import {type Word} from './view.js';

/** One line for each side, and one for those who are ready, where the broker knows them. */
export function sideLines(peer: PeerSnapshot, broker: BrokerSnapshot): readonly string[] {
	const [front = '', back = ''] = peer.socketType.split('+', 2);
	const ready = broker.workers.filter(({isReady}) => isReady).map(({id}) => visible(id));
	return [
		`${front} ${sideWords(peer, broker, 'frontend')}`,
		`${back} ${sideWords(peer, broker, 'backend')}`,
		...(peer.socketType === 'ROUTER+ROUTER' && peer.state !== undefined ? [ready.length === 0 ? 'no worker is ready' : `ready: ${ready.join(', ')}`] : []),
	];
}

const nouns: Readonly<Record<Side, string>> = {frontend: 'client', backend: 'worker'};

function sideWords({links, state}: PeerSnapshot, {sides}: BrokerSnapshot, side: Side): string {
	const endpoint = sides[side];
	const link = links.find(each => each.endpoint === endpoint);
	const count = link?.connections ?? 0;
	const who = state === undefined ? 'closed' : (link?.status === 'listening' ? `${count} ${nouns[side]}${count === 1 ? '' : 's'}` : 'not listening');
	return `${side} ${endpoint === undefined ? '' : `${shortly(endpoint)} `}· ${who}`;
}

/** Whoever runs it all on one machine knows which one. */
const shortly = (endpoint: Endpoint): string => visible(endpoint).replace(/^tcp:\/\/127\.0\.0\.1/, '');

/** How many requests are with workers: passed on and not answered, as far as their clients still wait for them. Which client a request is of need not be known for that; of one that has chosen its id it is. */
function withWorkers({exchanges, peers}: Snapshot, {requests, replies, waiting}: BrokerSnapshot): number {
	const isTaken = ({client, hop}: Exchange): boolean => hop !== undefined || chosenId(peers[client]?.options ?? {}) === undefined;
	const awaited = Object.values(exchanges.open).filter(exchange => exchange.answered === undefined && isTaken(exchange)).length;
	return Math.max(0, Math.min(requests - replies, awaited - waiting));
}

/** What it does now. */
export function brokerStatus(snapshot: Snapshot, peer: PeerSnapshot, broker: BrokerSnapshot): Word {
	if (peer.state === undefined) {
		return {text: '/open makes new sockets', tone: 'quiet'};
	}

	const passed = withWorkers(snapshot, broker);
	const away = passed === 0 ? [] : [`${passed} with workers`];
	return broker.waiting > 0
		? {text: [`${broker.waiting} ${broker.waiting === 1 ? 'waits' : 'wait'} for a worker`, ...away].join(' · '), tone: 'bad'}
		: {text: passed === 0 ? 'nothing waits here' : [...away, 'none waits'].join(' · '), tone: passed === 0 ? 'good' : 'busy'};
}

/** The longest wait of a request that it holds. */
export function brokerAge({exchanges}: Snapshot, broker: string, now: number): string {
	const held = Object.values(exchanges.open).filter(({hop}) => hop?.broker === broker && hop.place === 'queued').map(({sentAt}) => sentAt);
	return held.length === 0 ? '' : `longest ${formatAge(now - Math.min(...held))}`;
}

/** Sums, and what is not as usual. */
export function brokerSettings({options}: PeerSnapshot, {requests, replies, dropped, requestsDropped, lost}: BrokerSnapshot): readonly string[] {
	return [
		policyNamed(options.policy).name,
		...(options.handover === 'on' ? ['handover'] : []),
		`passed ${requests} on, ${replies} back`,
		...(dropped === 0 ? [] : [`dropped ${dropped}`]),
		...(requestsDropped === 0 ? [] : [`gave up ${requestsDropped} ${requestsDropped === 1 ? 'request' : 'requests'}`]),
		...(lost === 0 ? [] : [`gave up ${lost} ${lost === 1 ? 'worker' : 'workers'}`]),
	];
}

/** A REQ says READY once: to a broker that has begun anew since, it is nobody, and it awaits what nobody will send. */
export const isForgotten = ({peers}: Snapshot, {name, socketType, role, state}: PeerSnapshot): boolean => {
	const broker = Object.values(peers).find(each => each.broker && each.state !== undefined);
	return role === 'server' && socketType === 'REQ' && state === 'awaiting-reply' && broker?.broker !== undefined && broker.moved !== undefined && broker.broker.workers.every(({id}) => id !== name);
};
