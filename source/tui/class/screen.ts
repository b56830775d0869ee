/** The teacher's screen as lines: the line for the wall, the list, what the student in focus asked, the news. Pure. */
import {classCommands} from '../../commands/classroom.js';
import {joinLine} from '../../core/class/events.js';
import {describeLimits} from '../../core/class/limits.js';
import {type ListedStudent} from '../../core/class/roster.js';
import {formatClock} from '../../core/age.js';
import {isTooSmall, smallest, type Size} from '../layout.js';
import {cut, fit, spread, widthOf, widthOfSpans, wrap, type Span} from '../line.js';
import {window} from '../line-window.js';
import {type Screen} from '../screen.js';
import {type Theme} from '../theme.js';
import {drawExchanges} from './exchanges.js';
import {boxed} from './box.js';
import {commandTyped} from './control.js';
import {classKeys} from './keys.js';
import {drawList} from './list.js';
import {type ClassModel} from './model.js';

/** Header, line for the wall, hint, input line and footer. */
const chromeRows = 5;
const wideColumns = 96;
const roomyRows = 28;
const newsRows = 7;

export function drawClass(theme: Theme, model: ClassModel, size: Size): Screen {
	const {columns, rows} = size;
	if (isTooSmall(size)) {
		return {lines: Array.from({length: rows}, (_, index) => fit(theme, index === 0 ? [{text: `needs ${smallest.columns}x${smallest.rows}`}] : [], columns))};
	}

	const input = drawInput(theme, model, columns);
	return {
		lines: [drawHeader(theme, model, columns), drawWall(theme, model, columns), ...drawBody(theme, model, {columns, rows: rows - chromeRows}), drawHint(theme, model, columns), input.line, drawFooter(theme, columns)],
		cursor: {x: input.cursorColumn, y: rows - 2},
	};
}

function drawHeader(theme: Theme, {roster}: ClassModel, width: number): string {
	const {students, here, asked, answered, turnedAway, n, lesson} = roster;
	const left: readonly Span[] = [{text: ' zmq-playground', role: 'strong'}, {text: `  class${lesson === undefined ? '' : ` · ${lesson}`}`}];
	const facts = [turnedAway === 0 ? '' : `${turnedAway} turned away`, `${asked} asked`, `${answered} answered`, `${here} of ${students.size} here`, `#${n}`].filter(Boolean);
	while (facts.length > 1 && widthOf(facts.join(' · ')) + widthOfSpans(left) + 2 > width) {
		facts.shift();
	}

	return fit(theme, spread(left, [{text: `${facts.join(' · ')} `, role: 'quiet'}], width), width);
}

/** What everybody types; it is there all the time, and is read from the last row. */
function drawWall(theme: Theme, {roster}: ClassModel, width: number): string {
	const {door, hosts, code, isLocked, ended} = roster;
	const [host = '', ...others] = hosts;
	if (ended !== undefined) {
		return fit(theme, [{text: ` ${theme.symbols.refused} ${ended}`, role: 'bad'}], width);
	}

	if (door === undefined || code === '') {
		return fit(theme, [{text: ' the class is about to open', role: 'quiet'}], width);
	}

	const lock: Span = isLocked ? {text: `${theme.symbols.refused} LOCKED `, role: 'bad'} : {text: `${theme.symbols.held} open `, role: 'good'};
	const more: Span = {text: others.length === 0 ? '' : `  or ${others.slice(0, 2).join(', ')}`, role: 'quiet'};
	return fit(theme, spread([{text: ' '}, {text: ` ${joinLine(host, door, code)} `, role: 'lit'}, more], [lock], width), width);
}

function drawBody(theme: Theme, model: ClassModel, {columns, rows}: Size): readonly string[] {
	if (model.help !== undefined) {
		return drawHelp(theme, {columns, rows}, model.help);
	}

	const shown = model.shown === undefined ? undefined : model.roster.students.get(model.shown);
	if (shown) {
		return drawExchanges(theme, shown, {width: columns, height: rows, isBig: true, now: model.now()});
	}

	const news = rows >= roomyRows - chromeRows ? newsRows : 0;
	const height = rows - news;
	const {students, focused} = model;
	const isWide = columns >= wideColumns;
	const listWidth = isWide ? Math.floor(columns * 0.6) : columns;
	const list = drawList(theme, model, students, {width: listWidth, height: isWide || !focused ? height : Math.max(4, Math.ceil(height * 0.6))});
	const place = {width: isWide ? columns - listWidth : columns, height: height - (isWide ? 0 : list.length)};
	const exchanges = focused ? drawExchanges(theme, focused, {...place, isBig: false, now: model.now()}) : drawNobody(theme, place);
	const upper = isWide ? list.map((line, index) => line + (exchanges[index] ?? '')) : [...list, ...exchanges];
	return [...upper, ...(news === 0 ? [] : drawNews(theme, model, {width: columns, height: news}))];
}

const drawNobody = (theme: Theme, place: {readonly width: number; readonly height: number}): readonly string[] => place.height < 2
	? []
	: boxed(theme, {title: [{text: 'welcome'}], ...place}, wrap(`Everybody types the line above. ${describeLimits()}.`, place.width - 4).map(text => [{text: ` ${text}`, role: 'quiet'}]));

function drawNews(theme: Theme, {roster}: ClassModel, place: {readonly width: number; readonly height: number}): readonly string[] {
	const newest = roster.news.slice(-(place.height - 2));
	return boxed(theme, {title: [{text: 'news'}], ...place}, newest.map(({t, text, isTrouble}) => [{text: ` ${formatClock(t)}  `, role: 'quiet'}, {text, role: isTrouble ? 'busy' : 'plain'}]));
}

/** The usage of the command that is being typed, else the notice, else what holds for all. */
function drawHint(theme: Theme, model: ClassModel, width: number): string {
	const {notice, editor: {text}, roster: {settings}, focused} = model;
	if (notice) {
		return fit(theme, [{text: ` ${notice.text}`, role: notice.isProblem ? 'bad' : 'good'}], width);
	}

	if (text.startsWith('/')) {
		const command = commandTyped(text);
		return fit(theme, command ? [{text: ` /${command.usage}`, role: 'key'}, {text: `   ${command.summary}`, role: 'quiet'}] : [{text: ` ${classCommands.map(({name}) => `/${name}`).join(' ')}`, role: 'quiet'}], width);
	}

	return text !== '' && focused ? fit(theme, [{text: focused.waiting > 0 ? ` Enter answers ${focused.name}` : ` ${focused.name} has no request that waits`, role: focused.waiting > 0 ? 'good' : 'busy'}], width) : fit(theme, [{text: ` for all: ${describeSettings(settings)}`, role: 'quiet'}], width);
}

function describeSettings({delay, hold, service, 'reply-with': template = ''}: ListedStudent['settings']): string {
	const answer = service === 'by-hand' ? 'answered by hand' : `answered “${cut(template, 30)}” ${delay === 'off' ? 'at once' : `after ${delay}`}`;
	return hold === 'on' ? 'every reply is held · /release' : answer;
}

function drawInput(theme: Theme, {editor, focus}: ClassModel, width: number): {readonly line: string; readonly cursorColumn: number} {
	const prompt = ` ${editor.text.startsWith('/') ? 'class' : focus ?? 'class'} › `;
	const {text, cursorColumn} = window(editor, width - widthOf(prompt) - 1);
	return {line: fit(theme, [{text: prompt, role: 'focus'}, {text}], width), cursorColumn: widthOf(prompt) + cursorColumn};
}

function drawFooter(theme: Theme, width: number): string {
	const spans: Span[] = [];
	for (const {label, footer} of classKeys) {
		const next: readonly Span[] = footer === undefined ? [] : [{text: spans.length === 0 ? ' ' : '  '}, {text: label, role: 'key'}, {text: ` ${footer}`, role: 'quiet'}];
		if (widthOfSpans([...spans, ...next]) <= width) {
			spans.push(...next);
		}
	}

	return fit(theme, spans, width);
}

function drawHelp(theme: Theme, {columns, rows}: Size, top: number): readonly string[] {
	const entry = (name: string, summary: string): ReadonlyArray<readonly Span[]> => [[{text: `  ${name}`, role: 'key'}], ...wrap(summary, columns - 8).map(text => [{text: `      ${text}`}])];
	const lines: ReadonlyArray<readonly Span[]> = [
		[{text: '  Commands', role: 'strong'}, {text: ' (for all; /@ana before a command is for one)', role: 'quiet'}],
		...classCommands.flatMap(({usage, summary}) => entry(`/${usage}`, summary)),
		[],
		[{text: '  Keys', role: 'strong'}],
		...classKeys.flatMap(({label, summary}) => entry(label, summary)),
		[],
		...wrap(`Limits: ${describeLimits()}.`, columns - 4).map(text => [{text: `  ${text}`}]),
	];
	const shown = lines.slice(Math.min(top, Math.max(0, lines.length - rows)));
	return Array.from({length: rows}, (_, index) => fit(theme, shown[index] ?? [], columns));
}
