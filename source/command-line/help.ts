import {type Front} from './fronts/front.js';
import {fronts} from './fronts/registry.js';

/** The help of one front, as `--help` prints it. */
export function helpOf(front: Front): string {
	const flags = front.flags.map(({name, value, summary}) => `    ${`--${name}${value === undefined ? '' : ` <${value}>`}`.padEnd(24)}${summary}`);
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
		...(front.appendix ? [`  ${front.appendix.title}`, ...front.appendix.lines.map(line => line === '' ? '' : `    ${line}`), ''] : []),
		'  Examples',
		...front.examples.map(example => `    $ ${example}`),
		'',
	].join('\n');
}
