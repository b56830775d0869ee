// Who may import whom: the pure rooms import nothing below them, and the screen and the pipe never meet.
const zone = (target, ...from) => from.map(source => ({
	target: `./source/${target}`,
	from: `./source/${source}`,
	// The faults are records like the commands, and as pure: completion is made from them.
	...(target === 'commands' && source === 'tap' && {except: ['./faults/registry.ts']}),
	message: `source/${target} may not import source/${source}: see "How the code is arranged" in the readme.`,
}));
const effects = ['lab', 'broker', 'class', 'probe', 'tap', 'race', 'script', 'lessons', 'tui', 'headless'];

const config = [
	{ignores: ['dist']},
	{
		rules: {
			// Wire formats, seeded randomness and code points are made of bits and ranges.
			'no-bitwise': 'off',
			'regexp/no-obscure-range': 'off',
			'require-unicode-regexp': 'off',
			// Keys of records are the field's own words (`awaiting-reply`, `ignoreBOM`), and the names of components are capitals.
			'@typescript-eslint/naming-convention': 'off',
			// What happens on a socket happens in order.
			'no-await-in-loop': 'off',
			// Node 20 has no iterator helpers.
			'unicorn/prefer-iterator-to-array': 'off',
			// A `default` is how a fold says "every other event".
			'@typescript-eslint/switch-exhaustiveness-check': ['error', {considerDefaultExhaustiveForUnions: true}],
			// One case an event makes a long switch and a simple one.
			complexity: ['error', {max: 40}],
			// Taste, where this project's differs or has none.
			'@typescript-eslint/class-literal-property-style': 'off',
			'@typescript-eslint/no-confusing-void-expression': 'off',
			'@typescript-eslint/strict-boolean-expressions': 'off',
			'@stylistic/max-len': ['error', {code: 260, ignoreComments: true, ignoreStrings: true, ignoreTemplateLiterals: true}],
			'@stylistic/no-mixed-operators': 'off',
			'@stylistic/object-curly-newline': 'off',
			'jsdoc/require-yields': 'off',
			'max-params': ['error', {max: 5}],
			'unicorn/consistent-boolean-name': 'off',
			'unicorn/consistent-class-member-order': 'off',
			'unicorn/max-nested-calls': 'off',
			'unicorn/no-computed-property-existence-check': 'off',
			'unicorn/no-declarations-before-early-exit': 'off',
			'unicorn/prefer-early-return': 'off',
			'unicorn/prefer-includes-over-repeated-comparisons': 'off',
			'unicorn/prefer-minimal-ternary': 'off',
			'unicorn/prefer-simple-condition-first': 'off',
			'unicorn/prefer-switch': 'off',
			'unicorn/single-line-block-comment-style': 'off',
			'import-x/no-restricted-paths': ['error', {
				zones: [
					...zone('core', 'commands', ...effects),
					...zone('zmtp', 'commands', ...effects),
					...zone('commands', ...effects),
					...zone('exports', ...effects),
					...zone('code', 'commands', ...effects),
					...zone('probe', 'lab', 'tap', 'tui', 'headless'),
					...zone('tap', 'probe', 'race', 'tui', 'headless'),
					...zone('race', 'probe', 'script', 'lessons', 'tui', 'headless'),
					...zone('class', 'broker', 'probe', 'tap', 'race', 'script', 'lessons', 'tui', 'headless'),
					...zone('broker', 'class', 'race', 'script', 'lessons', 'tui', 'headless'),
					...zone('lab', 'class', 'race', 'script', 'lessons', 'tui', 'headless'),
					...zone('script', 'lab', 'probe', 'tap', 'lessons', 'tui', 'headless'),
					...zone('lessons', 'broker', 'class', 'probe', 'tap', 'race', 'tui', 'headless'),
					...zone('tui', 'headless', 'lab/sockets'),
					...zone('headless', 'tui'),
				],
			}],
		},
	},
	{
		files: ['source/main.ts'],
		rules: {
			// The command line's own file: it awaits at the top level as it is, and it is the one place that ends the process.
			'unicorn/prefer-top-level-await': 'off',
			'unicorn/no-process-exit': 'off',
		},
	},
	{
		files: ['test/**'],
		rules: {
			// Helpers and fixtures live beside the tests that share them.
			'node-test/no-import-test-files': 'off',
			// What a hostile peer sends is plain.
			'unicorn/prefer-https': 'off',
		},
	},
	{
		files: ['source/core/**', 'source/zmtp/**', 'source/commands/**', 'source/exports/**', 'source/code/**'],
		rules: {
			'no-restricted-imports': ['error', {
				patterns: [{regex: '^(node:|react|ink|zeromq|meow)', message: 'The core is pure: no Node, no React, no sockets.'}],
			}],
			'no-restricted-globals': ['error', 'process', 'Buffer', 'setTimeout', 'setInterval', 'performance'],
		},
	},
];

export default config;
