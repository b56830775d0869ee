/**
How a wait ended. `ended`: it can never succeed, because the program has ended and all it wrote has been seen. `threw`: the
question itself failed.
*/
export type WaitOutcome<Value> =
	| {readonly type: 'found'; readonly value: Value}
	| {readonly type: 'threw'; readonly error: unknown}
	| {readonly type: 'timed-out'}
	| {readonly type: 'ended'};

type Wait = {
	/**
	Settles the wait if it finds what it looks for.
	*/
	readonly look: () => void;
	readonly end: () => void;
};

/**
The waits that are open on something that changes only when told: `check()` after each change, `end()` after the last.
The only timer is each wait's time limit; nothing is ever polled.
*/
export class Waits {
	readonly #open = new Set<Wait>();
	#hasEnded = false;

	/**
	Waits until `find` gives a value: it is asked at once and then in each `check()`.
	*/
	async until<Value>(find: () => Value | undefined, timeoutMs: number): Promise<WaitOutcome<Value>> {
		return new Promise(resolve => {
			const settle = (outcome: WaitOutcome<Value>): void => {
				clearTimeout(timer);
				this.#open.delete(wait);
				resolve(outcome);
			};

			const timer = setTimeout(settle, timeoutMs, {type: 'timed-out'});
			const wait: Wait = {
				look() {
					const outcome = attempt(find);
					if (outcome) {
						settle(outcome);
					}
				},
				end() {
					settle({type: 'ended'});
				},
			};

			this.#open.add(wait);
			if (this.#hasEnded) {
				this.end();
			} else {
				wait.look();
			}
		});
	}

	/**
	Lets every open wait look again.
	*/
	check(): void {
		for (const wait of this.#open) {
			wait.look();
		}
	}

	/**
	Nothing will change any more: settles the open waits one way or the other, and later ones at once.
	*/
	end(): void {
		this.#hasEnded = true;
		this.check();
		for (const wait of this.#open) {
			wait.end();
		}
	}
}

function attempt<Value>(find: () => Value | undefined): WaitOutcome<Value> | undefined {
	try {
		const value = find();
		return value === undefined ? undefined : {type: 'found', value};
	} catch (error) {
		return {type: 'threw', error};
	}
}
