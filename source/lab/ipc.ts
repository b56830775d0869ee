/** Keeps an ipc path from being stolen: libzmq's second bind of a path succeeds in silence and takes the first one's clients. */
import {access, readFile} from 'node:fs/promises';
import {createConnection} from 'node:net';

/** Whether a living process listens on the path. A path left behind by a dead one does not count. */
export async function isTaken(path: string): Promise<boolean> {
	return (await exists(path)) && ((await isListed(path)) || isAnswered(path));
}

async function exists(path: string): Promise<boolean> {
	try {
		await access(path);
		return true;
	} catch {
		return false;
	}
}

/** Linux tells who listens without disturbing them: a knock is a failed handshake to whoever is there. */
async function isListed(path: string): Promise<boolean> {
	try {
		const table = await readFile('/proc/net/unix', 'utf8');
		return table.split('\n').some(line => isListening(line) && line.endsWith(` ${path}`));
	} catch {
		return false;
	}
}

// The fourth column holds the flags of the socket; this one is __SO_ACCEPTCON (proc_net_unix, net/unix/af_unix.c).
const isListening = (line: string): boolean => (Number.parseInt(line.split(' ', 4)[3] ?? '', 16) & 0x1_00_00) !== 0;

/** A knock also finds who was listed elsewhere: under another name of the path, in another namespace, on another system. */
async function isAnswered(path: string): Promise<boolean> {
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
