import { demand } from '#access/can.ts';
import { speech } from '#i18n/message.ts';
import { NotFound } from '#kernel/error.ts';
import { eventRecord } from '#watch/record.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'watch'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	demand(locals.actor, ..._permission);
	const record = await eventRecord(params.id, locals.world);
	if (!record) throw new NotFound(speech(locals.language).say('record.unknown.event'));
	locals.cacheable = url.search === '';
	return { record };
};
