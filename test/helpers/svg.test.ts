import {
	describe,
	expect,
	onTestFinished,
	test,
} from 'vitest';
import {palette} from './svg-colors.js';
import {screenToSvg} from './svg.js';
import {openTerminal, type Cell} from './terminal.js';

/** What a real terminal of the given width shows after `printf` of a format, which ends with a full stop. */
async function shown(format: string, columns = 20): Promise<Cell[][]> {
	const terminal = openTerminal({command: ['bash', '-c', `printf '${format}'; read`], columns, rows: 2});
	onTestFinished(async () => terminal.close());
	await terminal.waitFor('.');
	return terminal.cells();
}

/** The lines of the picture that draw cells: what follows the title's text. */
async function drawn(format: string, columns?: number): Promise<string[]> {
	const lines = screenToSvg(await shown(format, columns), {title: 'A title'}).split('\n');
	return lines.slice(lines.findIndex(line => line.includes('text-anchor')) + 1, lines.indexOf('</g>'));
}

function attribute(line: string, name: string): string | undefined {
	return line.split(` ${name}="`)[1]?.split('"', 1)[0];
}

function content(line: string): string | undefined {
	return line.split('>', 2)[1]?.split('<', 1)[0];
}

describe('a picture of a terminal', () => {
	test('is a whole document, the same each time', async () => {
		const cells = await shown('hi.');
		const svg = screenToSvg(cells, {title: 'Ask & <answer>'});
		expect(svg).toBe(screenToSvg(cells, {title: 'Ask & <answer>'}));
		expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="196" height="80" viewBox="0 0 196 80" role="img">\n/v);
		expect(svg).toContain('<title>Ask &amp; &lt;answer&gt;</title>');
		expect(svg).toMatch(/<\/svg>\n$/v);
		expect(svg).toMatch(/<rect width="196" height="80" rx="8" /v);
	});

	test('draws a run of equal style at its column and to its width', async () => {
		expect(await drawn('a b.', 4)).toEqual([
			'<text x="14" y="46.25" textLength="33.6" lengthAdjust="spacingAndGlyphs" fill="#d8dee9">a\u{A0}b.</text>',
		]);
	});

	test('draws colours, of the palette, of the cube and true', async () => {
		const lines = await drawn(String.raw`\e[31ma\e[38;5;196mb\e[38;2;1;2;3mc\e[0;44md\e[0m.`, 5);
		expect(lines.map(line => [line.slice(1, 5), attribute(line, 'fill')])).toEqual([
			['rect', palette[4]],
			['text', palette[1]],
			['text', '#ff0000'],
			['text', '#010203'],
			['text', '#d8dee9'],
			['text', '#d8dee9'],
		]);
	});

	test('draws bold, dim, italic, underlined and inverse text', async () => {
		const lines = await drawn(String.raw`\e[1mb\e[0;2md\e[0;3mi\e[0;4mu\e[0;7mv\e[0m.`, 6);
		expect(lines[0]).toMatch(/^<rect x="47\.6" .* fill="#d8dee9"\/>$/v);
		expect(lines.slice(1, 6)).toEqual([
			expect.stringContaining('font-weight="bold">b<'),
			expect.stringContaining('fill-opacity="0.55">d<'),
			expect.stringContaining('font-style="italic">i<'),
			expect.stringContaining('text-decoration="underline">u<'),
			expect.stringContaining('fill="#16191f">v<'),
		]);
	});

	test('gives wide characters runs of their own', async () => {
		const lines = await drawn('a漢字.', 6);
		expect(lines.map(line => [attribute(line, 'x'), attribute(line, 'textLength'), content(line)])).toEqual([
			['14', '8.4', 'a'],
			['22.4', '33.6', '漢字'],
			['56', '8.4', '.'],
		]);
	});

	test('leaves out the spaces around a run, but not those that are underlined', async () => {
		const lines = await drawn(String.raw`  a b  \e[4m u \e[0m .`, 14);
		expect(lines.map(line => [attribute(line, 'x'), attribute(line, 'textLength'), content(line)])).toEqual([
			['30.8', '25.2', 'a\u{A0}b'],
			['72.8', '25.2', '\u{A0}u\u{A0}'],
			['106.4', '8.4', '.'],
		]);
	});

	test('escapes markup and leaves blank rows out', async () => {
		expect(await drawn('<&">.', 5)).toEqual([expect.stringContaining('>&lt;&amp;&quot;&gt;.</text>')]);
	});
});

test('the palette is the one of xterm', () => {
	expect(palette).toHaveLength(256);
	expect([palette[16], palette[21], palette[231], palette[232], palette[255]]).toEqual(['#000000', '#0000ff', '#ffffff', '#080808', '#eeeeee']);
});
