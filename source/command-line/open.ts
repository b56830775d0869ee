/** The arguments of the front `open`: one file, and how it is shown, or what is made of it. */
import {exportFormats, type ExportFormat} from '../core/export-formats.js';
import {type Looks} from '../core/looks.js';
import {looksOf, type LooksGiven} from './looks.js';
import {wrong, type Wrong} from './wrong.js';

type Flags = {readonly as?: string | undefined; readonly speed?: string | undefined; readonly skipDamaged: boolean; readonly json: boolean} & LooksGiven;

/** A recording to show; `speed` is there if it shall be replayed: how many of its seconds pass in one. `as` is there if an export shall be printed instead. */
export type OpenOptions = {readonly file: string; readonly as?: ExportFormat; readonly speed?: number; readonly skipsDamaged: boolean; readonly isJson: boolean; readonly looks: Looks};

/** Reads which file, and how fast. */
export function checkOpen({as: wanted, speed, skipDamaged, json, ...given}: Flags, input: readonly string[]): Wrong | ({readonly type: 'open'} & OpenOptions) {
	const [file] = input;
	if (file === undefined || input.length > 1) {
		return wrong(file === undefined ? 'the file is missing' : 'open shows one recording', 'write zmq-playground open lesson.jsonl');
	}

	const factor = speed === undefined ? undefined : Number(/^(?<factor>\d+(?:\.\d+)?)[x×]?$/.exec(speed)?.groups?.['factor']);
	const as = exportFormats.find(format => format === wanted);
	if (wanted !== undefined && (!as || json || factor !== undefined)) {
		return wrong(as ? '--as prints one export, and nothing else' : `there is no export “${wanted}”`, as ? 'leave --json and --speed out' : `write --as ${exportFormats.join(', ')}`);
	}

	const isWrong = factor !== undefined && !(factor > 0 && factor <= 1000);
	return isWrong
		? wrong(`“${speed}” is no speed`, 'write --speed 4, or 0.5: at most 1000')
		: {type: 'open', file, skipsDamaged: skipDamaged, isJson: json, looks: looksOf(given), ...(as && {as}), ...(factor !== undefined && {speed: factor})};
}
