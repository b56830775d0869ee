/**
How far a person is in each lesson, kept where the platform keeps a person's data.

Law: it is never lost by a crash (a file beside it is written whole, then takes its place), and a damaged file never keeps anybody from learning: it is
set aside under another name, told, and begun anew. Two programs at once keep each other's lessons.
*/
import {mkdir, readFile, rename, writeFile} from 'node:fs/promises';
import {homedir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {z} from 'zod';

const schema = z.object({
	v: z.literal(1),
	lessons: z.record(z.string(), z.object({step: z.int().min(0).max(1000), isDone: z.boolean()})),
});

/** One lesson: the step to go on with (from 0), and whether it was once done to its end. */
export type LessonProgress = {readonly step: number; readonly isDone: boolean};
export type Progress = Readonly<Record<string, LessonProgress>>;

/** `trouble` is told to the person: what was set aside, or why nothing can be kept. */
export type ReadProgress = {readonly lessons: Progress; readonly trouble?: string};

/** Where the file is: XDG_DATA_HOME or ~/.local/share, ~/Library/Application Support, %APPDATA%. */
export function progressFile(platform = process.platform, environment: NodeJS.ProcessEnv = process.env): string {
	const home = homedir();
	const from = (name: string, ...usual: readonly string[]): string => (environment[name] ?? '') === '' ? path.join(home, ...usual) : environment[name] ?? '';
	const folder = platform === 'win32'
		? from('APPDATA', 'AppData', 'Roaming')
		: (platform === 'darwin' ? path.join(home, 'Library', 'Application Support') : from('XDG_DATA_HOME', '.local', 'share'));
	return path.join(folder, 'zmq-playground', 'progress.json');
}

/** Reads it. Never rejects. */
export async function readProgress(file = progressFile()): Promise<ReadProgress> {
	let text: string;
	try {
		text = await readFile(file, 'utf8');
	} catch (error) {
		return codeOf(error) === 'ENOENT' ? {lessons: {}} : {lessons: {}, trouble: `your progress in ${file} can’t be read (${codeOf(error)}): it begins anew`};
	}

	const parsed = schema.safeParse(jsonOf(text));
	return parsed.success ? {lessons: parsed.data.lessons} : {lessons: {}, trouble: await setAside(file)};
}

/** Notes how far one lesson is; undefined forgets it. Gives what went wrong, for the person, if something did. */
export async function noteProgress(name: string, progress: LessonProgress | undefined, file = progressFile()): Promise<string | undefined> {
	const {lessons, trouble} = await readProgress(file);
	const {[name]: _before, ...others} = lessons;
	return (await write(file, progress ? {...others, [name]: progress} : others)) ?? trouble;
}

/** Forgets everything. */
export const forgetProgress = async (file = progressFile()): Promise<string | undefined> => write(file, {});

async function write(file: string, lessons: Progress): Promise<string | undefined> {
	const beside = `${file}.${process.pid}.tmp`;
	try {
		await mkdir(path.dirname(file), {recursive: true, mode: 0o700});
		await writeFile(beside, `${JSON.stringify({v: 1, lessons}, undefined, '\t')}\n`, {mode: 0o600});
		await rename(beside, file);
		return undefined;
	} catch (error) {
		return `your progress can’t be kept in ${file} (${codeOf(error)})`;
	}
}

/** What is no progress may still be worth something to somebody. */
async function setAside(file: string): Promise<string> {
	const aside = `${file}.damaged`;
	try {
		await rename(file, aside);
		return `your progress was damaged: the file is now ${aside}, and it begins anew`;
	} catch (error) {
		return `your progress in ${file} is damaged and can’t be set aside (${codeOf(error)}): it begins anew`;
	}
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

const codeOf = (error: unknown): string => error instanceof Error && 'code' in error ? String(error.code) : String(error);
