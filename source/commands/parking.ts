/** Commands that leave a call pending out of turn, on purpose. */
import {readPayload} from './payload.js';
import {done, noArgument, problem, type CommandRecord} from './record.js';

export const parkingCommands: readonly CommandRecord[] = [
	{
		name: 'park',
		subject: 'peer',
		usage: 'park send <text> | receive',
		summary: 'leave a call pending out of turn, as zeromq.js does without a time-out; it fires later',
		read(rest) {
			const [operation = '', ...words] = rest.trimStart().split(' ');
			if (operation === 'receive' && words.join('').trim() === '') {
				return done({verb: 'park-receive'});
			}

			if (operation !== 'send' || words.length === 0) {
				return problem(operation === 'send' ? 'a text is missing' : `“${rest.trim()}” can’t be parked`, 'write /park send Hello, or /park receive');
			}

			const payload = readPayload(words.join(' '));
			return payload.ok ? done({verb: 'park-send', frames: payload.frames}) : payload;
		},
		suggest: () => ['send ', 'receive'],
	},
	{
		name: 'unpark',
		subject: 'peer',
		usage: 'unpark',
		summary: 'give up what is parked: libzmq takes no call back, so this takes a new socket',
		read: noArgument({verb: 'unpark'}),
		unavailable: peer => peer.parked === undefined ? `${peer.name} has nothing parked` : undefined,
	},
];
