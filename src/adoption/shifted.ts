import type { Provision } from '#library/provision.ts';
import type { DraftProvision } from './draft.ts';

/** What of a draft a newer version has in another place than the one copied. */
interface Shifted {
	/** `.` and the eId in the version copied. */
	readonly change: string;
	readonly provision: string;
	/** Whether the city moved it as well. */
	readonly both: boolean;
}

/** A provision among those that lie beside it. */
interface Spot {
	/** Id of what it lies in; null at the top; undefined where the draft has not got that. */
	readonly over: string | null | undefined;
	/** Ids of the draft's provisions beside it, right before and right after. */
	readonly before: string | null;
	readonly after: string | null;
}

/**
 * Moves of a newer version that the draft has not made, by its provisions: what lies in something else than in the version
 * copied, or before or after what it did not. Of a row set in another order as few as can be count as moved.
 * @param of `cameFrom`: eIds in the version copied, `here`: ids of the draft, both by eId in the newer version
 */
export function movesOf(
	base: readonly Provision[],
	theirs: readonly Provision[],
	draft: readonly DraftProvision[],
	{ cameFrom, here }: { readonly cameFrom: ReadonlyMap<string, string>; readonly here: ReadonlyMap<string, string> },
): ReadonlyMap<string, Shifted> {
	const ids = new Map(
		[...here].flatMap(([is, id]) => (cameFrom.has(is) ? [[cameFrom.get(is) as string, id] as const] : [])),
	);
	const [then, now] = [spots(base, ids), spots(theirs, here)];
	const places = new Map(draft.map(({ id }, at) => [id, at]));
	const over = (id: string) => draft[draft[places.get(id) ?? -1]?.parent ?? -1]?.id ?? null;
	const stands = (id: string, spot: Spot) => {
		const beside = (other: string | null, sign: number) => {
			const [at, it] = [places.get(id) ?? -1, places.get(other ?? '')];
			return other === null || it === undefined || over(other) !== over(id) || (it - at) * sign > 0;
		};
		return over(id) === spot.over && beside(spot.before, -1) && beside(spot.after, 1);
	};
	const outOfRow = displaced(base, ids, theirs, here);
	const found = new Map<string, Shifted>();
	for (const [was, id] of ids) {
		const [old, spot] = [then.get(id), now.get(id)];
		if (!old || !spot || spot.over === undefined || stands(id, spot)) continue;
		if (spot.over === old.over && !outOfRow.has(id)) continue;
		found.set(id, { change: `.${was}`, provision: id, both: !stands(id, old) });
	}
	return found;
}

/** Where each provision of a version stands among those that the draft has, by the draft's id. */
function spots(version: readonly Provision[], ids: ReadonlyMap<string, string>): ReadonlyMap<string, Spot> {
	const rows = new Map<number | null, string[]>();
	for (const { eId, parent } of version) {
		const id = ids.get(eId);
		if (id !== undefined) rows.set(parent, [...(rows.get(parent) ?? []), id]);
	}
	return new Map(
		[...rows].flatMap(([parent, row]) =>
			row.map((id, nth) => {
				const over = parent === null ? null : ids.get(version[parent]?.eId ?? '');
				return [id, { over, before: row[nth - 1] ?? null, after: row[nth + 1] ?? null }] as const;
			}),
		),
	);
}

/** Provisions of the draft that a version sets in another order than the one before; of each row as few as can be. */
function displaced(
	base: readonly Provision[],
	ids: ReadonlyMap<string, string>,
	theirs: readonly Provision[],
	here: ReadonlyMap<string, string>,
): ReadonlySet<string> {
	const then = new Map(base.flatMap(({ eId }, at) => (ids.has(eId) ? [[ids.get(eId) as string, at] as const] : [])));
	const rows = new Map<number | null, { readonly id: string; readonly at: number }[]>();
	for (const { eId, parent } of theirs) {
		const id = here.get(eId) ?? '';
		const at = then.get(id);
		if (at !== undefined) rows.set(parent, [...(rows.get(parent) ?? []), { id, at }]);
	}
	return new Set([...rows.values()].flatMap((row) => outside(row).map(({ id }) => id)));
}

/** What has to go for the others to rise: all but a longest rising row. */
function outside<Placed extends { readonly at: number }>(row: readonly Placed[]): readonly Placed[] {
	/** Of each length the row that ends lowest: its last, as an index. */
	const ends: number[] = [];
	const before: number[] = [];
	const height = (nth: number | undefined) => row[nth ?? -1]?.at ?? Number.NEGATIVE_INFINITY;
	row.forEach(({ at }, nth) => {
		let length = ends.length;
		while (length > 0 && height(ends[length - 1]) >= at) length--;
		before[nth] = ends[length - 1] ?? -1;
		ends[length] = nth;
	});
	const kept = new Set<number>();
	for (let nth = ends.at(-1) ?? -1; nth >= 0; nth = before[nth] ?? -1) kept.add(nth);
	return row.filter((_, nth) => !kept.has(nth));
}
