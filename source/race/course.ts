/**
The course of one entrant: somebody who answers it, behind a tap of its own, and the faults that strike there.

Law: nothing that is counted depends on how fast the machine is. What could come in either order is forced into one:
a fault strikes while a question is open and after the tap has seen it; a server that died is back, and its client connected again, before the next question;
an entrant gives up only what a fault has struck; a reply to a question that is closed comes once the next one is open, which is the worst that can happen.
*/
import {Request, type Socket} from 'zeromq';
import {type Endpoint} from '../core/endpoint.js';
import {type RaceFact, type RaceOutcome} from '../core/race/events.js';
import {type RaceFault, type RaceFaultKind} from '../core/race/schedule.js';
import {systemClock} from '../lab/clock.js';
import {Condition} from './condition.js';
import {answerTo, requestOf, type Entrant} from './entrant.js';
import {attemptBoth} from './proof.js';
import {RepServer} from './rep-server.js';
import {type Held, type Responder} from './responder.js';
import {TappedLink} from './tapped-link.js';

export type CourseOptions = {
	readonly entrant: Entrant;
	readonly requests: number;
	readonly seed: number;
	readonly schedule: readonly RaceFault[];
	/** How long (ms) an entrant waits before it gives up. */
	readonly timeoutMs: number;
	readonly hear: (fact: RaceFact) => void;
};

/** What the witness of a proof asks; no entrant does. */
const witnessQuestion = 'is anybody there?';

export class Course {
	readonly requests: number;
	readonly timeoutMs: number;
	readonly #options: CourseOptions;
	readonly #condition = new Condition();
	readonly #faults: Map<number, RaceFaultKind>;
	/** The entrant's sockets and the witness's. */
	readonly #sockets = new Set<Socket>();
	readonly #link: TappedLink;
	readonly #responder: Responder;
	#via: Endpoint = '';
	#isOver = false;
	/** The question that waits for its answer. */
	#open: number | undefined;
	/** A closed question's late reply is still wanted: nothing can be asked without it. */
	#isDraining = false;
	#sent = 0;
	#giveUps = 0;
	#isHeld = false;
	/** A late reply is on its way to an entrant that will take it: until then nothing else is sent, so that the order is certain. */
	#isMistaken = false;
	#struckAt: number | undefined;
	/** What a fault has made of the open question. */
	#fate: 'lost' | 'abandoned' | undefined;

	constructor(options: CourseOptions) {
		this.#options = options;
		this.requests = options.requests;
		this.timeoutMs = options.timeoutMs;
		this.#faults = new Map(options.schedule.map(({request, kind}) => [request, kind]));
		this.#link = new TappedLink(options.seed, () => {
			this.#condition.changed();
		});
		const {createResponder = RepServer.create} = options.entrant;
		this.#responder = createResponder(async () => this.#condition.until(() => !this.#link.isConnected || this.#isOver));
	}

	/** Lets the entrant run to its end. */
	async run(): Promise<void> {
		const {entrant} = this.#options;
		let serving: Promise<void> | undefined;
		try {
			this.#via = await this.#link.start(await this.#responder.start());
			serving = this.#responder.serve(async held => this.#answer(held));
			await Promise.race([entrant.run(this), failureIn(serving)]);
			this.#tell({type: 'finished', entrant: entrant.name});
		} finally {
			this.stop();
			await Promise.allSettled([serving]);
			await this.#link.stop();
		}
	}

	/** Ends the race here: what waits is let go, and every socket closes. */
	stop(): void {
		this.#isOver = true;
		this.#responder.stop();
		for (const socket of this.#sockets) {
			socket.close();
		}

		this.#condition.changed();
	}

	/** Connects a new socket of the entrant, and waits until it has shaken hands. */
	async open<Own extends Socket>(socket: Own): Promise<Own> {
		this.#tell({type: 'socket-opened', entrant: this.#options.entrant.name});
		await this.#connect(socket);
		return socket;
	}

	/** Closes one that is no longer used. */
	close(socket: Socket): void {
		socket.close();
		this.#sockets.delete(socket);
	}

	/** Resolves once the entrant may ask: a server that died is back, and the entrant is connected again. */
	async ready(): Promise<void> {
		await this.#condition.until(() => this.#isOver || (!this.#responder.isDown && this.#link.isConnected));
		this.#checkRunning();
	}

	/** The question was taken by libzmq, for the first time or once more. */
	asked(request: number): void {
		this.#sent++;
		if (this.#open !== request) {
			this.#tell({type: 'asked', entrant: this.#options.entrant.name, request});
		}

		this.#open = request;
		this.#fate = undefined;
		this.#isDraining = false;
		this.#condition.changed();
	}

	/** A reply came while `request` was open: is it the answer? */
	answered(request: number, answer: string, question: string): void {
		this.#close(request, answer === answerTo(question) ? 'answered' : 'mismatched');
	}

	/** Whether a fault has struck what the entrant waits for. Until then a slow reply is only slow, and it waits on. */
	get isStruck(): boolean {
		return this.#fate !== undefined;
	}

	/** Resolves once the open question's reply can't come any more. */
	async isDoomed(): Promise<'doomed'> {
		await this.#condition.until(() => this.#fate === 'lost' || this.#isOver);
		return 'doomed';
	}

	/** The entrant waits no longer for this attempt; it will ask the same again. */
	gaveUpAttempt(): void {
		this.#giveUps++;
		this.#isDraining = false;
		this.#condition.changed();
	}

	/** The entrant waits no longer for this question. */
	gaveUp(request: number): void {
		this.#giveUps++;
		this.#close(request, this.#fate ?? 'abandoned');
	}

	/** The socket refused the next question. Whether what frees it, the late reply, is still held by the server: then it comes now. */
	refused(): boolean {
		this.#isDraining = this.#isHeld;
		this.#condition.changed();
		return this.#isHeld;
	}

	/** Proves that the socket stays stuck (see StuckProof), and ends the entrant's race. `isReceiving` if its receive is pending. */
	async prove(socket: Request, request: number, isReceiving: boolean): Promise<void> {
		await this.ready();
		const witness = new Request({linger: 0});
		await this.#connect(witness);
		await witness.send(witnessQuestion);
		await witness.receive();
		const proof = await attemptBoth(socket, isReceiving);
		if (this.#open === request) {
			this.#close(request, 'lost');
		}

		this.#tell({type: 'stuck', entrant: this.#options.entrant.name, request, proof});
		this.#isOver = true;
	}

	#tell(fact: RaceFact): void {
		if (!this.#isOver) {
			this.#options.hear(fact);
		}
	}

	#checkRunning(): void {
		if (this.#isOver) {
			throw new Error('the race is over');
		}
	}

	async #connect(socket: Socket): Promise<void> {
		this.#sockets.add(socket);
		const {shakes} = this.#link;
		socket.connect(this.#via);
		await this.#condition.until(() => this.#link.shakes > shakes || this.#isOver);
		this.#checkRunning();
	}

	#close(request: number, outcome: RaceOutcome): void {
		this.#isMistaken = false;
		const {name} = this.#options.entrant;
		this.#open = undefined;
		this.#fate = undefined;
		this.#tell({type: 'closed', entrant: name, request, outcome});
		if (outcome === 'answered' && this.#struckAt !== undefined) {
			this.#tell({type: 'recovered', entrant: name, request, ms: Math.round(systemClock() - this.#struckAt)});
			this.#struckAt = undefined;
		}

		this.#condition.changed();
	}

	async #answer(held: Held): Promise<void> {
		const {question} = held;
		const request = requestOf(question);
		if (question === witnessQuestion) {
			await held.reply(answerTo(question));
			return;
		}

		await this.#isHeard();
		const kind = this.#faults.get(request);
		this.#faults.delete(request);
		if (this.#isOver) {
			return;
		}

		switch (kind) {
			case 'crash': {
				await this.#crash(request, held);
				return;
			}

			case 'drop': {
				await this.#drop(request, held);
				return;
			}

			case 'delay': {
				await this.#delay(request);
				break;
			}

			case undefined: {
				if (this.#open !== request) {
					this.#tellLate(request);
				}
			}
		}

		await held.reply(answerTo(question));
	}

	/** Resolves once the entrant waits for a reply, has taken what was sent by mistake, and the tap has seen all that it asked. */
	async #isHeard(): Promise<void> {
		await this.#condition.until(() => this.#isOver || (!this.#isMistaken && (this.#open !== undefined || this.#isDraining) && this.#link.requests >= this.#sent));
	}

	#tellLate(request: number): void {
		const {name, takesLate} = this.#options.entrant;
		this.#isMistaken = takesLate ?? false;
		this.#tell({type: 'late', entrant: name, request});
	}

	#strike(request: number, kind: RaceFaultKind): void {
		this.#struckAt = systemClock();
		this.#tell({type: 'struck', entrant: this.#options.entrant.name, request, kind});
	}

	async #crash(request: number, held: Held): Promise<void> {
		this.#strike(request, 'crash');
		if (await held.crash() === 'lost') {
			this.#fate = 'lost';
		}

		this.#condition.changed();
	}

	async #drop(request: number, {question, reply}: Held): Promise<void> {
		const {taken} = this.#link;
		this.#link.takeNextReply();
		this.#strike(request, 'drop');
		await reply(answerTo(question));
		await this.#condition.until(() => this.#link.taken > taken || this.#isOver);
		// Where the entrant waits for another question by now, its reply is still to come.
		if (this.#open === request) {
			this.#fate = 'lost';
			this.#condition.changed();
		}
	}

	async #delay(request: number): Promise<void> {
		const {entrant, timeoutMs} = this.#options;
		this.#strike(request, 'delay');
		if (!entrant.givesUp) {
			await new Promise(resolve => {
				setTimeout(resolve, 1.5 * timeoutMs);
			});
			return;
		}

		const giveUps = this.#giveUps;
		this.#isHeld = true;
		this.#fate = 'abandoned';
		this.#condition.changed();
		await this.#condition.until(() => this.#isOver || this.#giveUps > giveUps);
		const sent = this.#sent;
		await this.#condition.until(() => this.#isOver || this.#isDraining || (this.#sent > sent && this.#link.requests >= this.#sent));
		this.#isHeld = false;
		this.#tellLate(request);
	}
}

/** Rejects if it does; what ends well says nothing. */
async function failureIn(serving: Promise<void>): Promise<never> {
	await serving;
	return new Promise(() => {
		// The entrant's own end is waited for.
	});
}
