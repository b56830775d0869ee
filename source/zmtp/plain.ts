/**
PLAIN's HELLO (RFC 24): a user name and a password in clear text.

Law: the password leaves this file only as its length. What can't be read as a HELLO is covered whole, for a password may be anywhere in it.
*/
import {asciiOf} from './bytes.js';

/** What stands in place of a byte of a password: `*`. */
const cover = 0x2A;

type Hello = {
	readonly username: string;
	readonly passwordSize: number;
	/** Where the password's bytes begin, from the beginning of the data. */
	readonly passwordAt: number;
	readonly problems: readonly string[];
};

/** Reads the data of a HELLO (what follows the command's name): `size` is its true size, should `data` be cut. */
export function parseHello(data: Uint8Array, size: number): Hello {
	const usernameSize = data[0];
	const passwordSize = data[1 + (usernameSize ?? 0)];
	if (usernameSize === undefined || passwordSize === undefined || 2 + usernameSize + passwordSize !== size) {
		return {
			username: '', passwordSize: 0, passwordAt: 0, problems: ['The user name and the password do not fill HELLO as their lengths say'],
		};
	}

	return {
		username: asciiOf(data.subarray(1, 1 + usernameSize)),
		passwordSize,
		passwordAt: 2 + usernameSize,
		problems: [],
	};
}

/** Covers everything from `start` on, in place. */
export function coverFrom(bytes: Uint8Array, start: number): void {
	bytes.fill(cover, start);
}
