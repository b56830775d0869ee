/** The teacher's keys as records: the footer, the help and the readme's table are made from them. What edits the line is as everywhere. */
import {type LineAction} from '../line-editor.js';
import {keys as everywhere} from '../keys.js';

export type ClassIntent =
	| {readonly type: 'edit'; readonly action: LineAction}
	| {readonly type: 'submit' | 'complete' | 'next' | 'previous' | 'big-screen' | 'lock' | 'help' | 'back' | 'quit' | 'suspend' | 'redraw' | 'longer' | 'shorter'}
	| {readonly type: 'scroll'; readonly lines: number};

export type ClassKey = {readonly keys: readonly string[]; readonly label: string; readonly intent: ClassIntent; readonly summary: string; readonly footer?: string};

const own: readonly ClassKey[] = [
	{keys: ['enter'], label: 'Enter', intent: {type: 'submit'}, summary: 'carry out the command, or answer the student in focus with this text', footer: 'do it'},
	{keys: ['tab'], label: 'Tab', intent: {type: 'complete'}, summary: 'complete a command; otherwise the next student', footer: 'student'},
	{keys: ['shift+tab', 'alt+up'], label: 'Shift+Tab', intent: {type: 'previous'}, summary: 'the student before'},
	{keys: ['alt+down'], label: 'Alt+↓', intent: {type: 'next'}, summary: 'the next student'},
	{keys: ['alt+s'], label: 'Alt+S', intent: {type: 'big-screen'}, summary: 'the exchanges of the student in focus on the big screen, and back', footer: 'big screen'},
	{keys: ['alt+l'], label: 'Alt+L', intent: {type: 'lock'}, summary: 'lock the class, and unlock it', footer: 'lock'},
	{keys: ['shift+up'], label: 'Shift+↑', intent: {type: 'longer'}, summary: 'a longer delay for all'},
	{keys: ['shift+down'], label: 'Shift+↓', intent: {type: 'shorter'}, summary: 'a shorter delay for all'},
	{keys: ['page-up'], label: 'PgUp', intent: {type: 'scroll', lines: -5}, summary: 'scroll the help up'},
	{keys: ['page-down'], label: 'PgDn', intent: {type: 'scroll', lines: 5}, summary: 'scroll the help down'},
	// Only on an empty line: a question mark is also a character.
	{keys: ['?'], label: '?', intent: {type: 'help'}, summary: 'all commands and keys (on an empty line)', footer: 'help'},
	{keys: ['escape'], label: 'Esc', intent: {type: 'back'}, summary: 'leave the big screen or the help; an empty line'},
	{keys: ['ctrl+l'], label: 'Ctrl+L', intent: {type: 'redraw'}, summary: 'draw the screen anew'},
	{keys: ['ctrl+z'], label: 'Ctrl+Z', intent: {type: 'suspend'}, summary: 'back to the shell; fg returns'},
	{keys: ['ctrl+c'], label: 'Ctrl+C', intent: {type: 'quit'}, summary: 'end the class', footer: 'end'},
];

const editing: readonly ClassKey[] = everywhere.flatMap(({keys, label, modes, intent, summary}) =>
	intent.type === 'edit' && modes.includes('typing') ? [{keys, label, intent, summary}] : []);

export const classKeys: readonly ClassKey[] = [...own, ...editing];

export const classIntentOf = (name: string): ClassIntent | undefined => classKeys.find(({keys}) => keys.includes(name))?.intent;
