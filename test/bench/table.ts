/** The printed table: one line a figure. */
import {keepsFloor, type Figure, type Floor, type Missing} from './figure.js';

const nameWidth = 52;

/** A figure as one line, with its floor and whether it is kept. */
export function describe(line: Figure | Missing): string {
	if (line.type === 'not-run') {
		return `${line.name.padEnd(nameWidth)}not run: ${line.why}`;
	}

	const {name, value, unit, floor, note = ''} = line;
	const verdict = floor ? `${describeFloor(floor)}: ${keepsFloor(line) ? 'kept' : 'MISSED'}` : '';
	return `${name.padEnd(nameWidth)}${format(value).padStart(9)} ${unit.padEnd(4)} ${verdict.padEnd(20)} ${note}`.trimEnd();
}

const describeFloor = (floor: Floor): string => 'atLeast' in floor ? `at least ${floor.atLeast}` : `at most ${floor.atMost}`;

const format = (value: number): string => Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en') : value.toLocaleString('en', {maximumSignificantDigits: 3});
