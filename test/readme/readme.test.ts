import {readFileSync, writeFileSync} from 'node:fs';
import process from 'node:process';
import {expect, test} from 'vitest';
import {fronts} from '../../source/command-line/fronts/registry.js';
import {helpOf} from '../../source/command-line/help.js';
import {labConditions} from '../../source/commands/conditions/lab-conditions.js';
import {peerConditions} from '../../source/commands/conditions/peer-conditions.js';
import {peerWords} from '../../source/commands/conditions/peer-words.js';
import {classCommands} from '../../source/commands/classroom.js';
import {commands} from '../../source/commands/registry.js';
import {loadCourse} from '../../source/lessons/load.js';
import {describeLimits} from '../../source/core/class/limits.js';
import {keys} from '../../source/tui/keys.js';

const path = new URL('../../readme.md', import.meta.url);
const cell = (text: string): string => text.replaceAll('|', String.raw`\|`);
const table = (head: readonly [string, string], rows: ReadonlyArray<readonly [string, string]>): string =>
	[`| ${head.join(' | ')} |`, '|---|---|', ...rows.map(row => `| ${row.join(' | ')} |`)].join('\n');

const course = await loadCourse();

/** The parts of the readme that are made from the records. */
const blocks: Readonly<Record<string, string>> = {
	usage: `\`\`\`text\n${fronts[0] ? await helpOf(fronts[0]) : ''}\`\`\``,
	commands: table(['command', 'what it does'], commands.map(({usage, summary}) => [`\`/${cell(usage)}\``, cell(summary)])),
	'class-commands': table(['the teacher types', 'what it does'], classCommands.map(({usage, summary}) => [`\`/${cell(usage)}\``, cell(summary)])),
	'class-limits': `${describeLimits()}.`,
	conditions: table(['condition', 'what it says'], [
		...[...peerConditions, ...labConditions].filter(({usage}) => !usage.startsWith('<peer> is ')).map(({usage, summary}) => [`\`${cell(usage)}\``, cell(summary)] as const),
		...peerWords.map(({word, summary}) => [`\`<peer> is [not] ${word}\``, cell(summary)] as const),
	]),
	lessons: table(['lesson', 'what it is about'], course.flatMap(each => each.ok ? [[`\`learn ${each.lesson.name}\``, cell(each.lesson.summary)] as const] : [])),
	keys: [
		'**While typing**',
		table(['key', 'what it does'], keysIn('typing')),
		'**While browsing** (Esc)',
		table(['key', 'what it does'], keysIn('browsing')),
	].join('\n\n'),
};

function keysIn(mode: 'typing' | 'browsing'): ReadonlyArray<readonly [string, string]> {
	return keys.filter(({modes}) => modes.includes(mode)).map(({label, summary}) => [cell(label), cell(summary)] as const);
}

const blockIn = (readme: string, name: string): string | undefined =>
	new RegExp(String.raw`<!-- ${name} -->\n(?<block>.*?)\n?<!-- /${name} -->`, 's').exec(readme)?.groups?.['block'];

test.each(Object.keys(blocks))('the readme’s %s are made from the records', name => {
	const readme = readFileSync(path, 'utf8');
	const made = blocks[name] ?? '';
	if (process.env['UPDATE_README'] !== undefined) {
		writeFileSync(path, readme.replace(new RegExp(String.raw`(<!-- ${name} -->\n).*?(<!-- /${name} -->)`, 's'), (_, begin: string, end: string) => `${begin}${made}\n${end}`));
		return;
	}

	expect(blockIn(readme, name), `run npm test with UPDATE_README=1 to renew the block "${name}"`).toBe(made);
});

/** The anchor that GitHub gives a heading. */
const anchorOf = (heading: string): string => `#${heading.toLowerCase().replaceAll(/[^\w \-]/gv, '').replaceAll(' ', '-')}`;

test('the contents lead to headings that are there', () => {
	const readme = readFileSync(path, 'utf8');
	// A file that is shown may have headings of its own.
	const prose = readme.replaceAll(/^(?<fence>`{3,})\w*\n.*?^\k<fence>$/gmsv, '');
	const headings = [...prose.matchAll(/^## (?<heading>.+)$/gmv)].map(({groups}) => groups?.['heading'] ?? '');
	if (process.env['UPDATE_README'] !== undefined) {
		const made = headings.map(heading => `[${heading}](${anchorOf(heading)})`).join(' · ');
		writeFileSync(path, readme.replace(/(?<begin><!-- contents -->\n).*?(?<end><!-- \/contents -->)/sv, (_, begin: string, end: string) => `${begin}${made}\n${end}`));
		return;
	}

	const links = [...(blockIn(readme, 'contents') ?? '').matchAll(/\]\((?<anchor>#[^\)]+)\)/gv)].map(({groups}) => groups?.['anchor'] ?? '');
	expect(links.length).toBeGreaterThan(0);
	expect(headings.map(heading => anchorOf(heading))).toEqual(expect.arrayContaining(links));
});

test('every picture that the readme shows exists', () => {
	const readme = readFileSync(path, 'utf8');
	const pictures = [...readme.matchAll(/!\[.*?\]\((?<file>.*?)\)/g)].map(match => match.groups?.['file'] ?? '');
	expect(pictures.length).toBeGreaterThan(0);
	for (const picture of pictures) {
		expect(readFileSync(new URL(`../../${picture}`, import.meta.url), 'utf8')).toContain('<svg');
	}
});
