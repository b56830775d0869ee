/**
What can be seen of CURVE (RFC 25 and 26): names, sizes, nonces. Everything else is in boxes.

Law: nothing is claimed of what is in a box. A box of MESSAGE holds one byte of flags and then a frame of a message or a command; a PING's box has the size of a small frame's.
*/
import {numberAt} from './bytes.js';
import {type CommandContent} from './units.js';

/** The fields after a command's name; a length of `rest` is whatever is left. */
type Layout = ReadonlyArray<readonly [field: string, length: number | 'rest']>;

/** A box carries 16 bytes that authenticate it. */
const boxOverhead = 16;

const nonceAndBox: Layout = [['nonce', 8], ['box', 'rest']];

/** The fields of each CURVE command, in their order. */
export const curveLayouts: Readonly<Record<string, Layout>> = {
	HELLO: [['version', 2], ['padding', 72], ['client transient key', 32], ['nonce', 8], ['signature box', 80]],
	WELCOME: [['nonce', 16], ['box', 144]],
	INITIATE: [['cookie', 96], ['nonce', 8], ['box', 'rest']],
	READY: nonceAndBox,
	MESSAGE: nonceAndBox,
};

/** The least that is in the box of a command that ends with one of free size: INITIATE's holds 128 bytes before the metadata, MESSAGE's a byte of flags. */
const leastInBox: Readonly<Record<string, number>> = {INITIATE: 128, READY: 0, MESSAGE: 1};

type Reading = {readonly content: CommandContent; readonly problems: readonly string[]};

/** Reads a command of CURVE: `data` is the beginning of what follows its name, `size` its true size. */
export function parseCurve(name: string, data: Uint8Array, size: number): Reading | undefined {
	const layout = Object.hasOwn(curveLayouts, name) ? curveLayouts[name] : undefined;
	const content = contentOf(name, data, size);
	return layout && content && {content, problems: sizeProblems(name, layout, size)};
}

function contentOf(name: string, data: Uint8Array, size: number): CommandContent | undefined {
	switch (name) {
		case 'HELLO': {
			return {type: 'curve-hello', nonce: numberAt(data, 106, 8)};
		}

		case 'WELCOME': {
			return {type: 'curve-welcome'};
		}

		case 'INITIATE': {
			return {type: 'curve-initiate', nonce: numberAt(data, 96, 8), boxSize: Math.max(0, size - 104)};
		}

		case 'READY': {
			return {type: 'curve-ready', nonce: numberAt(data, 0, 8), boxSize: Math.max(0, size - 8)};
		}

		case 'MESSAGE': {
			return {type: 'sealed', nonce: numberAt(data, 0, 8), boxSize: Math.max(0, size - 8)};
		}

		default: {
			return undefined;
		}
	}
}

function sizeProblems(name: string, layout: Layout, size: number): readonly string[] {
	let least = 0;
	let isFree = false;
	for (const [, length] of layout) {
		isFree ||= length === 'rest';
		least += length === 'rest' ? boxOverhead + (leastInBox[name] ?? 0) : length;
	}

	if (isFree ? size >= least : size === least) {
		return [];
	}

	return [`CURVE's ${name} has ${size} B of data where ${isFree ? 'at least ' : ''}${least} B belong`];
}
