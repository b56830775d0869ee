/**
What to wait for: a text, a pattern, or a question about the screen, whose rows are joined by newlines.
*/
export type ScreenCondition = string | RegExp | ((screen: string) => boolean);

/**
Whether the screen is as awaited.
*/
export function isSatisfied(condition: ScreenCondition, screen: string): boolean {
	if (typeof condition === 'string') {
		return screen.includes(condition);
	}

	if (typeof condition === 'function') {
		return condition(screen);
	}

	// A /g pattern would go on where its last match ended.
	condition.lastIndex = 0;
	return condition.test(screen);
}

/**
The condition as it stands in the test, for the message of a failed wait.
*/
export function describeCondition(condition: ScreenCondition): string {
	return typeof condition === 'string' ? JSON.stringify(condition) : String(condition);
}
