/** The command that makes a file for another tool of what happened. The screen carries it out: it has the journal. */
import {done, problem, type CommandRecord, type Read} from './record.js';

/** Which format a file's ending asks for. */
const formatOfEnding = {svg: 'svg', mmd: 'mermaid', csv: 'csv', txt: 'text'} as const;
type Ending = keyof typeof formatOfEnding;

const endingOf = (file: string): string => /\.(?<ending>[a-z]+)$/v.exec(file.toLowerCase())?.groups?.['ending'] ?? '';

/** The format of a file whose ending has been checked. */
export const formatOfFile = (file: string): (typeof formatOfEnding)[Ending] => formatOfEnding[endingOf(file) as Ending];

const again = / again$/;

function readExport(rest: string): Read {
	const text = rest.trim();
	const file = text.replace(again, '').trim();
	return Object.hasOwn(formatOfEnding, endingOf(file))
		? done({verb: 'export', file, again: text.endsWith(' again')})
		: problem(file === '' || file === 'again' ? 'a file name is missing' : 'its ending says what a file becomes, and this one says nothing', 'write /export lab.svg (a ladder), .mmd (Mermaid), .csv (the exchanges) or .txt (a transcript)');
}

export const exportCommands: readonly CommandRecord[] = [
	{
		name: 'export',
		subject: 'screen',
		usage: 'export <file>.svg | .mmd | .csv | .txt [again]',
		summary: 'a ladder, a Mermaid diagram, the exchanges or a transcript; again overwrites',
		read: readExport,
		suggest: () => Object.keys(formatOfEnding).map(ending => `lab.${ending}`),
	},
];
