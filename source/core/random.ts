/**
Seeded randomness, so that a run can be repeated: the same seed gives the same delays and the same faults.
*/

/** Gives the next number in [0, 1). */
export type Random = () => number;

/** A small generator (mulberry32: 32 bits of state), good enough for delays and faults, never for keys. */
export function createRandom(seed: number): Random {
	let state = Math.trunc(seed) % 0x1_00_00_00_00;
	return () => {
		state = (state + 0x6D_2B_79_F5) % 0x1_00_00_00_00;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_00_00_00_00;
	};
}
