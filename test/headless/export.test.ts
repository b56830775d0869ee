/** A recording made into a file for another tool: `open --as`. */
import {Buffer} from 'node:buffer';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {expect, onTestFinished, test} from 'vitest';
import {readCsv} from '../exports/csv-reader.js';
import {readMermaid} from '../exports/mermaid-grammar.js';
import {readXml} from '../exports/xml.js';
import {fixtureOf} from '../recording/stories.js';
import {freePort} from '../helpers/program.js';
import {run} from '../helpers/shell.js';

/** A recording of one exchange, made by the program itself. */
async function recorded(question: string): Promise<string> {
	const directory = await mkdtemp(path.join(tmpdir(), 'export-'));
	onTestFinished(async () => rm(directory, {recursive: true}));
	const file = path.join(directory, 'lesson.jsonl');
	const {status} = await run([...freePort, '--delay', 'off', '--record', file], {stdin: `${question}\n`});
	expect(status).toBe(0);
	return file;
}

test('each format is what its reader takes, and tells the exchange', async () => {
	// Short, for the ladder: on a machine that is slow it has half an arrow for it.
	const file = await recorded('Pizza; now');
	const made = async (format: string): Promise<string> => {
		const {status, stdout, stderr} = await run(['open', file, '--as', format]);
		expect({status, stderr}).toEqual({status: 0, stderr: ''});
		return stdout;
	};

	expect(readMermaid(await made('mermaid')).messages.map(({text}) => text)).toEqual(['Pizza; now', 'World']);
	expect(readXml(await made('svg')).children.map(({text}) => text)).toEqual(expect.arrayContaining(['Pizza; now', 'World']));
	expect(readCsv(await made('csv'))[1]).toEqual(expect.arrayContaining(['client-1', 'server-1', 'replied', 'Pizza; now', 'World']));
	expect(await made('text')).toMatch(/client-1 sends.*request Pizza; now/v);
});

test.each([
	[['--as', 'pdf'], 'there is no export “pdf”'],
	[['--as', 'svg', '--json'], '--as prints one export'],
	[['--as', 'svg', '--speed', '4'], '--as prints one export'],
])('open lesson.jsonl %j is wrong usage', async (flags, reason) => {
	const {status, stdout, stderr} = await run(['open', 'lesson.jsonl', ...flags]);
	expect({status, stdout}).toEqual({status: 2, stdout: ''});
	expect(stderr).toContain(reason);
});

test('of several labs the last is exported, and that is told', async () => {
	const {status, stdout, stderr} = await run(['open', fixtureOf('crowd'), '--as', 'csv']);
	expect(status).toBe(0);
	expect(readCsv(stdout)).toHaveLength(2);
	expect(stderr).toMatch(/ it holds 5 labs, one after the other/v);
});

test('a damaged recording is told and not exported; no file at all neither', async () => {
	const file = await recorded('Hello');
	await writeFile(file, Buffer.from('no JSON\n{}\n'), {flag: 'a'});
	const damaged = await run(['open', file, '--as', 'svg']);
	expect(damaged).toMatchObject({status: 1, stdout: ''});
	expect(damaged.stderr).toContain('line');
	expect(await run(['open', `${file}.missing`, '--as', 'svg'])).toMatchObject({status: 1, stdout: ''});
});
