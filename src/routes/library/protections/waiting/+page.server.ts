import { byline } from '#access/byline.server.ts';
import { demand } from '#access/can.ts';
import { namesSigned } from '#coalition/signed.server.ts';
import { codings, EVERY_CODING } from '#library/protections.server.ts';
import { agree, takeBack } from '../../coded.server.ts';
import { signedBy } from '../../signed.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['confirm', 'library'] as const;

/** Codings of one page; who has read so many rests. */
const MOST = 50;

export const load: PageServerLoad = async ({ locals }) => {
	demand(locals.actor, ..._permission);
	const { world, actor } = locals;
	const own = byline(actor.person ?? '', world);
	return world.db.as(actor, async (tx) => {
		const found = await codings({ ...EVERY_CODING, state: 'proposed' }, MOST + 1, tx);
		const names = await namesSigned(world, tx);
		return {
			waiting: found.slice(0, MOST).map((one) => ({ own: one.author === own, coding: signedBy(one, names) })),
			more: found.length > MOST,
		};
	});
};

export const actions: Actions = {
	confirm: async ({ locals, request }) => {
		demand(locals.actor, ..._permission);
		return agree(await request.formData(), locals);
	},
	take_back: async ({ locals, request }) => {
		demand(locals.actor, ..._permission);
		return takeBack(await request.formData(), locals);
	},
};
