import type { Actor } from '#access/actor.ts';
import { demand, ownCity } from '#access/can.ts';
import { Invalid } from '#kernel/error.ts';
import type { World } from '#platform/world.ts';
import { demandNoQuorum } from '../remark/quorum.server.ts';
import { stateOf } from '../state.server.ts';
import type { WordProblem } from '../word/revision.ts';
import { takeIn, uploadsOf } from '../word/suggestions.server.ts';

type SentIn = {
	readonly upload: string;
	readonly suggestions: number;
	readonly unplaced: number;
	readonly problems: readonly WordProblem['code'][];
};

/**
 * Takes in a Word file that came back for a draft, counts what it suggests and what has no place, and gives the codes of what is
 * odd about it. Throws `Invalid`, with what to do, for a file that cannot be read, and as `takeIn` does.
 */
export async function sendIn(
	id: string,
	file: { readonly name: string; readonly bytes: Uint8Array },
	actor: Actor,
	world: Pick<World, 'db' | 'clock' | 'random'>,
): Promise<SentIn> {
	demand(actor, 'change', 'draft', ownCity(actor));
	// Nothing is read for a draft that is not there, or that the actor may not enter.
	await world.db.as(actor, async (tx) => {
		await demandNoQuorum(id, actor, world, tx);
		await stateOf(id, actor, tx);
	});
	const name =
		file.name
			.replace(/^.*[\\/]/, '')
			.replaceAll(/\p{C}+/gu, ' ')
			.trim() || 'file.docx';
	const made = await takeIn(id, { ...file, name }, actor, world);
	if ('refused' in made) throw new Invalid(made.detail);
	const [upload] = (await world.db.as(actor, (tx) => uploadsOf(id, actor, tx))).filter((one) => one.id === made.id);
	return {
		upload: made.id,
		suggestions: upload?.suggestions.length ?? 0,
		unplaced: upload?.unplaced.length ?? 0,
		problems: upload?.problems.map(({ code }) => code) ?? [],
	};
}
