/** How a fault is written, and what is said of one that means nothing. */
import {describe, expect, test} from 'vitest';
import {parseRules} from '../../source/tap/faults/rule.js';

describe('what a person writes', () => {
	test.each([
		['pizza', 'there is no fault “pizza”'],
		['drop reply nonsense', '“nonsense” means nothing to the fault drop'],
		['drop reply p 2', '“p” means nothing to the fault drop'],
		['hold reply 1', '“hold reply 1” does not say what the fault hold needs'],
		['drop 200ms', '“drop 200ms” does not say what the fault drop needs'],
		['latency 3 200ms', '“latency 3 200ms” does not say what the fault latency needs'],
		['bandwidth reply 64KB', '“64KB” means nothing to the fault bandwidth'],
		['bandwidth reply', '“bandwidth reply” does not say what the fault bandwidth needs'],
		['slice 7 once', '“slice 7 once” does not say what the fault slice needs'],
		['slice 0', '“0” means nothing to the fault slice'],
		['drop request "open', '“"open” means nothing to the fault drop'],
		['drop x0', '“x0” means nothing to the fault drop'],
		['refuse "text"', '“refuse "text"” does not say what the fault refuse needs'],
		['refuse reply', '“refuse reply” does not say what the fault refuse needs'],
	])('%s is refused', (text, reason) => {
		expect(parseRules(text, 1)).toMatchObject({reason});
	});

	test('with a probability strikes the same with the same seed', () => {
		const struck = (seed: number): readonly boolean[] => {
			const rules = parseRules('drop reply p 0.5', seed);
			return 'reason' in rules ? [] : Array.from({length: 64}, () => rules[0]!.next());
		};

		expect(struck(7)).toEqual(struck(7));
		expect(struck(7)).not.toEqual(struck(8));
		expect(struck(7)).toContain(true);
	});
});
