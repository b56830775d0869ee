/** Progress in a file: kept, merged, and never in the way when it is damaged. */
import {mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {homedir, tmpdir} from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {forgetProgress, noteProgress, progressFile, readProgress} from '../../source/lessons/progress.js';

/** Where a file may be; nothing is there yet, not even its folder. */
function place(): string {
	const folder = mkdtempSync(path.join(tmpdir(), 'progress-'));
	onTestFinished(() => {
		rmSync(folder, {recursive: true});
	});
	return path.join(folder, 'data', 'progress.json');
}

test('what is noted is read, one lesson beside the other, and nothing else is left in the folder', async () => {
	const file = place();
	expect(await readProgress(file)).toEqual({lessons: {}});
	expect(await noteProgress('pizza', {step: 2, isDone: false}, file)).toBeUndefined();
	expect(await noteProgress('deadlock', {step: 0, isDone: true}, file)).toBeUndefined();
	expect(await readProgress(file)).toEqual({lessons: {pizza: {step: 2, isDone: false}, deadlock: {step: 0, isDone: true}}});
	expect(readdirSync(path.dirname(file))).toEqual(['progress.json']);
});

test('one lesson is forgotten, or all', async () => {
	const file = place();
	await noteProgress('pizza', {step: 2, isDone: false}, file);
	await noteProgress('deadlock', {step: 1, isDone: false}, file);
	await noteProgress('pizza', undefined, file);
	expect(await readProgress(file)).toEqual({lessons: {deadlock: {step: 1, isDone: false}}});
	expect(await forgetProgress(file)).toBeUndefined();
	expect(await readProgress(file)).toEqual({lessons: {}});
});

test.each([
	['cut off', '{"v":1,"lessons":{"piz'],
	['empty', ''],
	['of another kind', '[]'],
	['of a later version', '{"v":2,"lessons":{}}'],
	['with a step that is none', '{"v":1,"lessons":{"pizza":{"step":-1,"isDone":false}}}'],
	['bytes', '\u{0}\u{FFFD}'],
])('a file that is damaged (%s) is set aside and told, and what is noted then is kept', async (_, text) => {
	const file = place();
	mkdirSync(path.dirname(file));
	writeFileSync(file, text);
	expect(await readProgress(file)).toEqual({lessons: {}, trouble: `your progress was damaged: the file is now ${file}.damaged, and it begins anew`});
	expect(readFileSync(`${file}.damaged`, 'utf8')).toBe(text);
	expect(await noteProgress('pizza', {step: 1, isDone: false}, file)).toBeUndefined();
	expect(await readProgress(file)).toEqual({lessons: {pizza: {step: 1, isDone: false}}});
});

test('where nothing can be kept, it is said', async () => {
	const file = place();
	// A file where the folder should be.
	writeFileSync(path.dirname(file), '');
	expect(await noteProgress('pizza', {step: 1, isDone: false}, file)).toMatch(/^your progress can’t be kept in .*\((?:EEXIST|ENOTDIR)\)$/);
	expect(await readProgress(file)).toMatchObject({lessons: {}});
});

test.each<[platform: NodeJS.Platform, environment: Readonly<Record<string, string>>, folder: string]>([
	['linux', {}, path.join(homedir(), '.local', 'share')],
	['linux', {XDG_DATA_HOME: '/data'}, '/data'],
	['linux', {XDG_DATA_HOME: ''}, path.join(homedir(), '.local', 'share')],
	['darwin', {XDG_DATA_HOME: '/data'}, path.join(homedir(), 'Library', 'Application Support')],
	['win32', {APPDATA: 'C:/Users/ana/AppData/Roaming'}, 'C:/Users/ana/AppData/Roaming'],
])('on %s with %o', (platform, environment, folder) => {
	expect(progressFile(platform, environment)).toBe(path.join(folder, 'zmq-playground', 'progress.json'));
});
