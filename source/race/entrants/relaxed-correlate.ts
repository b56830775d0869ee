/** ZMQ_REQ_RELAXED with ZMQ_REQ_CORRELATE: it may ask again, and libzmq throws away what answers another question. */
import {type Entrant} from '../entrant.js';
import {relaxing} from './relaxing.js';

export const relaxedCorrelate: Entrant = {name: 'relaxed+correlate', givesUp: true, run: relaxing(true)};
