/**
The readme's pictures, drawn from the grid of a real terminal in which the built program ran with real sockets.

A picture is compared with the committed one; UPDATE_PICTURES=1 writes it instead. What differs from run to run is made steady first:
see `steady-cells.ts`. A moment that a busy machine has missed is tried again.
*/
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import process from 'node:process';
import {expect, test} from 'vitest';
import {openPlayground, type Playground} from '../helpers/playground.js';
import {freePort} from '../helpers/program.js';
import {steadyCells, type Moment} from '../helpers/steady-cells.js';
import {screenToSvg} from '../helpers/svg.js';

const size = {columns: 100, rows: 28};
const folder = new URL('../../.pictures/', import.meta.url);

/** Compares the screen with the picture of that name, or writes it. */
function expectPicture(playground: Playground, name: string, moment: Moment): void {
	const picture = screenToSvg(steadyCells(playground.cells(), moment), {title: 'zmq-playground'});
	const file = new URL(`${name}.svg`, folder);
	if (process.env['UPDATE_PICTURES'] === '1') {
		mkdirSync(folder, {recursive: true});
		writeFileSync(file, picture);
		return;
	}

	expect(picture, `the screen no longer looks like .pictures/${name}.svg: run this test with UPDATE_PICTURES=1 and look at what changed`).toBe(readFileSync(file, 'utf8'));
}

/** Both machines have just moved to where they wait: the state is lit, and the delay counts down. */
const isThinking = (playground: Playground): boolean =>
	litTexts(playground).filter(text => text.includes('AWAITING-REPLY')).length === 2 && /0\.\d s left ▰+▱/v.test(playground.screen());

/** The texts in inverse video, each run of cells by itself. */
const litTexts = (playground: Playground): readonly string[] =>
	playground.cells().flatMap(row => row.map(cell => cell.inverse ? cell.character : '\n').join('').split(/\n+/v));

/** A pair that has exchanged a `Hello` and a `World`. */
async function openAfterHello(): Promise<Playground> {
	const playground = await openPlayground({...size, flags: [...freePort, '--seed', '1']});
	await playground.ask('Hello');
	await playground.stands('server-1', 'REPLIED');
	return playground;
}

test('while the server thinks', {retry: 3}, async () => {
	const playground = await openAfterHello();
	playground.submit('A margherita, please');
	playground.type('Are you there?');
	await playground.waitFor(() => isThinking(playground) && playground.input() === 'Are you there?', {timeoutMs: 2000, label: 'the server to think'});
	expectPicture(playground, 'waiting', {
		times: ['12:03:09.114', '12:03:09.115', '12:03:09.115', '12:03:09.116'],
		newest: 24,
	});
});

test('a refusal', {retry: 3}, async () => {
	const playground = await openAfterHello();
	playground.submit('A margherita, please');
	// Else the log of events has it now in this order, now in that.
	await playground.waitFor(() => isThinking(playground), {timeoutMs: 2000, label: 'the server to think'});
	playground.submit('Are you there?');
	await playground.waitFor(screen => isThinking(playground) && screen.includes('EFSM: not sent: Are you there?') && screen.includes('your text is back'), {timeoutMs: 2000, label: 'the refusal'});
	expectPicture(playground, 'refusal', {
		times: ['12:03:09.115', '12:03:09.116', '12:03:09.502', '12:03:09.502'],
		newest: 26,
	});
});
