import { redirect } from '@sveltejs/kit';
import { can, demand } from '#access/can.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { NotFound } from '#kernel/error.ts';
import { agencyRecord } from '#watch/record.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'watch'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	demand(locals.actor, ..._permission);
	const found = await agencyRecord(params.id, locals.world);
	if (found.outcome === 'moved') redirect(308, addressIn(locals.language, `/watch/agency/${found.id}`));
	if (found.outcome === 'unknown') throw new NotFound(speech(locals.language).say('record.unknown.agency'));
	locals.cacheable = url.search === '';
	return { agency: found.record, decides: can(locals.actor, 'overrule', 'watch') };
};
