import type { Provision } from '#library/provision.ts';
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
