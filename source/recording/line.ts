/**
Writes the lines of a recording, and of `--json`: one JSON object a line.

Law: this is the one place where events become text that leaves the program. What must never be written down (secret keys) has to be
kept out of it here.
*/
import {type Event} from '../core/events.js';
import {type Header} from './header.js';

/** An event as a line, without its newline. JSON escapes every newline and control character in it. */
export const eventLine = (event: Event): string => JSON.stringify(event);

/** The first line of a recording, without its newline. */
export const headerLine = (header: Header): string => JSON.stringify(header);
