/** Names of students: one word that a teacher can type after an `@`. */

const longest = 20;
/** Words that address somebody else in commands. */
const reserved = new Set(['all', 'everyone', 'class', 'teacher']);

/** Whether it can be a student’s name: letters and digits of any script, dots, dashes and underscores. */
export const isName = (text: string): boolean => /^[\p{Letter}\p{Number}][\p{Letter}\p{Mark}\p{Number}\-._]*$/v.test(text) && [...text].length <= longest && !reserved.has(text.toLowerCase());

/** The nearest name to what a system calls its user. */
export function nameFrom(login: string): string {
	const name = [...login.normalize('NFC').replaceAll(/[^\p{Letter}\p{Mark}\p{Number}\-._]+/gv, '-').replace(/^[^\p{Letter}\p{Number}]+/v, '')].slice(0, longest).join('');
	return isName(name) ? name : 'student';
}

/** The first of `ana`, `ana-2`, `ana-3` … that nobody has. */
export function freeName(wish: string, isTaken: (name: string) => boolean): string {
	for (let number = 1; ; number++) {
		const suffix = number === 1 ? '' : `-${number}`;
		const name = [...wish].slice(0, longest - suffix.length).join('') + suffix;
		if (!isTaken(name)) {
			return name;
		}
	}
}

/** Two names that a teacher would take for the same. */
export const sameName = (one: string, other: string): boolean => keyOfName(one) === keyOfName(other);
const keyOfName = (name: string): string => name.normalize('NFKC').toLowerCase();
