/** A recording that is read while it is looked at. */
import path from 'node:path';
import {Journal} from '../core/journal.js';
import {FileArchive} from './archive.js';
import {type Recording} from './read.js';

/** What a screen shows of a recording. Where it can't be read on, `trouble` says why. */
export class GrowingRecording {
	readonly name: string;
	readonly journal: Journal;
	readonly #recording: Recording;
	readonly #archive: FileArchive;
	readonly #listeners = new Set<() => void>();
	#progress: number | undefined = 0;
	#trouble: string | undefined;

	/**
	Opens the file a second time, to read in it again and again.

	@throws What `node:fs` throws where the file can't be opened any more.
	*/
	constructor(recording: Recording) {
		this.name = path.basename(recording.file);
		this.#recording = recording;
		this.#archive = new FileArchive(recording.file, recording.before);
		this.journal = new Journal(this.#archive);
	}

	/** How much of the file has been read, from 0 to 1; undefined when that is all. */
	get progress(): number | undefined {
		return this.#progress;
	}

	/** What was left out, or why the reading ended before the end. */
	get trouble(): string | undefined {
		return this.#trouble;
	}

	/** Calls back whenever more of it can be looked at. */
	onChange(listener: () => void): void {
		this.#listeners.add(listener);
	}

	/** Reads it to its end. Never rejects. */
	async read(skipsDamaged: boolean): Promise<void> {
		for await (const {events, places, findings, readBytes} of this.#recording.batches({skipsDamaged})) {
			for (const [index, event] of events.entries()) {
				this.#archive.append(event, places[index] ?? 0);
			}

			this.#progress = Math.min(1, readBytes / Math.max(1, this.#recording.sizeBytes));
			const [first] = findings;
			this.#trouble ??= first?.text;
			this.#changed();
		}

		this.#progress = undefined;
		this.#changed();
	}

	#changed(): void {
		for (const listener of this.#listeners) {
			listener();
		}
	}
}
