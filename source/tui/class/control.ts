/** From the teacher's keys to what they do. */
import {classCommands, completeClassLine, parseClassLine} from '../../commands/classroom.js';
import {quotePayload} from '../../commands/payload.js';
import {visible} from '../../core/text.js';
import {type Keystroke} from '../keystroke.js';
import {type Terminal} from '../terminal.js';
import {classIntentOf, type ClassIntent} from './keys.js';
import {type ClassModel} from './model.js';

/** Takes one key press, or a run of typed text. */
export function takeClassKey(model: ClassModel, terminal: Terminal, keystroke: Keystroke): void {
	const isQuestion = keystroke.type === 'text' && keystroke.text === '?' && model.editor.text === '';
	if (keystroke.type === 'text' && !isQuestion) {
		model.help = undefined;
		model.edit({type: 'insert', text: keystroke.text});
		return;
	}

	const intent = classIntentOf(keystroke.type === 'key' ? keystroke.name : keystroke.text);
	if (intent) {
		carryOut(model, terminal, intent);
	}
}

function carryOut(model: ClassModel, terminal: Terminal, intent: ClassIntent): void {
	switch (intent.type) {
		case 'edit': {
			model.edit(intent.action);
			break;
		}

		case 'submit': {
			submit(model, terminal);
			break;
		}

		case 'complete': {
			complete(model);
			break;
		}

		case 'next':
		case 'previous': {
			model.walk(intent.type === 'next' ? 1 : -1);
			break;
		}

		case 'big-screen': {
			model.shown = model.shown === undefined ? model.focus : undefined;
			model.tell(model.focus === undefined ? {text: 'nobody is here yet', isProblem: true} : undefined);
			break;
		}

		case 'lock': {
			model.execute(model.roster.isLocked ? 'unlock' : 'lock');
			break;
		}

		case 'longer':
		case 'shorter': {
			model.execute(`delay ${intent.type}`);
			break;
		}

		case 'help': {
			model.help = 0;
			model.tell(undefined);
			break;
		}

		case 'scroll': {
			model.help = model.help === undefined ? undefined : Math.max(0, model.help + intent.lines);
			model.notify();
			break;
		}

		case 'back': {
			if (model.help === undefined && model.shown === undefined) {
				model.edit({type: 'clear'});
			}

			model.help = undefined;
			model.shown = undefined;
			model.tell(undefined);
			break;
		}

		default: {
			terminal[intent.type]();
		}
	}
}

/** A command, or a text for the student in focus. What is refused stays in the line. */
function submit(model: ClassModel, terminal: Terminal): void {
	const {text} = model.editor;
	if (text.trim() === '') {
		return;
	}

	const isCommand = text.startsWith('/') && !text.startsWith('//');
	if (!isCommand && model.focus === undefined) {
		model.tell({text: 'nobody is here yet; a command begins with /', isProblem: true});
		return;
	}

	const line = isCommand ? text.slice(1) : `@${model.focus} reply ${quotePayload(text.startsWith('//') ? text.slice(1) : text)}`;
	const parsed = parseClassLine(addressed(line, model.focus), model.students.map(({name}) => name));
	if (!parsed.ok) {
		model.tell({text: visible(`${parsed.reason}: ${parsed.next}`), isProblem: true});
		return;
	}

	model.edit({type: 'remember', text});
	model.edit({type: 'clear'});
	const {action, who} = parsed;
	switch (action.verb) {
		case 'quit': {
			terminal.quit();
			break;
		}

		case 'help': {
			model.help = 0;
			model.tell(undefined);
			break;
		}

		case 'show': {
			model.focus = who ?? model.focus;
			model.shown = who;
			model.tell(undefined);
			break;
		}

		default: {
			model.execute(addressed(line, model.focus));
		}
	}
}

/** `/reply` without an address goes to the student in focus. */
const addressed = (line: string, focus: string | undefined): string => focus !== undefined && /^reply\s/v.test(line) ? `@${focus} ${line}` : line;

/** Tab: one candidate after the other; without a command, the next student. */
function complete(model: ClassModel): void {
	const input = model.completing?.input ?? model.editor.text;
	if (!input.startsWith('/')) {
		model.walk(1);
		return;
	}

	const {from, candidates} = completeClassLine(input, model.students.map(({name}) => name));
	if (candidates.length > 0) {
		const index = ((model.completing?.index ?? -1) + 1) % candidates.length;
		model.edit({type: 'set', text: input.slice(0, from) + (candidates[index] ?? '')});
		model.completing = {input, index};
		model.notify();
	}
}

/** Every command, for the hint while one is typed. */
export const commandTyped = (input: string): (typeof classCommands)[number] | undefined => {
	const verb = /^\/(?:@\S+\s+)?(?<verb>[\-a-z]+)/v.exec(input)?.groups?.['verb'];
	return classCommands.find(({name}) => name === verb);
};
