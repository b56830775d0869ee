/**
A command is one record: its name, its notation, what it is for, how its argument is read, and when it makes sense.
The grammar, the completion, the help and the readme's table are all made from the records.
*/
import {type CurveArrangement} from '../core/curve.js';
import {type Delay} from '../core/delay.js';
import {type CodeLanguage} from '../core/export-formats.js';
import {type Endpoint} from '../core/endpoint.js';
import {type Policy} from '../core/policy.js';
import {type Recovery} from '../core/recovery.js';
import {type Calling, type SceneName} from '../core/scenes.js';
import {type SocketOption} from '../core/socket-options.js';
import {type PeerSnapshot, type Snapshot} from '../core/snapshot.js';

/** What a line asks for, once read. */
export type Action =
	| {readonly verb: 'send' | 'reply'; readonly frames: readonly Uint8Array[]}
	| {readonly verb: 'receive' | 'hold' | 'release' | 'by-hand' | 'open' | 'close' | 'crash' | 'restart' | 'reset' | 'quit' | 'copy' | 'help' | 'events' | 'why' | 'envelope' | 'ladder'}
	| {readonly verb: 'park-send'; readonly frames: readonly Uint8Array[]}
	| {readonly verb: 'park-receive' | 'unpark'}
	| {readonly verb: 'id'; readonly id: string | undefined}
	| {readonly verb: 'server-place'; readonly where: 'process' | 'inside'; readonly named?: string}
	| {readonly verb: 'every'; readonly intervalMs: number; readonly frames: readonly Uint8Array[]}
	| {readonly verb: 'every-off'}
	| {readonly verb: 'delay'; readonly delay: Delay; readonly once: boolean}
	| {readonly verb: 'delay-step'; readonly by: 1 | -1}
	| {readonly verb: 'reply-with'; readonly template: string}
	| {readonly verb: 'timeout'; readonly ms: number | undefined}
	| {readonly verb: 'socket-option'; readonly option: SocketOption}
	| {readonly verb: 'recover'; readonly recovery: Recovery}
	| {readonly verb: 'bind' | 'connect'; readonly endpoint: Endpoint}
	| {readonly verb: 'unbind' | 'disconnect'; readonly endpoint: Endpoint | undefined}
	| {readonly verb: 'add'; readonly calling: Calling; readonly count: number}
	| {readonly verb: 'policy'; readonly policy: Policy}
	| {readonly verb: 'handover'; readonly isOn: boolean}
	| {readonly verb: 'remove'; readonly named?: string}
	| {readonly verb: 'focus'; readonly peer: string}
	| {readonly verb: 'scene'; readonly scene: SceneName}
	| {readonly verb: 'tap'; readonly isOn: boolean}
	/** Of one connection of a tap, or of all. */
	| {readonly verb: 'wire'; readonly link?: number}
	/** Nothing written: what is in force. */
	| {readonly verb: 'fault'; readonly text: string}
	| {readonly verb: 'fault-lift'; readonly which: number | 'all'}
	| {readonly verb: 'code'; readonly language: CodeLanguage; readonly directory?: string}
	| {readonly verb: 'steps'; readonly isOn: boolean}
	| {readonly verb: 'step'; readonly named?: string}
	| {readonly verb: 'curve'; readonly arrangement: CurveArrangement}
	| {readonly verb: 'allow' | 'deny'; readonly who: string}
	| {readonly verb: 'race'; readonly requests: number; readonly seed?: number}
	| {readonly verb: 'lesson'; readonly wish: 'open' | 'next' | 'back' | 'hint' | 'show' | 'again' | 'quit'; readonly name?: string}
	| {readonly verb: 'export'; readonly file: string; readonly again: boolean}
	| {readonly verb: 'record'; readonly file: string; readonly again: boolean}
	| {readonly verb: 'record-off'};

/** What is wrong with a line, and the next step. Bad input is a value, never a throw. */
export type Problem = {readonly reason: string; readonly next: string};
export type Read = {readonly ok: true; readonly action: Action} | ({readonly ok: false} & Problem);

/** Whom a command concerns: one role's peers, any peer, the whole lab, or only the screen. */
export type Subject = 'client' | 'server' | 'peer' | 'lab' | 'screen';

/** One command. `usage` is written without the slash; `read` gets everything after the name, verbatim. */
export type CommandRecord = {
	readonly name: string;
	readonly subject: Subject;
	readonly usage: string;
	readonly summary: string;
	readonly read: (rest: string) => Read;
	/** What may stand as the argument, for completion. */
	readonly suggest?: (snapshot: Snapshot, peer: PeerSnapshot | undefined) => readonly string[];
	/** Why it would do nothing now; undefined if it would do something. Never used to hide a refusal that the real socket can give. */
	readonly unavailable?: (peer: PeerSnapshot) => string | undefined;
};

export const done = (action: Action): Read => ({ok: true, action});
export const problem = (reason: string, next: string): Read => ({ok: false, reason, next});

/** Reads a command that takes no argument. */
export const noArgument = (action: Action) => (rest: string): Read =>
	rest.trim() === '' ? done(action) : problem(`/${action.verb} takes no argument`, `type /${action.verb} alone`);
