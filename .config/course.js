// The built-in lessons are files; they ship beside the program as they are.
import {readdir, readFile} from 'node:fs/promises';

const folder = new URL('../source/lessons/course/', import.meta.url);

export const course = () => ({
	name: 'course',
	async generateBundle() {
		const files = await readdir(folder);
		const lessons = files.filter(name => name.endsWith('.md'));
		for (const name of lessons) {
			this.emitFile({type: 'asset', fileName: `course/${name}`, source: await readFile(new URL(name, folder), 'utf8')});
		}
	},
});
