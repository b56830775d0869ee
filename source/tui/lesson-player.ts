/**
A lesson that is taken at the screen: it makes the lab ready for each step, ticks what has happened, types what is to be shown, and lets happen what was
predicted. It hears the lab's events and hands it lines, as a script does; what the person did is known from nothing else.
*/
import {type Event} from '../core/events.js';
import {type Step} from '../commands/script.js';
import {bringTo} from '../lessons/beginning.js';
import {type Lesson} from '../lessons/lesson.js';
import {
	awaitsChoice,
	beginSession,
	reduceSession,
	stateOf,
	stepOf,
	type LessonAction,
	type LessonEffect,
	type Session,
	type Transition,
} from '../lessons/session.js';
import {Stagehand} from '../lessons/stagehand.js';
import {short} from '../script/explain.js';
import {type Ending} from '../script/run.js';
import {editorOf} from './interface-state.js';
import {type LessonView} from './lesson-view.js';
import {type Playground} from './playground.js';
import {Typist} from './typist.js';

/** `isPresenting`: for a class, which is told an answer only at a key. `next` is the lesson after it, which `goOn` begins; `changed` hears of each change. */
export type LessonPlay = {
	readonly lesson: Lesson;
	readonly at: number;
	readonly isPresenting: boolean;
	readonly next?: {readonly name: string; readonly title: string};
	readonly goOn: () => void;
	readonly changed: (session: Session) => void;
};

export class LessonPlayer {
	readonly #playground: Playground;
	readonly #play: LessonPlay;
	readonly #stagehand: Stagehand;
	/** Ends what is being carried out. */
	#stopping = new AbortController();
	#session: Session;
	/** The event after which `event …` looks: the newest when the step began. */
	#since = 0;
	/** Whether the answer is kept back from a class. */
	#isHidden = false;

	constructor(playground: Playground, play: LessonPlay) {
		this.#playground = playground;
		this.#play = play;
		this.#stagehand = new Stagehand({
			execute(line) {
				playground.execute(line, 'script');
			},
			now: () => playground.now(),
		});
		this.#stagehand.watch(() => {
			this.#look();
		});
		const {session, effects} = beginSession(play.lesson, play.at);
		this.#session = session;
		this.#follow({session, effects});
	}

	/** What is shown of it. */
	get view(): LessonView {
		const {isPresenting, next} = this.#play;
		return {session: this.#session, isPresenting, isHidden: this.#isHidden, ...(next && {next})};
	}

	/** Whether what is looked at is done: then Enter goes on. */
	get isStepDone(): boolean {
		return stateOf(this.#session).phase === 'done';
	}

	/** Takes the lab's events, in order. */
	take(events: readonly Event[]): void {
		this.#stagehand.take(events);
	}

	/** Does what a key or a command asks for, or says why not. */
	ask(action: Extract<LessonAction, {readonly type: 'next' | 'back' | 'hint' | 'show' | 'again' | 'choose'}>): void {
		const session = this.#session;
		if (action.type !== 'choose') {
			this.#playground.dispatch({type: 'lesson', shows: true});
		}

		if (action.type === 'next' && this.#turnOver()) {
			return;
		}

		if (action.type === 'again') {
			this.#end();
		}

		const transition = reduceSession(session, action);
		if (transition.session === session) {
			this.#playground.dispatch({type: 'notice', notice: {text: whyNot(session, action.type), isProblem: false}});
			return;
		}

		this.#follow(transition);
	}

	/** Ends it: nothing more is carried out, nothing more is ticked. */
	stop(): void {
		this.#end();
	}

	/** What Enter does besides going to the next step. */
	#turnOver(): boolean {
		const session = this.#session;
		if (this.#isHidden) {
			this.#isHidden = false;
			this.#playground.notify();
			return true;
		}

		if (awaitsChoice(session)) {
			this.#playground.dispatch({type: 'mode', mode: 'predicting'});
			return true;
		}

		if (!stepOf(session)) {
			this.#play.goOn();
			return true;
		}

		return false;
	}

	#end(): void {
		this.#stopping.abort();
		this.#stopping = new AbortController();
	}

	#follow({session, effects}: Transition): void {
		const before = this.#session;
		this.#session = session;
		this.#play.changed(session);
		this.#isHidden &&= session.at === before.at;
		if (session.at === before.at && session.steps !== before.steps) {
			// What is new stands at its end.
			this.#playground.dispatch({type: 'lesson-top', top: Infinity});
		}

		for (const effect of effects) {
			void this.#carryOut(effect);
		}

		this.#meet();
	}

	/** A prediction is made before anything else is done. */
	#meet(): void {
		const {mode} = this.#playground.state;
		if (awaitsChoice(this.#session) && mode === 'typing') {
			this.#playground.dispatch({type: 'mode', mode: 'predicting'});
		} else if (!awaitsChoice(this.#session) && mode === 'predicting') {
			this.#playground.dispatch({type: 'mode', mode: 'typing'});
		} else {
			this.#playground.notifySoon();
		}
	}

	/** Ticks the step that the lab is at, once its check holds. */
	#look(): void {
		const {lesson, reached, steps} = this.#session;
		const step = lesson.steps[reached];
		const phase = steps[reached]?.phase;
		if (step?.type === 'do' && (phase === 'open' || phase === 'playing') && this.#stagehand.judge(step.check, this.#since).holds) {
			this.#follow(reduceSession(this.#session, {type: 'ticked'}));
		}
	}

	async #carryOut({type, step}: LessonEffect): Promise<void> {
		const {lesson} = this.#session;
		const {signal} = this.#stopping;
		const meant = lesson.steps[step];
		if (!meant) {
			return;
		}

		const ending = type === 'bring' || type === 'stage'
			? await (type === 'bring' ? bringTo(this.#stagehand, lesson, step, signal) : this.#stagehand.play(meant.stage, {stop: signal}))
			: await this.#type(meant.type === 'do' ? meant.show : meant.run, signal);
		// Somebody has begun anew, or gone: what comes of this is nobody's business any more.
		if (this.#stopping.signal !== signal) {
			return;
		}

		this.#settle(type, ending);
	}

	#settle(type: LessonEffect['type'], ending: Ending): void {
		const step = this.#session.lesson.steps[this.#session.reached];
		if (ending.type === 'failed' || ending.type === 'stopped') {
			this.#follow(reduceSession(this.#session, {type: 'failed', trouble: describeTrouble(ending)}));
		} else if (type === 'bring' || type === 'stage') {
			this.#since = this.#stagehand.n;
			this.#follow(reduceSession(this.#session, {type: 'staged'}));
			this.#look();
		} else if (step?.type === 'predict') {
			this.#isHidden = this.#play.isPresenting;
			this.#playground.dispatch({type: 'lesson', shows: true});
			this.#follow(reduceSession(this.#session, {type: 'judged', verdict: step.options.map(({condition}) => this.#stagehand.judge(condition, this.#since))}));
		} else {
			this.#follow(reduceSession(this.#session, {type: 'shown'}));
		}
	}

	/**
	Carries out lines before the person's eyes: each command is typed where it would be typed. They are carried out only then, one right after the
	other: a lesson is proved at that pace, and a delay of a moment would be over before the next line is typed.
	*/
	async #type(steps: readonly Step[], stop: AbortSignal): Promise<Ending> {
		const playground = this.#playground;
		const {title} = stepOf(this.#session) ?? this.#session.lesson;
		const {focus} = playground.state;
		const ending = new AbortController();
		stop.addEventListener('abort', () => {
			ending.abort();
		});
		const paused = (isPausing: boolean): void => {
			playground.dispatch({type: 'script', script: {name: short(title), isPausing}});
		};

		const typist = new Typist(playground, {pauses: false, stop: ending.signal, paused});
		playground.player = {
			next() {
				typist.next();
			},
			stop() {
				ending.abort();
			},
		};
		// What is typed goes to the living lab, and is seen there.
		playground.travel(undefined);
		playground.dispatch({type: 'lesson', shows: false});
		playground.dispatch({type: 'mode', mode: 'playing'});
		paused(false);
		for (const step of steps) {
			if (step.type !== 'command') {
				continue;
			}

			await typist.type(short(`/${step.text}`), step.address);
			playground.dispatch({type: 'submitted', input: editorOf(playground.state).text});
		}

		const result = await this.#stagehand.play(steps, {stop: ending.signal});
		playground.player = undefined;
		if (playground.state.mode === 'playing') {
			playground.dispatch({type: 'mode', mode: 'typing'});
			playground.dispatch({type: 'edit', action: {type: 'clear'}});
		}

		// The person goes on where the lesson found it.
		if (Object.hasOwn(playground.journal.snapshot.peers, focus)) {
			playground.dispatch({type: 'focus', peer: focus});
		}

		return result;
	}
}

function describeTrouble(ending: Exclude<Ending, {readonly type: 'held'}>): string {
	return ending.type === 'stopped'
		? 'ended before its end: /lesson again begins the step anew'
		: `${short(ending.outcome.step.text)}: ${short(ending.outcome.was)}; /lesson again begins the step anew`;
}

function whyNot(session: Session, asked: string): string {
	const step = stepOf(session);
	const {phase} = stateOf(session);
	if (asked === 'back') {
		return 'this is the first step';
	}

	if (!step) {
		return 'this is the end of the lesson: /lesson lists all';
	}

	switch (phase) {
		case 'staging':
		case 'playing': {
			return 'a moment: the lab is busy with this step';
		}

		case 'done': {
			return 'this step is done: Enter goes on';
		}

		case 'open': {
			return step.type === 'predict' ? 'choose first: 1, 2 or 3' : 'this step is not done yet: Ctrl+T gives a hint';
		}
	}
}
