/** A transcript for reading: one line a row of the ladder, with its time and who did what. */
import {formatElapsed} from '../core/duration.js';
import {type Journal} from '../core/journal.js';
import {ladderRows, type LadderRow} from '../core/ladder/rows.js';
import {wholeLadder} from '../core/ladder/window.js';
import {describeArrow} from '../core/ladder/words.js';
import {visible} from '../core/text.js';
import {isoOf} from './names.js';

/** All that a journal remembers of its lab, in lines. */
export function textTranscript(journal: Journal): string {
	const {scene, seed, versions} = journal.snapshot;
	const head = `zmq-playground · scene ${visible(scene)} · seed ${seed} · ${Object.entries(versions).map(([name, version]) => `${visible(name)} ${visible(version)}`).join(' · ')}`;
	return [head, '', ...ladderRows(wholeLadder(journal)).map(row => lineOf(row)), ''].join('\n');
}

function lineOf(row: LadderRow): string {
	if (row.type === 'gap') {
		return `${' '.repeat(26)}… ${formatElapsed(row.ms)}`;
	}

	const what = row.type === 'mark'
		? `${row.step.peer ?? 'lab'}: ${row.step.text}`
		: `${row.part === 'leaves' ? `${row.peer} sends` : (row.part === 'arrives' ? `${row.peer} receives` : `${row.peer} sends, and it arrives`)}: ${describeArrow(row.arrow)}`;
	return `${isoOf(row.t)}  ${what}`;
}
