import { csvLines } from '#kernel/csv.ts';
import { Invalid } from '#kernel/error.ts';
import type { DataRecord } from '#kernel/field.ts';
import { jsonObject } from '#kernel/json.ts';
import { bodyOf } from '#platform/stream.server.ts';
import { BATCH } from '#watch/batch.server.ts';
import { readQuery } from './asked.ts';
import { type Dataset, FORMATS, USUAL } from './dataset.server.ts';
import { dayOf, ground, type Head } from './ground.server.ts';

/** Addresses of these parameters alone are few enough to be kept. */
const BOUNDED: readonly string[] = [
	'state',
	'model',
	'kind',
	'agency_kind',
	'standing',
	'instrument',
	'language',
	'baseline',
	'withdrawn',
	'order',
	'limit',
];

/** A page of records as JSON, or with `all=1` every one of them. */
export async function jsonAnswer(
	dataset: Dataset,
	query: URLSearchParams,
	locals: App.Locals,
	request: Request,
): Promise<Response> {
	const { limit, all } = readQuery(query, { ...FORMATS.json, ...dataset.filters });
	if (all && limit !== null) throw new Invalid('all=1 gives every record. Leave limit out, or leave all out.');
	const most = all ? null : (limit ?? USUAL);
	const { head, etag } = await ground(dataset.noun, locals);
	// The page cache tags what it keeps by its bytes; lists may come in without the ledger being made anew.
	const small = most !== null && most <= USUAL;
	locals.cacheable = small && dataset.name !== 'lists' && [...query.keys()].every((name) => BOUNDED.includes(name));
	const headers = dressed('application/json', `${dataset.name}.json`, 'inline', head, etag);
	if (!locals.cacheable && unchanged(request, etag)) return new Response(null, { status: 304, headers });
	const batch = most === null ? BATCH : Math.min(most + 1, BATCH);
	const records = await begun(await dataset.records(query, FORMATS.json, batch, locals.world));
	const end: { next: unknown } = { next: null };
	const rows =
		most === null
			? records
			: first(most, records, (last) => {
					end.next = last[dataset.key];
				});
	return new Response(bodyOf(jsonObject({ ...head }, 'data', rows, () => ({ ...end }))), { headers });
}

/** Every record that was asked for, as CSV. */
export async function csvAnswer(
	dataset: Dataset,
	query: URLSearchParams,
	locals: App.Locals,
	request: Request,
): Promise<Response> {
	const { raw } = readQuery(query, { ...FORMATS.csv, ...dataset.filters });
	const { head, etag } = await ground(dataset.noun, locals);
	const headers = dressed('text/csv; charset=utf-8; header=present', `${dataset.name}.csv`, 'attachment', head, etag);
	if (unchanged(request, etag)) return new Response(null, { status: 304, headers });
	const records = await begun(await dataset.records(query, FORMATS.csv, BATCH, locals.world));
	const names = dataset.fields.map((field) => field.name);
	return new Response(bodyOf(csvLines(names, records, raw ?? false)), { headers });
}

/** Headers of an answer. The name of its file says the day of the list, and SAMPLE where it is one. */
export function dressed(
	type: string,
	file: string,
	disposition: 'inline' | 'attachment',
	head: Head,
	etag: string,
): Record<string, string> {
	const name = [head.sample ? 'SAMPLE' : null, 'city-compact', dayOf(head), file].filter(Boolean).join('-');
	return {
		'content-type': type,
		'content-disposition': `${disposition}; filename="${name}"`,
		'cache-control': 'no-cache',
		etag,
	};
}

/** Whether whoever asks has this answer already. */
export function unchanged(request: Request, etag: string): boolean {
	const held = request.headers.get('if-none-match') ?? '';
	return held === '*' || held.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag.replace(/^W\//, ''));
}

/** The same records, the first of them read already: what cannot be read at all is told by a status, not by half an answer. */
export async function begun<T>(rows: AsyncGenerator<T>): Promise<AsyncGenerator<T>> {
	const start = await rows.next();
	return (async function* () {
		try {
			if (!start.done) yield start.value;
			yield* rows;
		} finally {
			await rows.return(undefined);
		}
	})();
}

/** At most so many records; `more` is told the last of them where others follow. */
async function* first(
	most: number,
	rows: AsyncIterable<DataRecord>,
	more: (last: DataRecord) => void,
): AsyncGenerator<DataRecord> {
	let count = 0;
	let last: DataRecord | null = null;
	for await (const row of rows) {
		if (last && count === most) {
			more(last);
			return;
		}
		yield row;
		last = row;
		count++;
	}
}
