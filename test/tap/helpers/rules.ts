/** Faults for tests, as a person writes them. */
import {parseRules, type Rule} from '../../../source/tap/faults/rule.js';

/** Reads rules that must be right. */
export function rulesOf(text: string, firstNumber = 1): readonly Rule[] {
	const rules = parseRules(text, 1, firstNumber);
	if ('reason' in rules) {
		throw new Error(rules.reason);
	}

	return rules;
}
