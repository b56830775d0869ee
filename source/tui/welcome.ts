/**
What an empty pane says: three lines on what to type, what will come of it, and where help is. Each fits into the narrowest screen,
and all go with the first thing that happens. What stands between backticks is typed.
*/
import {type Role} from '../core/events.js';
import {visible} from '../core/text.js';
import {type PeerSnapshot} from '../core/snapshot.js';

type Welcome = readonly [string, string, string];
type OfScene = Readonly<Record<Role, Welcome>>;

const help = '`?` is help: every command, every key.';

const pair: OfScene = {
	client: ['Type `Hello` and press `Enter`: a real request travels.', 'Send again while it waits, and see what libzmq says.', help],
	server: ['{answer}', '`Tab` leads here: `/by-hand`, and you type the replies.', '`/crash` while it owes one is the famous deadlock.'],
	broker: ['It passes requests on by itself, and replies back.', '`/policy` says how it chooses; `/worker add` helps it.', '`/envelope` shows the frames at each hop.'],
};

/** By scene; a front with one peer has a scene of its own name. */
const scenes: Readonly<Record<string, Partial<OfScene>>> = {
	'both-connect': {
		client: ['Both connect, so nobody listens: the classic mistake.', 'Type `Hello`: it is queued, and waits for ever.', 'Mend it at the server (`Tab`): `/disconnect`, `/bind`.'],
		server: ['It has connected, as the client did: nobody comes.', '`/disconnect`, then `/bind tcp://127.0.0.1:5561` mends it.', help],
	},
	crowd: {
		client: ['Many clients, one slow server. Type `Hello`.', '`/@clients send Hello`: now they all ask at once.', '`Alt+↓` is the next client; `?` is help.'],
		server: ['It serves one request at a time: others queue.', 'Who is served, and who comes next, is said above.', '`/why` shows who waits for whom; `?` is help.'],
	},
	pool: {
		client: ['Type `Hello` a few times: the servers take turns.', '`/@server-2 crash`, ask on, and see where it ends.', '`Alt+↓` is the next peer; `?` is help.'],
		server: ['One of several: a REQ asks one after the other.', '{answer}', help],
	},
	secure: {
		client: ['Type `Hello` and press `Enter`: it travels encrypted.', '`/curve wrong-server-key` shows how libzmq says no.', help],
		server: ['{answer}', '`/allow client-1` lets in nobody else.', '`/tap on`, then `/wire`: what an eavesdropper sees.'],
	},
	client: {client: ['Type `Hello` and press `Enter`: the server answers.', 'Nobody there? `zmq-playground server` in another shell.', help]},
	server: {server: ['{answer}', 'Ask it: `zmq-playground client` in another shell.', '`/by-hand`, and you type the replies; `?` is help.']},
	worker: {server: ['{answer}', 'It needs a broker: `zmq-playground broker` elsewhere.', '`/by-hand`, and you type the replies; `?` is help.']},
};

/** The three lines for a peer of a scene. */
export function welcomeOf(scene: string, {role, options}: PeerSnapshot): readonly string[] {
	return (scenes[scene]?.[role] ?? pair[role]).map(line => line.replace('{answer}', () => answerOf(options)));
}

/** What a server will do with a request. */
function answerOf({service, delay = 'off', 'reply-with': reply = ''}: PeerSnapshot['options']): string {
	return service === 'by-hand' ? 'You are the server: type each reply here.' : `It answers “${visible(reply)}”${delay === 'off' ? ' at once' : ` after ${delay}`}, by itself.`;
}

/** A line without its marks, and what they mark. */
export const unmark = (line: string): {readonly text: string; readonly marked: readonly string[]} =>
	({text: line.replaceAll('`', ''), marked: [...line.matchAll(/`(?<word>[^`]+)`/gv)].map(({groups}) => groups?.['word'] ?? '')});
