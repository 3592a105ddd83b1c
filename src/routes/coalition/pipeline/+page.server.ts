import { can, demand } from '#access/can.ts';
import { APPROVALS } from '#coalition/interest.ts';
import { growth, STAGES, waiting } from '#coalition/pipeline.server.ts';
import { stewards } from '#coalition/seats.server.ts';
import { dayAt } from '#kernel/day.ts';
import { HERE } from '../steward.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'pipeline'] as const;

export const load: PageServerLoad = async ({ locals }) => {
	demand(locals.actor, ..._permission, HERE);
	const { world, actor } = locals;
	const day = dayAt(world.clock.now());
	return world.db.as(actor, async (tx) => ({
		day,
		stages: STAGES,
		alone: (await stewards(day, tx, actor.sample)) < APPROVALS && can(actor, 'invite', 'seat', HERE),
		growth: await growth(tx, actor.sample),
		cases: (await waiting(world, tx)).map(({ id, place, since, voteDay, step, keeper }) => ({
			...{ id, since, voteDay, step, keeper },
			place: place && `${place.name}, ${place.state}`,
		})),
	}));
};
