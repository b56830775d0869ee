/** `why` in a script: text on stdout, or on stderr where stdout is for events. */
import {expect, test} from 'vitest';
import {jsonPrinter, rowPrinter} from '../../source/headless/printer.js';
import {Journal} from '../../source/core/journal.js';
import {crashes, numbered, pair, receives, sends} from '../helpers/events.js';

const story = numbered([...pair, sends('client-1', 'Hello'), receives('server-1', 'Hello'), crashes('server-1'), {type: 'command', text: 'why', from: 'pipe'}]);

test.each(['rows', 'json'])('%s', kind => {
	const out: string[] = [];
	const error: string[] = [];
	const outlets = {
		out(line: string) {
			out.push(line);
		},
		err(line: string) {
			error.push(line);
		},
	};
	const print = kind === 'json' ? jsonPrinter(outlets) : rowPrinter(outlets, {isAscii: false, teller: 'client-1'});
	const journal = new Journal();
	for (const event of story) {
		journal.append(event);
		print(event, journal);
	}

	const answers = kind === 'json' ? error : out;
	expect(answers.some(line => line.startsWith('client-1 waits for server-1  stuck'))).toBe(true);
	expect(answers.some(line => line.includes('/@client-1 recover relaxed'))).toBe(true);
	expect(kind === 'json' ? out.every(line => line.startsWith('{')) : out.length > 0).toBe(true);
});
