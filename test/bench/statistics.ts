/** Medians and ratios. A machine's noise comes in waves, so what is compared is measured in turns, and compared turn by turn. */

/** The value that `share` (0 to 1) of the values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** The median of `over / under`, each ratio from one and the same round. */
export const ratioOfRounds = (over: readonly number[], under: readonly number[]): number =>
	median(over.map((value, round) => value / (under[round] ?? NaN)));

/** Measures each contestant once a round, in turns, and begins each round with another one. */
export async function interleave<Name extends string>(rounds: number, contestants: Readonly<Record<Name, () => Promise<number>>>): Promise<Readonly<Record<Name, readonly number[]>>> {
	const names = Object.keys(contestants) as Name[];
	const results = Object.fromEntries(names.map(name => [name, [] as number[]])) as unknown as Record<Name, number[]>;
	for (let round = 0; round < rounds; round++) {
		for (let turn = 0; turn < names.length; turn++) {
			const name = names[(round + turn) % names.length]!;
			results[name].push(await contestants[name]());
		}
	}

	return results;
}
