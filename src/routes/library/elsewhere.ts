import type { Day } from '#kernel/day.ts';
import type { Provision } from '#library/provision.ts';
import type { WorkLine } from '#library/view.ts';
import { type Kin, keptBy, keptFrom } from '#reuse/kin.ts';
import { NEARLY_EVERY, notesOf } from '#reuse/note.ts';

/** A policy that has words of a clause, and what share of the words of the earlier one stands in the later. */
interface Elsewhere {
	readonly work: WorkLine;
	readonly day: Day;
	readonly kept: number;
}

/** What the margin of a clause says of its words in other policies: inferred from dates, where no source says more. */
export interface ReuseNote {
	readonly eId: string;
	/** `§ 2(b)`; null where nothing in it has a number. */
	readonly cited: string | null;
	/** No other policy on the shelf has it as early. */
	readonly earliest: boolean;
	/** The likest earlier one. */
	readonly from:
		| (Elsewhere & {
				/** What says that the policy was modelled on it; null: nothing does. */ readonly modelled: string | null;
		  })
		| null;
	/** Later ones of other places, by rising day. */
	readonly later: readonly Elsewhere[];
	/** Those of them that keep nearly every word. */
	readonly whole: number;
	/** Others of the very day: none of them is earlier. */
	readonly sameDay: readonly Elsewhere[];
	/** Others of the same place, by rising day: a series of its own. Not told of models, which share words by intent. */
	readonly series: readonly Elsewhere[];
}

/**
 * Notes of a version, with the policies that they name; those that the reader may not open were never among them. Of what every act
 * begins with there is none.
 */
export function reuseNotes(
	kin: readonly Kin[],
	works: ReadonlyMap<string, WorkLine>,
	own: {
		readonly day: Day;
		readonly placeId: string | null;
		/** What says of a policy that this one was modelled on it, by its id. */
		readonly modelledOn: ReadonlyMap<string, string>;
	},
	provisions: readonly Pick<Provision, 'eId' | 'parent' | 'kind'>[],
	citedOf: (eId: string) => string | null,
): readonly ReuseNote[] {
	const named = (kept: (one: Kin) => number) => (one: Kin) => {
		const work = works.get(one.workId);
		return work ? [{ work, day: one.day, kept: kept(one) }] : [];
	};
	const told = new Set(provisions.flatMap(({ eId, kind }) => (kind === 'formula' ? [] : [eId])));
	const shown = kin.filter(({ of }) => told.has(of.eId));
	return notesOf(shown, own, provisions).flatMap(({ eId, earliest, from, later, sameDay, series }) => {
		const note = {
			eId,
			cited: citedOf(eId),
			earliest,
			from:
				(from &&
					named(keptFrom)(from).map((one) => ({ ...one, modelled: own.modelledOn.get(from.workId) ?? null }))[0]) ??
				null,
			later: later.flatMap(named(keptBy)),
			sameDay: sameDay.flatMap(named(keptBy)),
			series: own.placeId === null ? [] : series.flatMap(named(keptBy)),
		};
		if (note.from === null && note.later.length + note.sameDay.length + note.series.length === 0) return [];
		return [{ ...note, whole: note.later.filter(({ kept }) => kept >= NEARLY_EVERY).length }];
	});
}
