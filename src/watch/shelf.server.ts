import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { clearAtlas } from '#places/furnish.server.ts';
import { dropSamplePlaces } from '#places/sample.server.ts';
import { getBlob } from '#platform/blob.server.ts';
import type { Tx } from '#platform/world.ts';
import type { List, Row } from './list.ts';
import type { Refusal } from './read/refusal.ts';
import { readSheet } from './read/sheet.ts';

/** Version of the reader. Raise it when `readSheet` reads the same bytes differently: every file on the shelf is then read again. */
const READER = 1;

/** Where a reading comes from. Sample lists have no file. */
export interface Source {
	readonly blobId: string | null;
	readonly addedAt: Date;
	readonly sample: boolean;
}

/** Puts a reading, or the reason there is none, on the shelf; an older reading of the same file gives way to it. */
export async function shelve(sha256: string, result: List | Refusal, source: Source, tx: Tx): Promise<void> {
	const list = 'refused' in result ? null : result;
	const refusal = 'refused' in result ? result : null;
	await sql`
		with list as (
			insert into watch_list (sha256, kind, modified, standing, refusal, refusal_detail, row_count, reading, reader, blob_id, sample, added_at)
			values (${sha256}, ${list?.kind ?? null}, ${list?.modified ?? null}, ${list ? 'read' : 'refused'}, ${refusal?.refused ?? null},
				${refusal?.detail ?? null}, ${list?.rows.length ?? 0}, ${list ? pack(list) : null}, ${READER}, ${source.blobId},
				${source.sample}, ${source.addedAt})
			on conflict (sha256) do update set kind = excluded.kind, modified = excluded.modified, standing = excluded.standing,
				refusal = excluded.refusal, refusal_detail = excluded.refusal_detail, row_count = excluded.row_count,
				reading = excluded.reading, reader = excluded.reader)
		insert into watch_problem (sha256, position, code, row, "column", detail)
		select ${sha256}, position, p.code, p.row, p."column", p.detail
		from rows from (jsonb_to_recordset(${JSON.stringify(list?.problems ?? [])}::jsonb)
			as (code text, row integer, "column" text, detail text)) with ordinality as p(code, row, "column", detail, position)
		on conflict do nothing`.execute(tx);
}

/** Reads every file again that an older reader read; a file refused then may be a list now. */
export async function readAgain(tx: Tx): Promise<void> {
	const old = await tx
		.selectFrom('watch_list')
		.select(['sha256', 'blob_id', 'added_at'])
		.where('reader', '<', READER)
		.where('blob_id', 'is not', null)
		.execute();
	for (const { sha256, blob_id, added_at } of old) {
		const { bytes } = await getBlob(blob_id as string, tx);
		await tx.deleteFrom('watch_problem').where('sha256', '=', sha256).execute();
		await shelve(sha256, readSheet(bytes, sha256), { blobId: blob_id, addedAt: added_at, sample: false }, tx);
	}
}

/** Sample data ends for good with the first real list: its lists go, and what was derived from them goes without a trace, for it was never a fact. */
export async function endSample(tx: Tx): Promise<void> {
	const both = await sql<{ over: boolean }>`
		select bool_or(sample) and bool_or(not sample and standing = 'read') as over from watch_list`.execute(tx);
	if (both.rows[0]?.over) await dropSample(tx);
}

/** Empties a watch that holds nothing but sample data, and the places that come along, so that a backup fits in; the next start brings both back if none came. */
export async function clearSample(tx: Tx): Promise<void> {
	await clearAtlas(tx);
	const found = await sql<{ only: boolean | null }>`select bool_and(sample) as only from watch_list`.execute(tx);
	if (found.rows[0]?.only) await dropSample(tx);
}

async function dropSample(tx: Tx): Promise<void> {
	await sql`delete from watch_list where sample`.execute(tx);
	await dropSamplePlaces(tx);
	for (const table of [
		'watch_event',
		'watch_agency',
		'watch_agreement',
		'watch_application',
		'watch_review',
		'watch_alias',
		'watch_area',
		'watch_ledger',
	]) {
		await sql`delete from ${sql.table(table)}`.execute(tx);
	}
}

/**
 * Makes lists of stored readings. From one list to the next nearly every row is the same but for its number: each row is
 * parsed once and its texts are held once, however many lists carry it.
 */
export function unpacker(): (
	stored: Pick<List, 'sha256' | 'kind' | 'modified'> & { readonly reading: Uint8Array },
) => List {
	const known = new Map<string, Omit<Row, 'row'>>();
	return ({ reading, ...head }) => {
		const bytes = gunzipSync(reading);
		let from = 0;
		const next = (): string => {
			const to = bytes.indexOf(NEWLINE, from);
			const line = bytes.toString('utf8', from, to);
			from = to + 1;
			return line;
		};
		const { problems, numbers } = JSON.parse(next()) as Packed;
		const rows = numbers.map((row) => {
			const line = next();
			let content = known.get(line);
			if (!content) {
				content = JSON.parse(line) as Omit<Row, 'row'>;
				known.set(line, content);
			}
			return { row, ...content };
		});
		return { ...head, rows, problems };
	};
}

const NEWLINE = 0x0a;

/** First line of a packed reading; each row follows as a line of JSON without its number. */
interface Packed {
	readonly problems: List['problems'];
	readonly numbers: readonly number[];
}

/** Gzip of lines of JSON, about a tenth of the rows, so that a rebuild need not open every workbook again. */
function pack(list: List): Buffer {
	const first: Packed = { problems: list.problems, numbers: list.rows.map(({ row }) => row) };
	const lines = [first, ...list.rows.map(({ row: _, ...content }) => content)].map(
		(line) => `${JSON.stringify(line)}\n`,
	);
	return gzipSync(lines.join(''), { level: 1 });
}
