import type { Ledger } from '../../src/watch/ledger.ts';
import type { List } from '../../src/watch/list.ts';
import type { Capture } from './archive.ts';
import { parseCsv } from './csv.ts';

/** Holds every list's counts, as read and as resolved by the ledger, against the counts of a careful reading. */
export function compareCounts(
	files: readonly Capture[],
	lists: readonly List[],
	made: Ledger,
	truth: string,
): { compared: number; differences: string[] } {
	const differences: string[] = [];
	let compared = 0;
	for (const expected of parseCsv(truth)) {
		const at = files.findIndex((file) => file.folder === expected.snapshot && file.name === expected.file);
		const list = lists[at];
		const figures = made.figures.find((figure) => figure.sha256 === files[at]?.sha256);
		if (!list || !figures) {
			differences.push(`${expected.snapshot}/${expected.file} takes no part`);
			continue;
		}
		for (const [name, value] of Object.entries({ ...printed(list), ...resolved(figures) })) {
			compared++;
			if (String(value) !== expected[name]) {
				differences.push(`${expected.snapshot} ${expected.list} ${name}: ${value}, expected ${expected[name]}`);
			}
		}
	}
	return { compared, differences };
}

function printed(list: List): Record<string, string | number> {
	const count = (model: string): number => list.rows.filter((row) => row.model === model).length;
	return {
		modified_utc: list.modified,
		rows: list.rows.length,
		tfm: count('TFM'),
		jem: count('JEM'),
		wso: count('WSO'),
		county_missing: list.rows.filter((row) => row.county === null).length,
		moa_linked: list.rows.filter((row) => row.moa?.href).length,
	};
}

function resolved(figures: Ledger['figures'][number]): Record<string, number> {
	return {
		agreements_resolved: figures.agreements,
		duplicate_rows: figures.duplicateRows,
		agencies_resolved: figures.agencies,
		states: figures.states,
	};
}
