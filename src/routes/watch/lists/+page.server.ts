import { can, demand } from '#access/can.ts';
import { speech } from '#i18n/message.ts';
import { Invalid } from '#kernel/error.ts';
import { lastFetch } from '#watch/fetch/log.server.ts';
import { files } from '#watch/files.server.ts';
import { PROBLEM_CODES } from '#watch/problem.ts';
import type { PageServerLoad } from './$types';
import { byMonth } from './shown.ts';

export const _permission = ['read', 'watch'] as const;

export const load: PageServerLoad = async ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	const asked = url.searchParams.get('problem')?.trim() || null;
	const problem = PROBLEM_CODES.find((code) => code === asked) ?? null;
	if (asked !== null && problem === null) throw new Invalid(speech(locals.language).say('lists.bad.problem'));
	const [found, fetched] = await Promise.all([files(problem, locals.world), lastFetch(locals.world)]);
	locals.cacheable = [...url.searchParams.keys()].every((name) => name === 'problem');
	return {
		problem,
		months: byMonth(found),
		total: found.length,
		fetched,
		imports: can(locals.actor, 'import', 'watch'),
		latest: found.find((file) => file.kind === 'participating' && file.standing === 'read')?.modified ?? null,
	};
};
