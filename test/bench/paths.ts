/** Where things are. Folders end in a slash. */
import {fileURLToPath} from 'node:url';

export const projectFolder = fileURLToPath(new URL('../../', import.meta.url));
export const programsFolder = fileURLToPath(new URL('programs/', import.meta.url));

/** The built program: `npm run build` makes it. */
export const builtProgram = `${projectFolder}dist/cli.js`;
