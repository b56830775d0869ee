/** What an automatic server answers with: a fixed text with `{request}`, `{upper}`, `{count}` and `{time}` filled in. */
import {encodeText} from './frames.js';

/** The tutorial's answer. */
export const firstTemplate = 'World';

/** What a template may refer to: the request's frames, how many replies this server has begun, and the time as text. */
export type TemplateFacts = {readonly request: readonly Uint8Array[]; readonly count: number; readonly time: string};

const lenient = new TextDecoder('utf-8');

/** The reply's frames. `{request}` alone echoes the request as it is: every frame, every byte. */
export function fillTemplate(template: string, facts: TemplateFacts): readonly Uint8Array[] {
	if (template === '{request}') {
		return facts.request;
	}

	if (!template.includes('{')) {
		return [encodeText(template)];
	}

	const request = facts.request.map(frame => lenient.decode(frame)).join(' ');
	const values: Readonly<Record<string, string>> = {
		request,
		upper: request.toUpperCase(),
		count: String(facts.count),
		time: facts.time,
	};
	return [encodeText(template.replaceAll(/\{(?<name>request|upper|count|time)\}/g, (_, name: string) => values[name] ?? ''))];
}
