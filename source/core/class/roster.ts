/**
Who is in the class and how it goes with each: the fold of a class's events, for the teacher's screen.

Law: bounded. It keeps the newest exchanges of each student and the newest news of the class, and counts the rest. Changed in place, as there
may be thousands of events a second; whoever draws it looks at it once a frame.
*/
import {type Endpoint} from '../endpoint.js';
import {type Frame} from '../frames.js';
import {type ClassEvent, type ClassSetting, type LossReason} from './events.js';
import {type Progress} from './messages.js';
import {describeClassEvent} from './words.js';

/** How many exchanges of a student are kept, and how many lines of news. */
const keptExchanges = 60;
const keptNews = 200;

/** A request and what became of it. Times are ms since the epoch, `ms` how long the class took. */
export type ClassExchange = {readonly request: number; readonly t: number; readonly asked: readonly Frame[]; ms?: number; by?: 'hand' | 'template'; reply?: readonly Frame[]; lost?: LossReason};

/** `stuck`: its newest request was lost, and a strict REQ can't ask again. */
export type StudentState = 'idle' | 'waiting' | 'replied' | 'stuck' | 'away' | 'out';

export type ListedStudent = {
	readonly name: string;
	state: StudentState;
	/** Since when (ms since the epoch) it has been so. */
	since: number;
	asked: number;
	answered: number;
	lost: number;
	dropped: number;
	/** How many requests wait now. */
	waiting: number;
	readonly exchanges: ClassExchange[];
	readonly settings: Partial<Record<ClassSetting, string>>;
	progress?: Progress;
};

export type News = {readonly t: number; readonly text: string; readonly isTrouble: boolean};

export class Roster {
	readonly students = new Map<string, ListedStudent>();
	readonly news: News[] = [];
	/** What holds for all, as it was last told. */
	readonly settings: Partial<Record<ClassSetting, string>> = {delay: '1s', 'reply-with': 'World'};
	n = 0;
	door: Endpoint | undefined;
	hosts: readonly string[] = [];
	insteadOf: Endpoint | undefined;
	lesson: string | undefined;
	code = '';
	isLocked = false;
	turnedAway = 0;
	asked = 0;
	answered = 0;
	/** Why the class is over, if it is. */
	ended: string | undefined;

	/** How many are there now. */
	get here(): number {
		return [...this.students.values()].filter(({state}) => state !== 'away' && state !== 'out').length;
	}

	take(event: ClassEvent): void {
		this.n = event.n;
		if ('student' in event && event.student !== undefined) {
			this.#takeOfStudent(event, this.#studentOf(event.student, event.t));
		} else {
			this.#takeOfClass(event);
		}

		if (!quiet.has(event.type)) {
			this.news.push({t: event.t, text: describeClassEvent(event), isTrouble: trouble.has(event.type)});
			if (this.news.length > keptNews) {
				this.news.shift();
			}
		}
	}

	#studentOf(name: string, t: number): ListedStudent {
		const known = this.students.get(name);
		if (known) {
			return known;
		}

		const student: ListedStudent = {name, state: 'idle', since: t, asked: 0, answered: 0, lost: 0, dropped: 0, waiting: 0, exchanges: [], settings: {}};
		this.students.set(name, student);
		return student;
	}

	#takeOfStudent(event: ClassEvent, student: ListedStudent): void {
		const {t} = event;
		const become = (state: StudentState): void => {
			student.state = state;
			student.since = t;
		};

		switch (event.type) {
			case 'joined': {
				// A laptop that was started again begins anew.
				Object.assign(student, {asked: 0, answered: 0, lost: 0, waiting: 0});
				student.exchanges.length = 0;
				become('idle');
				break;
			}

			case 'left':
			case 'gone': {
				become('away');
				break;
			}

			case 'returned': {
				become(student.waiting > 0 ? 'waiting' : 'idle');
				break;
			}

			case 'sent-out': {
				become('out');
				break;
			}

			case 'asked': {
				this.asked++;
				student.asked++;
				student.waiting++;
				student.exchanges.push({request: event.request, t, asked: event.frames});
				if (student.exchanges.length > keptExchanges) {
					student.exchanges.shift();
				}

				if (student.state !== 'waiting') {
					become('waiting');
				}

				break;
			}

			case 'answered': {
				this.answered++;
				student.answered++;
				student.waiting--;
				const exchange = student.exchanges.find(({request}) => request === event.request);
				if (exchange) {
					Object.assign(exchange, {ms: event.ms, by: event.by, reply: event.frames});
				}

				if (student.waiting === 0 && student.state === 'waiting') {
					become('replied');
				}

				break;
			}

			case 'lost': {
				student.lost++;
				student.waiting--;
				const exchange = student.exchanges.find(({request}) => request === event.request);
				if (exchange) {
					exchange.lost = event.how;
				}

				if (student.waiting === 0 && student.state === 'waiting') {
					become('stuck');
				}

				break;
			}

			case 'dropped': {
				student.dropped += event.count;
				break;
			}

			case 'set': {
				student.settings[event.setting] = event.value;
				if (event.setting === 'reply-with') {
					delete student.settings.service;
				}

				break;
			}

			case 'progress': {
				const {lesson, step, of, done} = event;
				student.progress = {lesson, step, of, done};
				break;
			}

			default:
		}
	}

	#takeOfClass(event: ClassEvent): void {
		switch (event.type) {
			case 'class-opened': {
				this.door = event.door;
				this.hosts = event.hosts;
				this.insteadOf = event.insteadOf;
				this.lesson = event.lesson;
				break;
			}

			case 'code-changed': {
				this.code = event.code;
				break;
			}

			case 'locked':
			case 'unlocked': {
				this.isLocked = event.type === 'locked';
				break;
			}

			case 'turned-away': {
				this.turnedAway += event.count;
				break;
			}

			case 'set': {
				this.settings[event.setting] = event.value;
				if (event.setting === 'reply-with') {
					delete this.settings.service;
				}

				for (const {settings} of this.students.values()) {
					Reflect.deleteProperty(settings, event.setting);
				}

				break;
			}

			case 'class-died': {
				this.ended = describeClassEvent(event);
				for (const student of this.students.values()) {
					student.state = 'away';
					student.since = event.t;
				}

				break;
			}

			case 'class-failed':
			case 'class-closed': {
				this.ended = describeClassEvent(event);
				break;
			}

			default:
		}
	}
}

/** What stands in the list or in the exchanges, and would only repeat itself among the news. */
const quiet: ReadonlySet<ClassEvent['type']> = new Set(['asked', 'answered', 'command', 'command-failed', 'progress']);
const trouble: ReadonlySet<ClassEvent['type']> = new Set(['gone', 'sent-out', 'turned-away', 'lost', 'dropped', 'unknown-sender', 'cleared', 'crashed', 'class-failed']);

/** The order of the list: who needs the teacher first, then as they joined. */
const ranks: Readonly<Record<StudentState, number>> = {stuck: 0, waiting: 0, idle: 0, replied: 0, away: 1, out: 2};

/** Those who are there as they joined, then those who are not. A list that jumps can't be read, so it does not go by who waits. */
export const listed = (roster: Roster): readonly ListedStudent[] => [...roster.students.values()].toSorted((one, other) => ranks[one.state] - ranks[other.state]);
