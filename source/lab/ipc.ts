/** Keeps an ipc path from being stolen: libzmq's second bind of a path succeeds in silence and takes the first one's clients. */
import {createConnection} from 'node:net';

/** Whether a living process listens on the path. A path left behind by a dead one does not count. */
export async function isTaken(path: string): Promise<boolean> {
	return new Promise(resolve => {
		const knock = createConnection(path);
		knock.once('connect', () => {
			knock.destroy();
			resolve(true);
		});
		knock.once('error', () => {
			resolve(false);
		});
	});
}
