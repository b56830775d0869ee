/** Commands about the lab as a whole. */
import {sceneNamed, scenes} from '../core/scenes.js';
import {
	done,
	noArgument,
	problem,
	type CommandRecord,
} from './record.js';

const names = scenes.map(scene => scene.name);

export const labCommands: readonly CommandRecord[] = [
	{
		name: 'scene',
		subject: 'lab',
		usage: `scene ${names.join(' | ')}`,
		summary: 'a fresh lab with another arrangement',
		read(rest) {
			const scene = sceneNamed(rest.trim());
			return scene ? done({verb: 'scene', scene: scene.name}) : problem(`there is no scene “${rest.trim()}”`, `choose one of: ${names.join(', ')}`);
		},
		suggest: () => names,
	},
	{
		name: 'reset',
		subject: 'lab',
		usage: 'reset',
		summary: 'a fresh lab: new sockets, empty transcripts, the same scene',
		read: noArgument({verb: 'reset'}),
	},
];

/** Commands that the screen carries out itself; no socket hears of them. */
export const screenCommands: readonly CommandRecord[] = [
	{
		name: 'focus',
		subject: 'screen',
		usage: 'focus <peer>',
		summary: 'go to the pane of that peer',
		read: rest => rest.trim() === '' ? problem('the name of a peer is missing', 'write /focus client-1') : done({verb: 'focus', peer: rest.trim()}),
		suggest: snapshot => Object.keys(snapshot.peers),
	},
	{name: 'events', subject: 'screen', usage: 'events', summary: 'show or hide the log of socket events', read: noArgument({verb: 'events'})},
	{name: 'why', subject: 'screen', usage: 'why', summary: 'who waits for whom, where the request is, whether the reply can come, what frees it', read: noArgument({verb: 'why'})},
	{name: 'envelope', subject: 'screen', usage: 'envelope', summary: 'show or hide the frames of the newest request at each hop: which socket adds or strips which', read: noArgument({verb: 'envelope'})},
	{name: 'ladder', subject: 'screen', usage: 'ladder', summary: 'show or hide the ladder: who sent what to whom, and when', read: noArgument({verb: 'ladder'})},
	{name: 'copy', subject: 'screen', usage: 'copy', summary: 'copy the selected (or newest) message to the clipboard', read: noArgument({verb: 'copy'})},
	{name: 'help', subject: 'screen', usage: 'help', summary: 'all commands and keys', read: noArgument({verb: 'help'})},
	{name: 'quit', subject: 'screen', usage: 'quit', summary: 'leave', read: noArgument({verb: 'quit'})},
];
