/**
What colours tell stays told to colour-blind eyes, in the palettes that terminals come with: the theme uses the terminal's own 16 colours,
whatever else it could show. And nothing is told by colour alone: each state has a symbol and a word of its own.
*/
import {describe, expect, test} from 'vitest';
import {states, type State} from '../../source/core/machines.js';
import {drawMachine} from '../../source/tui/diagram.js';
import {createTheme, roleOfState, type Role} from '../../source/tui/theme.js';
import {distance, rgbOf, visions, type Rgb, type Vision} from '../helpers/colour-vision.js';
import {palette as ofPictures} from '../helpers/svg-colors.js';

/** The 16 colours of a terminal, in the order of SGR 30 to 37 and 90 to 97. */
const palettes: Readonly<Record<string, readonly string[]>> = {
	xterm: ['#000000', '#cd0000', '#00cd00', '#cdcd00', '#0000ee', '#cd00cd', '#00cdcd', '#e5e5e5', '#7f7f7f', '#ff0000', '#00ff00', '#ffff00', '#5c5cff', '#ff00ff', '#00ffff', '#ffffff'],
	'the VGA console': ['#000000', '#aa0000', '#00aa00', '#aa5500', '#0000aa', '#aa00aa', '#00aaaa', '#aaaaaa', '#555555', '#ff5555', '#55ff55', '#ffff55', '#5555ff', '#ff55ff', '#55ffff', '#ffffff'],
	'Windows Terminal (Campbell)': ['#0c0c0c', '#c50f1f', '#13a10e', '#c19c00', '#0037da', '#881798', '#3a96dd', '#cccccc', '#767676', '#e74856', '#16c60c', '#f9f1a5', '#3b78ff', '#b4009e', '#61d6d6', '#f2f2f2'],
	'GNOME Terminal (Tango)': ['#000000', '#cc0000', '#4e9a06', '#c4a000', '#3465a4', '#75507b', '#06989a', '#d3d7cf', '#555753', '#ef2929', '#8ae234', '#fce94f', '#729fcf', '#ad7fa8', '#34e2e2', '#eeeeec'],
	'Terminal of macOS': ['#000000', '#c23621', '#25bc24', '#adad27', '#492ee1', '#d338d3', '#33bbc8', '#cbcccd', '#818383', '#fc391f', '#31e722', '#eaec23', '#5833ff', '#f935f8', '#14f0f0', '#e9ebeb'],
	'the pictures of the readme': ofPictures.slice(0, 16),
};

/** Three times what can just be told apart. */
const leastDistance = 0.06;

/** The colour in which a role is painted. Text without one has the terminal's own, which is its white or its black. */
function colourOf(role: Role, palette: readonly string[]): Rgb {
	const painted = createTheme({hasColor: true, isAscii: false}).paint(role, 'x');
	const code = Number(/\[(?<code>3\d|9\d)m/v.exec(painted)?.groups?.['code'] ?? 37);
	return rgbOf(palette[code < 90 ? code - 30 : code - 82] ?? '');
}

/** Roles that stand for different things at the same place. */
const told: ReadonlyArray<readonly [what: string, roles: readonly Role[]]> = [
	['the three states, and a peer that is stuck', [...states.map(state => roleOfState[state]), 'bad']],
	['a request and a reply', ['request', 'reply']],
	['good, busy and bad', ['good', 'busy', 'bad']],
];

describe.each(Object.entries(palettes))('in the colours of %s', (_, palette) => {
	test.each(told.flatMap(([what, roles]) => Object.keys(visions).map(vision => [what, vision as Vision, roles] as const)))('%s differ to eyes with %s', (__, vision, roles) => {
		const pairs = roles.flatMap((one, index) => roles.slice(index + 1).map(other => [one, other] as const));
		expect(pairs.length).toBeGreaterThan(0);
		for (const [one, other] of pairs) {
			expect(distance(colourOf(one, palette), colourOf(other, palette), vision), `${one} and ${other}`).toBeGreaterThan(leastDistance);
		}
	});
});

test('the measure knows that yellow and green are one colour to eyes without red cones', () => {
	const [yellow, green] = [rgbOf('#cdcd00'), rgbOf('#00cd00')];
	expect(distance(yellow, green, 'usual')).toBeGreaterThan(3 * distance(yellow, green, 'protanopia'));
	expect(distance(yellow, green, 'protanopia')).toBeLessThan(leastDistance);
	expect(distance(rgbOf('#000000'), rgbOf('#ffffff'), 'tritanopia')).toBeCloseTo(1, 2);
});

describe.each([true, false])('with ASCII: %s', isAscii => {
	const theme = createTheme({hasColor: false, isAscii});

	test('each state, a refusal and a warning have a symbol of their own', () => {
		const {states: ofStates, refused, warning} = theme.symbols;
		const all = [...Object.values(ofStates), refused, warning];
		expect(new Set(all).size).toBe(5);
	});

	test.each(states)('without a colour the machine still says %s, by symbol and by a word in capitals', (state: State) => {
		const drawn = drawMachine(theme, 'REQ', state, true, {width: 60, rows: 1}).flat().map(({text}) => text).join('');
		expect(drawn).toContain(`${theme.symbols.states[state]} ${state.toUpperCase()}`);
		expect(drawn.match(/[\-A-Z]{4,}/gv)).toEqual([state.toUpperCase()]);
	});
});
