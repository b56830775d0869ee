/** The fronts across machines: each in a network namespace of its own, with an address of its own. */
import process from 'node:process';
import {expect, test} from 'vitest';
import {openNetwork, type Machine} from '../helpers/namespaces.js';

/** Runs on so many machines, or tells why not: to make namespaces takes rights that not every machine gives. */
function onMachines(name: string, count: number, body: (machines: readonly Machine[]) => Promise<void>): void {
	test(name, async () => {
		const machines = openNetwork(count);
		if (typeof machines === 'string') {
			process.stdout.write(`not run: ${name}: ${machines}\n`);
			return;
		}

		await body(machines);
	}, 120_000);
}

/** The n-th of the machines. */
function nth(machines: readonly Machine[], index: number): Machine {
	const machine = machines[index];
	if (!machine) {
		throw new Error(`There are ${machines.length} machines`);
	}

	return machine;
}

onMachines('a client asks a server, and a tap on a third machine between them sees it', 3, async machines => {
	const [server, tap, client] = [nth(machines, 0), nth(machines, 1), nth(machines, 2)];
	const serving = server.start('server', 'tcp://*:5560', '--delay', 'off', '--reply', '{upper}');
	await serving.listening();
	const tapping = tap.start('tap', `tcp://${server.address}:5560`, '--listen', 'tcp://*:5561');
	await tapping.complains(/listens at/v);
	const asking = client.start('client', `tcp://${tap.address}:5561`);
	asking.write('hello\n');
	await asking.says(/HELLO/v);
	await tapping.says(/hello/v);
	asking.endInput();
	expect(await asking.end()).toMatchObject({status: 0});
});

onMachines('two brokers and four workers: the client asks both, and every worker has its turn', 7, async machines => {
	const [client, ...others] = machines;
	const brokers = others.slice(0, 2);
	const workers = others.slice(2);
	for (const broker of brokers) {
		const broking = broker.start('broker', '--frontend', 'tcp://*:5559', '--backend', 'tcp://*:5560');
		await broking.complains(/backend listens/v);
	}

	const working = workers.map((worker, index) => worker.start('worker', `tcp://${brokers[index % 2]?.address}:5560`, '--delay', 'off', '--reply', `from ${index + 1}`, '--json'));
	for (const each of working) {
		await each.sees('handshake-done');
	}

	const asking = client?.start('client', ...brokers.map(({address}) => `tcp://${address}:5559`));
	asking?.write('hello\n'.repeat(20));
	asking?.endInput();
	const outcome = await asking?.end();
	expect(outcome).toMatchObject({status: 0});
	expect([1, 2, 3, 4].map(number => outcome?.stdout.split(`from ${number}`).length)).toEqual([6, 6, 6, 6]);
});

onMachines('a class, joined by the line that it shows, from two machines', 3, async machines => {
	const [teacher, ...laptops] = machines;
	const room = teacher?.start('class');
	const line = await room?.says(/^npx zmq-playground join /v);
	expect(line).toMatch(/ join 10\.77\.0\.1 \S+$/v);
	room?.write('/delay off\n');
	for (const [index, laptop] of laptops.entries()) {
		const joining = laptop.start(...(line?.split(' ').slice(2) ?? []), '--name', `laptop-${index + 1}`);
		joining.write('Hello\n');
		await joining.says(/World/v);
		joining.endInput();
		expect(await joining.end()).toMatchObject({status: 0});
		await room?.says(new RegExp(`^laptop-${index + 1} has left$`, 'v'));
	}
});
