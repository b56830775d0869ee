/**
What a script without a screen prints: its steps as they are done, what the peers said beneath them, and why it failed.
With `--json`: the events, one a line, and between them one line for each wait and each expectation.
*/
import {eventVersion, peerOf} from '../core/events.js';
import {formatElapsed} from '../core/duration.js';
import {chatRow} from '../core/rows.js';
import {describeHeld, explainEnding, short} from '../script/explain.js';
import {type Step} from '../commands/script.js';
import {type Ending, type Outcome} from '../script/run.js';
import {jsonPrinter, symbolsOf, type Outlets, type Printer} from './printer.js';

/** Prints a script's story. */
export type ScriptPrinter = {readonly event: Printer; readonly before: (step: Step) => void; readonly outcome: (outcome: Outcome) => void; readonly ending: (ending: Ending) => void};

/** The steps and rows as text on stdout; a failure on stderr. */
export function textPrinter(outlets: Outlets, name: string, isAscii: boolean): ScriptPrinter {
	const marks = symbolsOf(isAscii);
	const heldMark = isAscii ? '+' : '✓';
	return {
		event(event, journal) {
			const row = chatRow(event, journal);
			if (row && row.kind !== 'note') {
				outlets.out(`       ${(peerOf(event) ?? 'lab').padEnd(10)} ${marks[row.kind]} ${row.text}${row.aside === undefined ? '' : `  ${row.aside}`}`);
			}
		},
		before(step) {
			// What it brings about is told beneath it.
			if (step.type === 'command') {
				outlets.out(`${String(step.line).padStart(4)}   ${short(step.text)}`);
			}
		},
		outcome({step, held, afterMs}) {
			if (step.type !== 'command') {
				outlets.out(`${String(step.line).padStart(4)} ${held ? heldMark : marks.refused} ${short(step.text)}${afterMs < 1 ? '' : `  (${formatElapsed(afterMs)})`}`);
			}
		},
		ending: tellEnding(outlets, name),
	};
}

/** Events and judgements as JSON on stdout; a failure in words on stderr as well. */
export function jsonScriptPrinter(outlets: Outlets, name: string): ScriptPrinter {
	return {
		event: jsonPrinter({out: outlets.out, err: () => undefined}),
		before: () => undefined,
		outcome({step, held, was, afterMs, n}) {
			if (step.type !== 'command') {
				outlets.out(JSON.stringify({
					v: eventVersion, type: 'expectation', line: step.line, kind: step.type, condition: step.condition.text, held, was, afterMs: Math.round(afterMs * 1000) / 1000, n,
				}));
			}
		},
		ending: tellEnding({out: () => undefined, err: outlets.err}, name),
	};
}

const tellEnding = ({out, err}: Outlets, name: string) => (ending: Ending): void => {
	if (ending.type === 'held') {
		out(`${name}: ${describeHeld(ending.expectations)}`);
	}

	for (const line of explainEnding(name, ending)) {
		err(line);
	}
};
