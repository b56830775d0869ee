/** Why a tap could not listen, in words, with what to do about it. */
import {visible} from '../core/text.js';

const reasons: Readonly<Record<string, string>> = {
	EADDRINUSE: 'somebody listens there already; choose another one with --listen',
	EADDRNOTAVAIL: 'this machine has no such address; --listen takes one of its own',
	EACCES: 'that needs more rights than you have; choose a port above 1023, or a path that you may write',
	ENOTFOUND: 'there is no such host name; --listen takes an address of this machine',
	ENOENT: 'there is no such directory',
};

/** The system's code, and what it means here. */
export function whyNotListening(error: unknown): string {
	const {code = '', message} = error as NodeJS.ErrnoException;
	return `${code === '' ? '' : `${code}: `}${reasons[code] ?? visible(message)}`;
}
