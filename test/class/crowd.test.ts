/** A full class: everybody joins and asks at once, some of them in Python; all are served, nothing is lost, and the teacher's screen goes on. */
import path from 'node:path';
import process from 'node:process';
import {expect, onTestFinished, test} from 'vitest';
import {joinCrowd} from '../helpers/class-crowd.js';
import {openClassScreen, say} from '../helpers/class-screen.js';
import {startCommand} from '../helpers/shell.js';

/** How many are in the class; the full one has 300 (npm run test:long). */
const size = Number(process.env['CLASS_SIZE'] ?? 60);
const inPython = Math.ceil(size / 10);
const requests = 5;
const patience = {timeoutMs: 60_000};

test(`a class of ${size}`, async () => {
	const {screen, door, code} = await openClassScreen();
	onTestFinished(async () => screen.close());
	await say(screen, '/reply-with {upper}');
	await say(screen, '/delay off');
	const python = startCommand(['/usr/bin/python3', '-u', path.resolve('test/class/join.py'), door, code, 'python', String(inPython), String(requests)]);
	const crowd = await joinCrowd({door, code, size: size - inPython});
	onTestFinished(async () => crowd.leave());
	await python.says(/^joined$/v);
	await screen.waitFor(`${size} of ${size} here`, patience);

	const answered = crowd.ask(requests);
	// While all ask, the teacher types.
	screen.type('is anybody stuck');
	await screen.waitFor('› is anybody stuck');
	expect(await answered).toBe((size - inPython) * requests);
	await python.says(/^all answered$/v);
	await screen.waitFor(`${size * requests} asked · ${size * requests} answered · ${size} of ${size} here`, patience);
	expect(screen.screen()).not.toMatch(/stuck \d|dropped|lost/v);
}, 240_000);
