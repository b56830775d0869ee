/** Key files: who may read them, what is never overwritten, and what is refused before anything listens. */
import {
	chmodSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {
	beforeEach,
	describe,
	expect,
	onTestFinished,
	test,
} from 'vitest';
import {curveKeyPair} from 'zeromq';
import {publicKeyOf, readAllowFile, readKeyFile, writeKeyFile} from '../../../source/lab/security/key-files.js';
import {run} from '../../helpers/shell.js';

let folder = '';

beforeEach(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'keys-'));
	onTestFinished(() => {
		rmSync(folder, {recursive: true, force: true});
	});
});

const inFolder = (name: string): string => path.join(folder, name);
const modeOf = (file: string): string => (statSync(file).mode & 0o777).toString(8);

function writePair(name: string, {publicKey, secretKey}: ReturnType<typeof curveKeyPair>, mode = 0o600): string {
	writeFileSync(inFolder(name), `metadata\ncurve\n    public-key = "${publicKey}"\n    secret-key = "${secretKey}"\n`, {mode});
	return inFolder(name);
}

test('the public key that belongs to a secret one is the one that libzmq made with it', async () => {
	for (let times = 0; times < 20; times++) {
		const {publicKey, secretKey} = curveKeyPair();
		expect(await publicKeyOf(secretKey)).toBe(publicKey);
	}
});

describe('a key file', () => {
	test('is its owner’s alone, as is the directory that was made for it, and reads back', async () => {
		const file = inFolder('new/pizzeria.curve-secret');
		const publicKey = await writeKeyFile(file);
		expect([modeOf(file), modeOf(path.dirname(file))]).toEqual(['600', '700']);
		const pair = await readKeyFile(file);
		expect(pair.publicKey).toBe(publicKey);
		expect(await publicKeyOf(pair.secretKey)).toBe(publicKey);
	});

	test('is never overwritten, nor written through a link', async () => {
		const file = inFolder('pizzeria');
		writeFileSync(file, 'precious');
		symlinkSync(inFolder('elsewhere'), inFolder('link'));
		await expect(writeKeyFile(file)).rejects.toThrow('exists, and is never overwritten');
		await expect(writeKeyFile(inFolder('link'))).rejects.toThrow('exists, and is never overwritten');
		expect(readFileSync(file, 'utf8')).toBe('precious');
	});

	test('is refused if others can read it, if it holds no pair, or two halves, and never quoted', async () => {
		const [one, other] = [curveKeyPair(), curveKeyPair()];
		const open = writePair('open', one);
		chmodSync(open, 0o640);
		const halves = writePair('halves', {publicKey: one.publicKey, secretKey: other.secretKey});
		writeFileSync(inFolder('short'), `secret-key = "${one.secretKey.slice(1)}"`, {mode: 0o600});
		await expect(readKeyFile(open)).rejects.toMatchObject({message: expect.stringContaining('can be read by others') as string, next: expect.stringContaining('chmod 600') as string});
		await expect(readKeyFile(halves)).rejects.toThrow('is not that of its secret key');
		await expect(readKeyFile(inFolder('short'))).rejects.toThrow(/holds no pair of CURVE keys$/v);
		await expect(readKeyFile(inFolder('missing'))).rejects.toThrow('ENOENT');
	});
});

describe('an allow-list', () => {
	test('has a key a line, names after it, and remarks', async () => {
		const [one, other] = [curveKeyPair().publicKey, curveKeyPair().publicKey];
		writeFileSync(inFolder('list'), `# the class\n\n${one} Ana\r\n${other}\n#\n`);
		expect(await readAllowFile(inFolder('list'))).toEqual(new Set([one, other]));
	});

	test('with anything else is refused whole: a slip must not let in nobody, or anybody, in silence', async () => {
		writeFileSync(inFolder('list'), `${curveKeyPair().publicKey}\nAna\n`);
		await expect(readAllowFile(inFolder('list'))).rejects.toThrow('is no list of public keys');
	});
});

describe('zmq-playground keys', () => {
	test('prints the public key and where the secret one is, and not the secret', async () => {
		const {status, stdout, stderr} = await run(['keys', 'pizzeria'], {env: {XDG_CONFIG_HOME: folder}});
		const file = inFolder('zmq-playground/pizzeria.curve-secret');
		const {publicKey, secretKey} = await readKeyFile(file);
		expect({status, stderr}).toEqual({status: 0, stderr: ''});
		expect(stdout).toContain(`public key   ${publicKey}\n`);
		expect(stdout).toContain(file);
		expect(stdout).not.toContain(secretKey);
		expect(modeOf(file)).toBe('600');
	});

	test('a second time changes nothing, and ends with 1', async () => {
		await run(['keys', '--directory', folder]);
		const before = readFileSync(inFolder('mine.curve-secret'), 'utf8');
		const {status, stdout, stderr} = await run(['keys', '--directory', folder]);
		expect({status, stdout}).toEqual({status: 1, stdout: ''});
		expect(stderr).toContain('never overwritten');
		expect(readFileSync(inFolder('mine.curve-secret'), 'utf8')).toBe(before);
	});

	test('where it can’t write ends with 1 and says why', async () => {
		writeFileSync(inFolder('file'), '');
		const {status, stderr} = await run(['keys', '--directory', inFolder('file/below')]);
		expect(status).toBe(1);
		expect(stderr).toMatch(/ENOTDIR.*\n.*--directory/v);
	});
});

describe('wrong usage, told before anything listens', () => {
	const key = curveKeyPair().publicKey;

	test.each<[argv: readonly string[], reason: string, next: RegExp]>([
		[['keys', '../elsewhere'], '“../elsewhere” is no name for a file', /letters/v],
		[['keys', 'one', 'two'], 'keys makes one pair at a time', /keys pizzeria/v],
		[['client', '--curve-secret', 'x'], 'a client with CURVE needs the public key of its server', /--curve-server-key/v],
		[['client', '--curve-server-key', 'short'], 'the key for --curve-server-key is none', /40 characters/v],
		[['client', '--curve-server-key', `-${key.slice(2)}`], 'the key for --curve-server-key is none', /40 characters/v],
		[['client', '--curve-server-key', key, '--curve-secret', '/nowhere/file'], '/nowhere/file can’t be read (ENOENT)', /zmq-playground keys/v],
		[['worker', '--curve-secret', 'x'], 'a worker with CURVE needs the public key of its broker', /--curve-server-key/v],
		[['worker', '--curve-allow', 'x'], 'there is no flag --curve-allow for worker', /./v],
		[['broker', '--curve-server-key', key], 'there is no flag --curve-server-key for broker', /--curve-secret/v],
		[['broker', '--curve-secret', '/nowhere/file'], '/nowhere/file can’t be read (ENOENT)', /zmq-playground keys/v],
		[['server', '--curve-allow', '/nowhere/list'], '/nowhere/list can’t be read (ENOENT)', /name/v],
	])('%j', async (argv, reason, next) => {
		const {status, stdout, stderr} = await run(argv, {stdin: 'Hello\n'});
		const [first, second] = stderr.split('\n', 2);
		expect(first).toBe(`zmq-playground: ${reason}`);
		expect(second).toMatch(next);
		expect({status, stdout}).toEqual({status: 2, stdout: ''});
		expect(stderr).not.toContain('listens at');
	});

	test('but a key may begin with a dash', async () => {
		const {stderr} = await run(['client', 'tcp://127.0.0.1:1', '--curve-server-key', `-${key.slice(1)}`, '--timeout', '20ms'], {stdin: 'Hello\n'});
		expect(stderr).toContain('no reply within 20 ms');
	});
});
