/** Scenes: named starting arrangements. A scene is data; the lab stages it. */
import {type Direction, type Role} from './events.js';
import {type Policy} from './policy.js';
import {firstEndpoint, firstFrontend, freeEndpoint, type Endpoint} from './endpoint.js';

/** Where a peer goes. `fallback` is taken, and said, when the endpoint is in use. */
export type Place = {readonly direction: Direction; readonly endpoint: Endpoint; readonly fallback?: Endpoint};

/**
One peer of a scene and where it goes first. `delay` is how long its server takes, unless the lab was started with another. `settings` are
lines of the grammar, carried out before its first socket opens. `policy`: how a worker talks to a broker outside this lab.
*/
export type Actor = {readonly peer: string; readonly role: Role; readonly places: readonly Place[]; readonly delay?: string; readonly settings?: readonly string[]; readonly policy?: Policy};

/** A named arrangement. `isTapped`: its links are tapped from the beginning. `isSecure`: with CURVE from the beginning. */
export type Scene = {readonly name: SceneName; readonly summary: string; readonly actors: readonly Actor[]; readonly isTapped?: true; readonly isSecure?: true};
export type SceneName = 'pair' | 'both-connect' | 'crowd' | 'pool' | 'broker' | 'secure';

/** The client pane's and the server pane's first peers. */
export const firstClient = 'client-1';
export const firstServer = 'server-1';

/** The one that stands between clients and workers. Its first place is its frontend, its second one its backend. */
export const brokerName = 'broker';

/** Where nobody listens, so that the tutorial's mistake stays one even beside another program on its port. */
const quietEndpoint: Endpoint = 'tcp://127.0.0.1:5561';

/** How many clients the crowd begins with. */
const crowdSize = 12;

/** Where the pool's servers listen. */
const poolEndpoints: readonly Endpoint[] = [firstEndpoint, 'tcp://127.0.0.1:5570', 'tcp://127.0.0.1:5580'];

/** What a peer is called by: a worker is a server that connects to a broker. */
export type Calling = Exclude<Role, 'broker'> | 'worker';

/** The peer's name: they are numbered from 1 in each calling. */
export const nameOf = (calling: Calling, number: number): string => `${calling}-${number}`;

/** Whether a server is called a worker. */
export const isWorker = ({name}: {readonly name: string}): boolean => name.startsWith('worker-');

/** Whether a peer is one of those; a worker is a server, too. */
export const isCalled = (peer: {readonly name: string; readonly role: Role}, calling: Calling): boolean => calling === 'worker' ? isWorker(peer) : peer.role === calling;

/** The most peers in one lab. Far below what libzmq takes, far above what a person can follow. */
export const mostPeers = 200;
const pair: readonly Actor[] = [
	{peer: firstServer, role: 'server', places: [{direction: 'bind', endpoint: firstEndpoint, fallback: freeEndpoint}]},
	{peer: firstClient, role: 'client', places: [{direction: 'connect', endpoint: firstEndpoint}]},
];

export const scenes: readonly Scene[] = [
	{
		name: 'pair',
		summary: 'one REQ connects, one REP binds',
		actors: pair,
	},
	{
		name: 'both-connect',
		summary: 'the tutorial’s own mistake: both connect, nobody listens',
		actors: [
			{peer: firstServer, role: 'server', places: [{direction: 'connect', endpoint: quietEndpoint}]},
			{peer: firstClient, role: 'client', places: [{direction: 'connect', endpoint: quietEndpoint}]},
		],
	},
	{
		name: 'crowd',
		summary: 'many REQs at one slow REP: who is served next?',
		isTapped: true,
		actors: [
			{peer: firstServer, role: 'server', places: [{direction: 'bind', endpoint: firstEndpoint, fallback: freeEndpoint}], delay: '2s'},
			...Array.from({length: crowdSize}, (_, index): Actor => ({peer: nameOf('client', index + 1), role: 'client', places: [{direction: 'connect', endpoint: firstEndpoint}]})),
		],
	},
	{
		name: 'pool',
		summary: 'one REQ connects to several REPs: it asks one after the other',
		isTapped: true,
		actors: [
			...poolEndpoints.map((endpoint, index): Actor => ({peer: nameOf('server', index + 1), role: 'server', places: [{direction: 'bind', endpoint, fallback: freeEndpoint}]})),
			{peer: firstClient, role: 'client', places: poolEndpoints.map(endpoint => ({direction: 'connect', endpoint}))},
		],
	},
	{
		name: 'broker',
		summary: 'REQs, a ROUTER and a DEALER between, REPs: who gets which request?',
		actors: [
			{
				peer: brokerName, role: 'broker', places: [
					{direction: 'bind', endpoint: firstFrontend, fallback: freeEndpoint},
					{direction: 'bind', endpoint: firstEndpoint, fallback: freeEndpoint},
				],
			},
			...[1, 2].map((number): Actor => ({peer: nameOf('worker', number), role: 'server', places: [{direction: 'connect', endpoint: firstEndpoint}]})),
			// Two have chosen a routing id, so that it can be read wherever it is seen; the third has one of libzmq's own.
			...[['id ana'], ['id ben'], []].map((settings, index): Actor => ({peer: nameOf('client', index + 1), role: 'client', places: [{direction: 'connect', endpoint: firstFrontend}], settings})),
		],
	},
	{
		name: 'secure',
		summary: 'the pair with CURVE: real keys, everything encrypted',
		isSecure: true,
		actors: pair,
	},
];

/** The scene of that name. */
export const sceneNamed = (name: string): Scene | undefined => scenes.find(scene => scene.name === name);

/** The same actors at another endpoint, which then has no fallback: what a person named is not silently replaced. It stands for the scene's first one; a pool's further servers stay where they are. */
export function actorsAt(actors: readonly Actor[], endpoint: Endpoint): readonly Actor[] {
	const replaced = actors[0]?.places[0]?.endpoint;
	return actors.map(actor => ({...actor, places: actor.places.map(place => place.endpoint === replaced ? {direction: place.direction, endpoint} : place)}));
}
