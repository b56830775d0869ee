/** What the exports share: who stands where, and how a text is shortened. */
import {type Journal} from '../core/journal.js';

/** The peers in the order of the panes: clients at the left, servers at the right. */
export function peerNames({snapshot}: Journal): readonly string[] {
	const peers = Object.values(snapshot.peers);
	return (['client', 'broker', 'server'] as const).flatMap(side => peers.filter(({role}) => role === side)).map(({name}) => name);
}

/** From here on letters are about twice as wide (CJK and emoji); near enough for a picture. */
const firstWide = 0x2E_80;

/** At most so many characters, of which a wide one (as of Chinese) counts two. */
export function shorten(text: string, most: number): string {
	let used = 0;
	let kept = '';
	for (const character of text) {
		used += (character.codePointAt(0) ?? 0) < firstWide ? 1 : 2;
		if (used > most) {
			return `${[...kept].slice(0, -1).join('')}…`;
		}

		kept += character;
	}

	return kept;
}

/** A moment for a file: UTC, to the ms. */
export const isoOf = (t: number): string => new Date(t).toISOString();
