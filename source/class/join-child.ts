/**
A member's own process, whenever there is a screen: it joins, so that its keys never leave it, and then has the lab with the client.
What comes before the lab is told as a fact of its own.
*/
import {type Event} from '../core/events.js';
import {progressIn, type JoinNews} from '../core/class/news.js';
import {explainJoin} from '../core/class/refusals.js';
import {firstClient} from '../core/scenes.js';
import {Lab} from '../lab/lab.js';
import {Parent} from '../lab/parent.js';
import {labOf} from './join-lab.js';
import {joinClass, type JoinRequest, type Membership} from './membership.js';

const parent = new Parent<Event | JoinNews>();
let lab: Lab | undefined;
let membership: Membership | undefined;
let isEnding = false;
/** Why the membership is over, if it is. */
let ending: string | undefined;

parent.obey({
	async execute(line, from) {
		// How far one is in a lesson is for the teacher, and no line of the lab.
		const progress = progressIn(line);
		if (progress) {
			membership?.tell(progress);
		} else {
			await lab?.execute(line, from);
		}
	},
	async end() {
		await lab?.end();
		await membership?.leave();
	},
});

const joined = await joinClass(parent.options as JoinRequest, how => {
	const {reason, next} = explainJoin(how);
	ending = `${reason} (${next})`;
	if (lab) {
		void endLab(lab);
	}
});
if ('failure' in joined) {
	parent.tell({type: 'not-joined', failure: joined.failure});
} else {
	membership = joined;
	const {options, secrets} = labOf(joined);
	parent.tell({type: 'joined-class', name: joined.name, ...(joined.lesson !== undefined && {lesson: joined.lesson})});
	lab = new Lab(options, event => {
		parent.tell(event.type === 'lab-ended' && ending !== undefined ? {...event, reason: ending} : event);
	}, secrets);
	await lab.start();
	if (ending !== undefined) {
		await endLab(lab);
	}
}

/** Closes the client first, so that its pane says so: nothing is heard of a lab after its end. */
async function endLab(ended: Lab): Promise<void> {
	if (!isEnding) {
		isEnding = true;
		await ended.execute(`@${firstClient} close`, 'flag');
		await ended.end();
	}
}
