/**
A Paranoid Pirate broker with two workers: when the one that holds a question crashes, the broker's next heartbeat does not reach it, and the question goes to the other.

Law: its clock stands still, so that no worker is given up for being slow: only for being gone. What is counted must not depend on the machine.
Source: the ZeroMQ Guide, "Robust Reliable Queuing (Paranoid Pirate Pattern)".
*/
import {Buffer} from 'node:buffer';
import {type Dealer} from 'zeromq';
import {Broker} from '../broker/broker.js';
import {freeEndpoint, type Endpoint} from '../core/endpoint.js';
import {workerProtocols} from '../lab/worker-protocol.js';
import {type CreateResponder, type Held, type Responder} from './responder.js';

const protocol = workerProtocols['paranoid-pirate'];

export class BrokerWithWorkers implements Responder {
	static readonly create: CreateResponder = () => new BrokerWithWorkers();

	readonly isDown = false;
	readonly #workers = new Set<Dealer>();
	readonly #broker = new Broker({
		policy: 'paranoid-pirate',
		frontend: freeEndpoint,
		backend: freeEndpoint,
		clock: () => 0,
		async hear() {
			// The tap tells what the race counts.
		},
	});

	#at: Endpoint = freeEndpoint;
	#count = 0;
	#isOver = false;

	async start(): Promise<Endpoint> {
		const {frontend, backend} = await this.#broker.listen();
		this.#at = backend;
		return frontend;
	}

	async serve(answer: (held: Held) => Promise<void>): Promise<void> {
		await Promise.all([this.#broker.run(), this.#work(answer), this.#work(answer)]);
	}

	stop(): void {
		this.#isOver = true;
		void this.#broker.stop();
		for (const worker of this.#workers) {
			worker.close();
		}
	}

	/** One worker after the other: whoever crashes has a successor. */
	async #work(answer: (held: Held) => Promise<void>): Promise<void> {
		while (!this.#isOver) {
			const worker = protocol.create({linger: 0}, `worker-${++this.#count}`) as Dealer;
			this.#workers.add(worker);
			try {
				worker.connect(this.#at);
				await worker.send(protocol.greeting as Uint8Array[]);
				await serveWith(worker, answer);
			} catch (error) {
				if (!worker.closed) {
					throw error;
				}
			} finally {
				worker.close();
				this.#workers.delete(worker);
			}
		}
	}
}

/** Until it is closed. */
async function serveWith(worker: Dealer, answer: (held: Held) => Promise<void>): Promise<void> {
	while (!worker.closed) {
		const frames = await worker.receive();
		if (protocol.isSignal(frames)) {
			continue;
		}

		const {envelope, body} = protocol.take(frames);
		await answer({
			question: Buffer.concat(body).toString(),
			reply: async text => worker.send([...envelope, text] as Array<Uint8Array | string>),
			async crash() {
				worker.close();
				return 'handed on';
			},
		});
	}
}
