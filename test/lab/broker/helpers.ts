/** A lab with a broker: its clients and workers have shaken hands with it. */
import {type Policy} from '../../../source/core/policy.js';
import {openLab, type TestLab} from '../../helpers/lab.js';

/** The scene `broker` at free ports, with that policy. */
export async function openBroker(policy: Policy = 'round-robin'): Promise<TestLab> {
	const lab = await openLab({scene: 'broker', freePorts: true});
	await everybodyMeets(lab);
	if (policy !== 'round-robin') {
		lab.run(`policy ${policy}`);
		await lab.comesTo(({peers}) => peers['broker']?.options.policy === policy && peers['broker'].broker?.workers.length === 2, 'both workers are ready');
		await everybodyMeets(lab);
	}

	return lab;
}

/** Each client and each worker has shaken hands with the broker. */
export async function everybodyMeets(lab: TestLab): Promise<void> {
	await lab.comesTo(({peers}) => ['client-1', 'client-2', 'client-3', 'worker-1', 'worker-2'].every(name => peers[name]?.links.some(({status}) => status === 'connected') ?? false), 'everybody has shaken hands');
}
