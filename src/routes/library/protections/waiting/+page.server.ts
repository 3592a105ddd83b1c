import { byline } from '#access/byline.server.ts';
import { demand } from '#access/can.ts';
import { namesSigned } from '#coalition/signed.server.ts';
import { codings, EVERY_CODING } from '#library/protections.server.ts';
import { agree, takeBack } from '../../coded.server.ts';
import { signedBy } from '../../signed.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['confirm', 'library'] as const;

/** Codings of one page; who has read so many rests. */
const PER_PAGE = 40;
/** Codings that are looked through: a shelf of hundreds of policies has some thousands. */
const MOST = 5_000;

export const load: PageServerLoad = async ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	const { world, actor } = locals;
	const own = byline(actor.person ?? '', world);
	const { found, names } = await world.db.as(actor, async (tx) => ({
		found: await codings({ ...EVERY_CODING, state: 'proposed' }, MOST, tx),
		names: await namesSigned(world, tx),
	}));
	// What people coded goes before what came along with the shelf.
	const waiting = found.toSorted((a, b) => Number(names.has(b.author)) - Number(names.has(a.author)));
	const pages = Math.max(1, Math.ceil(waiting.length / PER_PAGE));
	const asked = Number(url.searchParams.get('page'));
	const page = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), pages) : 1;
	return {
		page,
		pages,
		waiting: waiting
			.slice((page - 1) * PER_PAGE, page * PER_PAGE)
			.map((one) => ({ own: one.author === own, coding: signedBy(one, names) })),
	};
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
