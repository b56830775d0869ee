/** ZMQ_REQ_RELAXED alone: it may ask again, and takes a late reply for the next one's. */
import {type Entrant} from '../entrant.js';
import {relaxing} from './relaxing.js';

export const relaxed: Entrant = {name: 'relaxed', givesUp: true, takesLate: true, run: relaxing(false)};
