/** A class's own process, whenever there is a screen. */
import {type ClassEvent} from '../core/class/events.js';
import {Parent} from '../lab/parent.js';
import {Classroom, type ClassOptions} from './classroom.js';

/** How long (ms) events are gathered: a third of the time between two frames of hundreds of students, each of which would wake both processes. */
const gatherMs = 33;
const parent = new Parent<ClassEvent>(gatherMs);
const classroom = new Classroom(parent.options as ClassOptions, event => {
	parent.tell(event);
});
parent.obey({execute: async line => classroom.execute(line), end: async () => classroom.end()});
await classroom.open();
