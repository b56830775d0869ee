/** A class, or a member of one, in a child process, seen from the screen's. */
import {type ClassEvent} from '../core/class/events.js';
import {type JoinNews} from '../core/class/news.js';
import {type JoinFailure} from '../core/class/refusals.js';
import {eventVersion, type Event} from '../core/events.js';
import {type LabPort} from '../core/lab-port.js';
import {systemClock} from '../lab/clock.js';
import {startRemote, type RemotePort} from '../lab/remote.js';
import {type ClassOptions} from './classroom.js';
import {type JoinRequest} from './membership.js';

/** A class in a process of its own. Should that die by itself, its last event says so. */
export function startRemoteClass(options: ClassOptions): RemotePort<ClassEvent> {
	const remote = startRemote<ClassEvent>('class-child.js', options);
	return {
		...remote,
		subscribe(listener) {
			let last = 0;
			remote.subscribe(events => {
				last = events.at(-1)?.n ?? last;
				listener(events);
			});
			remote.onDeath(how => {
				listener([{v: 1, n: last + 1, t: systemClock(), type: 'class-died', how}]);
			});
		},
	};
}

/** A member's lab, the name that the class has for it, and the lesson that everybody has, if any. */
export type RemoteMember = {readonly port: LabPort; readonly name: string; readonly lesson?: string};

/** Joins in a process of its own. Gives why not, if not. */
export async function joinRemotely(request: JoinRequest): Promise<RemoteMember | {readonly failure: JoinFailure | {readonly died: string}}> {
	const remote = startRemote<Event | JoinNews>('join-child.js', request);
	const early: Event[] = [];
	let last = 0;
	let listener = (events: readonly Event[]): void => {
		early.push(...events);
	};

	return new Promise(resolve => {
		remote.onDeath(died => {
			// Who has joined already hears of it as of any end of a lab.
			listener([{v: eventVersion, n: last + 1, t: systemClock(), type: 'lab-ended', reason: `our mistake, not yours: the process of your client died (${died}); join again`}]);
			resolve({failure: {died}});
		});
		remote.subscribe(happenings => {
			const events: Event[] = [];
			let outcome: RemoteMember | {readonly failure: JoinFailure} | undefined;
			for (const happening of happenings) {
				if (happening.type === 'not-joined') {
					void remote.end();
					outcome = {failure: happening.failure};
				} else if (happening.type === 'joined-class') {
					const {name, lesson} = happening;
					outcome = {port, name, ...(lesson !== undefined && {lesson})};
				} else {
					events.push(happening);
				}
			}

			if (outcome) {
				resolve(outcome);
			}

			if (events.length > 0) {
				last = events.at(-1)?.n ?? last;
				listener(events);
			}
		});
		const port: LabPort = {
			execute: remote.execute,
			end: remote.end,
			subscribe(itsListener) {
				listener = itsListener;
				if (early.length > 0) {
					itsListener(early.splice(0));
				}
			},
		};
	});
}
