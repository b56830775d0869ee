/** A terminal that remembers what a picture of its screen does not show: buffers visited, titles set, the clipboard written, the bell rung. */
import {onTestFinished} from 'vitest';
import {Playground} from './playground.js';
import {type TerminalOptions} from './terminal.js';

/** Operating system commands with which a text could reach beyond its place: colours of the palette, links, colours of the screen, the clipboard. */
const reachingOut = [4, 8, 10, 11, 12, 52];

export class WatchedTerminal extends Playground {
	/** The buffers shown one after the other, the first one included. */
	readonly buffersShown: Array<'normal' | 'alternate'> = ['normal'];
	/** What the program did beyond drawing, in the order of doing. */
	readonly deeds: string[] = [];

	constructor(options: TerminalOptions) {
		super(options);
		this.xterm.buffer.onBufferChange(({type}) => {
			this.buffersShown.push(type);
		});
		this.xterm.onTitleChange(title => {
			this.deeds.push(`title ${title}`);
		});
		this.xterm.onBell(() => {
			this.deeds.push('bell');
		});
		for (const code of reachingOut) {
			// False means "not handled": the others' handlers come after.
			this.xterm.parser.registerOscHandler(code, data => {
				this.deeds.push(`OSC ${code} ${data}`);
				return false;
			});
		}
	}
}

/** Runs a command in a watched terminal, which goes away with the test. */
export function watch(options: TerminalOptions): WatchedTerminal {
	const terminal = new WatchedTerminal(options);
	onTestFinished(async () => terminal.close());
	return terminal;
}
