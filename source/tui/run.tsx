/** Runs the playground on the terminal until the person leaves, and gives the terminal back whatever happens. */
import {type Board} from '../core/race/board.js';
import {type RaceRequest} from '../core/race/entrants.js';
import {type LabPort} from '../core/lab-port.js';
import {type Looks} from '../core/looks.js';
import {firstClient} from '../core/scenes.js';
import {visible} from '../core/text.js';
import {type GrowingRecording} from '../recording/growing.js';
import {App} from './app.js';
import {onTerminal} from './on-terminal.js';
import {Playground} from './playground.js';
import {watchRace} from './race-control.js';
import {ScriptPlayer, type PlayableScript} from './script-player.js';
import {openLessons, type LessonWish} from './lesson-control.js';
import {SpokenApp} from './spoken/spoken-app.js';
import {createTheme} from './theme.js';

/** What the screen needs from outside; `focus` is the peer whose input line has the cursor. `hear` is told where to say what happens elsewhere. */
export type ScreenOptions = {
	readonly looks: Looks;
	readonly focus?: string;
	readonly script?: PlayableScript;
	readonly recording?: GrowingRecording;
	readonly speed?: number;
	readonly race?: OnlyRace;
	readonly learn?: LessonWish;
	readonly hear?: (listener: (news: string) => void) => void;
};

/** A race and nothing else; `left` gets its board when the person leaves. */
type OnlyRace = RaceRequest & {readonly left: (board: Board) => void};

/** Resolves when the person has left and the terminal is as it was. Rejects with whatever was thrown, in drawing or elsewhere. */
export async function runScreen(port: LabPort, {looks, focus = firstClient, script, recording, speed, race, learn, hear}: ScreenOptions): Promise<void> {
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

	player?.play(playground);
	const opened = learn && openLessons(playground, learn);
	void listen(playground, opened, hear);
	try {
		await onTerminal(redraw => looks.isSpoken
			? <SpokenApp playground={playground} theme={createTheme({...looks, hasColor: false})} />
			: <App playground={playground} theme={createTheme(looks)} redraw={redraw} />, {
			isSpoken: looks.isSpoken,
			notify() {
				playground.notify();
			},
		});
	} finally {
		player?.stop();
		playground.stop();
		if (playground.race) {
			race?.left(playground.race.board());
		}

		await playground.keeping;
	}
}

/** Shows what happens elsewhere, once the lesson is there: its beginning ends what was said before. */
async function listen(playground: Playground, opened: Promise<void> | undefined, hear: ScreenOptions['hear']): Promise<void> {
	await opened;
	hear?.(news => {
		playground.dispatch({type: 'notice', notice: {text: visible(news), isProblem: false}});
	});
}

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
