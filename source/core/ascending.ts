/** Ascending numbers: where in them another one stands, found by halving. */

/** How many of these ascending numbers are at most `limit`. */
export function countUpTo(numbers: readonly number[], limit: number): number {
	let low = 0;
	let high = numbers.length;
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		if ((numbers[middle] ?? 0) <= limit) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}

	return low;
}
