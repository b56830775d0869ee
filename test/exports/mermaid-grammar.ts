/**
Reads a Mermaid sequence diagram, as strictly as Mermaid does and no further than what the exports write: participants, messages, notes.
Throws at anything else. A text ends at a newline, `;` or `#` that begins no entity.
Source: the documented grammar, mermaid.js.org/syntax/sequenceDiagram.html.
*/
export type Diagram = {
	readonly participants: ReadonlyMap<string, string>;
	readonly messages: ReadonlyArray<{readonly from: string; readonly to: string; readonly arrow: string; readonly text: string}>;
	readonly notes: ReadonlyArray<{readonly over: readonly string[]; readonly text: string}>;
};

const label = String.raw`(?<text>(?:[^\p{Control}"#%;<>\{\}]|#\d+;)+)`;
const participant = new RegExp(String.raw`^participant (?<id>p\d+) as ${label}$`, 'v');
const message = new RegExp(String.raw`^(?<from>p\d+)(?<arrow>->>|-->>|-x|--x)(?<to>p\d+): ${label}$`, 'v');
const note = new RegExp(String.raw`^Note over (?<over>p\d+(?:,p\d+)?): ${label}$`, 'v');

export function readMermaid(diagram: string): Diagram {
	const [head, ...lines] = diagram.trimEnd().split('\n');
	if (head !== 'sequenceDiagram' || diagram.length > 50_000) {
		throw new Error(`no sequence diagram, or too long: ${head}, ${diagram.length}`);
	}

	const participants = new Map<string, string>();
	const messages: Array<Diagram['messages'][number]> = [];
	const notes: Array<Diagram['notes'][number]> = [];
	const known = (id: string): string => {
		if (!participants.has(id)) {
			throw new Error(`nobody introduced ${id}`);
		}

		return participants.get(id) ?? '';
	};

	for (const indented of lines) {
		const line = indented.trim();
		const [introduced, sent, noted] = [participant.exec(line)?.groups, message.exec(line)?.groups, note.exec(line)?.groups];
		const text = decode((introduced ?? sent ?? noted)?.['text'] ?? '');
		if (introduced) {
			participants.set(introduced['id'] ?? '', text);
		} else if (sent) {
			messages.push({from: known(sent['from'] ?? ''), to: known(sent['to'] ?? ''), arrow: sent['arrow'] ?? '', text});
		} else if (noted) {
			notes.push({over: (noted['over'] ?? '').split(',').map(id => known(id)), text});
		} else {
			throw new Error(`Mermaid would not take: ${line}`);
		}
	}

	return {participants, messages, notes};
}

const decode = (text: string): string => {
	if (/\bend\b/iv.test(text)) {
		throw new Error(`end ends a block: ${text}`);
	}

	return text.replaceAll(/#(?<code>\d+);/gv, (_, code: string) => String.fromCodePoint(Number(code)));
};
