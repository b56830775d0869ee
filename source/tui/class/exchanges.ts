/** What one student asked and got, newest at the bottom: beside the list, or with room between the lines on the big screen. */
import {formatAge} from '../../core/age.js';
import {type ClassExchange, type ListedStudent} from '../../core/class/roster.js';
import {formatElapsed} from '../../core/duration.js';
import {describeFrames} from '../../core/rows.js';
import {spread, type Span} from '../line.js';
import {type Theme} from '../theme.js';
import {boxed} from './box.js';
import {stateOf} from './list.js';

type Place = {readonly width: number; readonly height: number; readonly isBig: boolean; readonly now: number};

export function drawExchanges(theme: Theme, student: ListedStudent, {width, height, isBig, now}: Place): readonly string[] {
	if (height < 3) {
		return [];
	}

	const {name, state, since, settings, progress, exchanges} = student;
	const {symbol, word, role} = stateOf(theme, state);
	const facts = [
		...(state === 'waiting' || state === 'stuck' ? [formatAge(Math.max(0, now - since))] : []),
		...Object.entries(settings).map(([setting, value]) => `${setting} ${value}`),
		...(progress ? [`${progress.lesson} ${progress.done ? 'done' : `${progress.step}/${progress.of}`}`] : []),
	];
	const title: readonly Span[] = [{text: name, role: 'strong'}, {text: `  ${symbol} ${isBig ? word.toUpperCase() : word}`, role}, {text: facts.length === 0 ? '' : ` ${facts.join(' · ')}`, role: 'quiet'}];
	const lines = exchanges.flatMap(exchange => [...(isBig ? [[]] : []), ...linesOf(theme, exchange, {width: width - 4, state})]);
	const shown = lines.length === 0 ? [[{text: ' has asked nothing yet', role: 'quiet' as const}]] : lines.slice(-(height - 2));
	return boxed(theme, {title, width, height, role: isBig ? 'focus' : 'quiet'}, shown.map(spans => [{text: isBig ? '  ' : ' '}, ...spans]));
}

function linesOf({symbols}: Theme, {asked, reply, ms, by, lost}: ClassExchange, {width, state}: {readonly width: number; readonly state: ListedStudent['state']}): ReadonlyArray<readonly Span[]> {
	const question: readonly Span[] = [{text: `${symbols.request} `, role: 'request'}, {text: describeFrames(asked)}];
	if (lost !== undefined) {
		const why = lost === 'crash' ? 'lost: the server crashed while it held this' : (lost === 'unreachable' ? 'nobody was there to be answered' : 'sent out');
		return [question, [{text: `${symbols.refused} ${why}${state === 'stuck' && lost === 'crash' ? '; a strict REQ waits for ever' : ''}`, role: 'bad'}]];
	}

	return reply === undefined || ms === undefined
		? [question, [{text: `${symbols.states['awaiting-reply']} waits for your reply`, role: 'busy'}]]
		: [question, spread([{text: `${symbols.reply} `, role: 'reply'}, {text: describeFrames(reply)}], [{text: `${by === 'hand' ? 'by hand ' : ''}${formatElapsed(ms)}`, role: 'quiet'}], width - 2)];
}
