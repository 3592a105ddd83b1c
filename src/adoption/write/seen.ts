import type { State } from '../draft.ts';
import { lyingIn } from '../structure/tree.ts';
import type { Batch, Deed } from './exchange.ts';
import { piecesOf, type Read, sameRead } from './piece.ts';

type Taking = Extract<Deed, { readonly act: 'removed' | 'joined' }>;

/**
 * Whether what somebody takes out or joins is what they saw: nobody wrote in it, filled its blanks, put anything into it or
 * between the two since. `words`: those that came along and are in the draft `now`.
 */
export function isAsSeen(deed: Taking, words: Batch['words'], then: State, now: State): boolean {
	const read = new Map(concerned(deed, then).map((one) => [one.id, one]));
	for (const one of words) if (read.has(one.id)) read.set(one.id, one);
	if (deed.act === 'removed') read.set(deed.provision, { id: deed.provision, ...deed });
	const found = concerned(deed, now);
	if (deed.act === 'joined' && found.length === 2 && found[1]?.id !== deed.next) return false;
	return found.every((piece) => {
		const seen = read.get(piece.id);
		return seen !== undefined && sameRead(seen, piece);
	});
}

/** Of what is taken out all that lies in it; of two that are joined both. */
function concerned({ act, provision }: Taking, state: State): readonly (Read & { readonly id: string })[] {
	const { provisions } = state;
	const at = provisions.findIndex(({ id }) => id === provision);
	if (at < 0) return [];
	const { parent } = provisions[at] ?? { parent: null };
	const next = provisions.findIndex((one, n) => n > at && one.parent === parent);
	const pieces = piecesOf(state);
	return (act === 'removed' ? [at, ...lyingIn(provisions, at)] : [at, next]).flatMap((n) => pieces[n] ?? []);
}
