import { demand } from '#access/can.ts';
import { speech } from '#i18n/message.ts';
import { Invalid } from '#kernel/error.ts';
import { lawFor, lawRecords } from '#law/records.server.ts';
import { STATES } from '#places/states.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'law'] as const;

/** Records of every state together: far more than are reviewed in years. */
const MOST = 2_000;

export const load: PageServerLoad = async ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	const asked = url.searchParams.get('state')?.trim().toUpperCase() || null;
	const law = await lawFor(asked, locals.world);
	if (asked !== null && law.state === null)
		throw new Invalid(speech(locals.language).say('law.bad.state', { code: asked.slice(0, 10) }));
	const every = { jurisdiction: null, after: null };
	const reviewed = await lawRecords({ ...every, state: 'reviewed' }, MOST, locals.world);
	const counts = STATES.map(({ code, name }) => ({
		code,
		name,
		records: reviewed.filter(({ jurisdiction }) => jurisdiction === code).length,
	}));
	const jurisdiction = law.state?.code ?? 'US';
	locals.cacheable = [...url.searchParams.keys()].every((name) => name === 'state');
	return {
		law,
		withdrawn: await lawRecords({ ...every, jurisdiction, state: 'withdrawn' }, MOST, locals.world),
		states: counts.toSorted((a, b) => a.name.localeCompare(b.name, 'en')),
	};
};
