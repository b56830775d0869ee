/**
The queue in front of a REP, as libzmq serves it: fair-queued round-robin over the connections, not first come, first served.

Law: this is `fq.cpp` of libzmq 4.3.5 (`attach`, `activated`, `recvpipe`) as values. A pipe with something to read stands among the
active ones, at their end when it has just become so. A read takes from the current one and goes on to the next; a pipe found empty
changes places with the last active one. REP and ROUTER receive through it (`router.cpp`, `xrecv`).
*/

/** `active` are the pipes that libzmq would look at, in its order, and `current` the one that it looks at next; `waiting` are the pipes that hold a request. */
export type FairQueue = {readonly active: readonly string[]; readonly current: number; readonly waiting: readonly string[]};

export const emptyQueue: FairQueue = {active: [], current: 0, waiting: []};

/** A request has come through a pipe. One that is active already keeps its place: its reader was not asleep. */
export const arrived = (queue: FairQueue, pipe: string): FairQueue => ({
	...queue,
	active: queue.active.includes(pipe) ? queue.active : [...queue.active, pipe],
	waiting: queue.waiting.includes(pipe) ? queue.waiting : [...queue.waiting, pipe],
});

/** A new pipe stands among the active ones, at their end, until it is found empty. */
export const attached = (queue: FairQueue, pipe: string): FairQueue =>
	queue.active.includes(pipe) ? queue : {...queue, active: [...queue.active, pipe]};

/** Takes the next request; `pipe` is undefined if there is none. */
export function served(queue: FairQueue): {readonly queue: FairQueue; readonly pipe: string | undefined} {
	const active = [...queue.active];
	let {current} = queue;
	for (;;) {
		const pipe = active[current];
		if (pipe === undefined) {
			return {queue: {...queue, active: [], current: 0}, pipe: undefined};
		}

		if (queue.waiting.includes(pipe)) {
			const waiting = queue.waiting.filter(each => each !== pipe);
			return {queue: {active, current: (current + 1) % active.length, waiting}, pipe};
		}

		const last = active.pop();
		if (current === active.length) {
			current = 0;
		} else if (last !== undefined) {
			active[current] = last;
		}
	}
}

/** Everyone who waits, in the order in which they will be served if nobody else comes. */
export function servingOrder(queue: FairQueue): readonly string[] {
	const order: string[] = [];
	let rest = queue;
	while (rest.waiting.length > 0) {
		const next = served(rest);
		if (next.pipe === undefined) {
			break;
		}

		order.push(next.pipe);
		rest = next.queue;
	}

	return order;
}

/** A pipe is gone, and with it its place; the last active one takes it. */
export function terminated(queue: FairQueue, pipe: string): FairQueue {
	const index = queue.active.indexOf(pipe);
	if (index === -1) {
		return queue;
	}

	const active = withoutAt(queue.active, index);
	return {active, current: queue.current === active.length ? 0 : queue.current, waiting: queue.waiting.filter(each => each !== pipe)};
}

/** Leaves one out as libzmq's arrays do (`array.hpp`, `swap` and then shrink): the last one takes its place. */
export function withoutAt(pipes: readonly string[], index: number): readonly string[] {
	const last = pipes.at(-1);
	return pipes.slice(0, -1).map((pipe, at) => at === index && last !== undefined ? last : pipe);
}
