import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { SYSTEM } from '#access/actor.ts';
import { holdIfFree } from '#platform/advisory.server.ts';
import { failure } from '#platform/failure.ts';
import type { Tx, World } from '#platform/world.ts';
import { ingest } from '../ingest.server.ts';
import { type Offered, shown } from '../read/archive.server.ts';
import type { RefusalCode } from '../read/refusal.ts';
import { readSheet } from '../read/sheet.ts';
import type { Rebuilt } from '../rebuild.server.ts';
import { type Asked, ask, type Limits, type Validator } from './ask.server.ts';
import type { Failed } from './code.ts';
import { note } from './log.server.ts';
import { findLists, pieceOf } from './page.ts';
import type { Source } from './source.server.ts';

/** What came of a look at the publisher's page. `lists`: how many came in that were not known. */
export type Fetched =
	| { readonly outcome: 'unchanged' }
	| { readonly outcome: 'read'; readonly lists: number; readonly ledger: Rebuilt }
	| { readonly outcome: 'failed'; readonly failed: Failed; readonly lists: number }
	/** Another process is asking at this moment. */
	| { readonly outcome: 'busy' };

/** How we ask: limits for one answer, and milliseconds between two questions. */
export interface Manners extends Limits {
	readonly pause: number;
}

const MANNERS: Manners = { bytes: 20 * 1_048_576, ms: 30_000, pause: 2_000 };
/** What was never a workbook: an error page, a download cut short. A workbook that is no list is kept with its reason. */
const NO_WORKBOOK: readonly RefusalCode[] = ['empty_file', 'not_a_spreadsheet', 'too_large', 'zip_bomb', 'damaged'];

/**
 * Looks at the publisher's page and takes in the lists it links to: asks only for what changed since, archives what is
 * new through `ingest`, stops at what is known, and notes the outcome. A fetch that fails loses nothing: ledger, earlier
 * lists and what to ask with next time stand; a list that came whole is kept though the other did not come.
 */
export async function fetchLists(
	source: Source,
	world: Pick<World, 'db' | 'clock' | 'random' | 'http' | 'queue' | 'log'>,
	manners = MANNERS,
): Promise<Fetched> {
	const began = world.clock.now();
	const gathered = await world.db.as(SYSTEM, async (tx) => {
		// One request at a time, over all processes on this database.
		return (await holdIfFree('watch.fetch', tx)) ? gather(source, manners, world, tx) : null;
	});
	if (gathered === null) return { outcome: 'busy' };
	const { lists, ledger, failed } = await keep(gathered, world);
	await world.db.as(SYSTEM, async (tx) => {
		await note({ began, failed, lists }, world, tx);
		if (!failed) await remember(gathered.known, world.clock.now(), tx);
	});
	if (failed) return { outcome: 'failed', failed, lists };
	return lists > 0 ? { outcome: 'read', lists, ledger } : { outcome: 'unchanged' };
}

interface Gathered {
	readonly files: readonly Offered[];
	/** What to ask with next time, of the page and both lists. */
	readonly known: readonly Known[];
	readonly failed: Failed | null;
}

interface Known extends Validator {
	readonly address: string;
	readonly sha256: string;
}

/** Everything that is asked of the other server. It holds one session for its lock and changes nothing. */
async function gather(source: Source, manners: Manners, world: Pick<World, 'http'>, tx: Tx): Promise<Gathered> {
	const before = await remembered(tx);
	const page = await look(source, (await failedLast(tx)) ? [] : before, manners, world);
	if ('code' in page) return { files: [], known: [], failed: page };
	const files: Offered[] = [];
	const known: Known[] = [page.known];
	let failed: Failed | null = null;
	for (const address of page.addresses) {
		await sleep(manners.pause);
		const last = before.find((one) => one.address === address && one.shelved) ?? null;
		const asked = await ask(address, last, source, manners, world);
		if (asked.outcome === 'same' && last) known.push(last);
		else if (asked.outcome === 'sent') {
			const one = knownAs(address, asked);
			const why = await noWorkbook(asked.bytes, one.sha256, tx);
			if (why) failed ??= { code: 'not_a_workbook', detail: { host: new URL(asked.address).host, reason: why } };
			else files.push({ name: shown(pieceOf(address)), source: address, bytes: asked.bytes });
			known.push(one);
		} else if (asked.outcome === 'failed') failed ??= asked.failed;
	}
	return { files, known, failed };
}

/** After a failure the page is read anew: one said to be the same may lead to a list that is there no more. */
async function failedLast(tx: Tx): Promise<boolean> {
	const row = await tx
		.selectFrom('watch_fetch')
		.select('outcome')
		.orderBy('began_at', 'desc')
		.limit(1)
		.executeTakeFirst();
	return row?.outcome === 'failed';
}

/** Where the lists are: from the page, or from last time where it says that it is the same. */
async function look(
	source: Source,
	before: readonly Known[],
	manners: Manners,
	world: Pick<World, 'http'>,
): Promise<{ readonly addresses: readonly string[]; readonly known: Known } | Failed> {
	const lists = before.filter(({ address }) => address !== source.page).map(({ address }) => address);
	const last = lists.length === 2 ? (before.find(({ address }) => address === source.page) ?? null) : null;
	const asked = await ask(source.page, last, source, manners, world);
	if (asked.outcome === 'failed') return asked.failed;
	if (asked.outcome === 'same') return { addresses: lists, known: last as Known };
	const found = findLists(new TextDecoder().decode(asked.bytes), asked.address);
	if (found.found) return { addresses: found.addresses, known: knownAs(source.page, asked) };
	const { shape, spreadsheets: n } = found;
	return { code: 'page_shape', detail: { host: new URL(asked.address).host, shape, n } };
}

function knownAs(address: string, { bytes, validator }: Extract<Asked, { outcome: 'sent' }>): Known {
	return { address, ...validator, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Why these bytes are no workbook; null for one, and for what is on the shelf already. */
async function noWorkbook(bytes: Uint8Array, sha256: string, tx: Tx): Promise<RefusalCode | null> {
	const known = await tx.selectFrom('watch_list').select('sha256').where('sha256', '=', sha256).executeTakeFirst();
	if (known) return null;
	const result = readSheet(bytes, sha256);
	return 'refused' in result && NO_WORKBOOK.includes(result.refused) ? result.refused : null;
}

/** Takes in what came; a workbook that cannot be read as a list is a failure however often it comes. */
async function keep(
	{ files, failed }: Gathered,
	world: Pick<World, 'db' | 'clock' | 'queue' | 'log'>,
): Promise<{ lists: number; ledger: Rebuilt; failed: Failed | null }> {
	if (files.length === 0) return { lists: 0, ledger: { outcome: 'unchanged' }, failed };
	try {
		const report = await ingest(each(files), world);
		const refused = await refusedOf(
			report.files.map(({ sha256 }) => sha256),
			world,
		);
		return {
			lists: report.files.filter(({ outcome }) => outcome === 'added').length,
			ledger: report.ledger,
			failed: failed ?? (refused === null ? null : { code: 'list_refused', detail: { reason: refused } }),
		};
	} catch (error) {
		world.log.error(failure(error), 'fetched lists could not be taken in');
		return { lists: 0, ledger: { outcome: 'unchanged' }, failed: { code: 'other', detail: {} } };
	}
}

async function* each(files: readonly Offered[]): AsyncGenerator<Offered> {
	yield* files;
}

async function refusedOf(hashes: readonly string[], world: Pick<World, 'db'>): Promise<string | null> {
	return world.db.as(SYSTEM, async (tx) => {
		const row = await tx
			.selectFrom('watch_list')
			.select('refusal')
			.where('sha256', 'in', hashes)
			.where('standing', '=', 'refused')
			.executeTakeFirst();
		return row?.refusal ?? null;
	});
}

/** `shelved`: the file is on the shelf, so that it need not be sent again. */
async function remembered(tx: Tx): Promise<(Known & { readonly shelved: boolean })[]> {
	const { rows } = await sql<Known & { readonly shelved: boolean }>`
		select address, etag, last_modified as "lastModified", sha256,
			exists (select from watch_list l where l.sha256 = v.sha256) as shelved
		from watch_validator v order by address`.execute(tx);
	return rows;
}

/** From now on it is these three that are asked for. */
async function remember(known: readonly Known[], now: Date, tx: Tx): Promise<void> {
	await tx.deleteFrom('watch_validator').execute();
	await tx
		.insertInto('watch_validator')
		.values(
			known.map(({ address, etag, lastModified, sha256 }) => ({
				address,
				etag,
				last_modified: lastModified,
				sha256,
				seen_at: now,
			})),
		)
		.execute();
}
