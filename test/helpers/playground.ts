/**
The playground in a terminal, driven as a person drives it: `await playground.submit('Hello')`, `await playground.stands('client-1', 'REPLIED')`.

Law: what is waited for is on a whole screen: one that is being erased or drawn is not looked at. A pane is read inside its borders, so that
what one peer says is never taken for the other's.
*/
import {Buffer} from 'node:buffer';
import {onTestFinished} from 'vitest';
import {isSatisfied, describeCondition, type ScreenCondition} from './terminal-conditions.js';
import {brokenBorders, paneIn} from './panes.js';
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
export type Start = Partial<Size> & Pick<TerminalOptions, 'env'> & {readonly flags?: readonly string[]; readonly command?: readonly string[]};

/** Starts the playground, and waits until its server listens and its client is connected. It ends with the test. */
export async function openPlayground({columns = 80, rows = 24, flags = freePort, command = program(...flags), env = {}}: Start = {}): Promise<Playground> {
	const playground = new Playground({command, columns, rows, env});
	onTestFinished(async () => playground.close());
	await playground.sees('client-1', 'connected');
	await playground.sees('server-1', 'listening · 1 peer');
	// Ink asks for pastes in brackets after its first frame; until then a paste is typed text.
	await playground.waitFor(() => playground.modes().bracketedPaste, {label: 'pastes in brackets'});
	return playground;
}

type WaitOptions = NonNullable<Parameters<TestTerminal['waitFor']>[1]>;

const synchronisedOutput = 2026;
const alternateScreen = 1049;

/** A terminal with the playground in it. */
export class Playground extends TestTerminal {
	/** What the program has put on the clipboard, newest last. */
	readonly clipboard: string[] = [];
	/** How often the screen has been erased. */
	#erasures = 0;
	/** False while the screen is erased, or a frame is being written (synchronised output, DEC mode 2026). */
	#isWhole = true;

	constructor(options: TerminalOptions) {
		super(options);
		this.xterm.parser.registerOscHandler(52, data => {
			this.clipboard.push(Buffer.from(data.slice(data.indexOf(';') + 1), 'base64').toString());
			return true;
		});
		this.#watchFrames();
	}

	// False means "not handled": xterm's own handlers must see the sequences too.
	#watchFrames(): void {
		const {parser} = this.xterm;
		parser.registerCsiHandler({final: 'J'}, () => {
			this.#erasures++;
			this.#isWhole = false;
			return false;
		});
		parser.registerCsiHandler({prefix: '?', final: 'h'}, parameters => {
			this.#isWhole &&= !parameters.includes(synchronisedOutput);
			return false;
		});
		parser.registerCsiHandler({prefix: '?', final: 'l'}, parameters => {
			this.#isWhole ||= parameters.includes(synchronisedOutput) || parameters.includes(alternateScreen);
			return false;
		});
	}

	/** As any terminal's, but only whole screens are looked at. */
	override async waitFor(condition: ScreenCondition, {label = describeCondition(condition), ...rest}: WaitOptions = {}): Promise<string> {
		return super.waitFor(screen => this.#isWhole && isSatisfied(condition, screen), {...rest, label});
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

	/** Waits until every border is whole. */
	async hasWholeBorders(): Promise<void> {
		await this.waitFor(() => brokenBorders(this.cells()).length === 0, {label: 'every border to be whole'});
	}

	/** Waits until the cursor stands in the input line, so many columns after the prompt. */
	async cursorIsAt(column: number): Promise<void> {
		const row = this.xterm.rows - 2;
		await this.waitFor(() => {
			const cursor = this.cursor();
			return cursor.row === row && cursor.column === this.row(row).indexOf('›') + 2 + column;
		}, {label: `the cursor to stand at column ${column} of the input line`});
	}

	/** How many requests have been sent, as the header says it. */
	asked(): number {
		const row = this.row(0);
		return row.includes('nothing asked yet') ? 0 : Number(/ (?<count>\d+) asked/v.exec(row)?.groups?.['count']);
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
		await this.waitFor(new RegExp(String.raw`\b${count} asked`, 'v'));
		await this.stands('client-1', 'REPLIED');
	}

	/** Has everything drawn anew (Ctrl+L), and gives the screens before and after: any difference is a ghost. */
	async redrawn(): Promise<{readonly before: string; readonly after: string}> {
		const before = this.screen();
		const erasuresBefore = this.#erasures;
		this.press('Ctrl+l');
		const after = await this.waitFor(() => this.#erasures > erasuresBefore, {label: 'everything to be drawn anew'});
		return {before, after};
	}
}
