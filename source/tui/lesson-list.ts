/** The list of lessons, over the panes: what each is about, and how far one is. */
import {visible} from '../core/text.js';
import {cut, fit, widthOf, type Span} from './line.js';
import {type LessonRow} from './lesson-control.js';
import {type Theme} from './theme.js';

type Place = {readonly width: number; readonly height: number};

/** Draws exactly `height` lines; the selected one is always in sight. */
export function drawLessonList(theme: Theme, rows: readonly LessonRow[], selected: number, {width, height}: Place): readonly string[] {
	const room = Math.max(1, height - 3);
	const from = Math.max(0, Math.min(selected - Math.floor(room / 2), rows.length - room));
	const done = rows.filter(({progress}) => progress?.isDone).length;
	const head: Span[] = [{text: ' Lessons', role: 'strong'}, {text: `   ${done} of ${rows.length} done`, role: 'quiet'}];
	const titleWidth = Math.max(0, ...rows.map(({title}) => widthOf(title)));
	const lines = rows.slice(from, from + room).map((row, index) => drawRow(theme, row, {isSelected: from + index === selected, number: from + index + 1, titleWidth, width}));
	const about = fit(theme, [{text: `   ${visible(rows[selected]?.summary ?? '')}`, role: 'strong'}], width);
	return [fit(theme, head, width), about, ...lines, ...Array.from({length: height - 2 - lines.length}, () => ' '.repeat(width))];
}

type RowProps = {readonly isSelected: boolean; readonly number: number; readonly titleWidth: number; readonly width: number};

function drawRow(theme: Theme, {title, summary, minutes, steps, progress}: LessonRow, {isSelected, number, titleWidth, width}: RowProps): string {
	const {symbols} = theme;
	const isBegun = progress !== undefined && progress.step > 0;
	const mark = progress?.isDone ? symbols.states.replied : (isBegun ? symbols.states['awaiting-reply'] : symbols.states.idle);
	const where = isBegun ? `step ${progress.step + 1}/${steps}` : (progress?.isDone ? 'done' : `${minutes} min`);
	const name = `${String(number).padStart(2)} ${visible(title)}`;
	return fit(theme, [
		{text: isSelected ? ` ${symbols.request} ` : ' '.repeat(3), role: 'focus'},
		{text: `${mark} `, role: progress?.isDone ? 'good' : (isBegun ? 'busy' : 'quiet')},
		{text: name + ' '.repeat(Math.max(0, titleWidth + 3 - widthOf(name))), role: isSelected ? 'selected' : 'plain'},
		{text: `  ${where.padEnd(9)}`, role: 'quiet'},
		{text: width < 100 ? '' : cut(visible(summary), Math.max(0, width - titleWidth - 20)), role: 'quiet'},
	], width);
}
