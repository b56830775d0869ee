/** The front `broker` at free ports, and peers written in Python. */
import {start, startCommand, type Running} from '../helpers/shell.js';

export const anyPort = 'tcp://127.0.0.1:*';

/** Runs a program in Python; each line that it prints comes at once. */
export const python = (source: string): Running => startCommand(['/usr/bin/python3', '-u', '-c', `import time, zmq\n${source}`]);

export type Places = {readonly broker: Running; readonly frontend: string; readonly backend: string};

/** A broker that listens at both sides, and where. */
export async function startBroker(...flags: readonly string[]): Promise<Places> {
	const broker = start(['broker', '--frontend', anyPort, '--backend', anyPort, ...flags]);
	const at = async (side: string): Promise<string> => /listens at (?<endpoint>[^,]+),/v.exec(await broker.complains(new RegExp(`${side} listens at`, 'v')))?.groups?.['endpoint'] ?? '';
	return {broker, frontend: await at('frontend'), backend: await at('backend')};
}
