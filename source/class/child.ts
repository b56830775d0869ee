/** A class's own process, whenever there is a screen. */
import {type ClassEvent} from '../core/class/events.js';
import {Parent} from '../lab/parent.js';
import {Classroom, type ClassOptions} from './classroom.js';

const parent = new Parent<ClassEvent>();
const classroom = new Classroom(parent.options as ClassOptions, event => {
	parent.tell(event);
});
parent.obey({execute: async line => classroom.execute(line), end: async () => classroom.end()});
await classroom.open();
