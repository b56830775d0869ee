/**
The lab without a screen: asks what comes in on a pipe, or serves until told to stop, and prints what happens.
*/
import {createInterface} from 'node:readline';
import {quotePayload} from '../commands/payload.js';
import {type Event} from '../core/events.js';
import {Journal} from '../core/journal.js';
import {type LabPort} from '../core/lab-port.js';
import {type Printer} from './printer.js';

/** What a run needs: the lab, who prints, where requests come from, and what may stop it early. */
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
}

/** Asks each line of `input`; a line is a request as it is. Gives the exit status: 0 if each was answered, 1 if not. */
export async function ask(run: HeadlessRun, client: string, input: NodeJS.ReadableStream, patienceMs: number | undefined): Promise<number> {
	const watch = new Watch(run);
	const {snapshot} = watch.journal;
	if (hasFailedToBind(watch.journal) || !snapshot.peers[client]) {
		return 1;
	}

	const lines = createInterface({input, crlfDelay: Infinity});
	let unanswered = 0;
	for await (const line of lines) {
		if (unanswered > 0 || run.stop.aborted) {
			unanswered++;
			continue;
		}

		if (!(await askOne(run.port, watch, client, line, patienceMs))) {
			unanswered++;
		}
	}

	if (unanswered > 0) {
		run.err(unanswered === 1
			? `${client}: a request was not answered`
			: `${client}: a request was not answered, so the socket is stuck; ${unanswered - 1} more ${unanswered === 2 ? 'line was' : 'lines were'} not asked`);
	}

	return unanswered === 0 && !run.stop.aborted ? 0 : 1;
}

/** One question, until it is answered or its time is over. A client that binds waits for somebody to ask. */
async function askOne(port: LabPort, watch: Watch, client: string, line: string, patienceMs: number | undefined): Promise<boolean> {
	for (;;) {
		const outcome = watch.next(event => 'peer' in event && event.peer === client && (event.type === 'received' || event.type === 'timed-out' || event.type === 'refused'));
		port.execute(`@${client} send ${quotePayload(line)}`, 'pipe');
		const event = await outcome;
		if (event?.type !== 'refused' || event.code !== 'EAGAIN') {
			return event?.type === 'received';
		}

		const peer = await watch.next(({type}) => type === 'handshake-done', patienceMs);
		if (!peer) {
			return false;
		}
	}
}

/** Serves until stopped, or until `count` replies are given. Gives the exit status. */
export async function serve(run: HeadlessRun, server: string, count: number | undefined): Promise<number> {
	const watch = new Watch(run);
	if (hasFailedToBind(watch.journal)) {
		return 1;
	}

	let replies = 0;
	for (;;) {
		const event = await watch.next(each => each.type === 'sent' && each.peer === server);
		replies++;
		if (!event || replies === count) {
			return 0;
		}
	}
}

/** A front without its endpoint is of no use to a script: it ends at once. */
function hasFailedToBind(journal: Journal): boolean {
	let hasBound = false;
	let hasFailed = false;
	for (const {type} of journal.newestFirst()) {
		hasBound ||= type === 'bound';
		hasFailed ||= type === 'bind-failed';
	}

	return hasFailed && !hasBound;
}
