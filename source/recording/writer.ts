/**
Writes a recording, line by line, as things happen.

Invariants: each line is handed to the system before the next thing is done, so that a crash of this process loses at most the line
being written; a file that is there is never overwritten without being told; nothing here throws: a failure is a value, and ends the file
with a whole line where the disk allows it.
*/
import {Buffer} from 'node:buffer';
import {
	accessSync,
	closeSync,
	constants,
	existsSync,
	fstatSync,
	ftruncateSync,
	openSync,
	writeSync,
} from 'node:fs';
import {homedir} from 'node:os';
import path from 'node:path';
import {type RecordingTarget} from '../core/lab-port.js';
import {fileProblem, fileProblemOf, type FileProblem} from '../core/file-problems.js';

/** Opens a file to write to. Never waits: a pipe that nobody reads is refused. */
export function openWriter({file, again}: RecordingTarget): RecordingWriter | FileProblem {
	// Windows has no such flag, and no such pipes.
	const patient = constants.O_NONBLOCK ?? 0;
	const flags = constants.O_WRONLY | constants.O_CREAT | patient | (again ? constants.O_TRUNC : constants.O_EXCL);
	try {
		return new RecordingWriter(openSync(withHome(file), flags, 0o666));
	} catch (error) {
		return fileProblemOf(error);
	}
}

/** Why a file can't be written to, as far as that can be known without touching it. */
export function checkWritable({file, again}: RecordingTarget): FileProblem | undefined {
	const place = withHome(file);
	try {
		if (!existsSync(place)) {
			// The dot tells a directory from a file of that name.
			accessSync(`${path.dirname(place)}${path.sep}.`, constants.W_OK);
			return undefined;
		}

		accessSync(place, constants.W_OK);
		return again ? undefined : fileProblem('EEXIST');
	} catch (error) {
		return fileProblemOf(error);
	}
}

/** An open recording. */
export class RecordingWriter {
	readonly #descriptor: number;
	/** How many bytes of whole lines stand in the file. */
	#size = 0;

	constructor(descriptor: number) {
		this.#descriptor = descriptor;
	}

	/** Appends lines. A problem means that they are not, or not all, in the file, and that it is closed. */
	write(lines: readonly string[]): FileProblem | undefined {
		const bytes = Buffer.from(lines.map(line => `${line}\n`).join(''));
		try {
			const problem = this.#disturbance();
			if (problem) {
				this.close();
				return problem;
			}

			// A nearly full disk takes a part.
			for (let written = 0; written < bytes.length;) {
				written += writeSync(this.#descriptor, bytes, written);
			}

			this.#size += bytes.length;
			return undefined;
		} catch (error) {
			this.#cutTornLine();
			this.close();
			return fileProblemOf(error);
		}
	}

	close(): void {
		try {
			closeSync(this.#descriptor);
		} catch {
			// A network disk may tell only now that it has lost something: there is nothing left to save.
		}
	}

	/** What somebody else has done to the file meanwhile. To go on would make a hole in theirs, or write where nobody finds it. */
	#disturbance(): FileProblem | undefined {
		const stats = fstatSync(this.#descriptor);
		const next = '/record begins another one';
		if (stats.nlink === 0) {
			return {code: 'ENOENT', reason: 'somebody has deleted the file', next};
		}

		return stats.isFile() && stats.size !== this.#size ? {code: 'ESTALE', reason: 'somebody else has written to the file', next} : undefined;
	}

	#cutTornLine(): void {
		try {
			ftruncateSync(this.#descriptor, this.#size);
		} catch {
			// No regular file. Readers stand a torn last line.
		}
	}
}

/** A shell would have read `~` as the home directory; the input line of the app is none. */
const withHome = (file: string): string => /^~[/\\]/.test(file) ? path.join(homedir(), file.slice(2)) : file;
