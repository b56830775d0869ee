/** The command that shows the lab as programs. The screen carries it out. */
import {codeLanguages} from '../core/export-formats.js';
import {done, problem, type CommandRecord} from './record.js';

export const codeCommands: readonly CommandRecord[] = [
	{
		name: 'code',
		subject: 'screen',
		usage: `code [${codeLanguages.join(' | ')}] [directory]`,
		summary: 'the lab as programs, one a peer; with a directory they are written to it, over nothing',
		read(rest) {
			const [name = codeLanguages[0], ...words] = rest.trim().split(/\s+/v).filter(Boolean);
			const language = codeLanguages.find(each => each === name);
			const directory = words.join(' ');
			return language ? done({verb: 'code', language, ...(directory !== '' && {directory})}) : problem(`there is no code in “${name}”`, `choose one of: ${codeLanguages.join(', ')}`);
		},
		suggest: () => codeLanguages,
	},
];
