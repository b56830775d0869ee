/** Wrong usage: one line that says what was wrong, one that says what to write instead. Both go to stderr, with exit status 2. */
export type Wrong = {readonly type: 'wrong'; readonly reason: string; readonly next: string};

export const wrong = (reason: string, next: string): Wrong => ({type: 'wrong', reason, next});
