import { redirect } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { idOf } from '#alerts/link.server.ts';
import { chosenBy, stop } from '#alerts/reader.server.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { NotFound } from '#kernel/error.ts';
import { ownSite } from '../../site.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['change', 'alert'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	demand(locals.actor, ..._permission);
	const reader = idOf('yours', params.token, ownSite());
	const places = reader && (await chosenBy(reader, locals.world));
	return { places: places || null, token: params.token, begun: url.searchParams.has('begun') };
};

export const actions: Actions = {
	/** One place, where the form names one; all of them otherwise, which is what a mail program asks for (RFC 8058). */
	default: async ({ locals, params, request }) => {
		demand(locals.actor, ..._permission);
		const { say } = speech(locals.language);
		const reader = idOf('yours', params.token, ownSite());
		if (!reader) throw new NotFound(say('alert.yours.gone'));
		const place = (await request.formData().catch(() => new FormData())).get('place');
		const left = await stop(reader, typeof place === 'string' && place !== '' ? place : null, locals.world);
		const next = left === 'left' ? `/alerts/yours/${params.token}` : '/alerts/stopped';
		redirect(303, addressIn(locals.language, next));
	},
};
