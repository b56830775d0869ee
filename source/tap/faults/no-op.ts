/**
The fault that does nothing: where a new one begins.

1. Copy this file, and give the record a name of its own, a usage and a summary: the command line and its errors are made from them.
2. Say what it needs. `needs: 'whole'` hands you all bytes of a message of up to 1 MB, and `unit` with its frames (`offset` is where a frame's flags are in `bytes`). With `needs: 'nothing'` the message is taken at its first byte, of whatever size.
3. Say whether the message `arrives` in the end: if not, the lane counts its exchange as lost. Say whether it makes sense under CURVE (`worksSealed`): where not, `/fault` neither offers nor takes it there.
4. In `strike` pass on what should come out. Passing nothing drops the message; passing it twice duplicates it. Don't change `bytes`: pass on a copy.
5. List it in `registry.ts`, and give it a test on real sockets in `test/tap/faults.test.ts`, with the effect that libzmq shows.
*/
import {messageFault, type MessageFault} from './fault.js';

export const noOp: MessageFault = {
	...messageFault,
	name: 'no-op',
	summary: 'passes the message as it is',
	worksSealed: true,
	strike({bytes, pass}) {
		pass(bytes);
	},
};
