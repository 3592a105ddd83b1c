import type { Provision } from '#library/provision.ts';
import type { DraftProvision } from './draft.ts';
import type { Drafted } from './out/marked.ts';

/** Provisions of a version as a draft has them before its first edit: what was removed in it is left out, and what was not copied. */
export function copiedOf(
	source: number,
	provisions: readonly Pick<Provision, 'eId' | 'kind' | 'number' | 'heading' | 'text' | 'parent' | 'state'>[],
	only: ReadonlySet<string> | null,
): readonly Drafted[] {
	const places = new Map<number, number>();
	return provisions.flatMap(({ eId, kind, number, heading, text, parent, state }, at) => {
		if (state === 'removed' || (only !== null && !only.has(eId))) return [];
		places.set(at, places.size);
		const inside = parent === null ? null : (places.get(parent) ?? null);
		return [{ kind, number, heading, text, parent: inside, from: { source, eId } }];
	});
}

/** What a draft has of one of its sources, by eId in it; of what is there twice, or was split, the first. */
export function copiesIn(draft: readonly DraftProvision[], source: number): ReadonlyMap<string, DraftProvision> {
	const found = new Map<string, DraftProvision>();
	for (const one of draft) if (one.from?.source === source && !found.has(one.from.eId)) found.set(one.from.eId, one);
	return found;
}
