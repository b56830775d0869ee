/**
The playground in a terminal, driven as a person drives it: `await playground.submit('Hello')`, `await playground.stands('client-1', 'REPLIED')`.

Law: what is waited for is on the screen. A pane is read inside its borders, so that what one peer says is never taken for the other's.
*/
import {Buffer} from 'node:buffer';
import {onTestFinished} from 'vitest';
import {isSatisfied, describeCondition, type ScreenCondition} from './terminal-conditions.js';
import {paneIn} from './panes.js';
import {freePort, program} from './program.js';
import {TestTerminal, type TerminalOptions} from './terminal.js';

export type Size = Pick<TerminalOptions, 'columns' | 'rows'>;

/** The screens that every flow is tried on: the usual one, a roomy one, and the smallest that works. */
export const sizes: ReadonlyArray<readonly [name: string, size: Size]> = [
	['80x24', {columns: 80, rows: 24}],
	['120x40', {columns: 120, rows: 40}],
	['60x16', {columns: 60, rows: 16}],
];

/** The word of the state that is lit: only that one is written in capitals. */
export type Lit = 'IDLE' | 'AWAITING-REPLY' | 'REPLIED';

/** How the playground is started; `flags` replace the free port. */
export type Start = Partial<Size> & {readonly flags?: readonly string[]; readonly command?: readonly string[]};

/** Starts the playground, and waits until its server listens and its client is connected. It ends with the test. */
export async function openPlayground({columns = 80, rows = 24, flags = freePort, command = program(...flags)}: Start = {}): Promise<Playground> {
	const playground = new Playground({command, columns, rows});
	onTestFinished(async () => playground.close());
	await playground.sees('client-1', 'connected');
	await playground.sees('server-1', 'listening · 1 peer');
	return playground;
}

/** A terminal with the playground in it. */
export class Playground extends TestTerminal {
	/** What the program has put on the clipboard, newest last. */
	readonly clipboard: string[] = [];
	#erasedLines = 0;

	constructor(options: TerminalOptions) {
		super(options);
		this.xterm.parser.registerOscHandler(52, data => {
			this.clipboard.push(Buffer.from(data.slice(data.indexOf(';') + 1), 'base64').toString());
			return true;
		});
		this.xterm.parser.registerCsiHandler({final: 'K'}, () => {
			this.#erasedLines++;
			return false;
		});
	}

	/** Types a line and presses Enter. */
	submit(line: string): void {
		this.type(line);
		this.press('Enter');
	}

	/** The inside of a peer's pane, its upper edge included. */
	pane(peer: string): string {
		return paneIn(this.cells(), peer);
	}

	/** Waits until a peer's pane says so. */
	async sees(peer: string, condition: ScreenCondition): Promise<void> {
		await this.waitFor(() => isSatisfied(condition, this.pane(peer)), {label: `${peer} to show ${describeCondition(condition)}`});
	}

	/** Waits until a peer's machine stands there. */
	async stands(peer: string, state: Lit): Promise<void> {
		await this.sees(peer, state);
	}

	/** Waits until both machines stand there. */
	async bothStand(state: Lit): Promise<void> {
		await this.stands('client-1', state);
		await this.stands('server-1', state);
	}

	/** Waits until the input line of the pane in focus holds this text. */
	async holds(text: string): Promise<void> {
		await this.waitFor(() => this.input() === text, {label: `the input line to hold ${JSON.stringify(text)}`});
	}

	/** The text in the input line, or what stands in its place. */
	input(): string {
		return /^ \S+ ›(?: (?<text>.*))?$/v.exec(this.row(this.xterm.rows - 2))?.groups?.['text'] ?? '';
	}

	/** Goes to a peer's pane with Tab. */
	async goTo(peer: string): Promise<void> {
		if (!this.row(this.xterm.rows - 2).startsWith(` ${peer} ›`)) {
			this.press('Tab');
		}

		await this.waitFor(` ${peer} ›`);
	}

	/** Asks and waits for the reply: the client's message number `count`, counting from 1. */
	async ask(text: string, count = 1): Promise<void> {
		this.submit(text);
		await this.waitFor(new RegExp(`\\b${count} asked`, 'v'));
		await this.stands('client-1', 'REPLIED');
	}

	/** The number of the newest event, as the header says it. */
	newestEvent(): number {
		return Number(/#(?<n>\d+)/v.exec(this.row(0))?.groups?.['n']);
	}

	/** Waits until something has happened after event `n`. */
	async hasNewsAfter(n: number): Promise<void> {
		await this.waitFor(() => this.newestEvent() > n, {label: `an event after #${n}`});
	}

	/** Has everything drawn anew (Ctrl+L), and gives the screens before and after: any difference is a ghost. */
	async redrawn(): Promise<{readonly before: string; readonly after: string}> {
		const {rows} = this.xterm;
		const before = this.screen();
		const footer = this.row(rows - 1);
		const erasedBefore = this.#erasedLines;
		this.press('Ctrl+l');
		// The lines are erased from the last one up, and drawn from the first one down.
		const after = await this.waitFor(() => this.#erasedLines >= erasedBefore + rows && this.row(rows - 1) === footer, {label: 'everything to be drawn anew'});
		return {before, after};
	}
}
