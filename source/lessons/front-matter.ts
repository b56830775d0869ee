/** The front matter of a lesson: YAML, because people write it, checked by a schema. Every mistake is told by its line and column in the file. */
import {isMap, isNode, LineCounter, parseDocument, type Document} from 'yaml';
import {z} from 'zod';
import {nearest} from '../commands/registry.js';
import {type ScriptError} from '../commands/script.js';
import {scenes, type SceneName} from '../core/scenes.js';

const sceneNames = scenes.map(({name}) => name);
const sentence = (longest: number): z.ZodString => z.string().trim().min(1).max(longest);

const schema = z.strictObject({
	title: sentence(50),
	summary: sentence(70),
	minutes: z.int().min(1).max(10),
	scene: z.enum(sceneNames as [SceneName, ...SceneName[]]),
	setup: z.array(z.string()).optional(),
	remember: sentence(160),
});

/** A line of `setup`, and where it stands in the file (from 1). */
type SetupLine = {readonly text: string; readonly line: number; readonly column: number};
export type FrontMatter = Omit<z.infer<typeof schema>, 'setup'> & {readonly setup: readonly SetupLine[]};
export type ReadFront = {readonly ok: true; readonly front: FrontMatter} | {readonly ok: false; readonly errors: readonly ScriptError[]};

/** Reads the text between the marks; `firstLine` is its line in the file. Never throws. */
export function readFront(text: string, firstLine: number): ReadFront {
	const counter = new LineCounter();
	const document = parseDocument(text, {lineCounter: counter, prettyErrors: false});
	const place = (offset: number): {readonly line: number; readonly column: number} => {
		const {line, col} = counter.linePos(offset);
		return {line: Math.max(1, line) + firstLine - 1, column: Math.max(1, col)};
	};

	if (document.errors.length > 0) {
		return {ok: false, errors: document.errors.map(({pos, message}) => ({...place(pos[0]), reason: `the front matter is no YAML: ${message}`, next: 'a text with a colon or a # in it needs "quotes"'}))};
	}

	const checked = schema.safeParse(valueOf(document));
	if (!checked.success) {
		return {ok: false, errors: checked.error.issues.flatMap(issue => explain(issue, document).map(({reason, next, at}) => ({...place(at), reason, next})))};
	}

	const {setup = [], ...front} = checked.data;
	return {ok: true, front: {...front, setup: setup.map((line, index) => ({text: line, ...place(offsetOf(document, ['setup', index]))}))}};
}

/** As plain values; what refers to itself without end is no front matter. */
function valueOf(document: Document): unknown {
	try {
		return document.toJS({maxAliasCount: 10}) as unknown;
	} catch {
		return undefined;
	}
}

type Explained = {readonly reason: string; readonly next: string; readonly at: number};

function explain(issue: z.core.$ZodIssue, document: Document): readonly Explained[] {
	const path = issue.path.filter(key => typeof key !== 'symbol');
	const at = offsetOf(document, path);
	const name = path.join('.');
	if (issue.code === 'unrecognized_keys') {
		return issue.keys.map(key => {
			const meant = nearest(key, Object.keys(schema.shape));
			return {at: keyOffset(document, key) ?? at, reason: `the front matter has no “${key.slice(0, 40)}”`, next: meant === undefined ? `it has ${Object.keys(schema.shape).join(', ')}` : `did you mean ${meant}?`};
		});
	}

	if (path.length === 0) {
		return [{at: 0, reason: 'the front matter says nothing', next: `write ${Object.keys(schema.shape).join(': …, ')}: …, one a line`}];
	}

	const isMissing = !document.hasIn(path);
	const value: unknown = isMissing ? undefined : document.getIn(path);
	if (isMissing) {
		return [{at: 0, reason: `${name} is missing`, next: remedies[name] ?? ''}];
	}

	const meant = name === 'scene' && typeof value === 'string' ? nearest(value, sceneNames) : undefined;
	return [{at, reason: name === 'scene' ? `there is no scene “${String(value).slice(0, 40)}”` : `${name} can’t be so: ${issue.message.toLowerCase()}`, next: meant === undefined ? remedies[name] ?? 'each is one line of the scripts’ language' : `did you mean ${meant}?`}];
}

const remedies: Readonly<Record<string, string>> = {
	title: 'write title: and a few words, at most 50 characters',
	summary: 'write summary: and what is learnt, at most 70 characters',
	minutes: 'write minutes: and a whole number from 1 to 10',
	scene: `write scene: and one of ${sceneNames.join(', ')}`,
	setup: 'write it as a list: - "@server-1 delay 300ms"',
	remember: 'write remember: and one sentence, at most 160 characters',
};

/** Where a value stands in the front matter (UTF-16, from 0). */
function offsetOf(document: Document, path: ReadonlyArray<string | number>): number {
	const node = path.length === 0 ? document.contents : document.getIn(path, true);
	return (isNode(node) ? node.range?.[0] : undefined) ?? 0;
}

function keyOffset({contents}: Document, key: string): number | undefined {
	const found = isMap(contents) ? contents.items.find(item => isNode(item.key) && String(item.key) === key) : undefined;
	return isNode(found?.key) ? found.key.range?.[0] : undefined;
}
