/** What a measurement gives: a number with its unit, and the floor that the project set itself for it. A missed floor is told, never an error. */

/** `atLeast` and `atMost` are in the figure's own unit. */
export type Floor = {readonly atLeast: number} | {readonly atMost: number};

/** One number of the table. `note` says how it came about, or what stands beside it. */
export type Figure = {readonly type: 'measured'; readonly name: string; readonly value: number; readonly unit: string; readonly floor?: Floor; readonly note?: string};

/** What could not be measured here, and why. */
export type Missing = {readonly type: 'not-run'; readonly name: string; readonly why: string};

/** One measurement: the letter that asks for it, and the lines that it adds to the table. */
export type Bench = {readonly letter: string; readonly title: string; readonly run: () => Promise<ReadonlyArray<Figure | Missing>>};

/** Writes a figure's beginning and its unit's end: `measured('asked', 7, '1/s')`. */
export const measured = (name: string, value: number, unit: string, more: {readonly floor?: Floor; readonly note?: string} = {}): Figure => ({type: 'measured', name, value, unit, ...more});

export const notRun = (name: string, why: string): Missing => ({type: 'not-run', name, why});

/** Whether a figure keeps its floor; undefined if it has none. */
export function keepsFloor({value, floor}: Figure): boolean | undefined {
	if (!floor) {
		return undefined;
	}

	return 'atLeast' in floor ? value >= floor.atLeast : value <= floor.atMost;
}
