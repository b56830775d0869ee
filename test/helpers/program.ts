/** The built program, run as a person runs it: with the machine's own Node, and not with the one that the tests are run by. */
import {accessSync, constants} from 'node:fs';
import path from 'node:path';
import process from 'node:process';

/** The first `node` of the PATH that is not one of the repository's own tools. */
export const machineNode: string = (process.env['PATH'] ?? '')
	.split(path.delimiter)
	.filter(folder => folder !== '' && !folder.includes('node_modules'))
	.map(folder => path.join(folder, 'node'))
	.find(file => isExecutable(file)) ?? process.execPath;

const cli = path.resolve('dist', 'cli.js');

/** Any free port, so that tests may run beside each other and beside a playground. */
export const freePort: readonly string[] = ['--endpoint', 'tcp://127.0.0.1:*'];

/** The command that starts the program. */
export const program = (...argv: readonly string[]): readonly string[] => [machineNode, cli, ...argv];

/** The same with a module loaded before it; its lab's process loads it too. */
export const sabotaged = (preload: string, ...argv: readonly string[]): readonly string[] =>
	[machineNode, '--import', path.resolve('test', 'helpers', preload), cli, ...argv];

/** A command as a shell reads it. */
export const quoted = (command: readonly string[]): string => command.map(word => `'${word.replaceAll('\'', String.raw`'\''`)}'`).join(' ');

function isExecutable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
