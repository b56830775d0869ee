/** Keeps a lab's events in a file while it is asked to. Lives beside the sockets: a terminal that stalls must not cost a line. */
import {type Action} from '../commands/record.js';
import {type Event, type Fact} from '../core/events.js';
import {frameLimit} from '../core/frames.js';
import {type RecordingTarget} from '../core/lab-port.js';
import {Memory} from '../core/memory.js';
import {type Snapshot} from '../core/snapshot.js';
import {recordingVersion} from '../recording/header.js';
import {eventLine, headerLine} from '../recording/line.js';
import {openWriter, RecordingWriter} from '../recording/writer.js';
import {type FileProblem} from '../core/file-problems.js';

/** How much a lab remembers for a recording that begins in its midst; what is older stands in the header as a sum. */
export const remembered = {events: 50_000, bytes: 16 * 1024 * 1024};

/** How many lines are written at once when a recording begins with what happened before. */
const linesAtOnce = 1000;

export class Recorder {
	readonly #memory = new Memory(remembered);
	readonly #program: string | undefined;
	#recording: {readonly writer: RecordingWriter; readonly file: string} | undefined;

	constructor(program: string | undefined) {
		this.#program = program;
	}

	/** What is known at the newest event. */
	get snapshot(): Snapshot {
		return this.#memory.snapshot;
	}

	/** The file that is being written. */
	get file(): string | undefined {
		return this.#recording?.file;
	}

	/** Remembers the next event. */
	remember(event: Event): void {
		this.#memory.append(event);
	}

	/** Begins or ends a recording, as `line` asks. Gives what came of it. */
	obey(action: Extract<Action, {readonly verb: 'record' | 'record-off'}>, line: string): Fact {
		const {file} = this;
		const failed = (reason: string, next: string, code?: string): Fact => ({type: 'command-failed', text: line.slice(0, frameLimit), reason, next, ...(code !== undefined && {code})});
		if (action.verb === 'record-off') {
			return file === undefined ? failed('nothing is being recorded', '/record lab.jsonl begins') : {type: 'recording-stopped', file};
		}

		if (file !== undefined) {
			return failed(`the lab is being recorded to ${file}`, '/record off ends that');
		}

		const problem = this.#start(action);
		return problem ? failed(`${action.file}: ${problem.reason}`, problem.next, problem.code) : {type: 'recording-started', file: action.file};
	}

	/** Begins a file with all that is remembered. The caller tells it as an event, which is its next line. */
	#start(target: RecordingTarget): FileProblem | undefined {
		const writer = openWriter(target);
		if (!(writer instanceof RecordingWriter)) {
			return writer;
		}

		const {seed, scene, versions, t} = this.snapshot;
		const {queues: _inferred, ...beginning} = this.#memory.beginning;
		let lines = [headerLine({
			type: 'recording',
			version: recordingVersion,
			at: t,
			versions: {...(this.#program !== undefined && {'zmq-playground': this.#program}), ...versions},
			seed,
			scene,
			...(beginning.n > 0 && {before: beginning}),
		})];
		for (const event of this.#memory.oldestFirst(0)) {
			lines.push(eventLine(event));
			if (lines.length < linesAtOnce) {
				continue;
			}

			const problem = writer.write(lines);
			if (problem) {
				return problem;
			}

			lines = [];
		}

		const problem = writer.write(lines);
		if (!problem) {
			this.#recording = {writer, file: target.file};
		}

		return problem;
	}

	/** Writes an event down, if there is a recording. What comes back happened next: the recording could not go on. */
	write(event: Event): Fact | undefined {
		if (!this.#recording) {
			return undefined;
		}

		const {writer, file} = this.#recording;
		const problem = writer.write([eventLine(event)]);
		if (problem) {
			this.#recording = undefined;
			return {type: 'recording-stopped', file, ...problem};
		}

		if (event.type === 'recording-stopped' || event.type === 'lab-ended') {
			this.#recording = undefined;
			writer.close();
		}

		return undefined;
	}
}
