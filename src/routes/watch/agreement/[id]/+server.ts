import { redirect } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { NotFound } from '#kernel/error.ts';
import { agreement } from '#watch/agreements.server.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'watch'] as const;

/** The permanent address of an agreement: it stands on the page of its agency. */
export const GET: RequestHandler = async ({ locals, params }) => {
	demand(locals.actor, ..._permission);
	const found = await agreement(params.id, locals.world);
	if (!found) throw new NotFound(speech(locals.language).say('record.unknown.agreement'));
	redirect(308, addressIn(locals.language, `/watch/agency/${found.agencyId}#${found.id}`));
};
