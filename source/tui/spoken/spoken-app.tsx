/**
The program for a screen reader: Ink hears the keys and keeps the terminal in order, and draws nothing. A frame of Ink's is erased and written
anew at each key, also in its own mode for screen readers; the log and its input line grow instead (`log.ts`).
*/
import {Buffer} from 'node:buffer';
import process from 'node:process';
import {useApp, useInput, usePaste} from 'ink';
import {useEffect, useMemo, type ReactNode} from 'react';
import {takeKeystroke, takePaste} from '../controller.js';
import {editorOf} from '../interface-state.js';
import {keystrokesOf, type Keystroke} from '../keystroke.js';
import {type Playground} from '../playground.js';
import {save} from '../save.js';
import {suspendProcess} from '../suspend.js';
import {type Terminal} from '../terminal.js';
import {type Theme} from '../theme.js';
import {SpokenLog} from './log.js';
import {Speaker} from './speaker.js';

/** After this time (ms) without an event, what was left out is counted. */
const quietMs = 1000;

export function SpokenApp({playground, theme}: {readonly playground: Playground; readonly theme: Theme}): ReactNode {
	const {exit, suspendTerminal} = useApp();
	const {stdout} = process;
	const voice = useMemo(() => new Voice(playground, theme), [playground, theme]);
	const terminal: Terminal = useMemo(() => ({
		// Nothing is drawn: what a small screen leaves out is told only when asked for.
		size: () => ({columns: stdout.columns, rows: 24}),
		quit() {
			voice.end();
			exit();
		},
		redraw() {
			voice.tellState();
		},
		copy(text) {
			stdout.write(`\u{1B}]52;c;${Buffer.from(text).toString('base64')}\u{7}`);
		},
		save,
		suspend() {
			voice.forget();
			void suspendProcess(suspendTerminal);
		},
	}), [exit, stdout, suspendTerminal, voice]);

	useInput((input, key) => {
		for (const keystroke of keystrokesOf(input, key)) {
			voice.take(keystroke, terminal);
		}
	});
	usePaste(text => {
		takePaste(playground, text);
	});
	useEffect(() => {
		voice.begin();
		const unsubscribe = playground.subscribe(voice.update);
		stdout.on('resize', voice.forget);
		return () => {
			unsubscribe();
			stdout.off('resize', voice.forget);
			voice.end();
		};
	}, [playground, stdout, voice]);
	return null;
}

/** Puts what the speaker says into the log. */
class Voice {
	readonly #playground: Playground;
	readonly #speaker: Speaker;
	readonly #log: SpokenLog;
	readonly #theme: Theme;
	#resting: NodeJS.Timeout | undefined;
	#isSpeaking = false;

	constructor(playground: Playground, theme: Theme) {
		this.#playground = playground;
		this.#theme = theme;
		this.#speaker = new Speaker(playground);
		this.#log = new SpokenLog(text => {
			process.stdout.write(text);
		});
	}

	begin(): void {
		this.#say([
			'zmq-playground, told line by line.',
			...this.#speaker.news(),
		]);
	}

	/** Says what is new. What it says may change the state again: that is said in the same breath. */
	readonly update = (): void => {
		if (this.#isSpeaking) {
			return;
		}

		this.#isSpeaking = true;
		this.#say(this.#speaker.news());
		this.#isSpeaking = false;
		clearTimeout(this.#resting);
		this.#resting = setTimeout(() => {
			this.#say(this.#speaker.rest());
		}, quietMs);
	};

	/** A key. What was typed stays in the log; on an empty line Enter asks for the state, unless it lets a step go. */
	take(keystroke: Keystroke, terminal: Terminal): void {
		const {state, journal} = this.#playground;
		const isEnter = keystroke.type === 'key' && keystroke.name === 'enter' && state.mode === 'typing';
		if (isEnter && editorOf(state).text.trim() === '' && !journal.snapshot.steps?.length) {
			this.#askNext();
			return;
		}

		if (isEnter) {
			this.#log.endLine();
		}

		takeKeystroke(this.#playground, terminal, keystroke);
		this.update();
	}

	/** In a lesson Enter goes on with it; else it asks for the state. */
	#askNext(): void {
		const {lesson} = this.#playground;
		if (lesson) {
			lesson.ask({type: 'next'});
		} else {
			this.tellState();
		}
	}

	tellState(): void {
		this.#say(this.#speaker.state());
	}

	readonly forget = (): void => {
		this.#log.forgetLine();
		this.#say([]);
	};

	end(): void {
		clearTimeout(this.#resting);
		this.#log.endLine();
	}

	#say(lines: readonly string[]): void {
		const {text, column} = this.#speaker.line(process.stdout.columns);
		this.#log.update(lines.map(line => this.#theme.paint('plain', line)), {text: this.#theme.paint('plain', text), column});
	}
}
