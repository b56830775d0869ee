/** `--json`: one event a line, as `--json-schema` says; and a seed repeats a run. */
import {Buffer} from 'node:buffer';
import {beforeAll, describe, expect, test} from 'vitest';
import {z} from 'zod';
import {eventVersion, type Event} from '../../source/core/events.js';
import {event as eventReader} from '../../source/recording/schema.js';
import {oneOfEach} from '../helpers/events.js';
import {freePort} from '../helpers/program.js';
import {eventsOf, eventsOfType, run, start} from '../helpers/shell.js';

let schema: Readonly<Record<string, unknown>>;
/** Whether the printed schema, read as any other program reads it, takes an event. */
let isTaken: (event: unknown) => boolean;

beforeAll(async () => {
	const {stdout, stderr, status} = await run(['--json-schema']);
	expect({stderr, status}).toEqual({stderr: '', status: 0});
	schema = JSON.parse(stdout) as typeof schema;
	const reader = z.fromJSONSchema(schema);
	isTaken = event => reader.safeParse(event).success;
});

const everyEvent: readonly Event[] = Object.values(oneOfEach('pizza')).map((fact, index) => ({v: eventVersion, n: index + 1, t: index, ...fact}));

/** A run that gives as many types of events as one run can: exchanges, delays, a time-out, bytes that are no text. */
async function eventfulRun(): Promise<string> {
	const {stdout} = await run([...freePort, '--json', '--delay', '1ms..1s', '--seed', '7', '--timeout', '250ms'], {
		stdin: Buffer.concat([Buffer.from('Hello\n\n'), Buffer.from([0xFF, 0x0A]), Buffer.from('again\n'.repeat(50))]),
	});
	return stdout;
}

describe('--json', () => {
	test('prints one event a line, numbered from 1, in order, each with its version', async () => {
		const events = eventsOf(await eventfulRun());
		expect(events.map(({n}) => n)).toEqual(events.map((_, index) => index + 1));
		expect(events.every(({v}) => v === 1)).toBe(true);
		expect(events.map(({t}) => t)).toEqual(events.map(({t}) => t).toSorted((one, other) => one - other));
		expect(events[0]).toMatchObject({type: 'lab-started', scene: 'pair', seed: 7});
		expect(events.at(-1)).toMatchObject({type: 'lab-ended'});
	});

	test('prints what its schema says', async () => {
		const events = eventsOf(await eventfulRun());
		expect([...new Set(events.map(({type}) => type))]).toEqual(expect.arrayContaining(['command', 'sent', 'received', 'delay-started', 'delay-ended', 'timed-out', 'handshake-done']));
		for (const event of events) {
			expect(isTaken(event), JSON.stringify(event)).toBe(true);
			expect(eventReader.parse(event)).toEqual(event);
		}
	});

	test('prints nothing else on stdout, and what went wrong on stderr too, in words', async () => {
		const {stdout, stderr} = await run([...freePort, '--json', '--delay', '10s', '--timeout', '50ms'], {stdin: 'Hello\n'});
		expect(eventsOfType(stdout, 'timed-out')).toHaveLength(1);
		expect(stderr).toMatch(/^server-1: listens at .*\nclient-1: no reply within 50 ms .*\n$/v);
	});

	test('prints each event as it happens', async () => {
		const server = start(['server', 'tcp://127.0.0.1:*', '--json']);
		expect(await server.sees('bound')).toMatchObject({peer: 'server-1'});
	});
});

describe('--json-schema', () => {
	test('is a schema of one event, which names itself', () => {
		expect(schema).toMatchObject({$schema: expect.stringContaining('json-schema.org') as string, title: expect.any(String) as string});
	});

	test('knows every type of event', () => {
		for (const event of everyEvent) {
			expect(isTaken(event), JSON.stringify(event)).toBe(true);
		}
	});

	test.each<[what: string, change: (event: Event) => unknown]>([
		['another version', event => ({...event, v: 2})],
		['a type that is none', event => ({...event, type: 'pizza'})],
		['a field too many', event => ({...event, pizza: true})],
		['no number', ({n: _n, ...event}) => event],
		['a number that is none', event => ({...event, n: 'one'})],
		['a text for an event', event => JSON.stringify(event)],
	])('refuses %s', (_what, change) => {
		for (const event of everyEvent) {
			expect(isTaken(change(event)), event.type).toBe(false);
			expect(eventReader.safeParse(change(event)).success, event.type).toBe(false);
		}
	});
});

describe('--seed', () => {
	const delaysOf = async (seed: string): Promise<readonly number[]> => {
		const {stdout} = await run([...freePort, '--json', '--seed', seed, '--delay', '1ms..20ms'], {stdin: 'Hello\n'.repeat(10)});
		return eventsOfType(stdout, 'delay-started').map(({ms}) => ms);
	};

	test('repeats the delays of a run', async () => {
		const [once, again, other] = await Promise.all([delaysOf('42'), delaysOf('42'), delaysOf('43')]);
		expect(again).toEqual(once);
		expect(other).not.toEqual(once);
		expect(once).toHaveLength(10);
		expect(once.every(ms => ms >= 1 && ms <= 20)).toBe(true);
	});

	test('is told, so that a run without one can be repeated too', async () => {
		const seedOf = async (...argv: readonly string[]): Promise<number | undefined> => {
			const {stdout} = await run([...freePort, '--json', ...argv]);
			return eventsOfType(stdout, 'lab-started')[0]?.seed;
		};

		expect(await seedOf('--seed', '7')).toBe(7);
		expect(await seedOf()).toEqual(expect.any(Number));
	});
});
