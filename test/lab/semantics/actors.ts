/** Arrangements that rows of the semantics need, at any free port, and what they have in common. */
import {type LabOptions} from '../../../source/core/lab-port.js';
import {type Actor} from '../../../source/core/scenes.js';
import {bodyOf, openLab, type TestLab} from '../../helpers/lab.js';

export const place = 'tcp://127.0.0.1:*';

/** So many clients at one server. */
export const clientsAt = (count: number, endpoint = place): readonly Actor[] => [
	{peer: 'server-1', role: 'server', places: [{direction: 'bind', endpoint}]},
	...Array.from({length: count}, (_, index): Actor => ({peer: `client-${index + 1}`, role: 'client', places: [{direction: 'connect', endpoint}]})),
];

/** A lab of these actors, all connected. */
export async function openCast(actors: readonly Actor[], options: Partial<LabOptions> = {}): Promise<TestLab> {
	const lab = await openLab({...options, actors, endpoint: undefined});
	await lab.isConnected();
	return lab;
}

/** A client at two servers, connected to both. It asks server-1 first. */
export async function openAtTwo(options: Partial<LabOptions> = {}): Promise<TestLab> {
	const lab = await openCast(clientsAt(1), options);
	lab.run('server add');
	await lab.comesTo(({peers}) => peers['server-2']?.links[0]?.connections === 1 && peers['client-1']?.links.every(({connections}) => connections === 1) === true, 'connected to both');
	return lab;
}

/** What a server has received, in order. */
export const requestsAt = (lab: TestLab, server: string): readonly string[] => lab.all('received', {peer: server}).map(event => bodyOf(event));
