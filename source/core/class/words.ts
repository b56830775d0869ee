/** What each event of a class says, in a line for a person. Whatever came from a laptop is made visible here. */
import {formatElapsed} from '../duration.js';
import {describeFrames} from '../rows.js';
import {visible} from '../text.js';
import {type ClassEvent, type ClassFact, type ClassSetting} from './events.js';
import {type RefusalCode} from './messages.js';

type Words = {readonly [Type in ClassFact['type']]: (event: ClassEvent & {readonly type: Type}) => string};

const refusals: Readonly<Record<RefusalCode, string>> = {
	'wrong-code': 'a wrong code', 'name-taken': 'a name that is taken', locked: 'the class is locked', full: 'the class is full', 'bad-request': 'a request that makes no sense',
};

const settings: Readonly<Record<ClassSetting, (value: string) => string>> = {
	delay: value => value === 'off' ? 'replies at once' : `replies after ${value}`,
	hold: value => value === 'on' ? 'holds every reply until /release' : 'holds no more',
	'reply-with': value => `answers “${visible(value)}”`,
	service: () => 'is answered by hand',
};

const words: Words = {
	'class-opened': ({door, insteadOf, hosts}) => `the class is open at ${visible(door)}${insteadOf === undefined ? '' : `, as ${visible(insteadOf)} is taken`} (this machine: ${hosts.map(host => visible(host)).join(', ')})`,
	'code-changed': ({code}) => `the code is ${code}`,
	locked: () => 'locked: nobody new is let in',
	unlocked: () => 'open: whoever has the code is let in',
	joined: ({student}) => `${student} has joined`,
	left: ({student}) => `${student} has left`,
	gone: ({student}) => `${student} is gone without a word`,
	returned: ({student}) => `${student} is back`,
	'sent-out': ({student}) => `${student} was sent out`,
	'turned-away': ({code, count, name}) => `turned away${count === 1 ? '' : ` ${count} times`}: ${refusals[code]}${name ? ` (${visible(name)})` : ''}`,
	asked: ({student, request, frames}) => `${student} #${request} asks: ${describeFrames(frames)}`,
	answered: ({student, request, ms, by, frames}) => `${student} #${request} gets: ${describeFrames(frames)}  (${by === 'hand' ? 'by hand, ' : ''}after ${formatElapsed(ms)})`,
	lost: ({student, request, how}) => `${student} #${request} is lost: ${how === 'crash' ? 'the server crashed' : (how === 'unreachable' ? 'nobody is there to be answered (EHOSTUNREACH)' : 'sent out')}`,
	dropped: ({student, count}) => `${student} asks too much at once: ${count} dropped`,
	'unknown-sender': ({count}) => `${count} in the room from nobody who has joined: dropped`,
	cleared: ({place, why}) => `all connections at the ${place} were ended: ${why === 'connections' ? 'too many strangers' : 'too much memory'}; the honest ones come again`,
	set: ({setting, value, student}) => `${student ?? 'the class'} ${settings[setting](value)}`,
	crashed: ({student}) => student === undefined ? 'the server has crashed, and a new one listens in its place' : `the server has crashed for ${student}`,
	progress: ({student, lesson, step, of, done}) => `${student}: ${visible(lesson)}, ${done ? 'done' : `step ${step} of ${of}`}`,
	command: ({text}) => `/${visible(text)}`,
	'command-failed': ({reason, next}) => `${visible(reason)}: ${visible(next)}`,
	'class-failed': ({place, endpoint, code}) => `${visible(code)}: the ${place} can’t listen at ${visible(endpoint)} (choose another place with --endpoint)`,
	'class-died': ({how}) => `our mistake, not yours: the process of the class died (${visible(how)}), and nobody is served; Ctrl+C, then start it again`,
	'class-closed': ({students, asked, answered}) => `the class is over: ${students} joined, ${asked} asked, ${answered} answered`,
};

export const describeClassEvent = (event: ClassEvent): string => (words[event.type] as (each: ClassEvent) => string)(event);
