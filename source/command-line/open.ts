/** The arguments of the front `open`: one file, and how it is shown. */
type Wrong = {readonly type: 'wrong'; readonly reason: string; readonly next: string};
type Flags = {readonly speed?: string | undefined; readonly skipDamaged: boolean; readonly json: boolean; readonly ascii: boolean; readonly color: boolean};

/** A recording to show; `speed` is there if it shall be replayed: how many of its seconds pass in one. */
export type OpenOptions = {readonly file: string; readonly speed?: number; readonly skipsDamaged: boolean; readonly isJson: boolean; readonly isAscii: boolean; readonly hasColor: boolean};

/** Reads which file, and how fast. */
export function checkOpen({speed, skipDamaged, json, ascii, color}: Flags, input: readonly string[]): Wrong | ({readonly type: 'open'} & OpenOptions) {
	const [file] = input;
	if (file === undefined || input.length > 1) {
		return {type: 'wrong', reason: file === undefined ? 'the file is missing' : 'open shows one recording', next: 'write zmq-playground open lesson.jsonl'};
	}

	const factor = speed === undefined ? undefined : Number(/^(?<factor>\d+(?:\.\d+)?)[x×]?$/.exec(speed)?.groups?.['factor']);
	const isWrong = factor !== undefined && !(factor > 0 && factor <= 1000);
	return isWrong
		? {type: 'wrong', reason: `“${speed}” is no speed`, next: 'write --speed 4, or 0.5: at most 1000'}
		: {type: 'open', file, skipsDamaged: skipDamaged, isJson: json, isAscii: ascii, hasColor: color, ...(factor !== undefined && {speed: factor})};
}
