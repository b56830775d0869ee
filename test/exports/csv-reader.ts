/** Reads CSV as RFC 4180 defines it; throws where a line is no such. */
export function readCsv(text: string): ReadonlyArray<readonly string[]> {
	const rows: string[][] = [];
	const cell = /(?:"(?<quoted>(?:[^"]|"")*)"|(?<plain>[^\n\r",]*))(?<end>,|\r\n)/vy;
	let row: string[] = [];
	while (cell.lastIndex < text.length) {
		const at = cell.lastIndex;
		const match = cell.exec(text);
		if (!match) {
			throw new Error(`no CSV at ${JSON.stringify(text.slice(at, at + 40))}`);
		}

		row.push(match.groups?.['quoted']?.replaceAll('""', '"') ?? match.groups?.['plain'] ?? '');
		if (match.groups?.['end'] !== '\r\n') {
			continue;
		}

		rows.push(row);
		row = [];
	}

	return rows;
}
