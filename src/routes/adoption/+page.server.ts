import { can, demand, ownCity } from '#access/can.ts';
import { withCounsel } from '#adoption/counsel/counsel.server.ts';
import { overtaken } from '#adoption/overtaken.server.ts';
import { draftLines } from '#adoption/state.server.ts';
import { namesSeated } from '#coalition/signed.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'draft'] as const;

export const load: PageServerLoad = async ({ locals }) => {
	const { world, actor } = locals;
	demand(actor, ..._permission, ownCity(actor));
	return world.db.as(actor, async (tx) => {
		const waiting = await withCounsel(tx);
		const people = await namesSeated(tx);
		const drafts = (await draftLines(actor, tx)).map(({ editedBy, ...line }) => ({
			...line,
			/** Since when it lies with counsel; null while it does not. */
			sent: line.became === null ? (waiting.get(line.id) ?? null) : null,
			editedBy: editedBy === null ? null : (people.get(editedBy) ?? null),
		}));
		return {
			drafts,
			overtaken: await overtaken('adopted', actor, tx),
			counsel: can(actor, 'approve', 'draft', ownCity(actor)),
		};
	});
};
