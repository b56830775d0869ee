/** The front `broker`: passes messages on until it is told to stop. */
import {Broker} from '../broker/broker.js';
import {humanLine, jsonLine} from '../broker/printer.js';
import {type BrokerOptions} from '../command-line/broker.js';
import {type Side} from '../core/hop.js';
import {visible} from '../core/text.js';
import {systemClock} from '../lab/clock.js';
import {flushed} from './outlets.js';
import {openSurroundings} from './surroundings.js';

/** Runs until a signal, or until nobody reads the output. Gives the exit status: 0, or 1 if it could not listen. */
export async function startBroker({frontend, backend, policy, isJson, isAscii}: BrokerOptions): Promise<number> {
	const {outlets, stop, finish} = openSurroundings();
	const print = isJson ? jsonLine : humanLine({isAscii});
	const broker = new Broker({
		frontend, backend, policy, clock: systemClock,
		async hear(event) {
			const line = print(event);
			if (line !== undefined) {
				outlets.out(line);
				// Output that is read slowly holds the messages back, and does not fill the memory.
				await flushed();
			}
		},
	});
	try {
		const places = await broker.listen();
		outlets.err(`broker: frontend listens at ${visible(places.frontend)}, for clients`);
		outlets.err(`broker: backend listens at ${visible(places.backend)}, for workers`);
	} catch (error) {
		const {code = '', side} = error as {readonly code?: string; readonly side: Side};
		outlets.err(`broker: ${code}: not listening at ${visible(side === 'frontend' ? frontend : backend)} (choose another one with --${side})`);
		return finish(1);
	}

	stop.addEventListener('abort', () => {
		void broker.stop();
	});
	await broker.run();
	return finish(0);
}
