/** Draws an app on the terminal until it exits, and gives the terminal back whatever happens. */
import process from 'node:process';
import {render, type Instance} from 'ink';
import {type ReactNode} from 'react';
import {isSuspended} from './suspend.js';

/** `notify` has everything drawn once more. What is spoken stays on the normal screen, for whoever reads back. */
export type OnTerminal = {readonly notify: () => void; readonly isSpoken?: boolean};

// Asked for though Ink would guess it: CI=1 in the environment says nothing about this terminal.
const always = {interactive: true, exitOnCtrlC: false, patchConsole: false} as const;
const drawn = {...always, alternateScreen: true, incrementalRendering: true, maxFps: 60} as const;
const spoken = {...always, isScreenReaderEnabled: true} as const;

/**
`draw` gets what makes Ink forget what is on the screen. Resolves when the app has exited and the terminal is as it was. Rejects with whatever
was thrown, in drawing or elsewhere.
*/
export async function onTerminal(draw: (redraw: () => void) => ReactNode, {notify, isSpoken = false}: OnTerminal): Promise<void> {
	// What was typed while the program was loaded has been echoed, and Ink draws from where the cursor stands.
	process.stdout.write('\r');
	const instance: Instance = render(draw(() => {
		clearScreen(instance);
	}), isSpoken ? spoken : drawn);
	const comeBack = (): void => {
		takeTerminalAgain(notify, isSpoken ? undefined : instance);
	};

	process.on('SIGCONT', comeBack);
	try {
		await Promise.race([instance.waitUntilExit(), failure()]);
	} finally {
		process.off('SIGCONT', comeBack);
		instance.unmount();
		process.stdin.pause();
	}
}

/**
Rejects with the first error that nobody caught, or when the terminal is gone. One mistake brings others about while the terminal is
given back; they are heard as well, and dropped: Node would print them with their stacks.
*/
async function failure(): Promise<never> {
	return new Promise((_resolve, reject) => {
		process.on('uncaughtException', reject);
		process.on('unhandledRejection', reject);
		process.stdout.on('error', reject);
	});
}

/** From here on Ink draws everything, from the upper left corner: after a resize the cursor need not be where Ink has left it. */
function clearScreen(instance: Instance): void {
	instance.clear();
	process.stdout.write(homeAndEraseDown);
}

const homeAndEraseDown = '\u{1B}[H\u{1B}[J';
const alternateScreen = '\u{1B}[?1049h';
const bracketedPaste = '\u{1B}[?2004h';

/** After a stop from outside (`kill -STOP`): the shell has had the terminal meanwhile and left it in its own state. `screen` is there if there is a screen to draw anew. */
function takeTerminalAgain(notify: () => void, screen: Instance | undefined): void {
	if (isSuspended()) {
		return;
	}

	process.stdin.setRawMode(false);
	process.stdin.setRawMode(true);
	process.stdout.write((screen ? alternateScreen : '') + bracketedPaste);
	if (screen) {
		clearScreen(screen);
	}

	notify();
}
