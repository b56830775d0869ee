/** The two Nodes: the machine's own, and the one that this project pins. */
import {execFileSync} from 'node:child_process';
import {accessSync, constants} from 'node:fs';
import {delimiter, join} from 'node:path';
import process from 'node:process';

/** A Node by its version; `path` is undefined if the machine has none of its own. */
export type NamedNode = {readonly name: string; readonly path: string | undefined};

/** The machine's own Node first. */
export function nodes(): readonly NamedNode[] {
	const own = machinesNode();
	const pinned: NamedNode = {name: `the pinned Node ${process.version}`, path: process.execPath};
	return [own === undefined ? {name: 'the machine’s own Node', path: own} : {name: `the machine’s Node ${versionOf(own)}`, path: own}, pinned];
}

/** The folders of the path without those of projects, which npm puts first. */
export const machinesPath = (): string => (process.env['PATH'] ?? '').split(delimiter).filter(folder => !folder.includes('node_modules')).join(delimiter);

const machinesNode = (): string | undefined => machinesPath().split(delimiter).map(folder => join(folder, 'node')).find(path => isExecutable(path));

const versionOf = (node: string): string => execFileSync(node, ['--version'], {encoding: 'utf8'}).trim();

function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
