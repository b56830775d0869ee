import {type Front} from './fronts/front.js';
import {fronts} from './fronts/registry.js';

/** The help of one front, as `--help` prints it. */
export async function helpOf(front: Front): Promise<string> {
	const flags = front.flags.map(({name, value, summary}) => `    ${`--${name}${value === undefined ? '' : ` <${value}>`}`.padEnd(24)}${summary}`);
	const lines = typeof front.appendix?.lines === 'function' ? await front.appendix.lines() : front.appendix?.lines ?? [];
	return [
		`  ${front.summary[0]?.toUpperCase() ?? ''}${front.summary.slice(1)}.`,
		'',
		'  Usage',
		`    $ ${front.usage}`,
		...(front.name === 'playground' ? fronts.slice(1).map(({usage}) => `    $ ${usage}`) : []),
		'',
		...front.details.map(line => `  ${line}`),
		'',
		'  Options',
		...flags,
		'',
		...(front.appendix ? [`  ${front.appendix.title}`, ...lines.map(line => line === '' ? '' : `    ${line}`), ''] : []),
		'  Examples',
		...front.examples.map(example => `    $ ${example}`),
		'',
	].join('\n');
}
