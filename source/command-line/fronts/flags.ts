/** Flags that several fronts have, with the same meaning in each. */
import {type Flag} from './front.js';

export const delay: Flag = {name: 'delay', value: 'delay', summary: 'before each reply: 800ms, 200ms..2s, 1s±200ms, off'};
export const reply: Flag = {name: 'reply', value: 'text', summary: 'what to reply, with {request} {upper} {count} {time}'};
export const timeout: Flag = {name: 'timeout', value: 'time', summary: 'how long to wait for a reply (off; in a pipe 10s)'};
export const tap: Flag = {name: 'tap', summary: 'see and harm what passes: a proxy in each link'};
export const curve: Flag = {name: 'curve', summary: 'encrypt with CURVE; the keys are made for this run'};
export const curveAllow: Flag = {name: 'curve-allow', value: 'file', summary: 'public keys that are let in, one a line'};
export const curveSecret: Flag = {name: 'curve-secret', value: 'file', summary: 'CURVE with the pair in this file (see keys)'};
export const recording: readonly Flag[] = [
	{name: 'record', value: 'file', summary: 'keep all that happens in a file; open shows it again'},
	{name: 'force', summary: 'overwrite the file of --record if it is there'},
];
export const directions: readonly Flag[] = [
	{name: 'bind', summary: 'listen at the endpoints'},
	{name: 'connect', summary: 'connect to the endpoints'},
];
/** How it shows itself: of every front with a screen. */
export const looks: readonly Flag[] = [
	{name: 'ascii', summary: 'draw with ASCII only'},
	{name: 'no-color', summary: 'draw without colours (NO_COLOR does the same)'},
	{name: 'reduced-motion', summary: 'nothing flashes, and no bar or arrow moves'},
	{name: 'screen-reader', summary: 'tell it all in words, line by line; draw nothing'},
];
export const jsonSchema: Flag = {name: 'json-schema', summary: 'print the JSON Schema of those lines, and end'};
export const common: readonly Flag[] = [
	{name: 'seed', value: 'number', summary: 'repeat a run: the same seed gives the same delays'},
	{name: 'json', summary: 'no screen: one event a line, as JSON'},
	jsonSchema,
	...looks,
	{name: 'help', summary: 'this help; client --help is that of the client'},
	{name: 'version', summary: 'the version'},
];
