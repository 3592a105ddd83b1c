import { demand } from '#access/can.ts';
import { speech } from '#i18n/message.ts';
import { Invalid } from '#kernel/error.ts';
import { fileDetail, readings } from '#watch/files.server.ts';
import { cleanedOriginal } from '#watch/original.server.ts';
import { countingNumber } from '../shown.ts';
import type { PageServerLoad } from './$types';

export const _permission = ['read', 'watch'] as const;

/** Rows of one page. */
const PER_PAGE = 100;
/** Problems shown: more than any list had so far. */
const PROBLEMS_SHOWN = 200;

/** `?page=3`, or `?row=812` for the page that holds this row. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
	demand(locals.actor, ..._permission);
	const asked = (name: string) => {
		const text = url.searchParams.get(name)?.trim() || null;
		const number = text === null ? null : countingNumber(text);
		if (text !== null && number === null) throw new Invalid(speech(locals.language).say('lists.bad.page'));
		return number;
	};
	const [page, row] = [asked('page'), asked('row')];
	const detail = await fileDetail(params.sha256, locals.world);
	const rows = (await readings([params.sha256], locals.world)).get(params.sha256)?.rows ?? [];
	const pages = Math.max(1, Math.ceil(rows.length / PER_PAGE));
	const holding = row === null ? -1 : rows.findIndex((one) => one.row >= row);
	const shown = Math.min(holding < 0 ? (page ?? 1) : Math.floor(holding / PER_PAGE) + 1, pages);
	const cleaned = detail.file.downloadable ? await cleanedOriginal(params.sha256, locals.world) : null;
	locals.cacheable = row === null && [...url.searchParams.keys()].every((name) => name === 'page');
	return {
		...detail,
		problems: detail.problems.slice(0, PROBLEMS_SHOWN),
		problemsLeft: Math.max(0, detail.problems.length - PROBLEMS_SHOWN),
		headings: [...new Set(rows.flatMap((one) => Object.keys(one.cells)))],
		rows: rows.slice((shown - 1) * PER_PAGE, shown * PER_PAGE).map(({ row: number, cells }) => ({ number, cells })),
		total: rows.length,
		page: shown,
		pages,
		cleaned: cleaned && { sha256: cleaned.sha256, publishedSize: cleaned.publishedSize },
	};
};
