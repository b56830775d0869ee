/** The arguments of the front `learn`: which lesson, and what to do with it. */

/** Proves lessons: those in the files, or all built-in ones. */
export type LearnRequest = {readonly type: 'learn'; readonly what: 'check'; readonly files: readonly string[]; readonly isJson: boolean; readonly isAscii: boolean};
/** The flags that only this front has. */
export type LearnFlags = {readonly check: boolean};
type Flags = LearnFlags & {readonly json: boolean; readonly ascii: boolean};

/** Reads what to do. */
export function checkLearn({json, ascii}: Flags, input: readonly string[]): LearnRequest {
	return {type: 'learn', what: 'check', files: input, isJson: json, isAscii: ascii};
}
