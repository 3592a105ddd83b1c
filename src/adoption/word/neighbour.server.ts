import { sql } from 'kysely';
import type { Tx } from '#platform/world.ts';
import type { Outline } from '../state.server.ts';
import type { Suggestion } from './suggestion.ts';

/**
 * Suggestions with the provision that each stands behind as the draft is now: where that is gone, because the edit that put it there was
 * taken back or somebody took it out, the nearest before it that is still there; null: before all.
 * @param order ids of the provisions of the draft as it is now
 */
export async function anchored<S extends Suggestion>(
	draft: string,
	suggestions: readonly S[],
	order: readonly string[],
	tx: Tx,
): Promise<readonly S[]> {
	const here = new Set(order);
	const found = new Map<string, string | null>();
	const gone = suggestions.flatMap((one) => {
		const at = one.kind === 'added' ? one.provision : one.kind === 'moved' ? one.behind : null;
		return at === null || here.has(at) ? [] : [at];
	});
	for (const id of new Set(gone)) found.set(id, await before(draft, id, here, tx));
	if (found.size === 0) return suggestions;
	return suggestions.map((one) => {
		const { kind, provision, behind } = one;
		if (kind === 'added' && provision !== null && found.has(provision))
			return { ...one, provision: found.get(provision) ?? null };
		if (kind === 'moved' && behind !== null && found.has(behind)) return { ...one, behind: found.get(behind) ?? null };
		return one;
	});
}

/** In the last state of the draft that had a provision, the nearest before it that is there now. */
async function before(draft: string, id: string, here: ReadonlySet<string>, tx: Tx): Promise<string | null> {
	const { rows } = await sql<{ outline: Outline }>`
		select outline from adoption_edit
		where draft_id = ${draft} and outline is not null
			and exists (select from jsonb_array_elements(outline) piece where piece ->> 0 = ${id})
		order by seq desc limit 1`.execute(tx);
	const ids = (rows[0]?.outline ?? []).map(([one]) => one);
	return ids.slice(0, Math.max(0, ids.indexOf(id))).findLast((one) => here.has(one)) ?? null;
}
