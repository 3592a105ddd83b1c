import type { Actor } from '#access/actor.ts';
import type { Tx, World } from '#platform/world.ts';
import { type Answers, answerOf, type WrongAnswer } from './answer.ts';
import { settleAnswered } from './counsel/questions.server.ts';
import { edit } from './edit.server.ts';
import { stateOf } from './state.server.ts';

/**
 * Keeps what was typed into the blanks of a draft; what is left out stays. What is no answer is not kept and comes back, the
 * others are kept. What counsel was asked about a blank that is filled now is resolved. `was` is the last edit before. Throws as
 * `edit` does.
 */
export async function answer(
	id: string,
	typed: Readonly<Record<string, string>>,
	actor: Actor,
	world: Pick<World, 'clock' | 'random'>,
	tx: Tx,
): Promise<{ readonly seq: number; readonly was: number; readonly wrong: readonly WrongAnswer[] }> {
	const { blanks, draft } = await stateOf(id, actor, tx);
	const answers: Record<string, string> = {};
	const wrong: WrongAnswer[] = [];
	for (const blank of blanks) {
		const said = typed[blank.id];
		if (said === undefined) continue;
		const found = answerOf(blank, said, draft.language);
		if ('answer' in found) answers[blank.id] = found.answer;
		else wrong.push({ blank: blank.id, typed: said, wrong: found.wrong });
	}
	let was = 0;
	const change = (state: { readonly seq: number }) => {
		was = state.seq;
		return { answers: answers as Answers };
	};
	const seq = await edit(id, { act: 'answered' }, change, actor, world, tx);
	await settleAnswered(id, answers, actor, world, tx);
	return { seq, was, wrong };
}
