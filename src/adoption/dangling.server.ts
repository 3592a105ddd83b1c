import { sql } from 'kysely';
import type { Tx } from '#platform/world.ts';
import type { DraftProvision, State } from './draft.ts';
import type { Dangling } from './structure/reference.ts';

/** A reference that means what the draft has not, or has no more. */
export type Hanging = Pick<Dangling, 'in' | 'words'>;

/** A reference with the words around it. */
interface Kept extends Hanging {
	readonly around: string;
}

/** Letters on either side by which a reference is found again. */
const AROUND = 24;
/** References of one edit that are kept. */
const MOST = 500;

/** References that an edit leaves hanging, as they are kept with it: with the words around them. */
export function keptDangling(
	hanging: readonly Hanging[],
	text: readonly Pick<DraftProvision, 'id' | 'heading' | 'text'>[],
): readonly Kept[] {
	const words = new Map(text.map((one) => [one.id, whole(one)]));
	return hanging.slice(0, MOST).flatMap((one) => {
		const said = words.get(one.in) ?? '';
		const at = said.indexOf(one.words);
		if (at < 0) return [];
		return [
			{ in: one.in, words: one.words, around: said.slice(Math.max(0, at - AROUND), at + one.words.length + AROUND) },
		];
	});
}

/**
 * References of a draft that its edits left hanging, each once, in the order of the text, as long as the words around them stand:
 * of a section that was taken out, of one that was not copied along. What was brought back or undone since counts no more.
 * `tx` acts for the draft's city.
 */
export async function danglingIn({ draft, provisions, seq }: State, tx: Tx): Promise<readonly Hanging[]> {
	const { rows } = await sql<Kept>`
		select one ->> 'in' as in, one ->> 'words' as words, one ->> 'around' as around
		from adoption_edit e, jsonb_array_elements(e.dangling) one
		where e.draft_id = ${draft.id} and e.seq <= ${seq} and not exists (select from adoption_edit later
			where later.draft_id = e.draft_id and later.seq > e.seq and later.seq <= ${seq} and later.restored < e.seq)
		order by e.seq`.execute(tx);
	const found = new Map<string, Hanging>();
	const text = new Map(provisions.map((one) => [one.id, whole(one)]));
	for (const one of rows)
		if (text.get(one.in)?.includes(one.around)) found.set(`${one.in} ${one.words}`, { in: one.in, words: one.words });
	const order = new Map(provisions.map(({ id }, at) => [id, at]));
	return [...found.values()].sort((one, other) => (order.get(one.in) ?? 0) - (order.get(other.in) ?? 0));
}

function whole({ heading, text }: Pick<DraftProvision, 'heading' | 'text'>): string {
	return `${heading ?? ''} ${text}`;
}
