import type { Row } from './list.ts';

/** One heading under which two rows differ; null where the row has nothing there. */
export interface CellChange {
	readonly heading: string;
	readonly before: string | null;
	readonly after: string | null;
}

/** A row that stands on both lists and is not printed alike. */
export interface RowChange {
	readonly before: Row;
	readonly after: Row;
	readonly cells: readonly CellChange[];
}

/** What two lists of one kind print, side by side. It says nothing of why. */
export interface Comparison {
	/** Rows that only the first list prints. */
	readonly onlyBefore: readonly Row[];
	readonly onlyAfter: readonly Row[];
	readonly changed: readonly RowChange[];
	/** Rows printed alike on both, whatever their number. */
	readonly same: number;
}

/**
 * Compares two lists row by row. Rows printed alike go together first; then, from the surest sign to the weakest, rows of
 * one agency with the same model and date, with the same model, with any model. `agencyOf` tells the agency
 * of a row. Of several rows alike in a sign the first go with the first. Linear in the number of rows.
 */
export function compare(before: readonly Row[], after: readonly Row[], agencyOf: (row: Row) => string): Comparison {
	let [left, right] = [before, after];
	const changed: RowChange[] = [];
	let same = 0;
	const signs: readonly ((row: Row) => string)[] = [
		(row) => JSON.stringify(row.cells),
		(row) => `${agencyOf(row)} ${row.model} ${row.signed}`,
		(row) => `${agencyOf(row)} ${row.model}`,
		agencyOf,
	];
	for (const sign of signs) {
		const waiting = new Map<string, Row[]>();
		for (const row of right) {
			const alike = waiting.get(sign(row));
			if (alike) alike.push(row);
			else waiting.set(sign(row), [row]);
		}
		const taken = new Set<Row>();
		left = left.filter((row) => {
			const other = waiting.get(sign(row))?.shift();
			if (!other) return true;
			taken.add(other);
			const cells = differences(row, other);
			if (cells.length === 0) same++;
			else changed.push({ before: row, after: other, cells });
			return false;
		});
		right = right.filter((row) => !taken.has(row));
	}
	changed.sort((a, b) => a.after.row - b.after.row);
	return { onlyBefore: left, onlyAfter: right, changed, same };
}

function differences(before: Row, after: Row): CellChange[] {
	const headings = new Set([...Object.keys(before.cells), ...Object.keys(after.cells)]);
	return [...headings].flatMap((heading) => {
		const [was, is] = [before.cells[heading] ?? null, after.cells[heading] ?? null];
		return was === is ? [] : [{ heading, before: was, after: is }];
	});
}
