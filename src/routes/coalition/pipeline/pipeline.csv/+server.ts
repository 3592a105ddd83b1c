import { record } from '#access/audit.server.ts';
import { demand } from '#access/can.ts';
import { notify } from '#access/notice.server.ts';
import { requireFresh } from '#access/session.ts';
import { waiting } from '#coalition/pipeline.server.ts';
import { dayAt } from '#kernel/day.ts';
import { csvAnswer } from '../../../watch/lists/csv.server.ts';
import { HERE } from '../../steward.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'pipeline'] as const;

const COLUMNS = ['place', 'state', 'geoid', 'asked', 'vote', 'next_step', 'keeper'] as const;

/** Who waits, without addresses and notes. `?raw=1` for programs. */
export const GET: RequestHandler = async ({ locals, url }) => {
	demand(locals.actor, ..._permission, HERE);
	const { world, actor, session } = locals;
	// Nobody shows steps in the sample, and nothing in it is anybody's.
	if (!actor.sample) requireFresh(session, world.clock.now());
	const day = dayAt(world.clock.now());
	const rows = await world.db.as(actor, async (tx) => {
		await record({ actor, action: 'exported', subject: 'pipeline:waiting', owner: null }, world, tx);
		if (session) await notify(session.person, 'exported', world, tx);
		return (await waiting(world, tx)).map(({ place, since, voteDay, step, keeper }) => ({
			place: place?.name ?? null,
			state: place?.state ?? null,
			geoid: place?.geoid ?? null,
			asked: since,
			vote: voteDay,
			next_step: step,
			keeper,
		}));
	});
	return csvAnswer(`cities-that-ask-${day}`, COLUMNS, rows, {
		raw: url.searchParams.get('raw') === '1',
		sample: actor.sample === true,
	});
};
