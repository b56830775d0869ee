/** A pane’s transcript on a small screen: the newest row is never half an advice. */
import {expect, test} from 'vitest';
import {createTheme} from '../../source/tui/theme.js';
import {drawTranscript} from '../../source/tui/transcript.js';
import {isRefused, journalOf, labStarts, pair, sends} from '../helpers/events.js';

const theme = createTheme({hasColor: false, isAscii: false});

const drawn = (height: number, text: string): readonly string[] => {
	const refused = {...isRefused('client-1', 'send', 'EFSM'), frames: sends('client-1', text).frames};
	return drawTranscript(theme, journalOf([labStarts(), ...pair, sends('client-1', 'Hello'), refused]), 'client-1', {}, {width: 56, height}).lines.map(line => line.trim());
};

const why = 'A REQ that awaits a reply may not send again.';
const ways = ['Wait for the reply; /why says whether one can come.', '/recover relaxed or /restart frees the socket.'];

test('what happened and the ways out stand there whole; why goes first, then the end of a long text', () => {
	expect(drawn(4, 'Early')).toEqual(['✗ EFSM: not sent: Early', why, ...ways]);
	expect(drawn(3, 'Early')).toEqual(['✗ EFSM: not sent: Early', ...ways]);
	expect(drawn(3, 'Early '.repeat(12))).toEqual([expect.stringMatching(/^✗ EFSM: not sent: Early .+… \(72 B\)$/v), ...ways]);
	expect(drawn(2, 'Early')).toEqual(['✗ EFSM: not sent: Early', ways[0]]);
});
