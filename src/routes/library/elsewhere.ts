import type { Day } from '#kernel/day.ts';
import type { WorkLine } from '#library/view.ts';
import { type Kin, keptBy, keptFrom } from '#reuse/kin.ts';
import { NEARLY_EVERY, notesOf } from '#reuse/note.ts';

/** A policy that has words of a clause, and what share of the words of the earlier one stands in the later. */
interface Elsewhere {
	readonly work: WorkLine;
	readonly day: Day;
	readonly kept: number;
}

/** What the margin of a clause says of its words in other policies; all of it inferred from dates. */
export interface ReuseNote {
	readonly eId: string;
	/** The likest earlier one. */
	readonly from: Elsewhere | null;
	/** Later ones of other places, by rising day. */
	readonly later: readonly Elsewhere[];
	/** Those of them that keep nearly every word. */
	readonly whole: number;
	/** Others of the same place, by rising day: a series of its own. */
	readonly series: readonly Elsewhere[];
}

/** Notes of a version, with the policies that they name; those that the reader may not open were never among them. */
export function reuseNotes(
	kin: readonly Kin[],
	works: ReadonlyMap<string, WorkLine>,
	own: { readonly day: Day; readonly placeId: string | null },
	provisions: readonly { readonly eId: string; readonly parent: number | null }[],
): readonly ReuseNote[] {
	const named = (kept: (one: Kin) => number) => (one: Kin) => {
		const work = works.get(one.workId);
		return work ? [{ work, day: one.day, kept: kept(one) }] : [];
	};
	return notesOf(kin, own, provisions).flatMap(({ eId, from, later, series }) => {
		const note = {
			eId,
			from: (from && named(keptFrom)(from)[0]) ?? null,
			later: later.flatMap(named(keptBy)),
			series: series.flatMap(named(keptBy)),
		};
		if (note.from === null && note.later.length + note.series.length === 0) return [];
		return [{ ...note, whole: note.later.filter(({ kept }) => kept >= NEARLY_EVERY).length }];
	});
}
