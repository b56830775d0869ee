/** The front `broker`: passes messages on until it is told to stop. */
import process from 'node:process';
import {Broker} from '../broker/broker.js';
import {humanLine, jsonLine} from '../broker/printer.js';
import {type BrokerOptions} from '../command-line/broker.js';
import {anyKey, explainAllowed, explainCurve} from '../core/curve.js';
import {type Side} from '../core/hop.js';
import {type CurveStart} from '../core/lab-port.js';
import {brokerName} from '../core/scenes.js';
import {visible} from '../core/text.js';
import {systemClock} from '../lab/clock.js';
import {failureOf} from '../lab/failure.js';
import {problemWithFiles} from '../lab/security/key-files.js';
import {flushed} from './outlets.js';
import {openSurroundings} from './surroundings.js';

/** Runs until a signal, or until nobody reads the output. Gives the exit status: 0, 1 if it could not listen, or 2 if a key file can't be used. */
export async function startBroker({frontend, backend, policy, curve, isJson, isAscii}: BrokerOptions): Promise<number> {
	const problem = curve && await problemWithFiles(curve);
	if (problem) {
		process.stderr.write(`zmq-playground: ${problem.reason}\n${problem.next}\n`);
		return 2;
	}

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
	// From here on: a signal can come before it listens.
	stop.addEventListener('abort', () => {
		void broker.stop();
	});
	if (curve && !(await secure(broker, curve, outlets.err))) {
		return finish(1);
	}

	try {
		const places = await broker.listen();
		outlets.err(`broker: frontend listens at ${visible(places.frontend)}, for clients`);
		outlets.err(`broker: backend listens at ${visible(places.backend)}, for workers`);
	} catch (error) {
		if (stop.aborted) {
			return finish(0);
		}

		const {code = '', side} = error as {readonly code?: string; readonly side: Side};
		outlets.err(`broker: ${code}: not listening at ${visible(side === 'frontend' ? frontend : backend)} (choose another one with --${side})`);
		return finish(1);
	}

	if (!stop.aborted) {
		await broker.run();
	}

	return finish(0);
}

/** Gives it its keys, and says what the other side needs, and who is let in. Without them it must not listen: it would talk to everybody in the clear. */
async function secure(broker: Broker, curve: CurveStart, error_: (line: string) => void): Promise<boolean> {
	try {
		const {publicKey, allow} = await broker.secure(curve);
		error_(`broker: ${explainCurve('on', {name: brokerName, role: 'broker'})}`);
		error_(`broker: public key ${publicKey}`);
		error_(`broker: ${explainAllowed(allow)}${allow === anyKey ? ' (--curve-allow takes a list of keys)' : ''}`);
		return true;
	} catch (error) {
		error_(`broker: ${visible(failureOf(error).message)}`);
		return false;
	}
}
