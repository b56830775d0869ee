/** Runs the teacher's screen until the class is ended. */
import {type ClassEvent} from '../../core/class/events.js';
import {type Looks} from '../../core/looks.js';
import {type RemotePort} from '../../lab/remote.js';
import {onTerminal} from '../on-terminal.js';
import {createTheme} from '../theme.js';
import {ClassApp} from './app.js';
import {ClassModel} from './model.js';

/** Resolves when the person has left and the terminal is as it was. */
export async function runClassScreen(port: RemotePort<ClassEvent>, looks: Looks): Promise<void> {
	const model = new ClassModel(port, () => performance.timeOrigin + performance.now());
	const theme = createTheme(looks);
	try {
		await onTerminal(redraw => <ClassApp model={model} theme={theme} redraw={redraw} />, {
			notify() {
				model.notify();
			},
		});
	} finally {
		model.stop();
	}
}
