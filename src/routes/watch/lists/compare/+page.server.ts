import { demand } from '#access/can.ts';
import { speech } from '#i18n/message.ts';
import { Invalid } from '#kernel/error.ts';
import { compareLists } from '#watch/compare.server.ts';
import { files } from '#watch/files.server.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'watch'] as const;

/** Rows of each table, and events: a few screens. */
const MOST = 200;

export const load: PageServerLoad = async ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	const [from, to] = ['from', 'to'].map((name) => url.searchParams.get(name)?.trim() || null) as [string, string];
	const wrong = [from, to].some((hash) => hash !== null && !/^[0-9a-f]{64}$/.test(hash));
	if (wrong || (from === null) !== (to === null)) throw new Invalid(speech(locals.language).say('lists.bad.hash'));
	const choices = (await files(null, locals.world)).flatMap(({ sha256, kind, modified }) =>
		kind && modified ? [{ sha256, kind, modified }] : [],
	);
	if (from === null) return { choices, from, to, compared: null };
	const compared = await compareLists([from, to], MOST, locals.world);
	if (compared.outcome === 'two_kinds') return { choices, from, to, compared };
	const { before, after, comparison, events, total } = compared;
	const { onlyBefore, onlyAfter, changed, same } = comparison;
	const head = ({ sha256, kind, modified }: typeof before) => ({ sha256, kind, modified });
	return {
		choices,
		from,
		to,
		compared: {
			outcome: compared.outcome,
			before: head(before),
			after: head(after),
			same,
			onlyBefore: { rows: onlyBefore.slice(0, MOST), total: onlyBefore.length },
			onlyAfter: { rows: onlyAfter.slice(0, MOST), total: onlyAfter.length },
			changed: { rows: changed.slice(0, MOST), total: changed.length },
			events: { rows: events, total },
		},
	};
};
