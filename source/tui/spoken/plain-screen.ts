/** A view that is made to be seen, as lines to be told: what only draws is left out. */
import {type Journal} from '../../core/journal.js';
import {drawEnvelope} from '../envelope-view.js';
import {drawScreen, type Scene} from '../screen.js';
import {createTheme} from '../theme.js';

/** So large that nothing is cut or scrolled. */
const size = {columns: 160, rows: 200};
const theme = createTheme({hasColor: false, isAscii: false, isCalm: true});

/** What stands between header and input line. */
export const plainLines = (scene: Omit<Scene, 'size' | 'theme'>): readonly string[] => told(drawScreen({...scene, size, theme}).lines.slice(1, -3));

/** The frames of the newest request at each hop. */
export const envelopeLines = (journal: Journal): readonly string[] => told(drawEnvelope(theme, journal, {width: size.columns, height: size.rows}));

const told = (lines: readonly string[]): readonly string[] => lines.map(line => plain(line)).filter(line => line !== '');

/** A line without frames, bars and arrows: a blank where they stood. */
const plain = (line: string): string => line.replaceAll(/[⇄\u{2500}-\u{25FF}⚠]/gv, ' ').replaceAll(/ {2,}/gv, '  ').trim();
