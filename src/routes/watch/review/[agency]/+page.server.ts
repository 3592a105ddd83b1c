import { redirect } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { NotFound } from '#kernel/error.ts';
import { agencyRecord } from '#watch/record.server.ts';
import { decide } from '../decide.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const _permission = ['overrule', 'watch'] as const;

export const load: PageServerLoad = async ({ locals, params }) => {
	demand(locals.actor, ..._permission);
	const found = await agencyRecord(params.agency, locals.world);
	if (found.outcome === 'moved') redirect(302, addressIn(locals.language, `/watch/review/${found.id}`));
	if (found.outcome === 'unknown') throw new NotFound(speech(locals.language).say('record.unknown.agency'));
	const { id, name, names, state, county, area, agreements } = found.record;
	return { agency: { id, name, names, state, county, placed: area?.place?.name ?? null, agreements } };
};

export const actions: Actions = {
	decide: async ({ locals, request }) => {
		demand(locals.actor, 'overrule', 'watch');
		return decide(await request.formData(), locals);
	},
};
