/**
Decides what is said: what has happened since it spoke last, in the journal and in the interface's state. The keys do what they do on a
screen; where a screen would show something beside the panes, it is said once instead.
*/
import {complete} from '../../commands/completion.js';
import {isStuck} from '../../core/diagnosis.js';
import {narrate} from '../../core/narration.js';
import {chatRow} from '../../core/rows.js';
import {visible} from '../../core/text.js';
import {codeText} from '../code-view.js';
import {editorOf, outlookOf, type InterfaceState} from '../interface-state.js';
import {widthOf} from '../line.js';
import {lessonText} from '../lesson-view.js';
import {window} from '../line-window.js';
import {type Playground} from '../playground.js';
import {unmark, welcomeOf} from '../welcome.js';
import {wireEvents} from '../wire-view.js';
import {whyText} from '../../core/why.js';
import {tellBytes, tellEntrant, tellEnvelope, tellEvent, tellEverybody, tellEvents, tellHelp, tellLadder, tellPeer, tellStuck, tellUnit, tellWire, withoutDots} from './answers.js';
import {type DrawnLine} from './echo.js';
import {tellLanes} from './lanes.js';
import {Pace} from './pace.js';

export class Speaker {
	readonly #playground: Playground;
	readonly #pace = new Pace();
	#told: InterfaceState;
	/** The number of the newest event that was told, or passed over in the past. */
	#n = 0;
	#moment: number | undefined;
	#stuck: ReadonlySet<string> = new Set();
	#finished: ReadonlySet<string> = new Set();
	#isWelcomed = false;
	/** What the lesson said last. */
	#lesson: readonly string[] = [];

	constructor(playground: Playground) {
		this.#playground = playground;
		// Whoever begins elsewhere, in a race or a recording, is told so.
		this.#told = {...playground.state, mode: 'typing'};
	}

	/** All that is new, as lines. */
	news(): readonly string[] {
		const {state} = this.#playground;
		const lines = [...this.#happenings(), ...this.#changes(this.#told, state), ...this.#race(), ...this.#lessonNews(), ...this.#welcome()];
		this.#told = this.#playground.state;
		return lines.map(line => withoutDots(line));
	}

	/** What was too much to be told at once, when it is quiet again; nothing else is new then. */
	rest(): readonly string[] {
		const rest = this.#pace.rest(this.#playground.now());
		return rest === undefined ? [] : [rest];
	}

	/** What to do first, for whoever types: once there is somebody to type for. */
	#welcome(): readonly string[] {
		const {state, shown: {snapshot}} = this.#playground;
		const peer = snapshot.peers[state.focus];
		const isDue = !this.#isWelcomed && peer !== undefined;
		this.#isWelcomed ||= isDue;
		return isDue && state.mode === 'typing' ? [...welcomeOf(snapshot.scene, peer).map(line => unmark(line).text), 'Enter alone tells where everybody stands, Tab goes to the other peer, /help lists all, Ctrl+C quits.'] : [];
	}

	/** Where everybody stands. */
	state(): readonly string[] {
		const {shown, state} = this.#playground;
		const now = this.#playground.now();
		const {lanes} = shown.snapshot;
		return (lanes ? tellLanes(shown, lanes, now) : tellEverybody(shown, state.focus, now)).map(line => withoutDots(line));
	}

	/** The input line: whose it is and in which state that peer is, and what is typed. */
	line(columns: number): DrawnLine {
		const {state} = this.#playground;
		const prompt = `${this.#prompt()}: `;
		if (state.mode !== 'typing') {
			return {text: prompt, column: widthOf(prompt)};
		}

		const {text, cursorColumn} = window(editorOf(state), Math.max(8, columns - widthOf(prompt) - 1));
		return {text: prompt + text, column: widthOf(prompt) + cursorColumn};
	}

	#prompt(): string {
		const {state, shown} = this.#playground;
		if (state.mode === 'playing') {
			return 'script';
		}

		if (state.mode !== 'typing') {
			return state.mode === 'predicting' ? 'choose 1, 2 or 3' : state.mode;
		}

		const peer = shown.snapshot.peers[state.focus];
		if (!peer) {
			return state.focus;
		}

		const word = peer.state === undefined ? (peer.closedHow === 'crash' ? 'crashed' : 'closed') : (this.#stuck.has(peer.name) ? 'stuck' : peer.state);
		return `${peer.name}, ${word}`;
	}

	/** The events since it spoke last; in the past or in a recording, the one at which one is. */
	#happenings(): readonly string[] {
		const {journal, shown, timeline, state, recording} = this.#playground;
		const {moment} = timeline;
		if (moment !== undefined || recording) {
			const {n} = shown.snapshot;
			const event = n === this.#moment ? undefined : shown.at(n);
			this.#moment = n;
			return event ? [`${n} of ${journal.snapshot.n}, ${narrate(event, shown) ?? tellEvent(event)}`] : [];
		}

		const back = this.#moment === undefined ? [] : ['back to now'];
		this.#moment = undefined;
		const lines: string[] = [];
		for (const event of journal.oldestFirst(this.#n + 1)) {
			if (event.type === 'command' && event.from === 'keys') {
				this.#pace.refill();
			}

			const sentence = narrate(event, journal) ?? (state.showsEvents ? tellEvent(event) : undefined);
			if (sentence !== undefined) {
				lines.push(sentence);
			}
		}

		this.#n = journal.snapshot.n;
		return [...back, ...this.#pace.take(lines, this.#playground.now()), ...this.#newlyStuck()];
	}

	#newlyStuck(): readonly string[] {
		const {snapshot} = this.#playground.journal;
		const before = this.#stuck;
		const stuck = Object.values(snapshot.peers).filter(peer => peer.role === 'client' && isStuck(snapshot, peer));
		this.#stuck = new Set(stuck.map(({name}) => name));
		return stuck.filter(({name}) => !before.has(name)).flatMap(peer => tellStuck(snapshot, peer, this.#playground.now()) ?? []);
	}

	#changes(before: InterfaceState, after: InterfaceState): readonly string[] {
		const {shown} = this.#playground;
		const lines: string[] = [];
		if (after.focus !== before.focus) {
			const peer = shown.snapshot.peers[after.focus];
			lines.push(...(peer ? [tellPeer(shown.snapshot, peer, this.#playground.now())] : []));
		}

		if (after.showsEvents !== before.showsEvents) {
			lines.push(...(after.showsEvents ? ['each event is told from now on; the newest are', ...tellEvents(shown)] : ['events are told no more']));
		}

		return [...lines, ...this.#answers(after), ...this.#modeChange(before, after), ...this.#selections(before, after), ...this.#choices(before, after), ...this.#notice(before, after)];
	}

	/** What a screen keeps in sight is said once, and is over with that. */
	#answers({showsWhy, showsEnvelope, ladder, mode}: InterfaceState): readonly string[] {
		const {shown} = this.#playground;
		const lines: string[] = [];
		if (showsWhy) {
			lines.push(...whyText(shown.snapshot, this.#playground.now()).map(line => line.trim().replaceAll(/ {2,}/gv, ': ')));
			this.#playground.dispatch({type: 'why'});
		}

		if (showsEnvelope) {
			lines.push(...tellEnvelope(shown));
			this.#playground.dispatch({type: 'envelope'});
		}

		if (ladder) {
			lines.push(...tellLadder(shown));
			this.#playground.dispatch({type: 'ladder'});
		}

		if (mode === 'help' || mode === 'code') {
			lines.push(...(mode === 'help' ? tellHelp() : codeText(shown.snapshot, this.#playground.state.code).trimEnd().split('\n').map(line => visible(line.replaceAll('\t', ' '.repeat(4))))));
			this.#playground.dispatch({type: 'mode', mode: 'typing'});
		}

		return lines;
	}

	#modeChange(before: InterfaceState, after: InterfaceState): readonly string[] {
		if (after.mode === before.mode) {
			return [];
		}

		switch (after.mode) {
			case 'browsing': {
				return ['browsing: up and down select a message, left and right step in time, Space replays, c copies, Escape goes back to typing'];
			}

			case 'wire': {
				return tellWire(this.#playground.shown);
			}

			case 'typing': {
				const {snapshot} = this.#playground.shown;
				const peer = snapshot.peers[after.focus];
				return peer && before.mode !== 'help' && before.mode !== 'code' ? [`typing; ${tellPeer(snapshot, peer, this.#playground.now())}`] : [];
			}

			case 'race': {
				return ['the race begins; each way out is told once its fate is known, Escape ends it'];
			}

			case 'lessons': {
				return ['the lessons: up and down select one, Enter begins it, Escape leaves the list', ...this.#lessonRow()];
			}

			case 'playing': {
				return ['a script plays: Enter carries out the next line, Escape ends it'];
			}

			default: {
				return [];
			}
		}
	}

	#selections(before: InterfaceState, after: InterfaceState): readonly string[] {
		const {shown} = this.#playground;
		const {selected} = outlookOf(after);
		if (after.mode === 'browsing' && selected !== undefined && selected !== outlookOf(before).selected) {
			const event = shown.at(selected);
			const row = event && chatRow(event, shown);
			return row ? [`selected ${row.kind}, ${row.text}${row.aside === undefined ? '' : `, ${row.aside}`}`] : [];
		}

		if (after.mode === 'lessons' && before.mode === 'lessons' && after.lessonSelected !== before.lessonSelected) {
			return this.#lessonRow();
		}

		if (after.mode !== 'wire' || before.mode !== 'wire' || after.wire === before.wire) {
			return [];
		}

		const [newest] = wireEvents(shown);
		const event = after.wire.selected === undefined ? newest : shown.at(after.wire.selected);
		return event ? (after.wire.showsBytes ? [tellUnit(shown, event), ...tellBytes(event)] : [tellUnit(shown, event)]) : [];
	}

	/** The lesson that is selected in the list. */
	#lessonRow(): readonly string[] {
		const {lessons, state} = this.#playground;
		const row = lessons?.rows[state.lessonSelected];
		return row ? [`${state.lessonSelected + 1} of ${lessons.rows.length}, ${visible(row.title)}: ${visible(row.summary)}, ${row.minutes} minutes${row.progress?.isDone ? ', done' : ''}`] : [];
	}

	/** What Tab offers, told when it begins to offer. */
	#choices(before: InterfaceState, {completing}: InterfaceState): readonly string[] {
		if (completing?.index !== 0 || before.completing?.input === completing.input) {
			return [];
		}

		const {shown, state} = this.#playground;
		const offered = complete(completing.input, shown.snapshot, shown.snapshot.peers[state.focus]);
		const names = offered?.candidates.map(candidate => candidate.trim()) ?? [];
		return names.length > 1 ? [`Tab chooses among ${names.join(', ')}`] : [];
	}

	#notice({notice: before}: InterfaceState, {notice, script}: InterfaceState): readonly string[] {
		const said = notice && notice !== before ? [notice.text] : [];
		const isNewPause = script?.isPausing === true && this.#told.script?.isPausing !== true;
		const pausing = isNewPause ? [`line ${script.line}: ${editorOf(this.#playground.state).text}. Enter carries it out`] : [];
		const {last} = script ?? {};
		const judged = last && last.text !== this.#told.script?.last?.text ? [`${last.held ? 'holds' : 'does not hold'}: ${last.text}`] : [];
		return [...judged, ...said, ...pausing];
	}

	/** What is new in the lesson; a new step is new from its beginning. */
	#lessonNews(): readonly string[] {
		const {lesson} = this.#playground;
		const before = this.#lesson;
		this.#lesson = lesson ? lessonText(lesson.view) : [];
		return this.#lesson[0] === before[0] ? this.#lesson.filter(line => !before.includes(line)) : this.#lesson;
	}

	#race(): readonly string[] {
		const board = this.#playground.race?.board();
		if (!board) {
			return [];
		}

		const fresh = board.rows.filter(({entrant, state}) => state !== 'running' && !this.#finished.has(entrant));
		this.#finished = new Set(board.rows.filter(({state}) => state !== 'running').map(({entrant}) => entrant));
		const isOver = board.rows.length > 0 && fresh.length > 0 && board.rows.every(({state}) => state !== 'running');
		return [...fresh.map(row => tellEntrant(board, row)), ...(isOver ? ['the race is over; Escape leaves it'] : [])];
	}
}
