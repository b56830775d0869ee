/** A terminal that nobody reads for five seconds stops only the screen: our exchanges and those of others go on, and nothing is lost. */
import {setTimeout as pause} from 'node:timers/promises';
import {expect, onTestFinished, test} from 'vitest';
import {Request} from 'zeromq';
import {openPlayground, type Playground} from '../helpers/playground.js';
import {freePort} from '../helpers/program.js';

const stallSeconds = 5;

/** A foreign client of our server, which asks again as soon as it has the reply. The server numbers its replies. */
class ForeignClient {
	readonly #socket = new Request({linger: 0});
	#isAsking = true;
	/** How many of its requests were answered. */
	answered = 0;
	/** How many requests the server has answered in all, as its last reply says. */
	served = 0;

	constructor(endpoint: string) {
		this.#socket.connect(endpoint);
	}

	/** Asks until told to stop, and then resolves. */
	async askOn(): Promise<void> {
		while (this.#isAsking) {
			await this.#socket.send('Anything');
			const [reply] = await this.#socket.receive();
			this.served = Number(String(reply));
			this.answered++;
		}
	}

	stop(): void {
		this.#isAsking = false;
	}

	close(): void {
		this.#socket.close();
	}
}

/** Where the server of a playground listens. */
const endpointIn = (playground: Playground): string => /tcp:\/\/127\.0\.0\.1:\d+/v.exec(playground.pane('server-1'))?.[0] ?? 'nowhere';

test(`the terminal stalls for ${stallSeconds} s`, async () => {
	const playground = await openPlayground({columns: 120, rows: 40, flags: [...freePort, '--delay', 'off', '--reply', '{count}']});
	const foreign = new ForeignClient(endpointIn(playground));
	onTestFinished(() => {
		foreign.close();
	});
	playground.submit('/every 0ms Hello');
	await playground.sees('client-1', 'asks every 0ms');
	const asking = foreign.askOn();

	playground.pause();
	for (let second = 0; second < stallSeconds; second++) {
		const {answered, served} = foreign;
		await pause(1000);
		expect(foreign.answered, `exchanges of the foreign client in second ${second}`).toBeGreaterThan(answered);
		const ownBefore = served - answered;
		expect(foreign.served - foreign.answered, `exchanges of the lab in second ${second}`).toBeGreaterThan(ownBefore);
	}

	playground.resume();
	foreign.stop();
	await asking;
	playground.submit('/every off');
	await playground.sees('client-1', 'asks no more by itself');
});
