import { type Actor, VISITOR } from '#access/actor.ts';
import { beginDraft } from '#adoption/begin.server.ts';
import { dayAt } from '#kernel/day.ts';
import { workAt } from '#library/at.server.ts';
import type { World } from '#platform/world.ts';

/** The model of the shelf that these tests copy. */
export const DETAINERS = 'coalition/detainers/2026-11-26';

/** A version on the shelf, as it is copied. */
export async function textAt(path: string, world: Pick<World, 'db' | 'clock'>) {
	const found = await world.db.as(VISITOR, (tx) => workAt(path, dayAt(world.clock.now()), tx));
	if (found.kind !== 'version') throw new Error(`${path} is no version.`);
	return { workId: found.work.id, expressionId: found.version.id, provisions: found.version.provisions };
}

/** The id of a draft that somebody began with a copy; of the model where nothing else is named. */
export async function begun(
	title: string,
	actor: Actor,
	world: Pick<World, 'db' | 'clock' | 'random'>,
	{ path = DETAINERS, only = null }: { readonly path?: string; readonly only?: readonly string[] | null } = {},
): Promise<string> {
	const { workId, expressionId } = await textAt(path, world);
	return world.db.as(actor, (tx) => beginDraft({ title, copied: { workId, expressionId, only } }, actor, world, tx));
}
