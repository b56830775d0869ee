import {existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {execFileSync} from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import {describe, expect, test} from 'vitest';
import {checkWritable, openWriter, RecordingWriter} from '../../source/recording/writer.js';
import {fileOf, temporaryDirectory} from './helpers.js';

const isLinux = process.platform === 'linux';

function writerOf(file: string, again = false): RecordingWriter {
	const writer = openWriter({file, again});
	if (!(writer instanceof RecordingWriter)) {
		throw new TypeError(writer.reason);
	}

	return writer;
}

test('lines are in the file as soon as they are written', () => {
	const file = path.join(temporaryDirectory(), 'lab.jsonl');
	const writer = writerOf(file);
	expect(readFileSync(file, 'utf8')).toBe('');
	expect(writer.write(['one', 'two'])).toBeUndefined();
	expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
	expect(writer.write(['three'])).toBeUndefined();
	expect(readFileSync(file, 'utf8')).toBe('one\ntwo\nthree\n');
	writer.close();
});

test('a file that is there is overwritten only when told', () => {
	const file = fileOf('precious');
	expect(openWriter({file, again: false})).toMatchObject({code: 'EEXIST', next: 'choose another name, or add “again” to overwrite it'});
	expect(checkWritable({file, again: false})).toMatchObject({code: 'EEXIST'});
	expect(readFileSync(file, 'utf8')).toBe('precious');
	expect(checkWritable({file, again: true})).toBeUndefined();
	const writer = writerOf(file, true);
	expect(writer.write(['new'])).toBeUndefined();
	expect(readFileSync(file, 'utf8')).toBe('new\n');
	writer.close();
});

test.each([
	['nowhere/lab.jsonl', 'ENOENT'],
	['lab.jsonl/lab.jsonl', 'ENOTDIR'],
	['folder', 'EEXIST'],
])('%s can’t be written to: %s', (name, code) => {
	const directory = temporaryDirectory();
	writeFileSync(path.join(directory, 'lab.jsonl'), '');
	mkdirSync(path.join(directory, 'folder'));
	expect(openWriter({file: path.join(directory, name), again: false})).toMatchObject({code});
	expect(checkWritable({file: path.join(directory, name), again: false})).toMatchObject({code});
});

test('a file that is deleted meanwhile ends it, with its directory or alone', () => {
	const directory = temporaryDirectory();
	const file = path.join(directory, 'lab.jsonl');
	const writer = writerOf(file);
	expect(writer.write(['one'])).toBeUndefined();
	rmSync(directory, {recursive: true});
	expect(writer.write(['two'])).toMatchObject({code: 'ENOENT', reason: 'somebody has deleted the file'});
	expect(existsSync(file)).toBe(false);
});

test.each<[what: string, does: (file: string) => void, left: string]>([
	['cut', file => {
		writeFileSync(file, '');
	}, ''],
	['written to', file => {
		writeFileSync(file, 'theirs\n', {flag: 'a'});
	}, 'one\ntheirs\n'],
	['replaced', file => {
		writeFileSync(`${file}.new`, 'theirs\n');
		renameSync(`${file}.new`, file);
	}, 'theirs\n'],
])('a file that is %s by somebody else ends it, and is left to them', (_, does, left) => {
	const file = path.join(temporaryDirectory(), 'lab.jsonl');
	const writer = writerOf(file);
	expect(writer.write(['one'])).toBeUndefined();
	does(file);
	expect(writer.write(['two'])).toMatchObject({reason: expect.stringMatching(/^somebody /v) as string, next: '/record begins another one'});
	expect(readFileSync(file, 'utf8')).toBe(left);
});

describe.runIf(isLinux)('on Linux', () => {
	test('a full disk is told', () => {
		expect(writerOf('/dev/full', true).write(['one'])).toMatchObject({code: 'ENOSPC', reason: 'the disk is full'});
	});

	test('what a limit lets through in part is taken back: the file ends with a whole line', () => {
		const file = path.join(temporaryDirectory(), 'lab.jsonl');
		// A process that may write 2 blocks of 1,024 bytes, and is not killed for trying more.
		const program = `
			import {openWriter} from ${JSON.stringify(path.resolve('source/recording/writer.ts'))};
			process.on('SIGXFSZ', () => undefined);
			const writer = openWriter({file: ${JSON.stringify(file)}, again: false});
			const problems = [1, 2, 3].map(() => writer.write(['x'.repeat(800)])?.code);
			console.log(JSON.stringify(problems));
		`;
		const told = execFileSync('bash', ['-c', 'ulimit -f 2; exec "$@"', 'bash', process.execPath, '--import', './test/bench/source-imports.ts', '--input-type=module', '--eval', program], {encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore']});
		expect(JSON.parse(told)).toEqual([null, null, 'EFBIG']);
		expect(readFileSync(file, 'utf8')).toBe(`${'x'.repeat(800)}\n`.repeat(2));
	});

	test('a pipe that nobody reads is refused, and not waited for', () => {
		const pipe = path.join(temporaryDirectory(), 'pipe');
		execFileSync('mkfifo', [pipe]);
		expect(openWriter({file: pipe, again: true})).toMatchObject({code: 'ENXIO', reason: 'nobody reads that pipe'});
	});
});
