import { demand } from '#access/can.ts';
import { speech } from '#i18n/message.ts';
import { Invalid } from '#kernel/error.ts';
import { corrections } from '#watch/correction.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'watch'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	const page = url.searchParams.get('page')?.trim() || '1';
	if (!/^[1-9]\d{0,5}$/.test(page)) throw new Invalid(speech(locals.language).say('correction.bad.page'));
	locals.cacheable = [...url.searchParams.keys()].every((name) => name === 'page');
	return { corrections: await corrections(Number(page), locals.world) };
};
