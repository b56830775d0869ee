/** What a diagnosis is made of: claims, each with how it is known. */
import {type Evidence} from './exchanges.js';

/** A sentence without its full stop, and how it is known. */
export type Claim = {readonly text: string; readonly evidence: Evidence};

/** Whether what is waited for can still come, and why. A `no` is so `since` then (ms since the epoch). */
export type Hope = Claim & ({readonly answer: 'yes' | 'unknown'} | {readonly answer: 'no'; readonly since: number});

/** A command (with its slash and the peer that it is for), or a line for a shell, and what it does. */
export type Way = {readonly command: string; readonly effect: string};

/** What a rule finds. `where` is short enough for a pane. */
export type Finding = {readonly rule: string; readonly waitsFor: string; readonly where: Claim; readonly hope: Hope; readonly ways: readonly Way[]};

/** More names than these are only counted. */
export const mostNames = 3;

/** `client-1 or client-2`, of many `one of 12 clients`. */
export const oneOf = (clients: readonly string[]): string => clients.length > mostNames ? `one of ${clients.length} clients` : clients.join(' or ');
