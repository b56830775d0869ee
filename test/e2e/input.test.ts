/** The input line: completion, history, editing, pasting, and every way to write a message. */
import {describe, expect, onTestFinished, test} from 'vitest';
import {openPlayground, Playground} from '../helpers/playground.js';
import {freePort, program} from '../helpers/program.js';

const open = async (): Promise<Playground> => openPlayground({flags: [...freePort, '--delay', 'off']});

test('what is typed while the program is loaded is in the input line, and nowhere else', async () => {
	const playground = new Playground({command: program(...freePort), columns: 80, rows: 24});
	onTestFinished(async () => playground.close());
	// Nobody reads yet: the terminal itself echoes it.
	playground.type('Hello, is anybody there?');
	await playground.waitFor('Hello, is anybody there?');
	await playground.sees('client-1', 'connected');
	await playground.holds('Hello, is anybody there?');
	expect(playground.row(0)).toMatch(/^ zmq-playground {2}pair .* · nothing asked yet · #\d+$/v);
	await playground.hasWholeBorders();
});

describe('completion', () => {
	test('Tab completes a command, then walks through its arguments and round again', async () => {
		const playground = await open();
		playground.type('/del');
		await playground.waitFor(/^ delay$/mv);
		playground.press('Tab');
		await playground.holds('/delay');
		await playground.waitFor('/delay 800ms | 200ms..2s | 1s±200ms | once 5s | longer');
		for (const argument of ['800ms', '200ms..2s', '1s±200ms', 'once 5s', 'longer', 'shorter', 'off', '800ms']) {
			playground.press('Tab');
			await playground.holds(`/delay ${argument}`);
		}

		playground.press('Enter');
		await playground.sees('server-1', '· delay: 800ms');
	});

	test('what several commands share is completed first', async () => {
		const playground = await open();
		playground.type('/rep');
		playground.press('Tab');
		await playground.holds('/reply');
		await playground.waitFor('reply reply-with');
		playground.press('Tab', 'Tab');
		await playground.holds('/reply-with');
	});

	test('a peer’s name too, and endpoints that exist', async () => {
		const playground = await open();
		playground.type('/@ser');
		playground.press('Tab');
		await playground.holds('/@server');
		playground.press('Tab');
		await playground.holds('/@server-1');
		playground.type('unb');
		playground.press('Tab');
		await playground.holds('/@server-1 unbind');
		playground.press('Tab');
		await playground.waitFor(/\/@server-1 unbind tcp:\/\/127\.0\.0\.1:\d+$/mv);
		playground.press('Enter');
		await playground.sees('server-1', 'no endpoint');
	});

	test('a mistyped command stays, with the one that was meant', async () => {
		const playground = await open();
		playground.submit('/hodl');
		await playground.waitFor('there is no command /hodl: did you mean /hold?');
		await playground.holds('/hodl');
		playground.press('Backspace', 'Backspace');
		playground.type('ld');
		playground.press('Enter');
		await playground.sees('server-1', 'HOLD');
	});
});

test('each pane has its own history', async () => {
	const playground = await open();
	await playground.ask('one', 1);
	await playground.ask('two', 2);
	await playground.goTo('server-1');
	playground.submit('/delay 5ms');
	await playground.sees('server-1', '· delay: 5ms');
	playground.press('Up');
	await playground.holds('/delay 5ms');
	playground.press('Alt+1');
	await playground.waitFor(' client-1 ›');
	await playground.holds('');
	playground.type('thr');
	playground.press('Up');
	await playground.holds('two');
	playground.press('Up');
	await playground.holds('one');
	playground.press('Down', 'Down');
	await playground.holds('thr');
});

describe('editing', () => {
	test('by words, to the ends, and deleting', async () => {
		const playground = await open();
		playground.type('one two three');
		playground.press('Alt+b');
		await playground.cursorIsAt(8);
		playground.press('Ctrl+Left');
		await playground.cursorIsAt(4);
		playground.press('Home');
		await playground.cursorIsAt(0);
		playground.press('Alt+Right');
		await playground.cursorIsAt(3);
		playground.press('End');
		await playground.cursorIsAt(13);
		playground.press('Ctrl+w');
		await playground.holds('one two');
		playground.press('Ctrl+a', 'Delete');
		await playground.holds('ne two');
		playground.type('O');
		await playground.holds('One two');
		playground.press('Ctrl+k');
		await playground.holds('O');
		playground.press('Ctrl+u');
		await playground.holds('');
	});

	test('by graphemes: a family is one character, and the cursor knows its width', async () => {
		const playground = await open();
		playground.type('👩‍👩‍👧日本é');
		await playground.cursorIsAt(7);
		playground.press('Left', 'Left', 'Left');
		await playground.cursorIsAt(2);
		playground.press('Backspace');
		await playground.cursorIsAt(0);
		await playground.holds('日本é');
		playground.press('Enter');
		await playground.sees('server-1', '▸ 日本é');
	});

	test('a text longer than the line scrolls in it, and is sent whole', async () => {
		const playground = await open();
		const text = 'abcdefghij'.repeat(12);
		playground.type(text);
		await playground.waitFor(/› ….*hij$/mv);
		playground.press('Home');
		await playground.waitFor(/› abc.*…$/mv);
		playground.press('Enter');
		await playground.waitFor(() => playground.pane('server-1').replaceAll(/\s/gv, '').includes(text), {label: 'the whole text in the server’s pane'});
	});

	test('a paste of several lines is one message', async () => {
		const playground = await open();
		playground.paste('one\ntwo\nthree');
		await playground.holds('one␊two␊three');
		expect(playground.asked()).toBe(0);
		playground.press('Enter');
		await playground.sees('server-1', '▸ one␊two␊three');
		await playground.stands('client-1', 'REPLIED');
		expect(playground.asked()).toBe(1);
	});

	test('lines typed faster than they are read are lines still', async () => {
		const playground = await open();
		playground.type('/delay 7ms\r/reply-with {upper}\rquick\r');
		await playground.sees('client-1', '◂ QUICK');
		await playground.sees('server-1', '· delay: 7ms');
	});
});

test('messages of every kind', async () => {
	const playground = await open();
	const kinds: ReadonlyArray<readonly [typed: string, shown: string]> = [
		['/send --frames a b ""', '▸ [a] [b] [(empty)]'],
		['/send --hex 00ff', '▸ 00 ff (2 B)'],
		['//etc/hosts', '▸ /etc/hosts'],
		['--frames is a text here', '▸ --frames is a text here'],
		['/send -- --hex', '▸ --hex'],
	];
	for (const [index, [typed, shown]] of kinds.entries()) {
		await playground.ask(typed, index + 1);
		await playground.sees('server-1', shown);
	}

	playground.submit('/send --hex 0');
	await playground.waitFor('hexadecimal bytes come in pairs');
});

test('/every asks again and again, until it is off', async () => {
	const playground = await open();
	playground.submit('/every 50ms tick');
	await playground.sees('client-1', 'asks every 50ms');
	await playground.waitFor(() => playground.asked() >= 4, {label: 'four questions'});
	playground.submit('/every off');
	await playground.sees('client-1', 'asks no more by itself');
	await playground.stands('client-1', 'REPLIED');
	const asked = playground.asked();
	await playground.ask('last', asked + 1);
	await playground.sees('client-1', '▸ last');
	expect(playground.asked()).toBe(asked + 1);
});
