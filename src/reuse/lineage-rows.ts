import type { Day } from '#kernel/day.ts';
import type { Instrument, Standing } from '#library/policy.ts';
import { type Documented, documentedOf } from './documented.ts';
import type { Descent } from './lineage.ts';
import { rounded } from './record/share.ts';

/** A clause of a lineage as a line of a table; record/lineage.ts says how it is given out. */
export interface LineageRow {
	readonly address: string;
	readonly place: string | null;
	readonly place_id: string | null;
	readonly policy: string;
	readonly instrument: Instrument;
	readonly cited: string | null;
	readonly day: Day;
	readonly standing: Standing;
	/** Address of the earlier clause; null where none here has enough of its words. */
	readonly earlier: string | null;
	/** Share of the words of the earlier clause, to four places. */
	readonly keeps: number | null;
	readonly same_words: number | null;
	readonly earlier_words: number | null;
	readonly own_series: boolean | null;
	/** `inferred`: from dates; else how a source says that the policies stand to each other. */
	readonly basis: string | null;
	readonly source: string | null;
	readonly sample: boolean;
}

/** A lineage as a table, by rising day. @param library what stands before the paths below /library */
export function lineageRows(
	told: readonly Descent[],
	relations: readonly Documented[],
	library: string,
): readonly LineageRow[] {
	const at = (address: string) => library + address;
	return told.map((one) => {
		const { clause, parent, kept, same, of, series } = one;
		const { work } = clause;
		const earlier = parent === null ? null : (told[parent]?.clause ?? null);
		const said = documentedOf(one, told, relations);
		return {
			address: at(clause.address),
			place: work.place?.name ?? null,
			place_id: work.place?.id ?? null,
			policy: work.number ?? work.title,
			instrument: work.instrument,
			cited: clause.cited,
			day: clause.day,
			standing: work.standing,
			earlier: earlier && at(earlier.address),
			keeps: earlier && rounded(kept),
			same_words: earlier && same,
			earlier_words: earlier && of,
			own_series: earlier && series,
			basis: earlier && (said?.kind ?? 'inferred'),
			source: said?.source ?? null,
			sample: work.sample,
		};
	});
}
