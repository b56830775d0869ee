/** Scenes: named starting arrangements. A scene is data; the lab stages it. */
import {type Direction, type Role} from './events.js';
import {firstEndpoint, freeEndpoint, type Endpoint} from './endpoint.js';

/** Where a peer goes. `fallback` is taken, and said, when the endpoint is in use. */
export type Place = {readonly direction: Direction; readonly endpoint: Endpoint; readonly fallback?: Endpoint};

/** One peer of a scene and where it goes first. */
export type Actor = {readonly peer: string; readonly role: Role; readonly places: readonly Place[]};

/** A named arrangement. `isTapped`: its links are tapped from the beginning. */
export type Scene = {readonly name: SceneName; readonly summary: string; readonly actors: readonly Actor[]; readonly isTapped?: true};
export type SceneName = 'pair' | 'both-connect';

/** The client pane's and the server pane's first peers. */
export const firstClient = 'client-1';
export const firstServer = 'server-1';

/** Where nobody listens, so that the tutorial's mistake stays one even beside another program on its port. */
const quietEndpoint: Endpoint = 'tcp://127.0.0.1:5561';

export const scenes: readonly Scene[] = [
	{
		name: 'pair',
		summary: 'one REQ connects, one REP binds',
		actors: [
			{peer: firstServer, role: 'server', places: [{direction: 'bind', endpoint: firstEndpoint, fallback: freeEndpoint}]},
			{peer: firstClient, role: 'client', places: [{direction: 'connect', endpoint: firstEndpoint}]},
		],
	},
	{
		name: 'both-connect',
		summary: 'the tutorial’s own mistake: both connect, nobody listens',
		actors: [
			{peer: firstServer, role: 'server', places: [{direction: 'connect', endpoint: quietEndpoint}]},
			{peer: firstClient, role: 'client', places: [{direction: 'connect', endpoint: quietEndpoint}]},
		],
	},
];

/** The scene of that name. */
export const sceneNamed = (name: string): Scene | undefined => scenes.find(scene => scene.name === name);

/** The same actors at another endpoint, which then has no fallback: what a person named is not silently replaced. */
export const actorsAt = (actors: readonly Actor[], endpoint: Endpoint): readonly Actor[] =>
	actors.map(actor => ({...actor, places: actor.places.map(({direction}) => ({direction, endpoint}))}));
