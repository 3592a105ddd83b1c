import { fail, redirect } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { askedFor } from '#alerts/ask.server.ts';
import { idOf, pathOf } from '#alerts/link.server.ts';
import { begin, MOST_PLACES } from '#alerts/reader.server.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { NotFound } from '#kernel/error.ts';
import { ownSite } from '../../site.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['change', 'alert'] as const;

export const load: PageServerLoad = async ({ locals, params }) => {
	demand(locals.actor, ..._permission);
	const request = idOf('begin', params.token, ownSite());
	const place = request && (await askedFor(request, locals.world));
	return { place: place || null, token: params.token, most: MOST_PLACES };
};

export const actions: Actions = {
	/** The mail alone begins nothing: programs open links. */
	default: async ({ locals, params }) => {
		demand(locals.actor, ..._permission);
		const site = ownSite();
		const request = idOf('begin', params.token, site);
		const begun = request ? await begin(request, locals.world) : 'gone';
		if (begun === 'full') return fail(409, { fault: 'full' as const });
		if (begun === 'gone') throw new NotFound(speech(locals.language).say('alert.begin.gone'));
		redirect(303, addressIn(locals.language, `${pathOf('yours', begun.reader, site)}?begun=yes`));
	},
};
