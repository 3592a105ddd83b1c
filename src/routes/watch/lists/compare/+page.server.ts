import { demand } from '#access/can.ts';
import { speech } from '#i18n/message.ts';
import { Invalid } from '#kernel/error.ts';
import { compareLists } from '#watch/compare.server.ts';
import { files } from '#watch/files.server.ts';
import { twoHashes } from '../shown.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'watch'] as const;

/** Rows of each table, and events: a few screens. */
const MOST = 200;

export const load: PageServerLoad = async ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	const hashes = twoHashes(url.searchParams);
	if (hashes === 'wrong') throw new Invalid(speech(locals.language).say('lists.bad.hash'));
	const [from, to] = hashes ?? [null, null];
	const choices = (await files(null, locals.world)).flatMap(({ sha256, kind, modified }) =>
		kind && modified ? [{ sha256, kind, modified }] : [],
	);
	if (hashes === null) return { choices, from, to, compared: null };
	const compared = await compareLists(hashes, MOST, locals.world);
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
