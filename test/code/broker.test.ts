/** A lab with a broker as programs: each of them runs with those in another language, and does what its peer did. */
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {describe, expect, onTestFinished, test} from 'vitest';
import {codeOf, languageNamed} from '../../source/code/languages.js';
import {codeLanguages, type CodeLanguage} from '../../source/core/export-formats.js';
import {policyNames, type Policy} from '../../source/core/policy.js';
import {type Snapshot} from '../../source/core/snapshot.js';
import {writeKeyFile} from '../../source/lab/security/key-files.js';
import {type TestLab} from '../helpers/lab.js';
import {everybodyMeets, openBroker} from '../lab/broker/helpers.js';
import {compile, Running, writePrograms} from './programs.js';

/** Who is written in what: in each row the broker is in another language, and its workers and clients are, too. */
const rows: ReadonlyArray<readonly [broker: CodeLanguage, worker: CodeLanguage, client: CodeLanguage]> = process.env['CODE_MATRIX'] === 'all'
	? codeLanguages.flatMap(one => codeLanguages.flatMap(two => codeLanguages.map(three => [one, two, three] as const)))
	: [['typescript', 'python', 'javascript'], ['javascript', 'typescript', 'python'], ['python', 'javascript', 'typescript']];

/** What is known of a lab that has just closed: its places are free. */
async function leftLab(policy: Policy, ...settings: readonly string[]): Promise<Snapshot> {
	const lab = await openBroker(policy);
	return leave(lab, ...settings);
}

async function leave(lab: TestLab, ...settings: readonly string[]): Promise<Snapshot> {
	for (const line of settings) {
		lab.run(line);
		await lab.sees('option-changed');
	}

	const {snapshot} = lab;
	await lab.end();
	return snapshot;
}

describe.each(policyNames)('%s', policy => {
	test.each(rows)('a broker in %s, workers in %s, clients in %s', async (broker, worker, client) => {
		// The last of the clients puts an id before each of its requests: the envelope is one frame longer.
		const snapshot = await leftLab(policy, '@worker-1 reply-with {upper}', '@worker-2 reply-with {upper}', '@worker-1 delay off', '@worker-2 delay off', '@client-3 recover relaxed+correlate');
		const [itsBroker, itsWorkers, itsClients] = [broker, worker, client].map(language => writePrograms(snapshot, language));
		const brokering = new Running(itsBroker ?? '', broker, 'broker');
		const workers = [1, 2].map(() => new Running(itsWorkers ?? '', worker, 'worker-1'));
		const clients = ['client-1', 'client-2', 'client-3'].map(name => new Running(itsClients ?? '', client, name, [`${name} one`, `${name} two`]));
		for (const [index, each] of clients.entries()) {
			const name = `client-${index + 1}`;
			expect(await each.ends()).toEqual({status: 0, output: ['one', 'two'].map(word => `> ${name} ${word}\n< ${name.toUpperCase()} ${word.toUpperCase()}\n`).join('')});
		}

		await brokering.prints('< CLIENT-3 TWO');
		expect(workers.map(({output}) => output.match(/^> /gmv)?.length ?? 0).reduce((sum, count) => sum + count)).toBe(6);
	});
});

/** Certificates for all programs, in the files that their first lines name. */
async function makeKeys(): Promise<Readonly<Record<string, string>>> {
	const directory = mkdtempSync(path.join(tmpdir(), 'zmq-code-keys-'));
	onTestFinished(() => {
		rmSync(directory, {recursive: true});
	});
	const files: Record<string, string> = {};
	for (const name of ['server', 'worker', 'client']) {
		const file = path.join(directory, `${name}.key`);
		files[`${name}.pub`] = `${await writeKeyFile(file)}\n`;
		files[`${name}.key`] = readFileSync(file, 'utf8');
	}

	return files;
}

test.each(policyNames.map((policy, index) => [policy, ...rows[index % rows.length]!] as const))('CURVE, %s: a broker in %s, workers in %s, clients in %s, with keys from files', async (policy, broker, worker, client) => {
	const lab = await openBroker(policy);
	lab.run('curve on');
	await lab.sees('zap-request', {client: 'client-3'});
	await everybodyMeets(lab);
	const snapshot = await leave(lab, '@worker-1 reply-with {upper}', '@worker-2 reply-with {upper}', '@worker-1 delay off', '@worker-2 delay off');
	const keys = await makeKeys();
	const brokering = new Running(writePrograms(snapshot, broker, keys), broker, 'broker');
	const working = new Running(writePrograms(snapshot, worker, keys), worker, 'worker-1');
	const directory = writePrograms(snapshot, client, keys);
	expect(await new Running(directory, client, 'client-1', ['one', 'two']).ends()).toEqual({status: 0, output: '> one\n< ONE\n> two\n< TWO\n'});
	await brokering.prints('< TWO');
	expect(working.output).toContain('> two');
	// The same programs of a lab without CURVE are not let in: what is asked waits for ever.
	const plain = new Running(writePrograms(await leftLab(policy), client), client, 'client-1', ['three']);
	await plain.prints('> three');
	expect(await new Running(directory, client, 'client-2', ['four']).ends()).toMatchObject({status: 0});
	expect({isRunning: plain.isRunning, output: plain.output}).toEqual({isRunning: true, output: '> three\n'});
});

test.each(codeLanguages)('the Paranoid Pirate in %s: a worker that dies with a request is given up, and another one gets it', async language => {
	const snapshot = await leftLab('paranoid-pirate', '@worker-1 delay 1m', '@worker-2 delay off');
	const directory = writePrograms(snapshot, language);
	const broker = new Running(directory, language, 'broker');
	const dying = new Running(directory, language, 'worker-1');
	const client = new Running(directory, language, 'client-1', ['Hello']);
	await dying.prints('> Hello');
	dying.kill();
	await broker.prints('a worker is silent: given up');
	const worker = new Running(directory, language, 'worker-2');
	expect(await client.ends()).toEqual({status: 0, output: '> Hello\n< World\n'});
	expect(worker.output).toContain('> Hello');
});

test.each(['typescript', 'python'] as const)('the Paranoid Pirate in %s drops what three workers were lost with', async language => {
	const directory = writePrograms(await leftLab('paranoid-pirate', '@worker-1 delay 1m'), language);
	const broker = new Running(directory, language, 'broker');
	const client = new Running(directory, language, 'client-1', ['Hello']);
	for (let life = 1; life <= 3; life++) {
		const worker = new Running(directory, language, 'worker-1');
		await worker.prints('> Hello');
		worker.kill();
	}

	await broker.prints('dropped Hello');
	expect({isRunning: client.isRunning, output: client.output}).toEqual({isRunning: true, output: '> Hello\n'});
});

test('TypeScript is right in every policy, under every check of the compiler', async () => {
	const files: Record<string, string> = {};
	const record = languageNamed('typescript')!;
	const lab = await openBroker();
	lab.run('handover on');
	await lab.sees('option-changed', {option: 'handover'});
	for (const curve of ['off', 'on']) {
		lab.run(`curve ${curve}`);
		for (const policy of policyNames) {
			lab.run(`policy ${policy}`);
			await lab.comesTo(({peers}) => peers['broker']?.options.policy === policy && peers['client-3']?.options.curve === curve, `${policy}, CURVE ${curve}`);
			for (const {name, text} of codeOf(lab.snapshot, record)) {
				files[`${policy}-${curve}-${name}`] = text;
			}
		}
	}

	const directory = writePrograms(lab.snapshot, 'typescript', files);
	expect(Object.keys(files)).toHaveLength(30);
	expect(compile(directory, Object.keys(files))).toEqual({status: 0, stdout: ''});
}, 60_000);
