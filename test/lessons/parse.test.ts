/** The format of lessons: what is read from a file, and every mistake with its line and column. */
import {expect, test} from 'vitest';
import {parseLesson} from '../../source/lessons/parse.js';

const front = `---
title: The pizza
summary: a first request
minutes: 4
scene: pair
setup:
  - "@server-1 delay off"
remember: One request, one reply.
---
`;

const doing = `## Order

Type \`Hello\`,
and press Enter.

- now
- or later

\`\`\`stage
@server-1 delay 2s
\`\`\`
\`\`\`check
exchanges replied >= 1
and client-1 is replied
\`\`\`
\`\`\`hint
Type it.
\`\`\`
\`\`\`show
# a remark
send Hello
wait client-1 is replied
\`\`\`

That was it.
`;

const prediction = `## What then?

\`\`\`predict
? What becomes of it?
- It gets stuck :: client-1 is stuck
- Nothing :: not client-1 is stuck
\`\`\`
\`\`\`run
@server-1 crash
\`\`\`
`;

test('a lesson is read whole', () => {
	const parsed = parseLesson(front + doing + prediction, 'pizza');
	expect(parsed).toMatchObject({
		ok: true,
		lesson: {
			name: 'pizza', title: 'The pizza', minutes: 4, scene: 'pair', remember: 'One request, one reply.',
			setup: [{type: 'command', line: 7, text: '@server-1 delay off'}],
			steps: [
				{
					type: 'do', title: 'Order', line: 10,
					prose: [{type: 'paragraph', text: 'Type `Hello`, and press Enter.'}, {type: 'item', text: 'now'}, {type: 'item', text: 'or later'}],
					after: [{type: 'paragraph', text: 'That was it.'}],
					stage: [{line: 19, text: '@server-1 delay 2s'}],
					check: {type: 'and'}, checkLine: 22, hints: ['Type it.'],
					show: [{line: 30, text: 'send Hello'}, {line: 31, type: 'wait'}],
				},
				{type: 'predict', question: 'What becomes of it?', options: [{text: 'It gets stuck', line: 39}, {text: 'Nothing', line: 40}], run: [{line: 43, text: '@server-1 crash'}]},
			],
		},
	});
});

test('line ends of Windows and a byte order mark change nothing', () => {
	const text = front + doing + prediction;
	const parsed = parseLesson(`\u{FEFF}${text.replaceAll('\n', '\r\n')}`, 'pizza');
	expect(JSON.stringify(parsed)).toBe(JSON.stringify(parseLesson(text, 'pizza')));
});

const first = doing.replace('## Order\n', '');

test.each<[what: string, source: string, errors: readonly string[]]>([
	['nothing at all', '', ['1:1 there is no front matter']],
	['a front matter that is left open', '---\ntitle: x\n', ['1:1 the front matter is left open']],
	['an empty front matter', `---\n---\n${doing}`, ['2:1 the front matter says nothing']],
	['no YAML', front.replace('title: The pizza', 'title: "The pizza') + doing, ['2:18 the front matter is no YAML']],
	['a tab in YAML', front.replace('  - "', '\t- "') + doing, ['7:1 the front matter is no YAML']],
	['what is missing, and what is too much', front.replace('minutes: 4', 'minuets: 4') + doing, ['2:1 minutes is missing', '4:1 the front matter has no “minuets”']],
	['numbers and scenes that are none', front.replace('minutes: 4', 'minutes: 99').replace('pair', 'pear') + doing, ['4:10 minutes can’t be so', '5:8 there is no scene “pear”']],
	['a setup that is no list', front.replace('\n  - "@server-1 delay off"', ' yes') + doing, ['6:8 setup can’t be so']],
	['a setup with a mistake', front.replace('delay off', 'dalay off') + doing, ['7:15 there is no command dalay']],
	['an alias without end', front.replace('The pizza', '&a [*a]') + doing, ['2:11 title can’t be so']],
	['no step', front, ['10:1 there is no step']],
	['text before the first step', `${front}Hello\n${doing}`, ['10:1 this text belongs to no step']],
	['another heading', `${front}${doing}### More\n`, ['35:1 this is no heading of a step']],
	['a block outside of a step', `${front}\`\`\`show\nsend x\n\`\`\`\n${doing}`, ['10:1 this block belongs to no step']],
	['a block of no kind', `${front}${doing}\`\`\`chek\n\`\`\`\n`, ['35:4 “chek” is no kind of block']],
	['a block that is left open', `${front}${doing}\`\`\`hint\nx\n`, ['35:1 this block is left open']],
	['a step that checks nothing', `${front}${doing}## More\nText.\n`, ['35:1 the step checks nothing']],
	['a check without a show', `${front}## One\n\`\`\`check\nclient-1 is replied\n\`\`\`\n`, ['12:1 a check without a show']],
	['a check with a run', `${front}${doing}\`\`\`run\nsend x\n\`\`\`\n`, ['22:1 a run belongs to a prediction']],
	['two checks', `${front}${doing}\`\`\`check\nclients >= 1\n\`\`\`\n`, ['35:1 the step has a second check']],
	['a condition with a mistake, on its second line', front + doing.replace('is replied\n```\n```hint', 'is replid\n```\n```hint'), ['23:17 “replid” is not a word for a peer']],
	['a show with mistakes', front + doing.replace('send Hello', 'sned Hello'), ['30:1 there is no command sned']],
	['an expectation', front + doing.replace('wait', 'expect'), ['31:1 a lesson expects nothing here']],
	['four hints', `${front}${doing}${'```hint\nx\n```\n'.repeat(3)}`, ['10:1 the step has 4 hints']],
	['a prediction with a check', `${front}## One${first.replace('```check', '```predict\n? x\n```\n```check')}`, ['20:1 the step has both a check and a prediction']],
	['a prediction without a run', front + prediction.replace('```run\n@server-1 crash\n```\n', ''), ['12:1 a prediction without a run']],
	['no question', front + prediction.replace('? What becomes of it?\n', ''), ['13:1 the question is missing']],
	['one answer', front + prediction.replace('- Nothing :: not client-1 is stuck\n', ''), ['13:1 there is 1 answer']],
	['an answer without a condition', front + prediction.replace(' :: client-1 is stuck', ''), ['14:1 the answer has no condition']],
	['an answer with a mistake', front + prediction.replace(':: client-1 is stuck', ':: client-1 is stack'), ['14:32 “stack” is not a word for a peer']],
	['a stray line in a prediction', front + prediction.replace('- It', 'It'), ['13:1 there is 1 answer', '14:1 this is neither a question nor an answer']],
])('%s', (_, source, errors) => {
	const parsed = parseLesson(source, 'test');
	expect(parsed.ok).toBe(false);
	const told = parsed.ok ? [] : parsed.errors.map(({line, column, reason}) => `${line}:${column} ${reason}`);
	expect(told).toHaveLength(errors.length);
	for (const [index, error] of errors.entries()) {
		expect(told[index]).toContain(error);
	}
});
