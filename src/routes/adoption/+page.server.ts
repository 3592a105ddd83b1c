import { can, demand, ownCity } from '#access/can.ts';
import { withCounsel } from '#adoption/counsel/counsel.server.ts';
import { overtaken } from '#adoption/overtaken.server.ts';
import { draftLines } from '#adoption/state.server.ts';
import { namesSeated } from '#coalition/signed.server.ts';
import { dayAt } from '#kernel/day.ts';
import { worksOf } from '#library/works.server.ts';
import type { PageServerLoad } from './$types';

/** Of one city on the shelf; the state of older ones is not told. */
const MOST_POLICIES = 1_000;

export const _permission = ['read', 'draft'] as const;

export const load: PageServerLoad = async ({ locals }) => {
	const { world, actor } = locals;
	demand(actor, ..._permission, ownCity(actor));
	return world.db.as(actor, async (tx) => {
		const waiting = await withCounsel(tx);
		const people = await namesSeated(tx);
		const lines = await draftLines(actor, tx);
		const [adopted] = lines.filter(({ became }) => became !== null);
		const policies = adopted ? await worksOf(adopted.city, dayAt(world.clock.now()), MOST_POLICIES, tx) : [];
		const drafts = lines.map(({ editedBy, ...line }) => ({
			...line,
			/** What it became, with where that stands today; null for a draft, and for a policy that was taken from the shelf. */
			policy: policies.find(({ address }) => address === line.became) ?? null,
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
