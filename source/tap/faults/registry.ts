/** All faults, in the order in which the help shows them. */
import {bandwidth} from './bandwidth.js';
import {blackHole} from './black-hole.js';
import {corruptBody} from './corrupt-body.js';
import {corruptFraming} from './corrupt-framing.js';
import {cutShort} from './cut-short.js';
import {drop} from './drop.js';
import {duplicate} from './duplicate.js';
import {type Fault} from './fault.js';
import {fin} from './fin.js';
import {hold} from './hold.js';
import {latency} from './latency.js';
import {noOp} from './no-op.js';
import {refuse} from './refuse.js';
import {reorder} from './reorder.js';
import {rst} from './rst.js';
import {slice} from './slice.js';

export const faults: readonly Fault[] = [drop, hold, duplicate, reorder, latency, bandwidth, slice, blackHole, fin, rst, refuse, corruptBody, corruptFraming, cutShort, noOp];
