/** A lesson in a real terminal, by keys alone: beside the lab, over it, left and come back to. */
import {existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {doing, lessonOf, predicting} from '../helpers/lessons.js';
import {Playground} from '../helpers/playground.js';
import {program} from '../helpers/program.js';

const source = lessonOf(
	doing('event received of client-1', '@client-1 send Hello').replace('## Do', '## Order\nType `Hello`.').replace('```show', '```hint\nPress keys.\n```\n```show').concat('\nIt came back.\n'),
	predicting('client-1 is stuck', 'client-1 is replied').concat('\nSo it is.\n'),
	doing('server-1 is crashed', '@server-1 crash').replace('## Do', '## Break it'),
);

/** A folder for a lesson and for what is learnt, gone when the test is over. */
function desk(): {readonly lesson: string; readonly progress: string; readonly env: Readonly<Record<string, string>>} {
	const folder = mkdtempSync(path.join(tmpdir(), 'learn-'));
	onTestFinished(() => {
		rmSync(folder, {recursive: true, force: true});
	});
	const lesson = path.join(folder, 'test.md');
	writeFileSync(lesson, source);
	return {lesson, progress: path.join(folder, 'zmq-playground', 'progress.json'), env: {XDG_DATA_HOME: folder}};
}

type Desk = ReturnType<typeof desk>;

function learn({lesson, env}: Desk, size: {readonly columns: number; readonly rows: number}, ...flags: readonly string[]): Playground {
	const playground = new Playground({command: program('learn', lesson, ...flags), ...size, env});
	onTestFinished(async () => playground.close());
	return playground;
}

/** Waits until the lesson is ready for the person. */
const isOpen = async (playground: Playground): Promise<unknown> => playground.waitFor('to do: this ticks by itself');

test('beside the lab at 120x40: hints, a check that ticks, a prediction that the run judges, a show, and the sentence at the end', async () => {
	const its = desk();
	const playground = learn(its, {columns: 120, rows: 40});
	await isOpen(playground);
	await playground.sees('client-1', 'connected');
	await playground.waitFor('step 1 of 3');
	playground.press('Ctrl+t');
	await playground.waitFor('hint 1  Press keys.');
	playground.submit('Hello');
	await playground.waitFor('✓ done');
	await playground.waitFor('It came back.');
	await playground.sees('client-1', '◂ World');

	playground.press('Enter');
	await playground.waitFor('What then?');
	await playground.waitFor('1 2 3 choose');
	expect(playground.screen()).not.toContain('So it is.');
	playground.type('1');
	await playground.waitFor('✗ it was 2');
	await playground.waitFor('So it is.');

	playground.press('Ctrl+p');
	await playground.waitFor('step 1 of 3');
	playground.press('Enter');
	await playground.waitFor('step 2 of 3');
	playground.press('Enter');
	await playground.waitFor('step 3 of 3');
	await isOpen(playground);
	playground.press('Enter');
	await playground.waitFor('this step is not done yet: Ctrl+T gives a hint');
	playground.press('Ctrl+t');
	await playground.waitFor('✓ done: it was shown');
	await playground.waitFor('/@server-1 crash');
	await playground.sees('server-1', 'crashed');
	playground.press('Enter');
	await playground.waitFor('To remember');
	await playground.waitFor('Nothing.');
	playground.press('Ctrl+c');
	expect(await playground.waitForExit()).toMatchObject({code: 0});
	expect(JSON.parse(readFileSync(its.progress, 'utf8'))).toEqual({v: 1, lessons: {[its.lesson]: {step: 0, isDone: true}}});
});

test('over the lab at 80x24: Ctrl+O turns from the one to the other; whoever leaves comes back to where it was', async () => {
	const its = desk();
	const small = {columns: 80, rows: 24};
	const playground = learn(its, small);
	await isOpen(playground);
	playground.press('Ctrl+o');
	await playground.waitFor('○ 1/3 Order');
	expect(playground.row(2).trim()).toBe('Type Hello.');
	await playground.sees('client-1', 'connected');
	playground.press('Ctrl+o');
	await isOpen(playground);
	playground.submit('Hello');
	await playground.sees('client-1', '◂ World');
	await playground.waitFor('✓ 1/3 Order: done');
	playground.press('Enter');
	await playground.waitFor('It came back.');
	playground.press('Enter');
	await playground.waitFor('1 2 3 choose');
	playground.type('2');
	await playground.waitFor('✓ right');
	playground.press('Enter');
	await playground.waitFor('step 3 of 3');
	await isOpen(playground);
	playground.press('Ctrl+c');
	await playground.waitForExit();

	const again = learn(its, small);
	await again.waitFor('step 3 of 3');
	await isOpen(again);
	again.press('Ctrl+o');
	await again.sees('client-1', /◂ World.*◂ World/sv);
	again.submit('/lesson show');
	await again.waitFor('✓ 3/3 Break it: done');
	await again.waitFor('Enter send');
	again.submit('/lesson quit');
	await again.waitFor('the lesson is closed');
	again.press('Ctrl+c');
	await again.waitForExit();
});

test('where a refusal ticks a step, Enter on the text that was given back reads on; after a run the focus is where it was', async () => {
	const its = desk();
	writeFileSync(its.lesson, lessonOf(
		doing('event refused of client-1', '@client-1 send Two').replace('```check', '```stage\n@server-1 hold\n@client-1 send One\n```\n\n```check'),
		predicting('client-1 is stuck', 'client-1 is replied').replace('@client-1 send Hello', '@server-1 release'),
	));
	const playground = learn(its, {columns: 80, rows: 24});
	await isOpen(playground);
	playground.submit('Two');
	await playground.waitFor('your text is back');
	await playground.waitFor('Enter: read on');
	playground.press('Enter');
	await playground.waitFor('Enter to the next step');
	playground.press('Enter');
	await playground.waitFor('1 2 3 choose');
	expect(playground.screen()).not.toContain('› Two');
	playground.type('2');
	await playground.waitFor('✓ right');
	await playground.waitFor('client-1 ›');
	playground.press('Ctrl+c');
	await playground.waitForExit();
});

test('from what covers the lab a key leads to the lesson; who looks around before choosing sees the lab, and Enter leads back', async () => {
	const its = desk();
	const playground = learn(its, {columns: 80, rows: 24});
	await isOpen(playground);
	await playground.waitFor('Ctrl+O: the lab');
	for (const [line, shows] of [['/wire', 'wire · '], ['/code', 'import']] as const) {
		playground.submit(line);
		await playground.waitFor(screen => screen.includes(shows) && screen.includes('○ 1/3 Order'), {label: line});
		playground.press('Ctrl+o');
		await isOpen(playground);
	}

	playground.submit('Hello');
	await playground.waitFor('✓ 1/3 Order: done');
	playground.press('Enter');
	await playground.waitFor('Enter to the next step');
	playground.press('Enter');
	await playground.waitFor('1 2 3 choose');
	playground.press('Escape');
	await playground.sees('client-1', '◂ World');
	playground.press('Enter');
	await playground.waitFor('What then?');
	playground.press('Escape');
	await playground.sees('client-1', '◂ World');
	playground.press('Ctrl+o');
	await playground.waitFor('What then?');
	playground.type('2');
	await playground.waitFor('✓ right');
	playground.press('Ctrl+c');
	await playground.waitForExit();
});

test('for a class the answer waits for a key', async () => {
	const its = desk();
	mkdirSync(path.dirname(its.progress));
	writeFileSync(its.progress, JSON.stringify({v: 1, lessons: {[its.lesson]: {step: 1, isDone: false}}}));
	const playground = learn(its, {columns: 120, rows: 40}, '--present');
	await playground.waitFor('1 2 3 choose');
	playground.type('2');
	await playground.waitFor('Enter what was it?');
	expect(playground.screen()).not.toContain('✓ right');
	playground.press('Enter');
	await playground.waitFor('✓ right');
	await playground.waitFor('So it is.');
	playground.press('Ctrl+c');
	await playground.waitForExit();
});

test('the list: a damaged file of progress is told and set aside; arrows and Enter begin a lesson', async () => {
	const its = desk();
	mkdirSync(path.dirname(its.progress));
	writeFileSync(its.progress, '{"v":1');
	const playground = new Playground({command: program('learn'), columns: 80, rows: 24, env: its.env});
	onTestFinished(async () => playground.close());
	await playground.waitFor('your progress was damaged');
	await playground.waitFor(/▸ ○ +1 The pizza/v);
	expect(existsSync(`${its.progress}.damaged`)).toBe(true);
	playground.press('Down');
	await playground.waitFor(/▸ ○ +2 /v);
	playground.press('Up');
	await playground.waitFor(/▸ ○ +1 The pizza/v);
	playground.press('Enter');
	await playground.waitFor(/The pizza +step 1 of/v);
	playground.submit('/lesson no-such-lesson');
	await playground.waitFor('there is no lesson “no-such-lesson”: /lesson lists all');
	playground.submit('/lesson');
	await playground.waitFor(/▸ ○ +1 The pizza/v);
	playground.press('Escape');
	await playground.waitFor('Enter send');
	playground.press('Ctrl+c');
	await playground.waitForExit();
});

test('a screen reader is told it line by line', async () => {
	const its = desk();
	const terminal = learn(its, {columns: 100, rows: 30}, '--screen-reader');
	const hears = async (text: string): Promise<unknown> => terminal.waitFor(() => terminal.scrollback().includes(text), {label: `${text} to be said`});
	await hears('Test, step 1 of 3');
	await hears('to do: this ticks by itself');
	terminal.submit('Hello');
	await hears('It came back.');
	terminal.press('Enter');
	await hears('2, so');
	await hears('choose 1, 2 or 3:');
	terminal.type('1');
	await hears('it was 2');
	await hears('So it is.');
	terminal.press('Enter');
	await hears('Test, step 3 of 3');
	expect(terminal.scrollback()).not.toMatch(/[\u{2500}-\u{25FF}✓✗]/v);
	terminal.press('Ctrl+c');
	await terminal.waitForExit();
});
