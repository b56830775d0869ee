/** What a file system refuses, in words: the reason and the next step. Nobody's mistake here is worth a stack trace. */

/** Why a file can't be had; `code` is the system's own, such as EEXIST. */
export type FileProblem = {readonly reason: string; readonly next: string; readonly code: string};

const words: Readonly<Record<string, readonly [reason: string, next: string]>> = {
	EEXIST: ['the file is there already, and nothing was overwritten', 'choose another name, or add “again” to overwrite it'],
	ENOENT: ['there is no such file or directory', 'check the path'],
	ENOTDIR: ['there is no such directory', 'check the path'],
	EISDIR: ['it is a directory', 'name a file in it'],
	EACCES: ['you may not read or write there', 'choose another place, or mend the permissions'],
	EPERM: ['you may not read or write there', 'choose another place, or mend the permissions'],
	EROFS: ['that disk can’t be written to', 'choose another place'],
	ENOSPC: ['the disk is full', 'make room, or choose another disk'],
	EDQUOT: ['your quota is used up', 'make room, or choose another disk'],
	EFBIG: ['the file may not grow any more', 'go on in another file'],
	EIO: ['the disk fails', 'choose another disk'],
	ENXIO: ['nobody reads that pipe', 'name a file'],
	EAGAIN: ['whoever reads that pipe is too slow', 'name a file'],
	EPIPE: ['nobody reads that pipe any more', 'name a file'],
};

/** Explains what `node:fs` threw. */
export function fileProblemOf(error: unknown): FileProblem {
	const {code = 'EUNKNOWN', message} = error instanceof Error ? error as NodeJS.ErrnoException : new Error(String(error)) as NodeJS.ErrnoException;
	return fileProblem(code, message);
}

/** Explains a code of the system; one without words of its own keeps the system's. */
export function fileProblem(code: string, message = code): FileProblem {
	const [reason, next] = words[code] ?? [message, 'choose another file'];
	return {reason, next, code};
}
