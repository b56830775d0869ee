/**
Makes the recordings that are kept, by the program as it is built today:

	npm run build
	npm exec -- node --import ./test/bench/source-imports.ts test/recording/make-fixtures.ts

A fixture that is there is left as it is: it was written by the program of its day, and every later one must open it. What is new in a
recording comes into a story of its own, and so into a fixture of its own. `version-1-tap.jsonl` is no script's: it was recorded on the screen of
`zmq-playground tap`, between a REQ, a SUB and a flood of heartbeats and a REP in Python.
*/
import {execFileSync} from 'node:child_process';
import {existsSync, writeFileSync} from 'node:fs';
import process from 'node:process';
import {headerLine} from '../../source/recording/line.js';
import {foldAll, numbered, oneOfEach} from '../helpers/events.js';
import {header, linesOf, opened, readAll} from './helpers.js';
import {fixtureOf, scriptOf, stories} from './stories.js';

/** Writes a fixture, unless it is there. */
function keep(name: string, make: (file: string) => void): void {
	const file = fixtureOf(name);
	if (!existsSync(file)) {
		make(file);
		console.log(file);
	}
}

for (const story of stories) {
	keep(story, file => {
		execFileSync(process.execPath, ['dist/cli.js', 'run', scriptOf(story), '--seed', '7', '--set', `file=${file}`], {stdio: 'inherit'});
	});
}

// What no story makes happen: a socket that can't be accepted, a tap that fails. Each kind of event that is new asks for another one of these, too.
for (const name of ['one-of-each', 'one-of-each-with-brokers']) {
	keep(name, file => {
		writeFileSync(file, linesOf(numbered(Object.values(oneOfEach('text')))).map(line => `${line}\n`).join(''));
	});
}

// A lab that had forgotten its first half when it was recorded: that stands in the header, as a sum.
const whole = fixtureOf('wire');
const {header: ofWhole = header} = await opened(whole);
const {events} = await readAll(whole);
const half = Math.floor(events.length / 2);
keep('sum', file => {
	const {queues: _inferred, ...before} = foldAll(events.slice(0, half));
	const [, ...lines] = linesOf(events.slice(half));
	writeFileSync(file, [headerLine({...ofWhole, before}), ...lines].map(line => `${line}\n`).join(''));
});
