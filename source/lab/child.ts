/** The lab's own process, whenever there is a screen. */
import {type Event} from '../core/events.js';
import {type LabOptions} from '../core/lab-port.js';
import {Lab} from './lab.js';
import {Parent} from './parent.js';

const parent = new Parent<Event>();
const lab = new Lab(parent.options as LabOptions, event => {
	parent.tell(event);
}, undefined, () => parent.isBehind);
parent.obey({execute: async (line, from) => lab.execute(line, from), end: async () => lab.end()});
await lab.start();
