/**
Loaded before the program (`node --import`), it makes a builtin that our code uses throw when a certain text comes by: mistakes of ours,
made to order, without a hook in the product. `SABOTAGE` names the place.
*/
import process from 'node:process';

const isLab = process.argv[1]?.endsWith('lab-child.js') ?? false;

function poison(method, isPoison) {
	// Every string has the new method, which throws where `isPoison` says so.
	const strings = Object.getPrototypeOf('');
	const original = strings[method];
	Object.defineProperty(strings, method, {
		configurable: true,
		writable: true,
		value(...parameters) {
			if (isPoison(String(this), parameters)) {
				throw new Error(`sabotaged in ${process.env.SABOTAGE}`);
			}

			return Reflect.apply(original, this, parameters);
		},
	});
}

const places = {
	/** The panel of events sets the name of each event in a column, and does so nowhere else. */
	drawing() {
		poison('padEnd', text => text === 'held');
	},
	/** The fold keeps the beginning of a body to know it again. */
	fold() {
		if (!isLab) {
			poison('slice', (text, [from, to]) => text === 'poison' && from === 0 && to === 200);
		}
	},
	/** Enter looks whether there is anything but blanks in the line. */
	key() {
		if (!isLab) {
			poison('trim', text => text === 'poison');
		}
	},
	/** A server fills in its template. */
	actor() {
		if (isLab) {
			poison('toUpperCase', text => text === 'poison');
		}
	},
	/** The lab reads a line. */
	command() {
		if (isLab) {
			poison('slice', text => text.endsWith('poison'));
		}
	},
	/** Nobody awaits this promise. */
	promise() {
		process.on('SIGUSR2', () => {
			Promise.reject(new Error('sabotaged in promise'));
		});
	},
};

places[process.env.SABOTAGE]?.();
