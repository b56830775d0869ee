/** One REP server that answers: when it crashes, the question that it holds is lost, and a new one binds to the same place. */
import {Buffer} from 'node:buffer';
import {Reply} from 'zeromq';
import {freeEndpoint, type Endpoint} from '../core/endpoint.js';
import {PatientBinding} from '../lab/patient-binding.js';
import {type CreateResponder, type Held, type Responder} from './responder.js';

export class RepServer implements Responder {
	static readonly create: CreateResponder = whenLeft => new RepServer(whenLeft);

	isDown = false;
	readonly #whenLeft: () => Promise<void>;
	#socket = new Reply({linger: 0});
	#at: Endpoint = freeEndpoint;
	#isOver = false;

	private constructor(whenLeft: () => Promise<void>) {
		this.#whenLeft = whenLeft;
	}

	async start(): Promise<Endpoint> {
		const socket = this.#socket;
		await new PatientBinding().bind(this.#at, () => !socket.closed, () => {
			socket.bindSync(this.#at);
		});
		this.#at = socket.lastEndpoint ?? this.#at;
		return this.#at;
	}

	async serve(answer: (held: Held) => Promise<void>): Promise<void> {
		while (!this.#isOver) {
			const socket = this.#socket;
			try {
				const [body = Buffer.alloc(0)] = await socket.receive();
				await answer({
					question: body.toString(),
					reply: async text => socket.send(text),
					crash: async () => this.#crash(),
				});
			} catch (error) {
				if (!this.#isOver) {
					throw error;
				}
			}
		}
	}

	stop(): void {
		this.#isOver = true;
		this.#socket.close();
	}

	async #crash(): Promise<'lost'> {
		this.isDown = true;
		this.#socket.close();
		await this.#whenLeft();
		if (!this.#isOver) {
			this.#socket = new Reply({linger: 0});
			await this.start();
			this.isDown = false;
		}

		return 'lost';
	}
}
