import {type Size} from './layout.js';
import {type Saved} from './save.js';

/** What only the terminal can do. */
export type Terminal = {readonly quit: () => void; readonly suspend: () => void; readonly redraw: () => void; readonly copy: (text: string) => void; readonly save: (file: string, text: string, again: boolean) => Saved; readonly size: () => Size};
