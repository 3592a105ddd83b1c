import { SYSTEM } from '#access/actor.ts';
import type { Day } from '#kernel/day.ts';
import { addVersion, settleWork } from '#library/add.server.ts';
import type { Provision } from '#library/provision.ts';
import { readMarkdown } from '#library/read/markdown.ts';
import { structure } from '#library/structure/structure.ts';
import type { World } from '#platform/world.ts';

/** A version on the shelf, as `beginDraft` copies it. */
export interface Published {
	readonly workId: string;
	readonly expressionId: string;
	readonly provisions: readonly Provision[];
}

/**
 * Puts the versions of a made-up model on the shelf, Markdown by day; a model that is there gets them as further versions.
 * @param slug the model's address behind `coalition/`, and its title
 */
export async function published(
	slug: string,
	versions: readonly (readonly [day: string, markdown: string])[],
	world: Pick<World, 'db' | 'clock' | 'random' | 'queue'>,
): Promise<readonly Published[]> {
	return world.db.as(SYSTEM, async (tx) => {
		const policy = {
			...{ id: null, address: `coalition/${slug}`, place: null, number: null },
			title: slug,
			sample: true,
		};
		const work = await settleWork({ ...policy, instrument: 'model', language: 'en' }, 'bench', world, tx);
		const made: Published[] = [];
		for (const [day, markdown] of versions) {
			const reading = structure(readMarkdown(Buffer.from(markdown)));
			const source = { name: null, sha256: null, address: null, retrieved: null, blobId: null };
			const text = {
				day: day as Day,
				language: 'en' as const,
				official: true,
				title: slug,
				reading,
				format: 'md' as const,
			};
			const version = await addVersion(
				work.id,
				{ ...text, source, comesAlong: true, by: 'bench', id: null },
				world,
				tx,
			);
			made.push({ workId: work.id, expressionId: version.id, provisions: reading.provisions });
		}
		return made;
	});
}
