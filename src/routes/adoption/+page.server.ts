import { demand, ownCity } from '#access/can.ts';
import { draftLines } from '#adoption/state.server.ts';
import { namesSeated } from '#coalition/signed.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'draft'] as const;

export const load: PageServerLoad = async ({ locals }) => {
	const { world, actor } = locals;
	demand(actor, ..._permission, ownCity(actor));
	return world.db.as(actor, async (tx) => {
		const people = await namesSeated(tx);
		const drafts = (await draftLines(actor, tx)).map(({ editedBy, ...line }) => ({
			...line,
			editedBy: editedBy === null ? null : (people.get(editedBy) ?? null),
		}));
		return { drafts };
	});
};
