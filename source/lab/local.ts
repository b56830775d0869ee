/** A lab in this process: for pipes, tests and measurements. */
import {type Event} from '../core/events.js';
import {type LabOptions, type LabPort} from '../core/lab-port.js';
import {Lab} from './lab.js';
import {type Secrets} from './security/security.js';

/** Starts a lab; resolves when its scene is staged. */
export async function startLocalLab(options: LabOptions, secrets?: Secrets): Promise<LabPort> {
	let waiting: Event[] | undefined = [];
	let listener = (events: readonly Event[]): void => {
		waiting?.push(...events);
	};

	const lab = new Lab(options, event => {
		listener([event]);
	}, secrets);
	await lab.start();
	return {
		execute(line, from) {
			void lab.execute(line, from);
		},
		subscribe(itsListener) {
			listener = itsListener;
			const kept = waiting ?? [];
			waiting = undefined;
			itsListener(kept);
		},
		async end() {
			await lab.end();
		},
	};
}
