/**
Every key as a record: what it is called, in which mode it works, what it means. The footer, the help and the readme's table are made from these.
One key, one meaning in one mode. Only keys that terminals really send and Ink really tells apart.
*/
import {type Step} from '../core/travel.js';
import {type LineAction} from './line-editor.js';

/** Typing is the usual mode; browsing selects and scrolls; help, the wire, the code, a race and the list of lessons cover the panes; a prediction is chosen; while playing a script types. */
export type Mode = 'typing' | 'browsing' | 'help' | 'wire' | 'code' | 'race' | 'playing' | 'predicting' | 'lessons';

/** What a key asks of the interface. */
export type Intent =
	LessonIntent | {readonly type: 'edit'; readonly action: LineAction} | {readonly type: 'submit' | 'complete' | 'next-pane' | 'previous-pane' | 'browse' | 'back' | 'help' | 'events' | 'ladder' | 'wire' | 'bytes' | 'why' | 'envelope' | 'copy' | 'quit' | 'suspend' | 'redraw' | 'longer' | 'shorter' | 'next-line' | 'end-script' | 'next-language'} | {readonly type: 'focus'; readonly index: number} | {readonly type: 'walk'; readonly by: 1 | -1} | {readonly type: 'select'; readonly by: number} | {readonly type: 'step'; readonly step: Step} | {readonly type: 'play'} | {readonly type: 'scroll'; readonly pages: number};

/** What a key asks of a lesson, or of the list of lessons. */
export type LessonIntent = {readonly type: 'lesson'; readonly wish: 'back' | 'hint' | 'turn' | 'open'} | {readonly type: 'lesson'; readonly wish: 'choose'; readonly index: number};

/** One binding. `footer` is what the footer calls it, for those shown there (the `spare` ones last, where there is room); `inCommand` is what it calls it while a command is typed; `label` is how a person calls the key. */
export type KeyRecord = {readonly keys: readonly string[]; readonly label: string; readonly modes: readonly Mode[]; readonly intent: Intent; readonly summary: string; readonly footer?: Footer};
type Footer = {readonly text: string; readonly label?: string; readonly isSpare?: true; readonly inCommand?: string};

const typing: readonly Mode[] = ['typing'];
const browsing: readonly Mode[] = ['browsing'];
const both: readonly Mode[] = ['typing', 'browsing'];
const wire: readonly Mode[] = ['wire'];
const code: readonly Mode[] = ['code'];
const predicting: readonly Mode[] = ['predicting'];
const learning: readonly Mode[] = ['typing', 'predicting'];
const scrolling: readonly Mode[] = ['typing', 'browsing', 'help', 'wire', 'code', 'playing', 'predicting'];
const every: readonly Mode[] = [...scrolling, 'race', 'lessons'];
const editing = (action: LineAction): Intent => ({type: 'edit', action});

export const keys: readonly KeyRecord[] = [
	{
		keys: ['enter'], label: 'Enter', modes: typing, intent: {type: 'submit'}, summary: 'send the message, or carry out the command; on an empty line, the next step, also of a lesson', footer: {text: 'send', inCommand: 'do it'},
	},
	{
		keys: ['tab'], label: 'Tab', modes: typing, intent: {type: 'complete'}, summary: 'complete a command; otherwise go to the next pane', footer: {text: 'other pane', inCommand: 'complete'},
	},
	{
		keys: ['tab'], label: 'Tab', modes: browsing, intent: {type: 'next-pane'}, summary: 'the next pane', footer: {label: 'Tab', text: 'other pane'},
	},
	{
		keys: ['shift+tab'], label: 'Shift+Tab', modes: both, intent: {type: 'previous-pane'}, summary: 'the previous pane',
	},
	{
		keys: ['alt+down'], label: 'Alt+↓', modes: both, intent: {type: 'walk', by: 1}, summary: 'the next peer, of however many', footer: {label: 'Alt+↑↓', text: 'peer', isSpare: true},
	},
	{
		keys: ['alt+up'], label: 'Alt+↑', modes: both, intent: {type: 'walk', by: -1}, summary: 'the peer before',
	},
	{
		keys: ['alt+1'], label: 'Alt+1', modes: both, intent: {type: 'focus', index: 0}, summary: 'the client pane',
	},
	{
		keys: ['alt+2'], label: 'Alt+2', modes: both, intent: {type: 'focus', index: 1}, summary: 'the server pane',
	},
	{
		keys: ['shift+up'], label: 'Shift+↑', modes: both, intent: {type: 'longer'}, summary: 'a longer delay', footer: {label: 'Shift+↑↓', text: 'delay', isSpare: true},
	},
	{
		keys: ['shift+down'], label: 'Shift+↓', modes: both, intent: {type: 'shorter'}, summary: 'a shorter delay',
	},
	{
		keys: ['escape'], label: 'Esc', modes: typing, intent: {type: 'browse'}, summary: 'browse: step back in time, select, copy, show events', footer: {text: 'browse'},
	},
	{
		keys: ['up'], label: '↑', modes: typing, intent: editing({type: 'older'}), summary: 'what was typed before, in this pane',
	},
	{
		keys: ['down'], label: '↓', modes: typing, intent: editing({type: 'newer'}), summary: 'back to what is being typed',
	},
	{
		keys: ['page-up'], label: 'PgUp', modes: scrolling, intent: {type: 'scroll', pages: 1}, summary: 'scroll towards the beginning',
	},
	{
		keys: ['page-down'], label: 'PgDn', modes: scrolling, intent: {type: 'scroll', pages: -1}, summary: 'scroll towards now',
	},
	// While typing, only on an empty line: a question mark is also a character.
	{
		keys: ['?'], label: '?', modes: both, intent: {type: 'help'}, summary: 'all commands and keys (on an empty line)', footer: {text: 'help'},
	},
	{
		keys: ['up', 'k'], label: '↑', modes: browsing, intent: {type: 'select', by: 1}, summary: 'select the message above', footer: {label: '↑↓', text: 'select'},
	},
	{
		keys: ['down', 'j'], label: '↓', modes: browsing, intent: {type: 'select', by: -1}, summary: 'select the message below',
	},
	{
		keys: ['left'], label: '←', modes: browsing, intent: {type: 'step', step: 'back'}, summary: 'one event back in time', footer: {label: '←→', text: 'step'},
	},
	{
		keys: ['right'], label: '→', modes: browsing, intent: {type: 'step', step: 'forth'}, summary: 'one event on',
	},
	{
		keys: ['p'], label: 'p', modes: browsing, intent: {type: 'step', step: 'previous-exchange'}, summary: 'back to where the question before was asked', footer: {label: 'p n', text: 'question', isSpare: true},
	},
	{
		keys: ['n'], label: 'n', modes: browsing, intent: {type: 'step', step: 'next-exchange'}, summary: 'on to where the next question was asked',
	},
	{
		keys: ['X'], label: 'X', modes: browsing, intent: {type: 'step', step: 'previous-trouble'}, summary: 'back to the refusal or fault before (✗ in the time bar)', footer: {label: 'X x', text: 'trouble', isSpare: true},
	},
	{
		keys: ['x'], label: 'x', modes: browsing, intent: {type: 'step', step: 'next-trouble'}, summary: 'on to the next refusal or fault',
	},
	{
		keys: ['home', 'g'], label: 'Home', modes: browsing, intent: {type: 'step', step: 'start'}, summary: 'to the oldest event that is remembered',
	},
	{
		keys: ['end', 'G'], label: 'End', modes: browsing, intent: {type: 'step', step: 'now'}, summary: 'back to now, or to the end of a recording', footer: {text: 'now', isSpare: true},
	},
	{
		keys: [' '], label: 'Space', modes: browsing, intent: {type: 'play'}, summary: 'replay from here as it happened; again: pause', footer: {text: 'play', isSpare: true},
	},
	{
		keys: ['e'], label: 'e', modes: browsing, intent: {type: 'events'}, summary: 'show or hide the log of events', footer: {text: 'events'},
	},
	{
		keys: ['w'], label: 'w', modes: browsing, intent: {type: 'wire'}, summary: 'the wire: each unit that passes a tapped link', footer: {text: 'wire'},
	},
	{
		keys: ['up', 'k'], label: '↑', modes: wire, intent: {type: 'select', by: 1}, summary: 'select the unit above', footer: {label: '↑↓', text: 'select'},
	},
	{
		keys: ['down', 'j'], label: '↓', modes: wire, intent: {type: 'select', by: -1}, summary: 'select the unit below',
	},
	{
		keys: ['enter', 'right', 'left'], label: 'Enter or →', modes: wire, intent: {type: 'bytes'}, summary: 'show or hide the bytes of the selected unit', footer: {label: 'Enter', text: 'bytes'},
	},
	{
		keys: ['escape', 'q', 'w'], label: 'Esc', modes: wire, intent: {type: 'back'}, summary: 'leave the wire', footer: {text: 'back'},
	},
	{
		keys: ['tab'], label: 'Tab', modes: code, intent: {type: 'next-language'}, summary: 'the next language', footer: {text: 'language'},
	},
	{
		keys: ['up', 'k'], label: '↑', modes: code, intent: {type: 'scroll', pages: 0.1}, summary: 'scroll up', footer: {label: '↑↓ PgUp PgDn', text: 'scroll'},
	},
	{
		keys: ['down', 'j'], label: '↓', modes: code, intent: {type: 'scroll', pages: -0.1}, summary: 'scroll down',
	},
	{
		keys: ['c', 'y'], label: 'c', modes: code, intent: {type: 'copy'}, summary: 'copy all of it', footer: {text: 'copy'},
	},
	{
		keys: ['escape', 'q', 'enter'], label: 'Esc', modes: code, intent: {type: 'back'}, summary: 'leave the code', footer: {text: 'back'},
	},
	{
		keys: ['escape', 'q'], label: 'Esc', modes: ['race'], intent: {type: 'back'}, summary: 'end the race and leave it', footer: {text: 'end the race'},
	},
	{
		keys: ['f'], label: 'f', modes: browsing, intent: {type: 'envelope'}, summary: 'show or hide the frames of the newest request, hop by hop', footer: {text: 'frames', isSpare: true},
	},
	{
		keys: ['d'], label: 'd', modes: browsing, intent: {type: 'why'}, summary: 'show or hide why a peer waits', footer: {text: 'why'},
	},
	{
		keys: ['l'], label: 'l', modes: browsing, intent: {type: 'ladder'}, summary: 'show or hide the ladder: who sent what to whom', footer: {text: 'ladder'},
	},
	{
		keys: ['c', 'y'], label: 'c', modes: browsing, intent: {type: 'copy'}, summary: 'copy the selected message', footer: {text: 'copy'},
	},
	{
		keys: ['escape', 'enter', 'q'], label: 'Esc', modes: browsing, intent: {type: 'back'}, summary: 'back to typing', footer: {text: 'type'},
	},
	{
		keys: ['escape', 'enter', 'q', '?'], label: 'Esc', modes: ['help'], intent: {type: 'back'}, summary: 'leave the help', footer: {text: 'back'},
	},
	{
		keys: ['up'], label: '↑', modes: ['help'], intent: {type: 'scroll', pages: 0.1}, summary: 'scroll the help', footer: {label: '↑↓ PgUp PgDn', text: 'scroll'},
	},
	{
		keys: ['down'], label: '↓', modes: ['help'], intent: {type: 'scroll', pages: -0.1}, summary: 'scroll the help',
	},
	{
		keys: ['enter', ' '], label: 'Enter', modes: ['playing'], intent: {type: 'next-line'}, summary: 'carry out the next line; while the script plays by itself, pause', footer: {text: 'next line, or pause'},
	},
	{
		keys: ['escape'], label: 'Esc', modes: ['playing'], intent: {type: 'end-script'}, summary: 'end the script, and go on by hand', footer: {text: 'go on by hand'},
	},
	{
		keys: ['ctrl+t'], label: 'Ctrl+T', modes: learning, intent: {type: 'lesson', wish: 'hint'}, summary: 'in a lesson: a hint, then another, then it is shown',
	},
	{
		keys: ['ctrl+p'], label: 'Ctrl+P', modes: learning, intent: {type: 'lesson', wish: 'back'}, summary: 'in a lesson: the step before',
	},
	{
		keys: ['ctrl+o'], label: 'Ctrl+O', modes: [...learning, 'browsing', 'wire', 'code'], intent: {type: 'lesson', wish: 'turn'}, summary: 'in a lesson, on a small screen: from the lesson to the lab and back',
	},
	{
		keys: ['1'], label: '1', modes: predicting, intent: {type: 'lesson', wish: 'choose', index: 0}, summary: 'choose the first answer: then it happens', footer: {label: '1 2 3', text: 'choose'},
	},
	{
		keys: ['2'], label: '2', modes: predicting, intent: {type: 'lesson', wish: 'choose', index: 1}, summary: 'choose the second answer',
	},
	{
		keys: ['3'], label: '3', modes: predicting, intent: {type: 'lesson', wish: 'choose', index: 2}, summary: 'choose the third answer',
	},
	{
		keys: ['escape'], label: 'Esc', modes: predicting, intent: {type: 'back'}, summary: 'look around first; Enter comes back to the question', footer: {text: 'look around first'},
	},
	{
		keys: ['up', 'k'], label: '↑', modes: ['lessons'], intent: {type: 'select', by: 1}, summary: 'the lesson above', footer: {label: '↑↓', text: 'select'},
	},
	{
		keys: ['down', 'j'], label: '↓', modes: ['lessons'], intent: {type: 'select', by: -1}, summary: 'the lesson below',
	},
	{
		keys: ['enter'], label: 'Enter', modes: ['lessons'], intent: {type: 'lesson', wish: 'open'}, summary: 'begin the lesson, or go on where you were', footer: {text: 'begin'},
	},
	{
		keys: ['escape', 'q'], label: 'Esc', modes: ['lessons'], intent: {type: 'back'}, summary: 'leave the list', footer: {text: 'to the lab'},
	},
	{
		keys: ['left', 'ctrl+b'], label: '← or Ctrl+B', modes: typing, intent: editing({type: 'left'}), summary: 'one character left',
	},
	{
		keys: ['right', 'ctrl+f'], label: '→ or Ctrl+F', modes: typing, intent: editing({type: 'right'}), summary: 'one character right',
	},
	{
		keys: ['alt+left', 'ctrl+left', 'alt+b'], label: 'Alt+← or Alt+B', modes: typing, intent: editing({type: 'word-left'}), summary: 'one word left',
	},
	{
		keys: ['alt+right', 'ctrl+right', 'alt+f'], label: 'Alt+→ or Alt+F', modes: typing, intent: editing({type: 'word-right'}), summary: 'one word right',
	},
	{
		keys: ['home', 'ctrl+a'], label: 'Home or Ctrl+A', modes: typing, intent: editing({type: 'home'}), summary: 'to the beginning of the line',
	},
	{
		keys: ['end', 'ctrl+e'], label: 'End or Ctrl+E', modes: typing, intent: editing({type: 'end'}), summary: 'to the end of the line',
	},
	{
		keys: ['backspace', 'ctrl+h'], label: 'Backspace', modes: typing, intent: editing({type: 'delete-back'}), summary: 'delete the character before',
	},
	{
		keys: ['delete', 'ctrl+d'], label: 'Delete or Ctrl+D', modes: typing, intent: editing({type: 'delete-forward'}), summary: 'delete the character after',
	},
	{
		keys: ['ctrl+w', 'alt+backspace', 'ctrl+backspace'], label: 'Ctrl+W', modes: typing, intent: editing({type: 'delete-word-back'}), summary: 'delete the word before',
	},
	{
		keys: ['alt+d', 'alt+delete', 'ctrl+delete'], label: 'Alt+D', modes: typing, intent: editing({type: 'delete-word-forward'}), summary: 'delete the word after',
	},
	{
		keys: ['ctrl+u'], label: 'Ctrl+U', modes: typing, intent: editing({type: 'delete-to-start'}), summary: 'delete to the beginning',
	},
	{
		keys: ['ctrl+k'], label: 'Ctrl+K', modes: typing, intent: editing({type: 'delete-to-end'}), summary: 'delete to the end',
	},
	{
		keys: ['ctrl+l'], label: 'Ctrl+L', modes: every, intent: {type: 'redraw'}, summary: 'draw the screen anew',
	},
	{
		keys: ['ctrl+z'], label: 'Ctrl+Z', modes: every, intent: {type: 'suspend'}, summary: 'back to the shell; fg returns',
	},
	{
		keys: ['ctrl+c'], label: 'Ctrl+C', modes: every, intent: {type: 'quit'}, summary: 'quit', footer: {text: 'quit'},
	},
];

/** What a key means in a mode. */
export const intentOf = (name: string, mode: Mode): Intent | undefined =>
	keys.find(record => record.modes.includes(mode) && record.keys.includes(name))?.intent;

/** What is about peers: where a tap stands between programs of others there are none. */
export const ofPeers: ReadonlySet<Intent['type']> = new Set(['ladder', 'why', 'longer', 'shorter', 'next-pane', 'previous-pane', 'focus', 'walk', 'select', 'copy']);

/** The keys that a footer shows in a mode, in order: the way out always has room. */
export function footerKeys(mode: Mode, hasPeers = true): readonly KeyRecord[] {
	const shown = keys.filter(record => record.footer !== undefined && record.modes.includes(mode) && (hasPeers || mode === 'wire' || !ofPeers.has(record.intent.type)));
	const rank = ({intent, footer}: KeyRecord): number => footer?.isSpare ? 2 : (intent.type === 'back' ? 0 : 1);
	return shown.toSorted((one, other) => rank(one) - rank(other));
}
