/**
A lab in a child process that can die and be started again. Its death is an event like any other; `reset` (or `scene`) starts a successor,
whose events count on, so that the transcript is kept.
*/
import {eventVersion, type Event} from '../core/events.js';
import {type LabOptions, type LabPort} from '../core/lab-port.js';
import {systemClock} from './clock.js';
import {startRemoteLab, type RemoteLab} from './remote.js';

/** A lab in a child. `kill` is for whoever has seen enough: no lingering, and it resolves when the process is gone. */
export type RevivableLab = LabPort & Pick<RemoteLab, 'kill'>;

/** Starts the child at once. */
export function startRevivableLab(options: LabOptions): RevivableLab {
	let listener: ((events: readonly Event[]) => void) | undefined;
	let last = 0;
	let lab: RemoteLab | undefined = start(options);

	const tell = (events: readonly Event[]): void => {
		last = events.at(-1)?.n ?? last;
		listener?.(events);
	};

	function start(itsOptions: LabOptions): RemoteLab {
		const started = startRemoteLab(itsOptions);
		started.onDeath(how => {
			lab = undefined;
			tell([{v: eventVersion, n: last + 1, t: systemClock(), type: 'lab-ended', reason: `its process died (${how})`}]);
		});
		return started;
	}

	return {
		execute(line, from) {
			if (lab) {
				lab.execute(line, from);
			} else if (/^(?:reset|scene\b)/.test(line)) {
				// It does not go on with its predecessor's recording: that file is whole as it is.
				const {record: _over, ...rest} = options;
				lab = start({...rest, after: last});
				lab.subscribe(tell);
			}
		},
		subscribe(itsListener) {
			listener = itsListener;
			lab?.subscribe(tell);
		},
		async end() {
			await lab?.end();
		},
		async kill() {
			await lab?.kill();
		},
	};
}
