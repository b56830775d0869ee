/** Which lesson is taken: the list of them, the one that begins, and how far one is in each. */
import path from 'node:path';
import {visible} from '../core/text.js';
import {type Lesson} from '../lessons/lesson.js';
import {type LessonProgress, type Progress} from '../lessons/progress.js';
import {awaitsChoice, isComplete, type Session} from '../lessons/session.js';
import {type LessonIntent} from './keys.js';
import {LessonPlayer} from './lesson-player.js';
import {type Playground} from './playground.js';

/** One line of the list. */
export type LessonRow = {readonly name: string; readonly title: string; readonly summary: string; readonly minutes: number; readonly steps: number; readonly progress?: LessonProgress};

/** Where one is in a lesson: step `step` of `of`, counted from 1. */
type Whereabouts = {readonly lesson: string; readonly step: number; readonly of: number; readonly done: boolean};

/** How lessons are begun: `isPresenting` for a class. `tell` hears where one is: a teacher wants to know. */
export type LessonWish = {readonly name?: string; readonly isPresenting: boolean; readonly tell?: (whereabouts: Whereabouts) => void};

/** Files and YAML are for whoever learns. */
const loading = async () => {
	const [load, progress] = await Promise.all([import('../lessons/load.js'), import('../lessons/progress.js')]);
	return {...load, ...progress};
};

/** Shows the list, or begins the lesson of that name (or in that file) where the person was. */
export async function openLessons(playground: Playground, {name, isPresenting, tell: tellTeacher = playground.tellTeacher}: LessonWish): Promise<void> {
	if (playground.recording) {
		tell(playground, 'this is a recording: a lesson needs a living lab', true);
		return;
	}

	playground.tellTeacher = tellTeacher;
	const {loadCourse, findLesson, readProgress} = await loading();
	const {lessons: progress, trouble} = await readProgress();
	const tellTrouble = (): void => {
		if (trouble !== undefined) {
			tell(playground, trouble, true);
		}
	};

	const loaded = await loadCourse();
	const course = loaded.flatMap(each => each.ok ? [each.lesson] : []);
	if (name === undefined) {
		const rows = course.map(lesson => rowOf(lesson, progress));
		playground.lessons = {rows, isPresenting};
		const next = rows.findIndex(row => !row.progress?.isDone);
		playground.dispatch({type: 'lesson-list', selected: Math.max(0, next)});
		// The list coming up ends whatever notice stood there before.
		tellTrouble();
		return;
	}

	tellTrouble();

	const found = await findLesson(name);
	if (!found?.ok) {
		const [error] = found?.errors ?? [];
		tell(playground, error ? `${name}:${error.line}:${error.column}: ${error.reason}: ${error.next}` : `there is no lesson “${name}”: /lesson lists all`, true);
		return;
	}

	begin(playground, {lesson: found.lesson, key: course.some(({name: each}) => each === found.lesson.name) ? found.lesson.name : path.resolve(found.file), course, progress, isPresenting});
}

/** What a key does. */
export function takeLessonKey(playground: Playground, intent: LessonIntent): void {
	const {state, lesson, lessons} = playground;
	switch (intent.wish) {
		case 'turn': {
			turn(playground);
			break;
		}

		case 'choose': {
			lesson?.ask({type: 'choose', index: intent.index});
			break;
		}

		case 'open': {
			const row = lessons?.rows[state.lessonSelected];
			void openLessons(playground, {...(row && {name: row.name}), isPresenting: lessons?.isPresenting ?? false});
			break;
		}

		default: {
			askLesson(playground, intent.wish);
		}
	}
}

/** From the lesson to the lab; from there, and from what covers the lab, to the lesson. */
function turn(playground: Playground): void {
	const {state: {mode, showsLesson}, lesson} = playground;
	const isCovered = mode !== 'typing' && mode !== 'predicting';
	if (isCovered) {
		playground.travel(undefined);
		playground.dispatch({type: 'mode', mode: 'typing'});
	}

	const shows = isCovered || !showsLesson;
	playground.dispatch({type: 'lesson', shows});
	if (shows && lesson && awaitsChoice(lesson.view.session)) {
		playground.dispatch({type: 'mode', mode: 'predicting'});
	}
}

/** What a key or a command asks of the lesson that is open. */
export function askLesson(playground: Playground, wish: 'next' | 'back' | 'hint' | 'show' | 'again' | 'quit'): void {
	if (!playground.lesson) {
		tell(playground, 'no lesson is open: /lesson lists them', false);
	} else if (wish === 'quit') {
		quitLesson(playground);
	} else {
		playground.lesson.ask({type: wish});
	}
}

/** Ends the lesson; the lab stays as it is. */
function quitLesson(playground: Playground): void {
	playground.lesson?.stop();
	playground.lesson = undefined;
	if (playground.state.mode === 'predicting') {
		playground.dispatch({type: 'mode', mode: 'typing'});
	}

	tell(playground, 'the lesson is closed, and where you were is kept: /lesson lists all', false);
}

type Begin = {readonly lesson: Lesson; readonly key: string; readonly course: readonly Lesson[]; readonly progress: Progress; readonly isPresenting: boolean};

function begin(playground: Playground, {lesson, key, course, progress, isPresenting}: Begin): void {
	playground.lesson?.stop();
	const before = progress[key];
	const next = course[course.findIndex(({name}) => name === lesson.name) + 1];
	let noted = '';
	playground.travel(undefined);
	playground.dispatch({type: 'mode', mode: 'typing'});
	playground.dispatch({type: 'lesson', shows: true});
	playground.lesson = new LessonPlayer(playground, {
		lesson,
		at: before && before.step < lesson.steps.length ? before.step : 0,
		isPresenting,
		...(next && course.some(({name}) => name === lesson.name) && {next: {name: next.name, title: next.title}}),
		goOn() {
			void openLessons(playground, {...(next && {name: next.name}), isPresenting});
		},
		changed(session) {
			const now = progressOf(session, before);
			if (JSON.stringify(now) !== noted) {
				noted = JSON.stringify(now);
				playground.tellTeacher?.({lesson: lesson.name, step: session.reached + 1, of: lesson.steps.length, done: isComplete(session)});
				playground.keeping = keep(playground, key, now);
			}
		},
	});
}

/** Where one goes on next time; a lesson that is complete begins at its beginning. */
function progressOf(session: Session, before: LessonProgress | undefined): LessonProgress {
	const isDone = isComplete(session);
	return {step: isDone ? 0 : session.reached, isDone: isDone || (before?.isDone ?? false)};
}

/** One after the other: the newest is the one that stays. */
async function keep(playground: Playground, key: string, progress: LessonProgress): Promise<void> {
	await playground.keeping;
	const {noteProgress} = await loading();
	const trouble = await noteProgress(key, progress);
	if (trouble !== undefined) {
		tell(playground, trouble, true);
	}
}

function rowOf({name, title, summary, minutes, steps}: Lesson, progress: Progress): LessonRow {
	const itsProgress = Object.hasOwn(progress, name) ? progress[name] : undefined;
	return {name, title, summary, minutes, steps: steps.length, ...(itsProgress && {progress: itsProgress})};
}

function tell(playground: Playground, text: string, isProblem: boolean): void {
	playground.dispatch({type: 'notice', notice: {text: visible(text), isProblem}});
}
