/** What covers the panes, as lines to be told: for a view that has no words of its own here. What only draws is left out. */
import {drawScreen, type Scene} from '../screen.js';
import {createTheme} from '../theme.js';

/** So large that nothing is cut or scrolled. */
const size = {columns: 160, rows: 200};
const theme = createTheme({hasColor: false, isAscii: false, isCalm: true});

/** Header, hint, input line and footer are not the view's. */
export const plainLines = (scene: Omit<Scene, 'size' | 'theme'>): readonly string[] => drawScreen({...scene, size, theme}).lines.slice(1, -3).map(line => plain(line)).filter(line => line !== '');

/** A line without frames, bars and arrows: a blank where they stood. */
export const plain = (line: string): string => line.replaceAll(/[\u{2500}-\u{25FF}⇄⚠]/gv, ' ').replaceAll(/ {2,}/gv, '  ').trim();
