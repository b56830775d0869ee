import {expect, test} from 'vitest';
import {parseLine} from '../../source/commands/grammar.js';
import {pair, snapshotOf} from '../helpers/events.js';

test.each<[line: string, reason: string, next: string]>([
	['client', 'what shall happen to the clients?', 'write /client add, /client add 20, or /client remove client-2'],
	['client add many', '“many” is no number of clients', 'write /client add, /client add 20, or /client remove client-2'],
	['server add 0', '“0” is no number of servers', 'write /server add, /server add 20, /server process, or /server remove server-2'],
	['client add 2 3', '“2 3” is no number of clients', 'write /client add, /client add 20, or /client remove client-2'],
	['client add 201', 'a lab has room for 200 peers', 'write a smaller number than 201'],
])('%j is explained', (line, reason, next) => {
	expect(parseLine(line, snapshotOf(...pair))).toEqual({ok: false, reason, next});
});
