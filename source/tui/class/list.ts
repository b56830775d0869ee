/** Everybody, a line each: state by symbol, word and colour, the last request, round trips, how long it has been so. Only the lines that can be seen are drawn. */
import {formatAge} from '../../core/age.js';
import {type ListedStudent, type StudentState} from '../../core/class/roster.js';
import {describeFrames} from '../../core/rows.js';
import {cut, spread, widthOfSpans, type Span} from '../line.js';
import {type Role, type Theme} from '../theme.js';
import {boxed} from './box.js';
import {type ClassModel} from './model.js';

const words: Readonly<Record<StudentState, string>> = {idle: 'idle', waiting: 'waits', replied: 'replied', stuck: 'STUCK', away: 'away', out: 'sent out'};
const roles: Readonly<Record<StudentState, Role>> = {idle: 'plain', waiting: 'busy', replied: 'good', stuck: 'bad', away: 'quiet', out: 'quiet'};

/** The symbol and the word of a state. */
export function stateOf({symbols}: Theme, state: StudentState): {readonly symbol: string; readonly word: string; readonly role: Role} {
	const shapes: Readonly<Record<StudentState, string>> = {
		idle: symbols.states.idle, waiting: symbols.states['awaiting-reply'], replied: symbols.states.replied, stuck: symbols.warning, away: symbols.dot, out: symbols.refused,
	};
	return {symbol: shapes[state], word: words[state], role: roles[state]};
}

export function drawList(theme: Theme, {focus, now}: Pick<ClassModel, 'focus' | 'now'>, students: readonly ListedStudent[], place: {readonly width: number; readonly height: number}): readonly string[] {
	const rows = place.height - 2;
	const at = students.findIndex(({name}) => name === focus);
	const first = Math.max(0, Math.min(students.length - rows, at - Math.floor(rows / 2)));
	const seen = students.slice(first, first + rows);
	const nameWidth = Math.max(3, ...seen.map(({name}) => [...name].length));
	const counts = (['waiting', 'stuck', 'away'] as const).map(state => [state, students.filter(student => student.state === state).length] as const).filter(([, count]) => count > 0);
	const title = `students ${students.length > rows ? `${first + 1}–${first + seen.length} of ${students.length}` : students.length}${counts.map(([state, count]) => ` · ${count} ${words[state].toLowerCase()}`).join('')}`;
	const lines = students.length === 0
		? [[{text: ' nobody has joined yet', role: 'quiet' as const}]]
		: seen.map(student => drawRow(theme, student, {width: place.width - 2, nameWidth, isFocused: student.name === focus, now: now()}));
	return boxed(theme, {title: [{text: title}], ...place, role: 'focus'}, lines);
}

function drawRow(theme: Theme, student: ListedStudent, {width, nameWidth, isFocused, now}: {readonly width: number; readonly nameWidth: number; readonly isFocused: boolean; readonly now: number}): readonly Span[] {
	const {name, state, since, answered, exchanges, progress, dropped} = student;
	const {symbol, word, role} = stateOf(theme, state);
	const age = state === 'waiting' || state === 'stuck' || state === 'away' ? formatAge(Math.max(0, now - since)) : '';
	const head: readonly Span[] = [
		{text: isFocused ? theme.symbols.request : ' ', role: 'focus'},
		{text: `${symbol} `, role},
		{text: name.padEnd(nameWidth), role: isFocused ? 'selected' : 'plain'},
		{text: ` ${word.padEnd(8)}${age.padStart(6)} `, role},
	];
	const last = exchanges.at(-1);
	const steps = progress ? ` ${progress.done ? theme.symbols.held : `${progress.step}/${progress.of}`}` : '';
	const end = `${dropped > 0 ? ` ${dropped} dropped` : ''}${steps} ${answered}× `;
	const room = width - widthOfSpans(head) - end.length - 2;
	return spread([...head, {text: ` ${last && room > 4 ? cut(describeFrames(last.asked), room) : ''}`}], [{text: end, role: 'quiet'}], width);
}
