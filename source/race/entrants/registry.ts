/** The entrants of a race. A new one is a file beside this, a line here, and its name in core/race/entrants.ts. */
import {type EntrantName} from '../../core/race/entrants.js';
import {type Entrant} from '../entrant.js';
import {broker} from './broker.js';
import {dealer} from './dealer.js';
import {lazyPirate} from './lazy-pirate.js';
import {none} from './none.js';
import {relaxedCorrelate} from './relaxed-correlate.js';
import {relaxed} from './relaxed.js';
import {timeout} from './timeout.js';

export const entrantsByName: Readonly<Record<EntrantName, Entrant>> = {none, timeout, relaxed, 'relaxed+correlate': relaxedCorrelate, 'lazy-pirate': lazyPirate, dealer, broker};
