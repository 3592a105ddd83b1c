import { type Kin, likeness } from './kin.ts';

/** What the margin of a clause says of its words elsewhere. */
export interface Note {
	readonly eId: string;
	/** No other policy on the shelf has it as early. */
	readonly earliest: boolean;
	/** The likest clause of an earlier day of another place, or of the coalition; null where nobody else has an earlier one. */
	readonly from: Kin | null;
	/** Later clauses of other places, one for each policy, by rising day. */
	readonly later: readonly Kin[];
	/** Those of the very day: neither is the earlier one. */
	readonly sameDay: readonly Kin[];
	/** Clauses of the same place, or of the coalition as well, in other policies: a series of its own. */
	readonly series: readonly Kin[];
}

/** The policy whose clauses are told of. */
interface Own {
	readonly day: string;
	readonly placeId: string | null;
	/** Policies that it was modelled on, as a source says: of two that are alike to a clause, such a one is told. */
	readonly modelledOn: { has(workId: string): boolean };
}

/** Share of the words of a clause from which a later one keeps nearly every word. */
export const NEARLY_EVERY = 0.9;

/**
 * The notes of a version by eId. A provision is told of only where that says more than the note of what it lies in: other
 * policies, or another origin.
 * @param kin of its provisions, as `kinOf` gives them
 * @param provisions of the version in order, with what each lies in
 */
export function notesOf(
	kin: readonly Kin[],
	own: Own,
	provisions: readonly { readonly eId: string; readonly parent: number | null }[],
): readonly Note[] {
	const byPlace = new Map<string, Kin[]>();
	for (const one of kin) byPlace.set(one.of.eId, [...(byPlace.get(one.of.eId) ?? []), one]);
	const told = new Map<number, ReadonlySet<string>>();
	return provisions.flatMap(({ eId, parent }, at) => {
		const above = parent === null ? new Set<string>() : (told.get(parent) ?? new Set<string>());
		const here = byPlace.get(eId) ?? [];
		told.set(at, new Set([...above, ...here.map(({ workId }) => workId)]));
		return here.some(({ workId }) => !above.has(workId)) ? [noteOf(eId, here, own)] : [];
	});
}

function noteOf(eId: string, kin: readonly Kin[], own: Own): Note {
	const series = kin.filter(({ placeId }) => placeId === own.placeId);
	const others = kin.filter((one) => !series.includes(one));
	const earlier = others.filter(({ day }) => day < own.day);
	const from = earlier.reduce<Kin | null>((best, one) => (best === null || nearer(one, best, own) ? one : best), null);
	return {
		eId,
		earliest: kin.every(({ day }) => day > own.day),
		from,
		later: others.filter(({ day }) => day > own.day),
		sameDay: others.filter(({ day }) => day === own.day),
		series,
	};
}

function nearer(one: Kin, best: Kin, { modelledOn }: Own): boolean {
	const [mine, its] = [likeness(one), likeness(best)];
	return mine > its || (mine === its && modelledOn.has(one.workId) && !modelledOn.has(best.workId));
}
