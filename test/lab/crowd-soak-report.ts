/** What a crowd's soak ends with: sums, how long (ms) the slowest screen took to draw, and memory in bytes. */
export type CrowdReport = {
	readonly commands: number;
	readonly events: number;
	readonly exchanges: number;
	readonly screens: number;
	readonly slowestScreenMs: number;
	/** What starting 60 sockets and connecting them took. */
	readonly residentOfCrowd: number;
	/** What the journal and all else have taken meanwhile. */
	readonly heapOfEvents: number;
};
