/** What a soak ends with. `first` was measured after a quarter of the time, `last` at the end: heap and all memory in bytes, open files. */
export type SoakReport = {
	readonly commands: number;
	readonly events: number;
	readonly checks: number;
	readonly asked: number;
	readonly replied: number;
	readonly codes: Readonly<Record<string, number>>;
	readonly first: Measure;
	readonly last: Measure;
};

export type Measure = {readonly heap: number; readonly rss: number; readonly files: number};
