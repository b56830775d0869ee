/**
The lab without a screen: asks what comes in on a pipe, or serves until told to stop, and prints what happens.
*/
import {Buffer} from 'node:buffer';
import {addAbortSignal, type Readable} from 'node:stream';
import {quotePayload} from '../commands/payload.js';
import {formatElapsed} from '../core/duration.js';
import {type Event} from '../core/events.js';
import {Journal} from '../core/journal.js';
import {type LabPort} from '../core/lab-port.js';
import {decodeUtf8} from '../core/text.js';
import {readLines} from './lines.js';
import {type Printer} from './printer.js';

/** What a run needs: the lab, who prints, who is told what went wrong, and what may stop it early. */
export type HeadlessRun = {
	readonly port: LabPort;
	readonly print: Printer;
	readonly err: (line: string) => void;
	/** Aborted by SIGINT and SIGTERM, and when nobody reads the output any more. */
	readonly stop: AbortSignal;
};

/** The events as they come, for whoever waits for one. */
class Watch {
	readonly journal = new Journal();
	readonly #waiting = new Set<(event: Event) => void>();
	readonly #stop: AbortSignal;

	constructor({port, print, stop}: HeadlessRun) {
		this.#stop = stop;
		port.subscribe(events => {
			for (const event of events) {
				this.journal.append(event);
				print(event, this.journal);
				for (const waiting of this.#waiting) {
					waiting(event);
				}
			}
		});
	}

	/** The next event that satisfies; undefined if the run is stopped first, or `withinMs` has passed. */
	async next(satisfies: (event: Event) => boolean, withinMs?: number): Promise<Event | undefined> {
		return new Promise(resolve => {
			const timer = withinMs === undefined
				? undefined
				: setTimeout(() => {
					finish();
				}, withinMs);
			const listener = (event: Event): void => {
				if (satisfies(event)) {
					finish(event);
				}
			};

			const finish = (event?: Event): void => {
				clearTimeout(timer);
				this.#waiting.delete(listener);
				this.#stop.removeEventListener('abort', onAbort);
				resolve(event);
			};

			const onAbort = (): void => {
				finish();
			};

			if (this.#stop.aborted) {
				finish();
				return;
			}

			this.#waiting.add(listener);
			this.#stop.addEventListener('abort', onAbort);
		});
	}

	/** Whether the client is connected with anybody, as far as libzmq's monitor tells. */
	isConnected(client: string): boolean {
		return this.journal.snapshot.peers[client]?.links.some(({connections}) => connections > 0) ?? false;
	}
}

/**
Asks each line of `input`; a line is a request as it is. Gives the exit status: 0 if each was answered, 1 if not.
The first one that is not ends it: a REQ without its reply can ask no more.
*/
export async function ask(run: HeadlessRun, client: string, input: Readable, patienceMs: number | undefined): Promise<number> {
	const watch = new Watch(run);
	if (hasFailedToBind(watch.journal)) {
		return 1;
	}

	try {
		for await (const line of readLines(addAbortSignal(run.stop, input))) {
			if (!(await askOne(run, watch, {client, line, patienceMs}))) {
				return 1;
			}
		}
	} catch (error) {
		if (!run.stop.aborted) {
			run.err(`${client}: the input can’t be read: ${error instanceof Error ? error.message : String(error)}`);
			return 1;
		}
	}

	return run.stop.aborted ? 1 : 0;
}

type Question = {readonly client: string; readonly line: Uint8Array; readonly patienceMs: number | undefined};

/** How soon (ms) a request is tried again that libzmq refused though somebody is connected: the news had yet to reach the socket. */
const onceMoreMs = 20;

/** One question, until it is answered or its time is over. A client that binds waits for somebody to ask. */
async function askOne({port, err, stop}: HeadlessRun, watch: Watch, {client, line, patienceMs}: Question): Promise<boolean> {
	const deadline = Date.now() + (patienceMs ?? Infinity);
	for (;;) {
		const outcome = watch.next(event => isOutcome(event, client));
		port.execute(`@${client} ${commandOf(line)}`, 'pipe');
		const event = await outcome;
		if (event?.type !== 'refused' || event.code !== 'EAGAIN') {
			return event?.type === 'received';
		}

		const leftMs = patienceMs === undefined ? undefined : Math.max(0, deadline - Date.now());
		await watch.next(({type}) => type === 'handshake-done', watch.isConnected(client) ? onceMoreMs : leftMs);
		if (Date.now() >= deadline || stop.aborted) {
			if (!stop.aborted) {
				err(`${client}: nobody has connected within ${formatElapsed(patienceMs ?? 0)}, so the request was not sent`);
			}

			return false;
		}
	}
}

const isOutcome = (event: Event, client: string): boolean =>
	event.type === 'command-failed' || ((event.type === 'received' || event.type === 'timed-out' || event.type === 'refused') && event.peer === client);

/** A line as a command of the grammar: as text, or as raw bytes where it is none. */
function commandOf(line: Uint8Array): string {
	const text = decodeUtf8(line);
	return text === undefined ? `send --hex ${Buffer.from(line).toString('hex')}` : `send ${quotePayload(text)}`;
}

/** Serves until stopped, or until `count` replies are given. Gives the exit status. */
export async function serve(run: HeadlessRun, server: string, count: number | undefined): Promise<number> {
	const watch = new Watch(run);
	if (hasFailedToBind(watch.journal)) {
		return 1;
	}

	const isReply = (event: Event): boolean => event.type === 'sent' && event.peer === server;
	// Some may have been given while the lab was set up.
	let replies = countOf(watch.journal, isReply);
	for (;;) {
		if (replies === count || !(await watch.next(event => isReply(event)))) {
			return 0;
		}

		replies++;
	}
}

/** A front without an endpoint that it was told to take is of no use to a script: it ends at once. */
const hasFailedToBind = (journal: Journal): boolean => countOf(journal, ({type}) => type === 'bind-failed') > 0;

function countOf(journal: Journal, isCounted: (event: Event) => boolean): number {
	let count = 0;
	for (const event of journal.newestFirst()) {
		count += isCounted(event) ? 1 : 0;
	}

	return count;
}
