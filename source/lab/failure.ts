/**
Errors that zeromq.js throws or rejects with: always an Error with libzmq's own `code` and `errno`.
*/

/** libzmq's code and number of a failure; a failure without one is our bug and keeps its message. */
export type Failure = {readonly code: string; readonly errno: number; readonly message: string};

/** Reads what was thrown. */
export function failureOf(error: unknown): Failure {
	const {code, errno, message} = error instanceof Error ? error as NodeJS.ErrnoException : new Error(String(error)) as NodeJS.ErrnoException;
	return {code: code ?? 'EUNKNOWN', errno: errno ?? 0, message};
}
