/** The words of the command line, looked through before meow reads them. */
import {nearest} from '../commands/registry.js';
import {type Front} from './fronts/front.js';
import {wrong, type Wrong} from './wrong.js';

/** Told before meow reads them: it would end in a stack trace, or take them for something else, and can't name the nearest flag. */
export function wrongFlag(front: Front, argv: readonly string[]): Wrong | undefined {
	const known = front.flags.map(({name}) => name);
	const given = new Set<string>();
	for (const [index, word] of argv.entries()) {
		if (word === '--') {
			return undefined;
		}

		const name = /^--?(?<name>[^=]+)/.exec(word)?.groups?.['name'];
		const previous = front.flags.find(flag => `--${flag.name}` === argv[index - 1]);
		if (name === undefined || previous?.value !== undefined) {
			continue;
		}

		const flag = word.startsWith('--') ? front.flags.find(each => each.name === name) : undefined;
		if (!flag) {
			const meant = nearest(name, known);
			return wrong(`there is no flag ${word}${front.name === 'playground' ? '' : ` for ${front.name}`}`, meant ? `did you mean --${meant}?` : 'see zmq-playground --help');
		}

		if (flag.value !== undefined && !word.includes('=') && argv[index + 1] === undefined) {
			return wrong(`--${name} needs a value`, `write --${name} <${flag.value}>`);
		}

		if (flag.value === undefined && word.includes('=')) {
			return wrong(`--${name} takes no value`, `write --${name} alone, or leave it out`);
		}

		if (given.has(name) && !flag.isRepeatable) {
			return wrong(`--${name} is given twice`, 'give it once');
		}

		given.add(name);
	}

	return undefined;
}

/** A flag and its value as one word: a key may begin with a dash, and would be taken for a flag. */
export function withValues(argv: readonly string[], front: Front): string[] {
	const words: string[] = [];
	for (const word of argv) {
		const flag = words.includes('--') ? undefined : front.flags.find(({name, value}) => value !== undefined && words.at(-1) === `--${name}`);
		if (flag) {
			words.pop();
		}

		words.push(flag ? `--${flag.name}=${word}` : word);
	}

	return words;
}
