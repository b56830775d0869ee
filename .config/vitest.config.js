import process from 'node:process';
import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		// Real sockets and real terminals: a named condition is awaited, and this is only the last resort.
		testTimeout: 30_000,
		hookTimeout: 30_000,
		// A submission is not lost to a moment in which the machine looked elsewhere; at a desk the first failure counts, and every retry is named in the report.
		retry: process.env.CI ? 2 : 0,
		// Where much fails, the rest would fail slowly: each at its time-out, and each tried again.
		bail: process.env.CI ? 10 : 0,
		// Child processes survive where a worker thread with a pending receive would abort (shared ground truth of zeromq.js).
		pool: 'forks',
		maxWorkers: 3,
		reporters: ['default', './.config/tally.js'],
	},
});
