import { fail, redirect } from '@sveltejs/kit';
import { demand, ownCity } from '#access/can.ts';
import { requireFresh } from '#access/session.ts';
import { askHandOver, ownSeat } from '#coalition/handover.server.ts';
import { addressIn } from '#i18n/language.ts';
import { Invalid } from '#kernel/error.ts';
import { placeDetails } from '#places/list.server.ts';
import { text } from '../../../../sign-in/entry.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['change', 'seat'] as const;

export const load: PageServerLoad = async ({ locals, params }) => {
	const { world, actor, session } = locals;
	demand(actor, ..._permission, ownCity(actor));
	requireFresh(session, world.clock.now());
	return world.db.as(actor, async (tx) => {
		const { office, name, id } = await ownSeat(params.seat, actor, world, tx);
		const [place] = await placeDetails({ ids: [actor.city ?? ''] }, tx);
		return { office, name, own: id === actor.seat, city: place?.name ?? '' };
	});
};

export const actions: Actions = {
	default: async ({ locals, params, request }) => {
		const { world, actor, session } = locals;
		demand(actor, ..._permission, ownCity(actor));
		requireFresh(session, world.clock.now());
		const form = await request.formData();
		const sent = { name: text(form, 'name'), email: text(form, 'email'), language: text(form, 'language') };
		const language = sent.language === 'es' ? 'es' : 'en';
		try {
			const asked = await askHandOver(params.seat, { ...sent, language }, actor, world);
			if (asked === 'waiting') return fail(409, { ...sent, fault: 'waiting' as const });
		} catch (error) {
			if (!(error instanceof Invalid)) throw error;
			return fail(400, { ...sent, fault: 'named' as const });
		}
		redirect(303, addressIn(locals.language, '/coalition/city?named=yes#seats'));
	},
};
