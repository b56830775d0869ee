/** (w) What rushes through the tap: floods of small and of large messages and many links at once against a plain proxy, and one huge message. */
import {fork} from 'node:child_process';
import {once} from 'node:events';
import {Dealer} from 'zeromq';
import {measured, type Bench, type Figure} from './figure.js';
import {startLoop, type Loop} from './loop-program.js';
import {programsFolder, projectFolder} from './paths.js';
import {interleave, median, ratioOfRounds} from './statistics.js';

const rounds = 7;
const runMs = 1000;
const mebibyte = 1024 * 1024;
const hugeBytes = 100_000_000;

export const tapFloods: Bench = {
	letter: 'w',
	title: 'floods through the tap',
	run: async () => [
		await compared('messages of 1 MB', 'flood.ts', 0.8, [String(mebibyte)]),
		await compared('messages of 30 B', 'flood.ts', 0.4, ['30']),
		await compared('200 links, each asking at once', 'many-links.ts', undefined),
		await huge(),
	],
};

async function compared(name: string, program: string, atLeast: number | undefined, args: readonly string[] = []): Promise<Figure> {
	const loops = await Promise.all(['plain', 'tap', 'nothing'].map(async kind => startLoop(program, [kind, ...args])));
	const [plain, tapped, direct] = loops as [Loop, Loop, Loop];
	try {
		const contestants = {plain: async () => plain.ratePerSecond(runMs), tapped: async () => tapped.ratePerSecond(runMs), direct: async () => direct.ratePerSecond(runMs)};
		// To warm up.
		await interleave(2, contestants);
		const rates = await interleave(rounds, contestants);
		return measured(`${name}, of a plain proxy`, ratioOfRounds(rates.tapped, rates.plain), '×', {
			...(atLeast !== undefined && {floor: {atLeast}}),
			note: `${Math.round(median(rates.tapped))}/s of ${Math.round(median(rates.plain))}/s, and ${Math.round(median(rates.direct))}/s without a proxy; sockets and proxy in one process`,
		});
	} finally {
		for (const loop of loops) {
			loop.end();
		}
	}
}

/** The tap alone in its process: both ends keep the whole message, and it must not. */
async function huge(): Promise<Figure> {
	const tap = fork(`${programsFolder}tap-memory.ts`, [], {cwd: projectFolder, stdio: ['ignore', 'ignore', 'inherit', 'ipc']});
	const [sink, source] = [new Dealer(), new Dealer()];
	try {
		await sink.bind('tcp://127.0.0.1:*');
		tap.send(sink.lastEndpoint ?? '');
		const [endpoint] = await once(tap, 'message') as [string];
		source.connect(endpoint);
		await source.send('first');
		await sink.receive();
		const began = performance.now();
		await source.send(new Uint8Array(hugeBytes));
		await sink.receive();
		const ms = performance.now() - began;
		tap.send('memory?');
		const [bytes] = await once(tap, 'message') as [number];
		return measured('memory above idle while 100 MB pass', bytes / mebibyte, 'MB', {floor: {atMost: 64}, note: `in ${Math.round(ms)} ms`});
	} finally {
		tap.kill();
		sink.close();
		source.close();
	}
}
