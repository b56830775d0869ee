#!/usr/bin/env node
/** The command line: flags and fronts. The lab's child is started before Ink is loaded, so that both get ready at once. */
import process from 'node:process';
import meow from 'meow';
import {startRevivableLab} from './lab/revivable.js';

const cli = meow(`
	Usage
	  $ zmq-playground

	Options
	  --seed <number>        repeat a run: the same seed gives the same delays
	  --endpoint <endpoint>  where the server listens, instead of tcp://127.0.0.1:5560
	  --ascii                draw with ASCII only
	  --no-color             draw without colours (NO_COLOR does the same)
`, {
	importMeta: import.meta,
	flags: {
		seed: {type: 'number'},
		endpoint: {type: 'string'},
		ascii: {type: 'boolean', default: false},
		color: {type: 'boolean', default: true},
	},
});

const {seed = Math.trunc(Math.random() * 1_000_000), endpoint, ascii, color} = cli.flags;
const hasColor = color && (process.env['NO_COLOR'] ?? '') === '';
if (!hasColor) {
	// Ink's colours ignore NO_COLOR.
	process.env['FORCE_COLOR'] = '0';
}

const lab = startRevivableLab({scene: 'pair', seed, ...(endpoint !== undefined && {endpoint})});
const {runScreen} = await import('./tui/run.js');
await runScreen(lab, {hasColor, isAscii: ascii});
await lab.end();
