/** A lab in this process whose events go into a journal, as everything without a screen has it. */
import {Journal} from '../../../source/core/journal.js';
import {type LabPort} from '../../../source/core/lab-port.js';
import {startLocalLab} from '../../../source/lab/local.js';

/** A server without delay, and a client connected to it. */
export async function startHeadlessLab(): Promise<{readonly lab: LabPort; readonly journal: Journal}> {
	const lab = await startLocalLab({scene: 'pair', seed: 1, delay: 'off', endpoint: 'tcp://127.0.0.1:*'});
	const journal = new Journal();
	lab.subscribe(events => {
		for (const event of events) {
			journal.append(event);
		}
	});
	return {lab, journal};
}
