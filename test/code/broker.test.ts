/** A lab with a broker as programs: each of them runs with those in another language, and does what its peer did. */
import process from 'node:process';
import {describe, expect, test} from 'vitest';
import {codeOf, languageNamed} from '../../source/code/languages.js';
import {codeLanguages, type CodeLanguage} from '../../source/core/export-formats.js';
import {policyNames, type Policy} from '../../source/core/policy.js';
import {type Snapshot} from '../../source/core/snapshot.js';
import {openBroker} from '../lab/broker/helpers.js';
import {compile, Running, writePrograms} from './programs.js';

/** Who is written in what: in each row the broker is in another language, and its workers and clients are, too. */
const rows: ReadonlyArray<readonly [broker: CodeLanguage, worker: CodeLanguage, client: CodeLanguage]> = process.env['CODE_MATRIX'] === 'all'
	? codeLanguages.flatMap(one => codeLanguages.flatMap(two => codeLanguages.map(three => [one, two, three] as const)))
	: [['typescript', 'python', 'javascript'], ['javascript', 'typescript', 'python'], ['python', 'javascript', 'typescript']];

/** What is known of a lab that has just closed: its places are free. */
async function leftLab(policy: Policy, ...settings: readonly string[]): Promise<Snapshot> {
	const lab = await openBroker(policy);
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

test('TypeScript is right in every policy, under every check of the compiler', async () => {
	const files: Record<string, string> = {};
	const record = languageNamed('typescript')!;
	const lab = await openBroker();
	lab.run('handover on');
	await lab.sees('option-changed', {option: 'handover'});
	for (const policy of policyNames) {
		lab.run(`policy ${policy}`);
		await lab.comesTo(({peers}) => peers['broker']?.options.policy === policy, policy);
		for (const {name, text} of codeOf(lab.snapshot, record)) {
			files[`${policy}-${name}`] = text;
		}
	}

	const directory = writePrograms(lab.snapshot, 'typescript', files);
	expect(Object.keys(files)).toHaveLength(15);
	expect(compile(directory, Object.keys(files))).toEqual({status: 0, stdout: ''});
}, 60_000);
