/**
A server in a process of its own, so that its crash is a real SIGKILL: libzmq gets no chance to say goodbye.

It is a whole lab with that one server in it, driven over the same boundary as the lab of a screen: lines in, events out. What it tells of its
server is told on as this lab's own, a moment later than it happened. When this process ends, however it does, the channel breaks and the other
one ends with it (see `child.ts`).
*/
import {type Action, type Problem} from '../commands/record.js';
import {settingLines} from '../commands/settings.js';
import {type Event, type Fact} from '../core/events.js';
import {type PeerSnapshot} from '../core/snapshot.js';
import {startRemoteLab, type RemoteLab} from './remote.js';

/** What it needs of its lab: where events go, how the server is known by now, and the seed of its delays. */
export type Host = {readonly emit: (fact: Fact) => void; readonly known: () => PeerSnapshot | undefined; readonly seed: number};

export class ServerProcess {
	readonly name: string;
	readonly #host: Host;
	#lab: RemoteLab | undefined;
	#isRetired = false;
	#queue: Promise<void> = Promise.resolve();

	constructor(name: string, host: Host) {
		this.name = name;
		this.#host = host;
	}

	/** Runs all that is done to the server one after the other. */
	async inTurn(task: () => Promise<void> | void): Promise<void> {
		const run = this.#queue.then(task);
		this.#queue = run.catch(() => undefined);
		return run;
	}

	/** Starts the process: the same settings, the same endpoints, a new socket. */
	open(): void {
		if (this.#isRetired) {
			return;
		}

		const {links = [], options = {}} = this.#host.known() ?? {};
		const places = links.map(({direction, endpoint}) => ({direction, endpoint}));
		const lab = startRemoteLab({scene: 'server', seed: this.#host.seed, actors: [{peer: this.name, role: 'server', places, settings: settingLines(options)}]});
		this.#lab = lab;
		this.#host.emit({type: 'option-changed', peer: this.name, option: 'process', value: String(lab.pid ?? '')});
		lab.subscribe(events => {
			for (const event of events) {
				this.#tellOn(lab, event);
			}
		});
		lab.onDeath(() => {
			this.#isGone(lab, 'crash');
		});
	}

	/** Carries out a line that was meant for this server, among others. */
	async perform(line: string, action: Action, tell: (problem: Problem) => void): Promise<void> {
		switch (action.verb) {
			case 'crash':
			case 'restart': {
				await this.#kill();
				if (action.verb === 'restart') {
					this.open();
				}

				break;
			}

			case 'open': {
				if (this.#lab) {
					this.#forward(this.#lab, line);
				} else {
					this.open();
				}

				break;
			}

			default: {
				if (this.#lab) {
					this.#forward(this.#lab, line);
				} else {
					tell({reason: `${this.name} has no process now`, next: '/open starts a new one'});
				}
			}
		}
	}

	/** Ends the process in good order; its server is told to be closed at once. */
	async retire(how: 'end' | 'close' = 'end'): Promise<void> {
		this.#isRetired = true;
		const lab = this.#lab;
		if (lab) {
			this.#isGone(lab, how);
			await lab.end();
		}
	}

	async #kill(): Promise<void> {
		const lab = this.#lab;
		if (lab) {
			await lab.kill();
			this.#isGone(lab, 'crash');
		}
	}

	/** Once: a process that was killed is heard of twice. */
	#isGone(lab: RemoteLab, how: 'crash' | 'end' | 'close'): void {
		if (this.#lab !== lab) {
			return;
		}

		this.#lab = undefined;
		if (this.#host.known()?.state !== undefined) {
			this.#host.emit({type: 'peer-closed', peer: this.name, how});
		}
	}

	#forward(lab: RemoteLab, line: string): void {
		lab.execute(`@${this.name} ${line.trimStart().replace(/^@\S+\s+/v, '')}`, 'keys');
	}

	/** What that lab says of itself, and what is known here already, is nobody's business. */
	#tellOn(lab: RemoteLab, {v: _version, n: _number, t: _time, ...fact}: Event): void {
		if (this.#lab !== lab || !('peer' in fact) || fact.peer !== this.name || fact.type === 'peer-added') {
			return;
		}

		if (fact.type !== 'option-changed' || this.#host.known()?.options[fact.option] !== fact.value) {
			this.#host.emit(fact);
		}
	}
}
