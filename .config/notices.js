// The licenses of what is bundled, so that they ship with it.
import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';

const packageFolder = id => /^(?<folder>.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.groups.folder;

const noticeOf = folder => {
	const {name, version, license} = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
	const file = readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry));
	const text = file ? readFileSync(path.join(folder, file), 'utf8').trim() : `License: ${license}`;
	return `${name} ${version}\n\n${text}\n`;
};

/** A rolldown plugin: writes `notices.txt` beside the bundle. */
export const notices = () => ({
	name: 'notices',
	generateBundle() {
		const folders = [...new Set([...this.getModuleIds()].map(id => packageFolder(id)).filter(Boolean))].toSorted((one, other) => one.localeCompare(other));
		this.emitFile({type: 'asset', fileName: 'notices.txt', source: folders.map(folder => noticeOf(folder)).join(`\n${'-'.repeat(80)}\n\n`)});
	},
});
