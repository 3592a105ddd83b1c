/** Excel takes a file without it for one of the country's old code page, and spoils every accent. */
const BYTE_ORDER_MARK = '\u{feff}';
/** Where a spreadsheet would begin to read a formula: at the start of a cell, and behind what another country's settings take for the end of one. Spaces, quotes and full-width forms do not hide it. */
const FORMULA = /(?<=^|[;\t\r\n])(?=[\s"'\p{Cf}]*[=+\-@＝＋－＠])|^(?=[\t\r\n])/gu;

/**
 * Lines of a CSV file (RFC 4180, comma, CRLF), its heading first. For people it begins with a byte order mark, and no text
 * in it can become a formula; `raw` is for programs: no mark, and every text as it is.
 */
export async function* csvLines(
	names: readonly string[],
	rows: Iterable<object> | AsyncIterable<object>,
	raw: boolean,
): AsyncGenerator<string> {
	yield `${raw ? '' : BYTE_ORDER_MARK}${names.map((name) => csvCell(name, raw)).join(',')}\r\n`;
	for await (const row of rows) {
		const record = row as Readonly<Record<string, unknown>>;
		yield `${names.map((name) => csvCell(record[name], raw)).join(',')}\r\n`;
	}
}

/** One cell. Unless `raw`, an apostrophe stands before whatever a spreadsheet would run as a formula; numbers stay numbers. */
export function csvCell(value: unknown, raw: boolean): string {
	const plain = cellText(value);
	const text = raw || typeof value === 'number' ? plain : plain.replaceAll(FORMULA, "'");
	return /["',;\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A value as one text: nothing for null, a list of texts with bars between them, JSON for what has parts of its own. */
export function cellText(value: unknown): string {
	if (value === null || value === undefined) return '';
	if (typeof value !== 'object') return String(value);
	if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(' | ');
	return JSON.stringify(value);
}
