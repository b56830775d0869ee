/** The front `keys`: makes a pair, keeps its secret in a file, and shows the public key. */
import {homedir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {KeyFileError, writeKeyFile} from '../lab/security/key-files.js';

/** The pair's name, and where its file goes if not to the person's configuration. */
export type KeysOptions = {readonly name: string; readonly isJson: boolean; readonly directory?: string};

/** Prints the public key and where the secret one is. Gives the exit status: 0 if the pair was made, 1 if not. */
export async function startKeys({name, isJson, directory = usualDirectory()}: KeysOptions): Promise<number> {
	const file = path.resolve(directory, `${name}.curve-secret`);
	try {
		const publicKey = await writeKeyFile(file);
		process.stdout.write(isJson ? `${JSON.stringify({name, publicKey, secretFile: file})}\n` : text(publicKey, file));
		return 0;
	} catch (error) {
		process.stderr.write(`zmq-playground: ${error instanceof Error ? error.message : String(error)}\n${error instanceof KeyFileError ? error.next : 'choose another --directory'}\n`);
		return 1;
	}
}

/** Where programs keep what is a person's own (the XDG Base Directory Specification). */
function usualDirectory(): string {
	const configuration = process.env['XDG_CONFIG_HOME'] ?? '';
	return path.join(configuration === '' ? path.join(homedir(), '.config') : configuration, 'zmq-playground');
}

const text = (publicKey: string, file: string): string => [
	`public key   ${publicKey}`,
	`secret key   in ${file}, for your eyes only`,
	'',
	'Give the public key to the other side; keep the file.',
	`  a server with it:  zmq-playground server --curve-secret ${file}`,
	`  its clients:       zmq-playground client --curve-server-key '${publicKey}'`,
	'',
].join('\n');
