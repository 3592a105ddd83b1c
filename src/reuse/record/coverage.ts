import type { Day } from '#kernel/day.ts';
import { DAY, type Field, FLAG, oneOf, orNull, STATE_CODE, TEXT, TEXTS } from '#kernel/field.ts';
import { protectionOf } from '#library/taxonomy/taxonomy.ts';
import { placePath } from '#places/place.ts';
import { CELL_KINDS, type Cell, type Coverage, type CoveredPlace, rowsOf } from '../coverage.ts';

/** What the shelf says of one place and one protection on a day. */
export interface CoverageRecord {
	readonly on: Day;
	readonly place: CoveredPlace;
	readonly code: string;
	readonly cell: Cell;
}

/** A cell as the API gives it out; docs/concordance/coverage.md explains each field. */
export const COVERAGE_FIELDS: readonly Field<CoverageRecord>[] = [
	{ name: 'id', schema: TEXT, meaning: 'coverage.id', of: (r) => idOf(r) },
	{ name: 'on', schema: DAY, meaning: 'coverage.on', of: (r) => r.on },
	{ name: 'place', schema: TEXT, meaning: 'coverage.place', of: (r) => placePath(r.place) },
	{ name: 'place_id', schema: TEXT, meaning: 'coverage.place_id', of: (r) => r.place.id },
	{ name: 'place_name', schema: TEXT, meaning: 'coverage.place_name', of: (r) => r.place.name },
	{ name: 'state_code', schema: STATE_CODE, meaning: 'coverage.state_code', of: (r) => r.place.stateCode },
	{ name: 'sample', schema: FLAG, meaning: 'coverage.sample', of: (r) => r.place.sample },
	{ name: 'code', schema: TEXT, meaning: 'coverage.code', of: (r) => r.code },
	{ name: 'short', schema: orNull(TEXT), meaning: 'coverage.short', of: (r) => protectionOf(r.code)?.short ?? null },
	{ name: 'cell', schema: oneOf(CELL_KINDS), meaning: 'coverage.cell', of: (r) => r.cell.kind },
	{ name: 'passages', schema: TEXTS, meaning: 'coverage.passages', of: (r) => r.cell.passages },
];

/** A record for each place and protection, place by place; behind the one with the id `after`. Null where there is none with it. */
export function coverageRecords(
	on: Day,
	places: readonly CoveredPlace[],
	{ passages }: Pick<Coverage, 'passages'>,
	after: string | null,
): CoverageRecord[] | null {
	const rows = rowsOf(places, passages);
	const records = places.flatMap((place, i) =>
		rows.flatMap(({ code, cells }) => {
			const cell = cells[i];
			return cell ? [{ on, place, code, cell }] : [];
		}),
	);
	if (after === null) return records;
	const at = records.findIndex((record) => idOf(record) === after);
	return at < 0 ? null : records.slice(at + 1);
}

function idOf({ place, code }: CoverageRecord): string {
	return `${placePath(place)}/${code}`;
}
