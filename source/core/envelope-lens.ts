/**
The envelope lens: one request and its reply, hop by hop, with the frames as they really are at each place, and which socket adds or strips which.

Law: what a program sent or received, and what the broker had in its hands, are events; what stands on a link between two of them is RFC 28's and libzmq's
law (`req.cpp`, `rep.cpp`, `router.cpp`), and can be looked at with a tap. Where the broker passes a message on untouched, so it is told.
*/
import {type Event, type EventOf} from './events.js';
import {bytesOf, type Frame} from './frames.js';
import {bodyOfHop, clientIdOf, describeId, frameWords, type HopFrame} from './hop.js';
import {clientOf} from './hops.js';
import {type Journal} from './journal.js';
import {keyOf} from './sighting.js';
import {type PeerSnapshot, type Snapshot} from './snapshot.js';
import {describeBytes, visible} from './text.js';

/** One line: where, the frames there, and what happens to them. `isLink`: between two sockets, where no program sees it. */
export type LensLine = {readonly kind: 'title' | 'place' | 'link' | 'fact'; readonly where: string; readonly frames: readonly string[]; readonly note: string};

/** How far back a request is looked for. */
const furthest = 5000;

/** The newest request that passed the broker, or that a server received, and what became of it. */
export function envelopeLens(journal: Journal): readonly LensLine[] {
	const request = find(journal, journal.snapshot.n, (event): event is Request => (event.type === 'forwarded' && event.from === 'frontend') || (event.type === 'received' && roleOf(journal, event.peer) === 'server'));
	const hop = request?.type === 'received' ? find(journal, request.n, (event): event is EventOf<'forwarded'> => event.type === 'forwarded' && event.from === 'frontend' && keyOf(bodyOfHop(event.frames)) === keyOf(request.frames.slice(request.envelope ?? 0))) : request;
	if (hop) {
		return [...throughBroker(journal, hop), ...idLines(journal.snapshot)];
	}

	return request?.type === 'received'
		? direct(journal, request)
		: [
			fact('', 'No request has arrived yet: say something in a client’s pane.'),
			fact('', 'Then each place that it passes stands here, with its frames as they are there.'),
		];
}

type Request = EventOf<'forwarded'> | EventOf<'received'>;

const roleOf = ({snapshot}: Journal, peer: string): PeerSnapshot['role'] | undefined => snapshot.peers[peer]?.role;

function find<Wanted extends Event>(journal: Journal, from: number, isWanted: (event: Event) => event is Wanted): Wanted | undefined {
	let left = furthest;
	for (const event of journal.newestFirst(from)) {
		if (isWanted(event)) {
			return event;
		}

		if (left-- === 0 || event.type === 'lab-started') {
			return undefined;
		}
	}

	return undefined;
}

/** The first event after another one that is wanted. */
function findAfter<Wanted extends Event>(journal: Journal, from: number, isWanted: (event: Event) => event is Wanted): Wanted | undefined {
	for (let n = from + 1; n <= Math.min(journal.snapshot.n, from + furthest); n++) {
		const event = journal.at(n);
		if (event && isWanted(event)) {
			return event;
		}
	}

	return undefined;
}

function throughBroker(journal: Journal, hop: EventOf<'forwarded'>): readonly LensLine[] {
	const {snapshot} = journal;
	const id = clientIdOf(hop.frames);
	const client = clientOf(snapshot.exchanges, id, snapshot.peers) ?? 'a client';
	const [front = 'ROUTER', back = 'DEALER'] = (snapshot.peers[hop.peer]?.socketType ?? '').split('+', 2);
	const body = bodyWords(hop.frames);
	const key = keyOf(bodyOfHop(hop.frames));
	const arrival = findAfter(journal, hop.n, (event): event is EventOf<'received'> => event.type === 'received' && roleOf(journal, event.peer) === 'server' && keyOf(event.frames.slice(event.envelope ?? 0)) === key);
	const answer = findAfter(journal, hop.n, (event): event is EventOf<'forwarded'> => event.type === 'forwarded' && event.from === 'backend' && clientIdOf(event.frames) === id);
	const worker = hop.worker ?? arrival?.peer ?? 'a worker';
	const type = snapshot.peers[worker]?.socketType ?? 'REP';
	const inHand = hop.frames.map(frame => words(frame));
	const fromClient = inHand.slice(1);
	const toWorker = back === 'ROUTER' ? [...(type === 'REQ' ? [''] : []), ...inHand] : inHand;
	const hasRequestId = hop.frames.some(({role}) => role === 'request-id');
	return [
		{kind: 'title', where: 'request', frames: [], note: `${client} asks, ${hop.peer} passes it on, ${worker} serves`},
		place(`${client} REQ`, body, 'what its program sends'),
		link(fromClient, `REQ adds ${hasRequestId ? 'a request id and ' : ''}the empty delimiter`),
		place(`${hop.peer} ${front}`, inHand, `ROUTER adds the routing id of ${client}`),
		link(toWorker, back === 'DEALER' ? 'as it is, to the next worker in turn' : `ROUTER takes ${visible(worker)} off: the address`),
		place(`${worker} ${type}`, type === 'REP' ? body : inHand, type === 'REP' ? 'REP keeps id and delimiter, gives the body' : `${type === 'REQ' ? 'REQ takes its delimiter off' : 'DEALER takes nothing off'}; the id stays`),
		...(answer ? reply({client, worker, type, front, back, broker: hop.peer}, answer) : [fact('reply', arrival ? `${worker} owes it` : 'not yet: nobody has received the request')]),
	];
}

type Parties = {readonly client: string; readonly worker: string; readonly type: string; readonly front: string; readonly back: string; readonly broker: string};

function reply({client, worker, type, front, back, broker}: Parties, answer: EventOf<'forwarded'>): readonly LensLine[] {
	const inHand = answer.frames.map(frame => words(frame));
	const body = bodyWords(answer.frames);
	return [
		{kind: 'title', where: 'reply', frames: [], note: ''},
		place(`${worker} ${type}`, type === 'REP' ? body : inHand, type === 'REP' ? 'REP adds what it kept' : 'its program adds the envelope'),
		place(`${broker} ${back}`, inHand, back === 'DEALER' ? 'DEALER takes it from whoever has it' : `ROUTER adds ${visible(worker)}: it is ready again`),
		link(inHand.slice(1), `${front} takes the id off: to whom it goes`),
		place(`${client} REQ`, body, 'REQ takes the delimiter off'),
	];
}

/** A REQ and a REP without anybody between. */
function direct(journal: Journal, request: EventOf<'received'>): readonly LensLine[] {
	const body = request.frames.map(frame => describeFrame(frame));
	const hasId = Object.values(journal.snapshot.peers).some(({role, options}) => role === 'client' && options.recover === 'relaxed+correlate');
	return [
		{kind: 'title', where: 'request', frames: [], note: 'no broker is between: one hop'},
		place('a client REQ', body, 'what its program sends'),
		link([...(hasId ? ['request id'] : []), '', ...body], `REQ adds ${hasId ? 'a request id and ' : ''}the empty delimiter`),
		place(`${request.peer} REP`, body, 'REP keeps the envelope, gives the body'),
		fact('reply', 'goes the same way back: REP adds what it kept, REQ takes it off'),
		fact('', '/scene broker shows what a ROUTER sees of it'),
	];
}

/** Who is known at the frontend by which id, and what happens to two of the same. */
function idLines({peers, exchanges}: Snapshot): readonly LensLine[] {
	const clients = Object.values(peers).filter(({role}) => role === 'client');
	const idOf = ({name, options}: PeerSnapshot): string => {
		const chosen = options.id === undefined || options.id === 'off' ? undefined : options.id;
		const found = Object.entries(exchanges.ids ?? {}).find(([, client]) => client === name)?.[0];
		return chosen === undefined ? (found === undefined ? 'one of libzmq’s own' : `${found} (libzmq’s own)`) : `${visible(chosen)} (chosen)`;
	};

	const twice = clients.find(client => clients.some(other => other !== client && other.options.id !== undefined && other.options.id !== 'off' && other.options.id === client.options.id));
	const broker = Object.values(peers).find(({role}) => role === 'broker');
	const isHandedOver = broker?.options.handover === 'on';
	return [
		fact('ids', clients.slice(0, 4).map(client => `${client.name} ${idOf(client)}`).join(' · ') + (clients.length > 4 ? ' …' : '')),
		fact('twice', `${twice ? `two are ${visible(twice.options.id ?? '')}: ` : 'of two with one id '}${isHandedOver ? 'the newer takes the older one’s place (handover)' : 'the ROUTER ignores the newer, in silence; /handover on lets it in'}`),
		fact('nobody', `a reply to an id that has gone: EHOSTUNREACH, as the ROUTER is mandatory (${broker?.broker?.dropped ?? 0} so far)`),
	];
}

const place = (where: string, frames: readonly string[], note: string): LensLine => ({kind: 'place', where, frames, note});
const link = (frames: readonly string[], note: string): LensLine => ({kind: 'link', where: 'on the link', frames, note});
const fact = (where: string, note: string): LensLine => ({kind: 'fact', where, frames: [], note});

const describeFrame = (frame: Frame): string => describeBytes(bytesOf(frame), frame.size);

/** A frame in a box: the delimiter is empty, an id is told in words. */
const words = (frame: HopFrame): string => frame.role === 'delimiter' ? '' : (frame.role === 'routing-id' ? describeId(bytesOf(frame), frame.size) : frameWords(frame));

const bodyWords = (frames: readonly HopFrame[]): readonly string[] => bodyOfHop(frames).map(frame => describeFrame(frame));
