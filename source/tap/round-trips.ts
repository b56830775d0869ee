/**
Round-trip times in bounded memory.

Law: pure. However many are added, it keeps the same few kilobytes; a percentile is right to 1 %, the greatest is exact.

Theory of operation. A bucket is 1 % wider than the one before it, from 1 µs to about 28 hours (the idea of HdrHistogram, on a log scale). A percentile is the upper edge of the bucket in which that rank falls, and never above the greatest.
*/

/** All in ms. `max` is exact, the percentiles to 1 %. */
export type RoundTripSummary = {readonly count: number; readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number};

const leastMs = 0.001;
const growth = Math.log(1.01);
const bucketCount = 2550;

/** Collects round-trip times. */
export class RoundTrips {
	#count = 0;
	#max = 0;
	readonly #buckets = new Float64Array(bucketCount);

	/** Adds one, in ms. A clock that was set back counts as no time. */
	add(ms: number): void {
		const time = Math.max(0, ms);
		const index = time <= leastMs ? 0 : Math.min(bucketCount - 1, Math.ceil(Math.log(time / leastMs) / growth));
		this.#buckets[index] = (this.#buckets[index] ?? 0) + 1;
		this.#count++;
		this.#max = Math.max(this.#max, time);
	}

	/** The figures so far; undefined while there is none. */
	summary(): RoundTripSummary | undefined {
		if (this.#count === 0) {
			return undefined;
		}

		return {
			count: this.#count,
			p50: this.#percentile(0.5),
			p95: this.#percentile(0.95),
			p99: this.#percentile(0.99),
			max: round(this.#max),
		};
	}

	/** The nearest-rank percentile. */
	#percentile(part: number): number {
		let left = Math.ceil(this.#count * part);
		for (const [index, count] of this.#buckets.entries()) {
			left -= count;
			if (left <= 0) {
				return round(Math.min(this.#max, leastMs * Math.exp(growth * index)));
			}
		}

		return round(this.#max);
	}
}

/** To the µs: more would pretend to know what no clock here tells. */
const round = (ms: number): number => Number(ms.toFixed(3));
