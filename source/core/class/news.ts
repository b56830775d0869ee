/** What a member's process says before its lab has begun, and how it hears what is for the teacher alone. */
import {type Progress} from './messages.js';
import {type JoinFailure} from './refusals.js';

export type JoinNews =
	| {readonly type: 'not-joined'; readonly failure: JoinFailure}
	| {readonly type: 'joined-class'; readonly name: string; readonly lesson?: string};

/** What a line begins with that is no command of the lab. */
const mark = '\u{0}progress ';

export const progressLine = (progress: Progress): string => mark + JSON.stringify(progress);

/** Undefined for a line of the lab. */
export const progressIn = (line: string): Progress | undefined => line.startsWith(mark) ? JSON.parse(line.slice(mark.length)) as Progress : undefined;
