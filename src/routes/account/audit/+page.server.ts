import { checkOwn } from '#access/audit-check.server.ts';
import { demand, ownCity } from '#access/can.ts';
import { acts } from '#coalition/acts.server.ts';
import { speech } from '#i18n/message.ts';
import { Invalid } from '#kernel/error.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'audit'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
	demand(locals.actor, ..._permission, ownCity(locals.actor));
	const page = url.searchParams.get('page')?.trim() || '1';
	if (!/^[1-9]\d{0,5}$/.test(page)) throw new Invalid(speech(locals.language).say('correction.bad.page'));
	const asked = url.searchParams.get('check') === 'yes';
	return {
		coalition: locals.actor.city === null,
		acts: await acts(Number(page), locals.actor, locals.world),
		checked: asked ? await checkOwn(locals.actor, locals.world) : null,
	};
};
