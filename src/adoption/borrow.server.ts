import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import { Conflict, Invalid, NotFound } from '#kernel/error.ts';
import { isUuid } from '#kernel/uuid.ts';
import { provisions } from '#library/version.server.ts';
import type { Tx, World } from '#platform/world.ts';
import type { ClauseKey } from '#reuse/clause.ts';
import { conditionOf } from './blank-words.ts';
import { edit, keepSource } from './edit.server.ts';
import { takeUp } from './hold.server.ts';
import { spokenIn } from './spoken.ts';
import { stateOf } from './state.server.ts';

/**
 * Puts heading and words of a provision of the library in the place of those of a provision of a draft. It keeps its number, its condition
 * and what it was copied from, so that a newer model still finds it; the edit keeps whose words these are, and the text is a source of the
 * draft from then on. Returns the number of the edit. Throws as `edit` does, `NotFound` where either provision is not there,
 * `Invalid` where the words have blanks of a model in them, and `Conflict` where somebody changed the provision after the edit `since`.
 */
export async function borrow(
	id: string,
	{ provision, clause, since }: { readonly provision: string; readonly clause: ClauseKey; readonly since: number },
	actor: Actor,
	world: Pick<World, 'clock'>,
	tx: Tx,
): Promise<number> {
	await takeUp(id, actor, world, tx);
	const { sources, wordedAt } = await stateOf(id, actor, tx);
	if ((wordedAt.get(provision) ?? 0) > since)
		throw new Conflict('Somebody changed the words of this provision meanwhile. Look at them, and choose again.');
	const { words, unnamed } = await wordsOf(clause, tx);
	const known = sources.find(({ expressionId }) => expressionId === clause.expressionId);
	const nth = known?.nth ?? Math.max(0, ...sources.map((one) => one.nth)) + 1;
	const seq = await edit(
		id,
		{ act: 'borrowed', provision, borrowed: { source: nth, eId: clause.eId }, always: true },
		(state) => {
			const own = state.provisions.find((one) => one.id === provision);
			if (!own) throw new NotFound('This provision is not in the draft any more.');
			const made = { ...own, heading: words.heading ?? own.heading, text: conditionOf(own.text).mark + words.text };
			return {
				provisions: state.provisions.map((one) => (one === own ? made : one)),
				dangling: unnamed.map((said) => ({ in: provision, words: said })),
			};
		},
		actor,
		world,
		tx,
	);
	const { workId, expressionId } = clause;
	if (!known) await keepSource(id, seq, { nth, workId, expressionId, whole: false }, actor, world, tx);
	return seq;
}

/** Words of a provision, and the references in them: what they name is of the other text. */
async function wordsOf({ workId, expressionId, eId }: ClauseKey, tx: Tx) {
	const there =
		isUuid(workId) && isUuid(expressionId)
			? await sql`select from library_work where id = ${workId} and withdrawn_at is null`.execute(tx)
			: null;
	const all = there?.rows.length ? await provisions(workId, expressionId, tx) : [];
	const words = all.find((one) => one.eId === eId);
	if (!words || words.state === 'removed') throw new NotFound('These words are not in the library. Look again.');
	// A blank is filled by the draft that copied it with its model.
	if (/\{\{/.test(`${words.heading ?? ''} ${words.text}`))
		throw new Invalid('These words have blanks. Copy the provision from the library instead.');
	const { kind, number, heading, text } = words;
	const alone = [{ ...{ id: 'own', kind, number, heading, text }, parent: null, from: null }];
	const spoken = spokenIn(all, new Map([[eId, 'own']]), alone, new Set(['own'])).get('own');
	return { words, unnamed: spoken?.unnamed ?? [] };
}
