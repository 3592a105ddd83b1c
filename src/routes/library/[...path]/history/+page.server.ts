import { redirect } from '@sveltejs/kit';
import { demand } from '#access/can.ts';
import { addressIn } from '#i18n/language.ts';
import { speech } from '#i18n/message.ts';
import { dayAt } from '#kernel/day.ts';
import { NotFound } from '#kernel/error.ts';
import { lawFor } from '#law/records.server.ts';
import { locate } from '#library/at.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'library'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
	demand(locals.actor, ..._permission);
	const { world, actor, language } = locals;
	const today = dayAt(world.clock.now());
	const found = await world.db.as(actor, (tx) => locate(params.path, today, tx));
	if (found.kind === 'none' || found.kind === 'place') throw new NotFound(speech(language).say('library.unknown'));
	const path = found.kind === 'moved' ? found.path : found.work.address;
	if (path !== params.path) redirect(308, addressIn(language, `/library/${path}/history`));
	const { work } = found as Exclude<typeof found, { kind: 'moved' }>;
	locals.cacheable = url.search === '';
	return { work, law: await lawFor(work.place?.stateCode ?? null, world) };
};
