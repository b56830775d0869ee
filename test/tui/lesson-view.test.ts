/** A lesson on a small screen: nothing of it is out of reach, and beside the lab it says what is to be done. */
import {expect, test} from 'vitest';
import {loadCourse} from '../../source/lessons/load.js';
import {parseLesson} from '../../source/lessons/parse.js';
import {beginSession, reduceSession, type Session} from '../../source/lessons/session.js';
import {drawLesson, drawLessonStrip} from '../../source/tui/lesson-view.js';
import {createTheme} from '../../source/tui/theme.js';
import {doing, lessonOf, predicting} from '../helpers/lessons.js';

const theme = createTheme({hasColor: false, isAscii: false});
const viewOf = (session: Session) => ({session, isPresenting: false, isHidden: false});

/** The prediction once it has been judged. */
function judged(): Session {
	const parsed = parseLesson(lessonOf(predicting('client-1 is stuck', 'client-1 is replied').concat('\nSo it is.\n'), doing('client-1 is stuck', 'send Hello')), 'test');
	if (!parsed.ok) {
		throw new Error(JSON.stringify(parsed.errors));
	}

	const staged = reduceSession(beginSession(parsed.lesson).session, {type: 'staged'}).session;
	const chosen = reduceSession(staged, {type: 'choose', index: 1}).session;
	return reduceSession(chosen, {type: 'judged', verdict: [{holds: false, was: 'it is not'}, {holds: true, was: 'it is'}]}).session;
}

const page = (height: number, top: number): readonly string[] => drawLesson(theme, viewOf(judged()), {width: 80, height, top, isBeside: false}).map(line => line.trim());

test('what is above or below the page is said; blank lines go first where it has been read', () => {
	expect(page(20, 0)).toContain('');
	expect(page(12, 0).filter(line => line === '')).toHaveLength(2);
	expect(page(12, 0).slice(-5)).toEqual(['/@client-1 send Hello', '', 'So it is.', '', 'Enter to the next step']);
	expect(page(6, 0).at(-1)).toBe('… PgDn');
	const end = page(6, Infinity);
	expect(end[0]).toBe('… PgUp');
	expect(end.at(-1)).toBe('Enter to the next step');
	expect(page(6, 2)).toMatchObject({0: '… PgUp', 5: '… PgDn'});
});

test('beside the lab at 80x24 each step of the course is said whole, in two lines at most', async () => {
	for (const loaded of await loadCourse()) {
		const lesson = loaded.ok ? loaded.lesson : expect.unreachable(loaded.file);
		for (const [at, step] of lesson.steps.entries()) {
			const [, ...task] = drawLessonStrip(theme, viewOf(beginSession(lesson, at).session), {columns: 80, rows: 24});
			expect(step.type === 'do' ? [1, 2] : [0], `${lesson.name}, step ${at + 1}`).toContain(task.length);
			expect(task.join(' '), `${lesson.name}, step ${at + 1}`).not.toContain('…');
		}
	}
});
