/**
The readme's pictures, drawn from the grid of a real terminal in which the built program ran with real sockets.

A picture is compared with the committed one; UPDATE_PICTURES=1 writes it instead. What differs from run to run is made steady first:
see `steady-cells.ts`. A moment that a busy machine has missed is tried again.
*/
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import process from 'node:process';
import {expect, onTestFinished, test} from 'vitest';
import {openPlayground, Playground} from '../helpers/playground.js';
import {freePort, program} from '../helpers/program.js';
import {steadyCells, type Moment} from '../helpers/steady-cells.js';
import {screenToSvg} from '../helpers/svg.js';

const size = {columns: 100, rows: 28};
const folder = new URL('../../.pictures/', import.meta.url);

/** Compares the screen with the picture of that name, or writes it. Without a moment it is the same in every run as it is. */
function expectPicture(playground: Playground, name: string, moment?: Moment): void {
	const cells = playground.cells();
	const picture = screenToSvg(moment ? steadyCells(cells, moment) : cells, {title: 'zmq-playground'});
	const file = new URL(`${name}.svg`, folder);
	if (process.env['UPDATE_PICTURES'] === '1') {
		mkdirSync(folder, {recursive: true});
		writeFileSync(file, picture);
		return;
	}

	expect(picture, `the screen no longer looks like .pictures/${name}.svg: run this test with UPDATE_PICTURES=1 and look at what changed`).toBe(readFileSync(file, 'utf8'));
}

/** Both machines wait, the light of their move is out, and the delay counts down: so slowly that a busy machine has time to look. */
const isThinking = (playground: Playground): boolean =>
	playground.cells().flat().every(({inverse}) => !inverse) && /AWAITING.*AWAITING/v.test(playground.row(2)) && /[12] s left ▰+▱/v.test(playground.screen());

/** A pair that has exchanged a `Hello` and a `World`. */
async function openAfterHello(...flags: readonly string[]): Promise<Playground> {
	const playground = await openPlayground({...size, flags: [...freePort, '--seed', '1', ...flags]});
	await playground.ask('Hello');
	await playground.stands('server-1', 'REPLIED');
	return playground;
}

test('while the server thinks', {retry: 3}, async () => {
	const playground = await openAfterHello('--delay', '3s');
	playground.submit('A margherita, please');
	playground.type('Are you there?');
	await playground.waitFor(() => isThinking(playground) && playground.input() === 'Are you there?', {label: 'the server to think'});
	expectPicture(playground, 'waiting', {
		times: ['12:03:09.114', '12:03:09.115', '12:03:09.115', '12:03:09.116'],
		newest: 24,
	});
});

test('a refusal', {retry: 3}, async () => {
	const playground = await openAfterHello('--delay', '3s');
	playground.submit('A margherita, please');
	// Else the log of events has it now in this order, now in that.
	await playground.waitFor(() => isThinking(playground), {label: 'the server to think'});
	playground.submit('Are you there?');
	await playground.waitFor(screen => isThinking(playground) && screen.includes('EFSM: not sent: Are you there?') && screen.includes('your text is back'), {label: 'the refusal'});
	expectPicture(playground, 'refusal', {
		times: ['12:03:09.115', '12:03:09.116', '12:03:09.502', '12:03:09.502'],
		newest: 26,
	});
});

test('a deadlock, explained', {retry: 3}, async () => {
	const playground = await openAfterHello('--delay', 'off');
	playground.submit('/@server-1 hold');
	await playground.sees('server-1', 'holds every reply');
	playground.submit('A margherita, please');
	await playground.sees('server-1', 'holds the reply until /release');
	playground.submit('/@server-1 crash');
	await playground.sees('client-1', 'lost the connection');
	playground.submit('/@server-1 open');
	await playground.sees('client-1', /REQ {2}connected/v);
	playground.submit('Are you there?');
	await playground.sees('client-1', 'EFSM: not sent: Are you there?');
	playground.press('Ctrl+u');
	playground.submit('/why');
	await playground.waitFor(screen => /waits for.*stuck for [2-9] s/v.test(screen) && playground.input() === '', {label: 'the diagnosis'});
	expectPicture(playground, 'deadlock', {times: ['12:03:12', '12:03:12', '12:03:12', '12:03:12'], newest: 41});
});

test('a lesson beside the lab', {retry: 3}, async () => {
	const desk = mkdtempSync(path.join(tmpdir(), 'learn-'));
	const playground = new Playground({columns: 124, rows: 26, command: program('learn', 'deadlock'), env: {XDG_DATA_HOME: desk}});
	onTestFinished(async () => {
		await playground.close();
		rmSync(desk, {recursive: true, force: true});
	});
	await playground.waitFor('to do: this ticks by itself');
	playground.submit('Margherita');
	await playground.waitFor('✓ done');
	playground.press('Enter');
	await playground.waitFor(/step 2 of[\s\S]*to do: this ticks by itself/v);
	playground.submit('/@server-1 crash');
	await playground.waitFor(screen => screen.includes('✓ done') && /stuck for [2-9] s/v.test(screen) && playground.input() === '', {label: 'the step to be done'});
	expectPicture(playground, 'lesson', {times: ['12:03:12'], newest: 31});
});

/** A recording of a real run, made by `run` with `record` as its first line, or with `--record`: what the kernel decided is decided. */
async function openRecording(file: string, wanted = size): Promise<Playground> {
	const playground = new Playground({...wanted, command: program('open', `test/screens/${file}`), env: {TZ: 'UTC'}});
	onTestFinished(async () => playground.close());
	await playground.waitFor(/RECORDING.*\d asked/v);
	return playground;
}

test('the wire of a recording', async () => {
	const playground = await openRecording('wire.jsonl');
	playground.press('w');
	await playground.waitFor('body “A margherita, please”');
	playground.press('Enter');
	await playground.waitFor(/57 6f 72 6c 64.*World.*body/v);
	playground.press('Up');
	await playground.waitFor(/41 20 6d.*A marghe.*body/v);
	expectPicture(playground, 'wire');
});

test('a broker in the middle of it, of a recording', async () => {
	const playground = await openRecording('broker.jsonl', {columns: 124, rows: 24});
	playground.press('p');
	await playground.waitFor(/client-3 +sent +The bill/v);
	playground.press('Right');
	await playground.waitFor('forwarded');
	expectPicture(playground, 'broker');
});

test('the ladder of a recording', async () => {
	const playground = await openRecording('deadlock.jsonl');
	playground.press('l');
	await playground.waitFor(screen => screen.includes('╭ ladder') && screen.includes('crashed'));
	expectPicture(playground, 'ladder');
});
