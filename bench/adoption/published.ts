import { sql } from 'kysely';
import { SYSTEM } from '#access/actor.ts';
import type { Day } from '#kernel/day.ts';
import { addVersion, type NewVersion, type NewWork, settleWork } from '#library/add.server.ts';
import type { Provision } from '#library/provision.ts';
import { readMarkdown } from '#library/read/markdown.ts';
import { type Structured, structure } from '#library/structure/structure.ts';
import type { Blank } from '#library/view.ts';
import type { World } from '#platform/world.ts';

/** A version on the shelf, as `beginDraft` copies it. */
export interface Published {
	readonly workId: string;
	readonly expressionId: string;
	readonly provisions: readonly Provision[];
}

/**
 * Puts a version of a made-up model on the shelf; a model that is there gets it as a further one.
 * @param slug the model's address behind `coalition/`, and its title
 */
export async function published(
	slug: string,
	{
		day,
		reading,
		blanks = [],
	}: { readonly day: string; readonly reading: Structured; readonly blanks?: readonly Blank[] },
	world: Pick<World, 'db' | 'clock' | 'random' | 'queue'>,
): Promise<Published> {
	return world.db.as(SYSTEM, async (tx) => {
		const policy: NewWork = {
			...{ id: null, address: `coalition/${slug}`, place: null, number: null, title: slug, sample: true },
			instrument: 'model',
			language: 'en',
		};
		const { id: workId } = await settleWork(policy, 'bench', world, tx);
		await sql`update library_work set blanks = ${JSON.stringify(blanks)} where id = ${workId}`.execute(tx);
		const version: NewVersion = {
			...{
				day: day as Day,
				official: true,
				title: slug,
				reading,
				format: 'md',
				comesAlong: true,
				by: 'bench',
				id: null,
			},
			source: { name: null, sha256: null, address: null, retrieved: null, blobId: null },
			language: 'en',
		};
		const { id: expressionId } = await addVersion(workId, version, world, tx);
		return { workId, expressionId, provisions: reading.provisions };
	});
}

/** Markdown as a text on the shelf is read. */
export function read(markdown: string): Structured {
	return structure(readMarkdown(Buffer.from(markdown)));
}
