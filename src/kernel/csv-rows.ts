import { CsvError, parse } from 'csv-parse/sync';

/**
 * Rows of a CSV file (RFC 4180, any line end, a byte order mark or none), cells as they stand; lines without a word are left
 * out. A semicolon divides where the first line has no comma, as spreadsheets of other countries write it. Null where a quote
 * is never closed, or where what follows a quote cannot be told from the cell.
 * @param most rows that such a file can have; those beyond are not read
 */
export function readCsv(text: string, most: number): string[][] | null {
	const line = /^[^\r\n]*/.exec(text)?.[0] ?? '';
	try {
		return parse(text, {
			bom: true,
			delimiter: !line.includes(',') && line.includes(';') ? ';' : ',',
			record_delimiter: ['\r\n', '\n', '\r'],
			relax_column_count: true,
			skip_records_with_empty_values: true,
			to: most,
		});
	} catch (error) {
		if (error instanceof CsvError) return null;
		throw error;
	}
}
