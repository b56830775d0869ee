/**
The fronts, in the order in which the help lists them. The help, the readme's usage and the checks are made from their records.
*/
import {broker} from './broker.js';
import {classroom} from './class.js';
import {client} from './client.js';
import {type Front} from './front.js';
import {join} from './join.js';
import {keys} from './keys.js';
import {learn} from './learn.js';
import {open} from './open.js';
import {playground} from './playground.js';
import {probe} from './probe.js';
import {race} from './race.js';
import {run} from './run.js';
import {server} from './server.js';
import {tap} from './tap.js';
import {worker} from './worker.js';

export const fronts: readonly Front[] = [playground, client, server, broker, worker, classroom, join, keys, probe, tap, race, run, open, learn];

/** The front of that name; the playground itself has none. */
export const frontNamed = (name: string): Front | undefined => fronts.find(front => front.name === name);
