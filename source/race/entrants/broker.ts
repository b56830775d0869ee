/** The plain REQ once more, behind a broker with heartbeats and two workers: it waits for each reply, and the broker sees to it that a worker's end loses nothing. */
import {type Entrant} from '../entrant.js';
import {BrokerWithWorkers} from '../broker-with-workers.js';
import {none} from './none.js';

export const broker: Entrant = {...none, name: 'broker', createResponder: BrokerWithWorkers.create};
