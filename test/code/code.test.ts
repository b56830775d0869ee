/** The lab as programs: each runs, against the lab and against the others, and does what its peer did. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import {describe, expect, test} from 'vitest';
import {codeOf, languageNamed} from '../../source/code/languages.js';
import {codeLanguages, type CodeLanguage} from '../../source/core/export-formats.js';
import {writeKeyFile} from '../../source/lab/security/key-files.js';
import {openLab, openPair, type TestLab} from '../helpers/lab.js';
import {compile, Running, writePrograms} from './programs.js';

const isLong = process.env['CODE_MATRIX'] === 'all';
const pairs: ReadonlyArray<readonly [client: CodeLanguage, server: CodeLanguage]> = codeLanguages.flatMap((client, index) =>
	codeLanguages.filter((_, at) => isLong || at === (index + 1) % codeLanguages.length).map(server => [client, server] as const));

/** The lab's own server makes room: its endpoint is the program's. */
async function leavePlace(lab: TestLab): Promise<void> {
	lab.run('@server-1 close');
	await lab.sees('peer-closed', {peer: 'server-1'});
	// Else it could send into the connection that is lost.
	await lab.sees('disconnected', {peer: 'client-1'});
}

/** A program in the place of the lab's server, and the lab's client connected to it. */
async function takePlace(lab: TestLab, directory: string, language: CodeLanguage): Promise<Running> {
	await leavePlace(lab);
	const server = new Running(directory, language, 'server-1');
	await lab.sees('handshake-done', {peer: 'client-1'});
	return server;
}

const setAll = async (lab: TestLab, ...lines: readonly string[]): Promise<void> => {
	for (const line of lines) {
		lab.run(line);
		await lab.sees('option-changed');
	}
};

describe.each(codeLanguages)('%s', language => {
	test('a client asks the lab’s server', async () => {
		const lab = await openPair({replyWith: 'World for {request}'});
		const client = new Running(writePrograms(lab.snapshot, language), language, 'client-1', ['Hello', 'Привет 🍕']);
		expect(await client.ends()).toEqual({status: 0, output: '> Hello\n< World for Hello\n> Привет 🍕\n< World for Привет 🍕\n'});
	});

	test('a server answers the lab’s client, in words and time as the lab’s own', async () => {
		const lab = await openPair({replyWith: String.raw`{count}: "{upper}" \ of {request}`, delay: '20ms..40ms'});
		const directory = writePrograms(lab.snapshot, language);
		const server = await takePlace(lab, directory, language);
		expect(await lab.asks('Hello')).toBe(String.raw`1: "HELLO" \ of Hello`);
		expect(await lab.asks('Again')).toBe(String.raw`2: "AGAIN" \ of Again`);
		await server.prints(String.raw`< 2: "AGAIN" \ of Again`);
	});

	test('an echo gives every frame and byte back', async () => {
		const lab = await openPair({replyWith: '{request}'});
		const directory = writePrograms(lab.snapshot, language);
		const server = await takePlace(lab, directory, language);
		lab.run('@client-1 send --hex 00fffe');
		expect(await lab.sees('received', {peer: 'client-1'})).toMatchObject({frames: [{base64: 'AP/+', size: 3}]});
		await server.prints('<');
	});

	test('a deadlock is one there too: the server is gone with the request, and comes back in vain', async () => {
		const lab = await openPair();
		lab.run('@server-1 hold');
		await lab.sees('option-changed', {option: 'hold'});
		const client = new Running(writePrograms(lab.snapshot, language), language, 'client-1', ['Hello']);
		await lab.sees('held');
		await client.prints('> Hello\n');
		lab.run('@server-1 restart', 'release');
		await lab.sees('handshake-done', {peer: 'server-1'});
		// The barrier: whoever asks now is answered.
		lab.run('@client-1 restart');
		await lab.isConnected();
		expect(await lab.asks('Me too')).toBe('World');
		expect({isRunning: client.isRunning, output: client.output}).toEqual({isRunning: true, output: '> Hello\n'});
	});

	test('a time-out leaves a strict client of no more use, and it says so', async () => {
		const lab = await openPair();
		await setAll(lab, 'recover timeout 100ms', '@server-1 hold');
		const client = new Running(writePrograms(lab.snapshot, language), language, 'client-1', ['one', 'two']);
		expect(await client.ends()).toEqual({status: 1, output: '> one\nno reply within 100 ms: EAGAIN\n'});
	});

	test.each(['relaxed', 'relaxed+correlate'])('%s may ask again after a time-out', async recovery => {
		const lab = await openPair({timeout: '100ms'});
		await setAll(lab, `recover ${recovery}`, '@server-1 hold');
		const client = new Running(writePrograms(lab.snapshot, language), language, 'client-1', ['one', 'two']);
		expect(await client.ends()).toEqual({status: 1, output: '> one\nno reply within 100 ms: EAGAIN\n> two\nno reply within 100 ms: EAGAIN\n'});
	});

	test('a lazy pirate asks again with new sockets, and gives up', async () => {
		const lab = await openPair();
		await setAll(lab, 'recover lazy-pirate 2x 100ms back-off 20ms', '@server-1 hold');
		const vain = new Running(writePrograms(lab.snapshot, language), language, 'client-1', ['one']);
		expect(await vain.ends()).toEqual({status: 1, output: '> one\nno reply within 100 ms: try 1 of 2\nno reply within 100 ms: try 2 of 2\ngave up\n'});
		lab.run('@server-1 restart', '@server-1 release');
		await lab.sees('option-changed', {option: 'hold', value: 'off'});
		// As long as a busy machine may take.
		await setAll(lab, 'recover lazy-pirate 2x 10s');
		const lucky = new Running(writePrograms(lab.snapshot, language), language, 'client-1', ['two']);
		expect(await lucky.ends()).toEqual({status: 0, output: '> two\n< World\n'});
	});

	test('CURVE: keys come from files, and both sides meet', async () => {
		const nobody = await openLab();
		const keys = writePrograms(nobody.snapshot, language);
		const publicKey = await writeKeyFile(path.join(keys, 'server.key'));
		await writeKeyFile(path.join(keys, 'client.key'));
		const lab = await openPair({curve: {secretFile: path.join(keys, 'server.key')}});
		const certificates = Object.fromEntries(['server.key', 'client.key'].map(name => [name, readFileSync(path.join(keys, name), 'utf8')]));
		const directory = writePrograms(lab.snapshot, language, {...certificates, 'server.pub': `${publicKey}\n`});
		const client = new Running(directory, language, 'client-1', ['Hello']);
		expect(await client.ends()).toEqual({status: 0, output: '> Hello\n< World\n'});
		const server = await takePlace(lab, directory, language);
		lab.run('@client-1 send Secret');
		await server.prints('> Secret');
		expect(await lab.sees('received', {peer: 'client-1'})).toMatchObject({frames: [{text: 'World'}]});
	});

	test('every option is taken', async () => {
		const lab = await openPair();
		await setAll(lab, '@client-1 id ana', '@client-1 heartbeat 1s 3s', '@client-1 linger 0', '@client-1 hwm 5', '@client-1 immediate on', '@server-1 heartbeat 1s 3s');
		await lab.isConnected();
		const directory = writePrograms(lab.snapshot, language);
		lab.run('@client-1 close');
		await lab.sees('peer-closed', {peer: 'client-1'});
		expect(await new Running(directory, language, 'client-1', ['Hello']).ends()).toEqual({status: 0, output: '> Hello\n< World\n'});
	});
});

test.each(pairs)('a client in %s and a server in %s', async (client, server) => {
	const lab = await openPair();
	await leavePlace(lab);
	lab.run('@client-1 close');
	await lab.sees('peer-closed', {peer: 'client-1'});
	const serving = new Running(writePrograms(lab.snapshot, server), server, 'server-1');
	const asking = new Running(writePrograms(lab.snapshot, client), client, 'client-1', ['Hello']);
	expect(await asking.ends()).toEqual({status: 0, output: '> Hello\n< World\n'});
	await serving.prints('> Hello\n< World');
});

test.each(codeLanguages)('the scene pool in %s: one client asks its servers in turn', async language => {
	const lab = await openLab({scene: 'pool', replyWith: '{request}'});
	await lab.comesTo(({peers}) => peers['client-1']?.links.filter(({connections}) => connections > 0).length === 3, 'it is connected to all three');
	const directory = writePrograms(lab.snapshot, language);
	lab.run('@all close');
	await lab.comesTo(({peers}) => Object.values(peers).every(({state}) => state === undefined), 'all are closed');
	const servers = ['server-1', 'server-2', 'server-3'].map(peer => new Running(directory, language, peer));
	const questions = ['one', 'two', 'three', 'four', 'five', 'six'];
	expect(await new Running(directory, language, 'client-1', questions).ends()).toEqual({status: 0, output: questions.map(question => `> ${question}\n< ${question}\n`).join('')});
	// Requests go round; whoever came late to the handshake may have been left out at first.
	expect(servers.reduce((sum, {output}) => sum + output.split('>').length - 1, 0)).toBe(questions.length);
});

test.each(codeLanguages)('the scene both-connect in %s: nobody listens, and nothing is answered', async language => {
	const lab = await openLab({scene: 'both-connect', endpoint: undefined});
	const directory = writePrograms(lab.snapshot, language);
	const server = new Running(directory, language, 'server-1');
	const client = new Running(directory, language, 'client-1', ['Hello']);
	await client.prints('> Hello\n');
	lab.run('@client-1 send Hello');
	await lab.sees('sent', {peer: 'client-1'});
	expect({client: client.isRunning, server: server.isRunning, output: client.output + server.output}).toEqual({client: true, server: true, output: '> Hello\n'});
});

test('TypeScript is right in every way out, under every check of the compiler', async () => {
	const lab = await openPair({replyWith: '{count} {upper}', delay: '1ms..2ms', timeout: '1s'});
	const recoveries = ['none', 'timeout 1s', 'relaxed', 'relaxed+correlate', 'lazy-pirate 2x 1s', 'lazy-pirate 2x 1s back-off 50ms'];
	const record = languageNamed('typescript')!;
	const files: Record<string, string> = {};
	for (const [index, recovery] of recoveries.entries()) {
		lab.run(`recover ${recovery}`, `curve ${index % 2 === 0 ? 'on' : 'off'}`);
		await lab.sees('option-changed', {option: 'recover', value: recovery});
		await lab.isConnected();
		for (const {name, text} of codeOf(lab.snapshot, record)) {
			files[`${index}-${name}`] = text;
		}
	}

	const directory = writePrograms(lab.snapshot, 'typescript', files);
	expect(compile(directory, Object.keys(files))).toEqual({status: 0, stdout: ''});
}, 60_000);

test('a crowd is one program for all that are alike', async () => {
	const lab = await openLab({scene: 'crowd'});
	const files = codeOf(lab.snapshot, languageNamed('javascript')!);
	expect(files.map(({name}) => name)).toEqual(['server-1.mjs', 'client-1.mjs']);
	expect(files[1]?.text).toContain('The same program is 11 more, up to client-12');
});
