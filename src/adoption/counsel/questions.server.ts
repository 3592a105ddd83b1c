import { sql } from 'kysely';
import type { Actor } from '#access/actor.ts';
import type { Tx, World } from '#platform/world.ts';
import type { Answers } from '../answer.ts';
import type { State } from '../draft.ts';
import { remarksOn } from '../remark/remarked.server.ts';
import { type Deal, keepComment, keepDeal } from '../remark/remarks.server.ts';
import { openBlanksOf, questionOf } from './question.ts';

type Writing = Pick<World, 'clock' | 'random'>;

/** Ids of the comments by which the blanks of a draft were asked of counsel, by blank. `tx` acts for its city. */
export async function questionsOn(draft: string, tx: Tx): Promise<ReadonlyMap<string, string>> {
	const { rows } = await sql<{ blank: string; comment: string }>`
		select blank, comment_id as comment from adoption_question where draft_id::text = ${draft}`.execute(tx);
	return new Map(rows.map(({ blank, comment }) => [blank, comment]));
}

/**
 * Asks counsel about every open blank of a draft, by a comment that everybody with a seat of its city reads: a new one, or the
 * one that was made before. `to`: seat that they wait for; null: for nobody. The draft was taken up, and `state` read after that.
 */
export async function askOpen(state: State, to: string | null, actor: Actor, world: Writing, tx: Tx): Promise<void> {
	const { draft } = state;
	const known = await questionsOn(draft.id, tx);
	const standing = new Map((await remarksOn(state, ['city'], actor, tx)).map((one) => [one.id, one]));
	for (const { blank, provisions } of openBlanksOf(state)) {
		const [provision = ''] = provisions;
		const before = standing.get(known.get(blank.id) ?? '');
		const text = questionOf(blank, draft.language);
		const said = { provision, words: '', text, room: 'city' } as const;
		const id = before?.id ?? (await keepComment(state, said, actor, world, tx)).id;
		if (!id) continue;
		if (!before)
			await sql`
				insert into adoption_question (draft_id, blank, comment_id, owner_city)
				values (${draft.id}, ${blank.id}, ${id}, ${actor.city})`.execute(tx);
		const settle = (deal: Deal) => keepDeal(draft.id, { comment: id, room: 'city', deal }, actor, world, tx);
		if (before?.resolved) await settle({ act: 'reopened' });
		if ((before?.assigned?.seat ?? null) !== to) await settle({ act: 'assigned', seat: to });
	}
}

/** Resolves the questions about blanks that are filled in now. The draft was taken up. */
export async function settleAnswered(
	draft: string,
	answers: Answers,
	actor: Actor,
	world: Pick<World, 'clock'>,
	tx: Tx,
): Promise<void> {
	const blanks = Object.keys(answers).filter((id) => answers[id] !== '');
	const { rows } = await sql<{ comment: string }>`
		select q.comment_id as comment from adoption_question q
		where q.draft_id::text = ${draft} and q.blank = any(${blanks}) and coalesce((
			select s.act from adoption_comment_state s
			where s.comment_id = q.comment_id and s.act <> 'assigned' order by s.nth desc limit 1), '') <> 'resolved'`.execute(
		tx,
	);
	for (const { comment } of rows)
		await keepDeal(draft, { comment, room: 'city', deal: { act: 'resolved' } }, actor, world, tx);
}
