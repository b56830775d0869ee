/** Runs the playground on the terminal until the person leaves, and gives the terminal back whatever happens. */
import process from 'node:process';
import {render, type Instance} from 'ink';
import {type Board} from '../core/race/board.js';
import {type RaceRequest} from '../core/race/entrants.js';
import {type LabPort} from '../core/lab-port.js';
import {type Looks} from '../core/looks.js';
import {firstClient} from '../core/scenes.js';
import {type GrowingRecording} from '../recording/growing.js';
import {App} from './app.js';
import {Playground} from './playground.js';
import {watchRace} from './race-control.js';
import {ScriptPlayer, type PlayableScript} from './script-player.js';
import {openLessons, type LessonWish} from './lesson-control.js';
import {isSuspended} from './suspend.js';
import {SpokenApp} from './spoken/spoken-app.js';
import {createTheme} from './theme.js';

/** What the screen needs from outside; `focus` is the peer whose input line has the cursor. */
export type ScreenOptions = {readonly looks: Looks; readonly focus?: string; readonly script?: PlayableScript; readonly recording?: GrowingRecording; readonly speed?: number; readonly race?: OnlyRace; readonly learn?: LessonWish};

/** A race and nothing else; `left` gets its board when the person leaves. */
type OnlyRace = RaceRequest & {readonly left: (board: Board) => void};

/** Resolves when the person has left and the terminal is as it was. Rejects with whatever was thrown, in drawing or elsewhere. */
export async function runScreen(port: LabPort, {looks, focus = firstClient, script, recording, speed, race, learn}: ScreenOptions): Promise<void> {
	const player = script && new ScriptPlayer(script);
	const playground = new Playground(player ? player.listenTo(port) : port, focus, () => performance.timeOrigin + performance.now(), {isCalm: looks.isCalm || looks.isSpoken, ...(recording && {recording})});
	if (race) {
		playground.isOnlyRace = true;
		watchRace(playground, race);
	}

	await firstEvents(playground);
	if (speed !== undefined) {
		playground.playOrPause(speed);
	}

	// What was typed while the program was loaded has been echoed, and Ink draws from where the cursor stands.
	process.stdout.write('\r');
	const instance = looks.isSpoken ? startSpoken(playground, looks) : startDrawn(playground, looks);
	const comeBack = (): void => {
		takeTerminalAgain(playground, looks.isSpoken ? undefined : instance);
	};

	process.on('SIGCONT', comeBack);
	player?.play(playground);
	if (learn) {
		void openLessons(playground, learn);
	}

	try {
		await Promise.race([instance.waitUntilExit(), failure()]);
	} finally {
		process.off('SIGCONT', comeBack);
		player?.stop();
		playground.stop();
		if (playground.race) {
			race?.left(playground.race.board());
		}

		instance.unmount();
		await playground.keeping;
		process.stdin.pause();
	}
}

// Asked for though Ink would guess it: CI=1 in the environment says nothing about this terminal.
const always = {interactive: true, exitOnCtrlC: false, patchConsole: false} as const;

function startDrawn(playground: Playground, looks: Looks): Instance {
	const instance: Instance = render(
		<App
			playground={playground}
			theme={createTheme(looks)}
			redraw={() => {
				clearScreen(instance);
			}}
		/>,
		{...always, alternateScreen: true, incrementalRendering: true, maxFps: 60},
	);
	return instance;
}

/** On the normal screen: what was said stays, for whoever reads back. */
const startSpoken = (playground: Playground, looks: Looks): Instance =>
	render(<SpokenApp playground={playground} theme={createTheme({...looks, hasColor: false})} />, {...always, isScreenReaderEnabled: true});

/** How long (ms) the first frame may wait for the lab: less than a person notices. */
const patienceMs = 60;

/** Waits for the lab's first words, so that the first frame shows the pair and not that it is starting: each of the two costs as much. */
async function firstEvents(playground: Playground): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	await new Promise<void>(resolve => {
		const unsubscribe = playground.subscribe(() => {
			unsubscribe();
			resolve();
		});
		timer = setTimeout(resolve, patienceMs);
	});
	clearTimeout(timer);
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

/** After a stop from outside (`kill -STOP`): the shell has had the terminal meanwhile and left it in its own state. `drawn` is there if there is a screen to draw anew. */
function takeTerminalAgain(playground: Playground, drawn: Instance | undefined): void {
	if (isSuspended()) {
		return;
	}

	process.stdin.setRawMode(false);
	process.stdin.setRawMode(true);
	process.stdout.write((drawn ? alternateScreen : '') + bracketedPaste);
	if (drawn) {
		clearScreen(drawn);
	}

	playground.notify();
}
