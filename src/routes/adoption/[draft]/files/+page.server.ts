import { demand, ownCity } from '#access/can.ts';
import { readAgainst } from '#adoption/beside.ts';
import { noticeOf } from '#adoption/name/names.server.ts';
import { insideOf, LOOKS, WAYS, wayOf } from '#adoption/out/export.ts';
import { speech } from '#i18n/message.ts';
import { sending } from '../../sending.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'draft'] as const;

/** Every file that can be made of the draft, with what would be inside. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
	const { world, actor } = locals;
	demand(actor, ..._permission, ownCity(actor));
	const t = speech(locals.language);
	const named = url.searchParams.get('named') === 'yes';
	const asked = url.searchParams.get('look');
	const against = url.searchParams.get('against');
	const look = LOOKS.find((one) => one === asked) ?? 'tracked';
	const { out, state, name } = await sending(params.draft, locals, {
		...{ origin: url.origin, named },
		against: readAgainst(against),
	});
	return {
		draft: { id: params.draft, title: out.draft.title, sample: out.draft.sample },
		files: WAYS.flatMap(({ form, what }) => {
			const way = wayOf(form, what, look);
			return way ? [{ ...way, inside: insideOf(out, way, t) }] : [];
		}),
		looks: LOOKS,
		look,
		named,
		names: await world.db.as(actor, (tx) => noticeOf(state, tx)),
		against,
		since: out.since?.name ?? null,
		name,
	};
};
