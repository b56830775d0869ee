/** Reads XML as strictly as a parser that takes no document type: throws where it is not well-formed. */
export type Element = {readonly name: string; readonly attributes: ReadonlyMap<string, string>; readonly children: Element[]; text: string};

const token = /<(?<close>\/)?(?<name>[A-Za-z]+)(?<attributes>(?:\s+[A-Za-z][\w\-:]*="[^"<]*")*)\s*(?<empty>\/)?>|(?<text>[^<]+)|(?<rest>[\s\S])/gv;
const entity = /&(?:amp|lt|gt|quot|apos);/gv;
// What XML 1.0 calls a character.
const noCharacter = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/v;

export function readXml(document: string): Element {
	const root: Element = {name: '', attributes: new Map(), children: [], text: ''};
	const open: Element[] = [root];
	for (const {groups = {}} of document.matchAll(token)) {
		const parent = open.at(-1) ?? root;
		if (groups['rest'] !== undefined) {
			throw new Error(`not well-formed at ${groups['rest']}`);
		}

		if (groups['text'] !== undefined) {
			parent.text += decoded(groups['text']);
		} else if (groups['close'] === undefined) {
			// Every other piece between quotes is a name, the next one its value.
			const pieces = (groups['attributes'] ?? '').split('"');
			const attributes = pieces.slice(0, -1).flatMap((piece, index) => index % 2 === 0 ? [[piece.trim().replace('=', ''), decoded(pieces[index + 1] ?? '')] as const] : []);
			if (new Set(attributes.map(([key]) => key)).size !== attributes.length) {
				throw new Error(`an attribute twice in ${groups['name']}`);
			}

			const element: Element = {name: groups['name'] ?? '', attributes: new Map(attributes), children: [], text: ''};
			parent.children.push(element);
			if (groups['empty'] === undefined) {
				open.push(element);
			}
		} else if (open.pop()?.name !== groups['name']) {
			throw new Error(`</${groups['name']}> closes nothing`);
		}
	}

	const [only, ...more] = root.children;
	if (!only || more.length > 0 || open.length !== 1) {
		throw new Error('not one whole element');
	}

	return only;
}

function decoded(text: string): string {
	if (noCharacter.test(text) || text.replaceAll(entity, '').includes('&')) {
		throw new Error(`XML does not take ${JSON.stringify(text.slice(0, 80))}`);
	}

	const characters: Readonly<Record<string, string>> = {'&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': '\''};
	return text.replaceAll(entity, name => characters[name] ?? '');
}
