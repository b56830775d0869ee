/** Lessons as texts, built from a few words. The steps begin at line 10, and the check at line 12. */

/** A lesson in the scene pair, whose server answers at once. */
export const lessonOf = (...steps: readonly string[]): string =>
	`---\ntitle: Test\nsummary: a test\nminutes: 1\nscene: pair\nsetup:\n  - "@server-1 delay off"\nremember: Nothing.\n---\n${steps.join('\n')}`;

/** A step with a check and a show. */
export const doing = (check: string, show: string): string => `## Do\n\`\`\`check\n${check}\n\`\`\`\n\`\`\`show\n${show}\n\`\`\`\n`;

/** A prediction with these conditions, and a run in which a client is answered. */
export const predicting = (...conditions: readonly string[]): string =>
	`## Predict\n\`\`\`predict\n? What then?\n${conditions.map(condition => `- so :: ${condition}`).join('\n')}\n\`\`\`\n\`\`\`run\n@client-1 send Hello\nwait client-1 is replied\n\`\`\`\n`;
