import {describe, expect, test} from 'vitest';
import fc from 'fast-check';
import {encodeText} from '../../source/core/frames.js';
import {fillTemplate, type TemplateFacts} from '../../source/core/template.js';

const facts = (...request: readonly string[]): TemplateFacts => ({request: request.map(frame => encodeText(frame)), count: 7, time: '12:03:05'});
const fill = (template: string, given: TemplateFacts) => fillTemplate(template, given).map(frame => new TextDecoder().decode(frame));

describe('fillTemplate', () => {
	test.each<[template: string, reply: string]>([
		['World', 'World'],
		['{request}', 'Hello'],
		['{upper}', 'HELLO'],
		['{request}, {request}!', 'Hello, Hello!'],
		['No. {count} at {time}', 'No. 7 at 12:03:05'],
		['{Request} {unknown} {} {', '{Request} {unknown} {} {'],
		['{{request}}', '{Hello}'],
		['{constructor}', '{constructor}'],
		['', ''],
	])('%j answers Hello with %j', (template, reply) => {
		expect(fill(template, facts('Hello'))).toEqual([reply]);
	});

	test('{request} alone echoes every frame, byte for byte', () => {
		const request = [Uint8Array.of(0x00, 0xFF), Uint8Array.of(), encodeText('x')];
		expect(fillTemplate('{request}', {...facts(), request})).toBe(request);
	});

	test('among other text, the frames of a request stand side by side', () => {
		expect(fill('You said: {request}', facts('a', '', 'b'))).toEqual(['You said: a  b']);
	});

	test('bytes that are no text are shown as �, never thrown at', () => {
		expect(fill('You said: {request}', {...facts(), request: [Uint8Array.of(0xFF)]})).toEqual(['You said: �']);
	});

	test('what a request says is not filled in again', () => {
		fc.assert(fc.property(fc.constantFrom('{upper}', '{count}', '$&', '{request}'), body => {
			expect(fill('<{request}>', facts(body))).toEqual([`<${body}>`]);
		}));
	});
});
