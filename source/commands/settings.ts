/** A peer's settings as the lines that make them: for a successor that has to answer as the one before did. */
import {type Options} from '../core/events.js';

/** Lines of the grammar without an address, in an order in which none undoes another. */
export function settingLines(options: Options): readonly string[] {
	const {delay, hold, service, 'delay-once': once, 'reply-with': template} = options;
	return [
		...(delay === undefined ? [] : [`delay ${delay}`]),
		...(once === undefined || once === 'off' ? [] : [`delay once ${once}`]),
		...(template === undefined ? [] : [`reply-with ${template}`]),
		...(service === 'by-hand' ? ['by-hand'] : []),
		...(hold === 'on' ? ['hold'] : []),
		...(['heartbeat', 'linger', 'hwm'] as const).flatMap(name => options[name] === undefined ? [] : [`${name} ${options[name]}`]),
	];
}
