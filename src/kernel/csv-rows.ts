/** A file that people call CSV has some ten thousand lines; one with more is another file. */
const MOST_ROWS = 500_000;

/**
 * Rows of a CSV file (RFC 4180: commas, quotes doubled inside quotes, any line end), empty lines left out; null where a quote
 * is never closed or there are more rows than any such file has. Cells are trimmed.
 */
export function readCsv(text: string): string[][] | null {
	const source = text.replace(/^\ufeff/, '');
	const rows: string[][] = [];
	let row: string[] = [];
	let at = 0;
	while (at < source.length) {
		let cell: string;
		if (source[at] === '"') {
			const close = closing(source, at + 1);
			if (close < 0) return null;
			cell = source.slice(at + 1, close).replaceAll('""', '"');
			at = close + 1;
			// What stands between a quote and the comma belongs to nobody: programs disagree, and it is dropped.
			at += /^[^,\r\n]*/.exec(source.slice(at, endOfLine(source, at)))?.[0].length ?? 0;
		} else {
			const end = endOfCell(source, at);
			cell = source.slice(at, end);
			at = end;
		}
		row.push(cell.trim());
		if (source[at] === ',') {
			at++;
			if (at < source.length) continue;
			row.push('');
		}
		at = pastLineEnd(source, at);
		if (row.some((one) => one !== '')) rows.push(row);
		if (rows.length > MOST_ROWS) return null;
		row = [];
	}
	return rows;
}

/** Where the quote ends that began before `from`; -1 where it does not. */
function closing(source: string, from: number): number {
	let at = source.indexOf('"', from);
	while (at >= 0 && source[at + 1] === '"') at = source.indexOf('"', at + 2);
	return at;
}

function endOfCell(source: string, from: number): number {
	let at = from;
	while (at < source.length && source[at] !== ',' && source[at] !== '\n' && source[at] !== '\r') at++;
	return at;
}

function endOfLine(source: string, from: number): number {
	let at = from;
	while (at < source.length && source[at] !== '\n' && source[at] !== '\r') at++;
	return at;
}

function pastLineEnd(source: string, at: number): number {
	if (source[at] === '\r' && source[at + 1] === '\n') return at + 2;
	return source[at] === '\r' || source[at] === '\n' ? at + 1 : at;
}
