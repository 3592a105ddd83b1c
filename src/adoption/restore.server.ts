import type { Actor } from '#access/actor.ts';
import { Conflict, Invalid } from '#kernel/error.ts';
import type { Tx, World } from '#platform/world.ts';
import { edit, keepSource } from './edit.server.ts';
import { stateOf } from './state.server.ts';

/**
 * Brings an earlier state of a draft back, as one more edit: nothing that came after it is lost. Throws as `edit` does, and
 * `Conflict` where somebody edited since.
 * @param to number of the edit after which it read so
 * @param from number of the last edit that whoever asks has seen
 */
export async function restore(
	id: string,
	{ to, from }: { readonly to: number; readonly from: number },
	actor: Actor,
	world: Pick<World, 'clock'>,
	tx: Tx,
): Promise<number> {
	if (!Number.isInteger(to) || !Number.isInteger(from))
		throw new Invalid('Name the draft to bring back by its number, as the list of changes does.');
	const then = await stateOf(id, actor, tx, Math.max(1, to));
	const now = await stateOf(id, actor, tx);
	const made = await edit(
		id,
		{ act: 'restored', restored: then.seq, always: true },
		({ seq, answers }) => {
			if (seq !== from)
				throw new Conflict('Somebody edited the draft meanwhile. Look at it, and choose again what to bring back.');
			const open = Object.keys(answers).filter((blank) => then.answers[blank] === undefined);
			return {
				provisions: then.provisions,
				answers: { ...Object.fromEntries(open.map((blank) => [blank, ''])), ...then.answers },
			};
		},
		actor,
		world,
		tx,
	);
	for (const source of then.sources) {
		const moved = now.sources.some(
			({ nth, expressionId }) => nth === source.nth && expressionId !== source.expressionId,
		);
		if (moved) await keepSource(id, made, source, actor, world, tx);
	}
	return made;
}
