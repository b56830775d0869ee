/**
Lets Node run this project's TypeScript as it stands: a relative import of `x.js` with no such file is one of `x.ts`. Node strips the types itself.

For `node --import`, in the pinned Node only.
*/
import {existsSync} from 'node:fs';
import {registerHooks} from 'node:module';

registerHooks({
	resolve(specifier, context, nextResolve) {
		if (!specifier.startsWith('.') || !specifier.endsWith('.js') || context.parentURL === undefined) {
			return nextResolve(specifier, context);
		}

		const written = new URL(specifier, context.parentURL);
		return nextResolve(existsSync(written) ? specifier : specifier.replace(/\.js$/, '.ts'), context);
	},
});
