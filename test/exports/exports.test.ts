/** Each export, read back by a strict reader of its format, with bodies that would break a careless one. */
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Fact} from '../../source/core/events.js';
import {encodeText, frameOf} from '../../source/core/frames.js';
import {type ExportFormat} from '../../source/core/export-formats.js';
import {exportAs} from '../../source/exports/export.js';
import {
	crashes,
	crowd,
	isRefused,
	journalOf,
	later,
	link,
	opens,
	receives,
	sends,
	sets,
	timesOut,
	type Telling,
} from '../helpers/events.js';
import {randomStory} from '../helpers/random-stories.js';
import {readCsv} from './csv-reader.js';
import {readMermaid} from './mermaid-grammar.js';
import {render, takesMermaid} from './tools.js';
import {readXml} from './xml.js';

const together: readonly Telling[] = [...crowd(1), link('handshake-done', 'client-1')];
const exchange = (question: string, answer: string): readonly Telling[] =>
	[sends('client-1', question), receives('server-1', question), sends('server-1', answer), receives('client-1', answer)];
const made = (format: ExportFormat, ...story: readonly Telling[]): string => exportAs(format, journalOf([...together, ...story]));

const hostile: ReadonlyArray<readonly [what: string, body: string]> = [
	['quotes', '"\'`'],
	['a semicolon', 'a; b'],
	['an end', 'end'],
	['an end in a sentence', 'the end. End END'],
	['newlines', 'one\ntwo\r\nthree'],
	['a hash and an entity', '# #35; &amp; &#x3c;'],
	['tags', '</text><script>alert(1)</script><!-- ]]>'],
	['escape codes', '\u{1B}[31mred\u{1B}]0;title\u{7}'],
	['a Mermaid comment and directive', '%% gone %%{init: {}}%%'],
	['arrows and blocks', 'p1->>p2: x loop alt {wrap} :wrap: +-'],
	['a formula', '=1+1'],
	['other formulas', '+1 -1 @SUM(A1)'],
	['commas', 'a,b,"c",,'],
	['what XML does not take', '\u{0}\u{FFFF}\u{FFFE}\u{8}'],
	['other scripts', '注文 пицца 🍕 é'],
	['nothing', ''],
	['a megabyte', 'x'.repeat(1_048_576)],
	['a megabyte of quotes', '";#'.repeat(349_525)],
];

describe.each(hostile)('a message that holds %s', (_, body) => {
	test('Mermaid takes it', () => {
		const {messages} = readMermaid(made('mermaid', ...exchange(body, body)));
		expect(messages.map(({from, to, arrow}) => `${from} ${arrow} ${to}`)).toEqual(['client-1 ->> server-1', 'server-1 -->> client-1']);
		expect(messages.every(({text}) => text.length <= 80)).toBe(true);
	});

	test('the SVG stays well-formed', () => {
		const svg = readXml(made('svg', ...exchange(body, body)));
		expect(new Set(svg.children.map(({name}) => name))).toEqual(new Set(['title', 'style', 'rect', 'text', 'line', 'polygon']));
		expect(svg.children.every(({children}) => children.length === 0)).toBe(true);
	});

	test('the CSV keeps its columns, and no cell is a formula', () => {
		const [head = [], ...rows] = readCsv(made('csv', ...exchange(body, body)));
		expect(rows).toHaveLength(1);
		expect(rows[0]).toHaveLength(head.length);
		expect(rows[0]?.filter(cell => /^\s*[+\-=@]/v.test(cell))).toEqual([]);
	});

	test('the transcript has a line an event, and nothing that a terminal would obey', () => {
		const text = made('text', ...exchange(body, body));
		expect(text.split('\n')).toHaveLength(6);
		expect(text.replaceAll('\n', '')).not.toMatch(/\p{Control}/v);
	});
});

const trouble: readonly Telling[] = [
	...exchange('Hello', 'World'),
	sends('client-1', 'Again'),
	isRefused('client-1', 'send', 'EFSM'),
	receives('server-1', 'Again'),
	crashes('server-1'),
	later(400, opens('server-1')),
	sets('client-1', 'recover', 'relaxed'),
	sends('client-1', 'Lost'),
	crashes('server-1'),
	timesOut('client-1'),
];

describe('what they tell', () => {
	test('Mermaid: the messages, the waits, and what never arrived as a note', () => {
		const {messages, notes} = readMermaid(made('mermaid', ...trouble));
		expect(messages.map(({text}) => text)).toEqual(['Hello', 'World', 'Again']);
		expect(notes.map(({text}) => text)).toEqual(expect.arrayContaining([
			'sends Again', 'send refused: EFSM', 'crashed, and lost with it: Again', '401 ms pass', 'a new socket', 'sends Lost (? in the link, or lost with server-1)',
		]));
	});

	test('Mermaid: of a long story the newest, no longer than it draws', () => {
		const {notes, messages} = readMermaid(made('mermaid', ...Array.from({length: 2000}, (_, index) => exchange(`question ${index}`, 'World')).flat()));
		expect(notes.map(({text}) => text)).toEqual(['what came before is left out']);
		expect(messages.at(-2)?.text).toBe('question 1999');
	});

	test('SVG: each message, mark and wait has its text; of a long story the newest', () => {
		const texts = readXml(made('svg', ...trouble)).children.map(({text}) => text);
		expect(texts).toEqual(expect.arrayContaining(['zmq-playground: crowd', 'client-1', 'server-1', 'Hello', 'World', '✗ send refused: EFSM', '+401 ms']));
		const long = readXml(made('svg', ...Array.from({length: 1500}, () => exchange('Hello', 'World')).flat()));
		expect(long.children.find(({name}) => name === 'title')?.text).toBe('zmq-playground: crowd, the newest 2000 of 3001 rows');
	});

	test('CSV: every exchange with its outcome, pending ones too', () => {
		const [head = [], ...rows] = readCsv(made('csv', ...trouble, sends('client-1', 'Now')));
		const told = rows.map(row => Object.fromEntries(head.map((name, index) => [name, row[index]])));
		expect(told.map(({id, outcome, request, reply}) => `${id} ${outcome} ${request} ${reply}`)).toEqual(['1 replied Hello World', '2 lost Again ', '3 timed-out Lost ', '4 pending Now ']);
		expect(told[0]).toMatchObject({client: 'client-1', server: 'server-1', evidence: 'inferred', recovery: 'none', ms: '3.000', asked: '2023-11-14T22:13:20.007Z'});
		expect(told[2]).toMatchObject({recovery: 'relaxed'});
	});

	test('CSV: a formula is made harmless by an apostrophe', () => {
		expect(readCsv(made('csv', ...exchange('=1+1', ' @x'))).at(-1)).toEqual(expect.arrayContaining(['\'=1+1', '\' @x']));
		expect(readCsv(made('csv', ...exchange('＝1+1', '-1'))).at(-1)).toEqual(expect.arrayContaining(['\'＝1+1', '\'-1']));
	});

	test('text: who sent what, when, and what became of it', () => {
		const lines = made('text', ...trouble).split('\n');
		expect(lines[0]).toBe('zmq-playground · scene crowd · seed 1 · libzmq 4.3.5');
		expect(lines).toContain('2023-11-14T22:13:20.007Z  client-1 sends, and it arrives: request Hello · client-1 to server-1 · 1.0 ms under way');
		expect(lines.at(-2)).toContain('client-1: no reply within 1.000 s');
	});
});

test('any story, with any texts in it, gives files that their readers take', () => {
	const text = fc.string({unit: 'binary', maxLength: 60});
	fc.assert(fc.property(randomStory, fc.array(text, {minLength: 1, maxLength: 5}), (story, texts) => {
		const told = story.map((fact, index): Fact => (fact.type === 'sent' || fact.type === 'received') && fact.frames ? {...fact, frames: [frameOf(encodeText(texts[index % texts.length] ?? ''))]} : fact);
		const journal = journalOf(told);
		expect(() => readMermaid(exportAs('mermaid', journal))).not.toThrow();
		expect(() => readXml(exportAs('svg', journal))).not.toThrow();
		expect(new Set(readCsv(exportAs('csv', journal)).map(row => row.length)).size).toBe(1);
	}), {numRuns: 200});
});

test('an empty journal gives empty files', () => {
	expect(readMermaid(exportAs('mermaid', journalOf([]))).messages).toEqual([]);
	expect(readXml(exportAs('svg', journalOf([]))).name).toBe('svg');
	expect(readCsv(exportAs('csv', journalOf([])))).toHaveLength(1);
});

describe('each opens in the tool that it is for', () => {
	test.each(hostile)('%s', async (_, body) => {
		await expect(takesMermaid(made('mermaid', ...exchange(body, body)))).resolves.toBe('sequence');
		expect(render(made('svg', ...exchange(body, body))).inked).toBeGreaterThan(100);
	});

	test('a story of many messages, as large as it is drawn', async () => {
		const story = Array.from({length: 1500}, () => exchange('Hello', 'World')).flat();
		await expect(takesMermaid(made('mermaid', ...story))).resolves.toBe('sequence');
		const svg = made('svg', ...story);
		const {attributes} = readXml(svg);
		expect(render(svg)).toMatchObject({width: Number(attributes.get('width')), height: Number(attributes.get('height'))});
	});

	test('what is no diagram is not taken', async () => {
		await expect(takesMermaid('sequenceDiagram\n\tp1->>: Hello')).rejects.toThrow();
		expect(() => render('<svg')).toThrow();
	});
});
