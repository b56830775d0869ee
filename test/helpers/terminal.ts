// A real program in a real terminal: node-pty runs it, a headless xterm draws what it writes and answers what it asks.
// The law: a test waits for something to be on the screen, never for a time. The screen is looked at each time xterm has
// parsed a piece of output, so a wait ends as soon as it can; and it fails with a picture of the screen.
import {describeCondition, isSatisfied, type ScreenCondition} from './terminal-conditions.js';
import {EmulatedTerminal} from './terminal-emulator.js';
import {keyBytes, pasteBytes} from './terminal-keys.js';
import {
	describeExit,
	killGroup,
	readTtyState,
	startProgram,
	toExitStatus,
	type ExitStatus,
	type Pty,
	type TerminalOptions,
	type TtyState,
} from './terminal-program.js';
import {Waits, type WaitOutcome} from './terminal-waits.js';

export type {Cell, CellColor} from './terminal-cells.js';
export type {ScreenCondition} from './terminal-conditions.js';
export type {TerminalModes} from './terminal-emulator.js';
export type {ExitStatus, TerminalOptions, TtyState} from './terminal-program.js';

const defaultTimeoutMs = 10_000;

/**
Runs a program in a new terminal. Close it when the test ends: `onTestFinished(() => terminal.close())`.
*/
export function openTerminal(options: TerminalOptions): TestTerminal {
	return new TestTerminal(options);
}

/**
A running program and the terminal it sees.
*/
export class TestTerminal extends EmulatedTerminal {
	readonly #pty: Pty;
	readonly #waits = new Waits();
	#exitStatus: ExitStatus | undefined;

	constructor(options: TerminalOptions) {
		super(options);
		this.#pty = startProgram(options);
		this.#connect();
	}

	#connect(): void {
		this.xterm.onData(reply => {
			this.#pty.write(reply);
		});
		this.#pty.onData(output => {
			this.xterm.write(output, () => {
				this.#waits.check();
			});
		});
		this.#pty.onExit(exit => {
			// Xterm parses in order: when this empty write is done, so is all output before it.
			this.xterm.write('', () => {
				this.#exitStatus = toExitStatus(exit);
				this.#waits.end();
			});
		});
	}

	#valueOf<Value>(outcome: WaitOutcome<Value>, awaited: string, timeoutMs: number): Value {
		if (outcome.type === 'found') {
			return outcome.value;
		}

		const situation = `${describeExit(this.#exitStatus)} ${this.drawing()}`;
		switch (outcome.type) {
			case 'threw': {
				throw new Error(`The test's own condition failed, waiting for ${awaited}. ${situation}`, {cause: outcome.error});
			}

			case 'timed-out': {
				throw new Error(`Waited ${timeoutMs} ms in vain for ${awaited}. ${situation}`);
			}

			case 'ended': {
				throw new Error(`Waited in vain for ${awaited}. ${situation}`);
			}
		}
	}

	/**
	The process id of the program; also of its process group.
	*/
	get pid(): number {
		return this.#pty.pid;
	}

	/**
	What the program has made of its tty. The tty goes when the program ends, so to see what a program leaves behind, run it
	under a shell that outlives it: `['bash', '-c', 'program; echo done; read']`.
	*/
	ttyState(): TtyState {
		return readTtyState(this.#pty);
	}

	/**
	Waits until the screen satisfies the condition, which it may do already. Gives the screen that did.

	@throws At the time limit, or as soon as the program has ended without it, with the screen in the message.
	*/
	async waitFor(condition: ScreenCondition, {timeoutMs = defaultTimeoutMs, label}: {timeoutMs?: number; label?: string} = {}): Promise<string> {
		const outcome = await this.#waits.until(() => {
			const screen = this.screen();
			return isSatisfied(condition, screen) ? screen : undefined;
		}, timeoutMs);

		return this.#valueOf(outcome, label ?? describeCondition(condition), timeoutMs);
	}

	/**
	Waits until the program has ended and all its output is on the screen.

	@throws At the time limit, with the screen in the message.
	*/
	async waitForExit({timeoutMs = defaultTimeoutMs}: {timeoutMs?: number} = {}): Promise<ExitStatus> {
		const outcome = await this.#waits.until(() => this.#exitStatus, timeoutMs);
		return this.#valueOf(outcome, 'the program to end', timeoutMs);
	}

	/**
	Writes text as it is, without the brackets of a paste.
	*/
	type(text: string): void {
		this.#pty.write(text);
	}

	/**
	Presses keys, each one write of the bytes xterm sends: `press('Ctrl+u', 'Shift+Tab', 'Enter')`. See `keyBytes` for the names.

	The kernel may still hand several writes to the program in one read, as it does when a person types fast. That matters for
	a lone Escape: with another byte right behind it, it is read as Alt. Wait for Escape's effect before you press the next key.
	*/
	press(...keys: string[]): void {
		for (const key of keys) {
			this.#pty.write(keyBytes(key, this.modes()));
		}
	}

	/**
	Pastes text as a terminal does: in brackets if the program asked for them, with line ends as Enter.
	*/
	paste(text: string): void {
		this.#pty.write(pasteBytes(text, this.modes()));
	}

	/**
	Resizes the window: the program gets SIGWINCH.
	*/
	resize(columns: number, rows: number): void {
		this.xterm.resize(columns, rows);
		if (!this.#exitStatus) {
			this.#pty.resize(columns, rows);
		}

		this.#waits.check();
	}

	/**
	Sends a signal to the program alone, not to its children. Does nothing once it has ended.
	*/
	kill(signal: NodeJS.Signals): void {
		if (!this.#exitStatus) {
			this.#pty.kill(signal);
		}
	}

	/**
	Stops reading the program's output, as a stalled terminal does: after about 25 KB the program's writes block.
	If the program ends while paused, the output not yet read is lost.
	*/
	pause(): void {
		this.#pty.pause();
	}

	/**
	Reads on after `pause()`.
	*/
	resume(): void {
		this.#pty.resume();
	}

	/**
	Kills the program with its process group, waits for its end and frees the terminal. Safe to call again.
	*/
	async close(): Promise<void> {
		if (!this.#exitStatus) {
			this.resume();
			killGroup(this.#pty);
			await this.waitForExit();
		}

		this.xterm.dispose();
	}
}
