// What ships: one folder of minified chunks with only `zeromq` outside it, so that `npx` installs
// four packages. An entry for each process, so that
// the children of the screen never load Ink or React.
import {defineConfig} from 'rolldown';
import {course} from './course.js';
import {notices} from './notices.js';

export default defineConfig({
	input: {cli: 'source/cli.ts', 'lab-child': 'source/lab/child.ts', 'race-child': 'source/race/child.ts', 'class-child': 'source/class/child.ts', 'join-child': 'source/class/join-child.ts'},
	platform: 'node',
	tsconfig: false,
	plugins: [notices(), course()],
	external: ['zeromq', 'react-devtools-core'],
	// Nothing here speaks HTTP. Yoga would use `fetch` to decode its own bytes where there is one, and Node takes 20 ms to load it.
	// An import of types alone is no import. Else the command line would load the screen and the schemas before it has looked at its words.
	transform: {typescript: {onlyRemoveTypeImports: false}, target: 'node20', define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"', fetch: 'undefined'}},
	output: {
		dir: 'dist',
		cleanDir: true,
		format: 'esm',
		minify: true,
		entryFileNames: '[name].js',
		chunkFileNames: '[name]-[hash].js',
	},
});
