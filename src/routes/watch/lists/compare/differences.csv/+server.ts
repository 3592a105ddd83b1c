import { demand } from '#access/can.ts';
import { speech } from '#i18n/message.ts';
import { Invalid } from '#kernel/error.ts';
import { compareLists } from '#watch/compare.server.ts';
import type { Row } from '#watch/list.ts';
import { csvAnswer } from '../../csv.server.ts';
import { twoHashes } from '../../shown.ts';
import type { RequestHandler } from './$types';

export const _permission = ['read', 'watch'] as const;

/** Every row that the two lists do not print alike: what each prints, side by side. `?raw=1` for programs. */
export const GET: RequestHandler = async ({ locals, url }) => {
	demand(locals.actor, ..._permission);
	const { say } = speech(locals.language);
	const hashes = twoHashes(url.searchParams);
	if (!Array.isArray(hashes)) throw new Invalid(say('lists.bad.hash'));
	const compared = await compareLists(hashes, 0, locals.world);
	if (compared.outcome === 'two_kinds') throw new Invalid(say('lists.compare.kinds'));
	const { before, after, comparison } = compared;
	const headings = [...new Set([...before.rows, ...after.rows].flatMap((row) => Object.keys(row.cells)))];
	const line = (difference: string, was: Row | null, is: Row | null) => ({
		difference,
		row_before: was?.row ?? null,
		row_after: is?.row ?? null,
		...Object.fromEntries(
			headings.flatMap((heading) => [
				[`${heading} before`, was?.cells[heading] ?? null],
				[`${heading} after`, is?.cells[heading] ?? null],
			]),
		),
	});
	const rows = [
		...comparison.onlyBefore.map((row) => line('only_before', row, null)),
		...comparison.onlyAfter.map((row) => line('only_after', null, row)),
		...comparison.changed.map((change) => line('changed', change.before, change.after)),
	];
	const columns = ['difference', 'row_before', 'row_after', ...headings.flatMap((h) => [`${h} before`, `${h} after`])];
	const name = `287g-${before.kind}-${before.modified.slice(0, 10)}-to-${after.modified.slice(0, 10)}`;
	return csvAnswer(name, columns, rows, { raw: url.searchParams.get('raw') === '1', sample: locals.sample });
};
