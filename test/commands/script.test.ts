import {describe, expect, test} from 'vitest';
import {parseScript, usualWaitMs, type Step} from '../../source/commands/script.js';

function stepsOf(source: string, given: Readonly<Record<string, string>> = {}): readonly Step[] {
	const parsed = parseScript(source, new Map(Object.entries(given)));
	if (!parsed.ok) {
		throw new Error(JSON.stringify(parsed.errors));
	}

	return parsed.steps;
}

test('a script is its steps, by line; comments and empty lines are none', () => {
	expect(stepsOf('\u{FEFF}# the pizza\r\n\r\n  @client-1 send Hello  \r\nwait client-1 is replied for 5s\nwait client-1 is replied\nexpect exchanges >= 1\nexpect exchanges >= 1 within 2s')).toMatchObject([
		{type: 'command', line: 3, text: '@client-1 send Hello  ', address: 'client-1'},
		{type: 'wait', line: 4, limitMs: 5000},
		{type: 'wait', line: 5, limitMs: usualWaitMs},
		{type: 'expect', line: 6, limitMs: 0},
		{type: 'expect', line: 7, limitMs: 2000},
	]);
});

test('a variable stands for its value from where it is set on, and what is given goes first', () => {
	const source = 'set dish = Margherita  \nset order=One $dish\nsend $order for $$5, $5\nexpect last request is "$order"';
	expect(stepsOf(source).map(({text}) => text)).toEqual(['send One Margherita for $5, $5', 'expect last request is "One Margherita"']);
	expect(stepsOf(source, {dish: 'Hawaii'})[0]?.text).toBe('send One Hawaii for $5, $5');
});

describe('all that is wrong is told at once, by line and column', () => {
	test.each<[line: string, column: number, text: RegExp]>([
		['sned Hello', 1, /did you mean send\?/],
		['expct exchanges = 1', 1, /did you mean expect\?/],
		['@client-1 sned Hello', 11, /did you mean send\?/],
		['/send Hello', 1, /no slash: write send/],
		['quit', 1, /for a person at the screen/],
		['delay 5x', 1, /“5x” is no delay: write delay 800ms/],
		['  wait client-1 is replid', 20, /did you mean replied\?/],
		['wait', 5, /missing/],
		['wait client-1 is open for ever', 27, /“ever” is no time: write for 5s/],
		['expect client-1 is open for 5s', 25, /“for”/],
		['send $dihs', 6, /no variable \$dihs: did you mean \$dish\?/],
		['wait $dish-1 is replid', 17, /replied\?/],
		['set 5 = 5', 5, /write set name = value/],
		['set', 4, /write set name = value/],
	])('%s', (line, column, text) => {
		const parsed = parseScript(`set dish = client\n${line}\nsend $nothing`);
		expect(parsed.ok || parsed.errors).toMatchObject([{line: 2, column}, {line: 3, column: 6}]);
		const [first] = parsed.ok ? [] : parsed.errors;
		expect(`${first?.reason}: ${first?.next}`).toMatch(text);
	});

	test('a line of a megabyte is quoted in part', () => {
		const parsed = parseScript('x'.repeat(1_000_000));
		expect(parsed.ok ? [] : parsed.errors.map(({reason, next}) => reason.length + next.length < 300)).toEqual([true]);
	});
});
