import { sql } from 'kysely';
import { SYSTEM } from '#access/actor.ts';
import { outwait } from '#platform/advisory.server.ts';
import type { Tx, World } from '#platform/world.ts';
import type { TextLanguage } from '../policy.ts';
import { type Entry, entryOf, plainWords } from './entry.ts';
import { stemsIn } from './lexicon.server.ts';
import { TOKENS_VERSION } from './token.ts';

/** Versions that are indexed in one transaction: a second of work, some megabytes of words. */
const BATCH = 100;

/** Lets the provisions of a version be found, as they read now. */
export async function indexVersion(workId: string, expressionId: string, tx: Tx): Promise<void> {
	await outwait('library.index', tx);
	await sql`delete from library_index where work_id = ${workId} and expression_id = ${expressionId}`.execute(tx);
	await indexVersions([{ work_id: workId, id: expressionId }], tx);
}

/** Indexes every version that is not, or whose words were cut otherwise. Returns how many. */
export async function reindex(world: Pick<World, 'db'>, everything = false): Promise<number> {
	if (everything) await world.db.as(SYSTEM, (tx) => sql`update library_index set cut = 0`.execute(tx));
	let count = 0;
	for (;;) {
		const done = await world.db.as(SYSTEM, async (tx) => {
			await outwait('library.index', tx);
			const { rows } = await sql<Key>`
				select e.work_id, e.id from library_expression e
				left join library_index i on i.work_id = e.work_id and i.expression_id = e.id
				where i.cut is distinct from ${TOKENS_VERSION} order by e.work_id, e.id limit ${BATCH}`.execute(tx);
			await sql`
				delete from library_index i using unnest(${rows.map((row) => row.id)}::uuid[]) as id
				where i.expression_id = id`.execute(tx);
			await indexVersions(rows, tx);
			return rows.length;
		});
		count += done;
		if (done < BATCH) return count;
	}
}

interface Key {
	readonly work_id: string;
	readonly id: string;
}

interface StoredText {
	id: string;
	language: TextLanguage;
	position: number;
	number: string | null;
	heading: string | null;
	text: string;
}

/** Of versions that are not indexed; the caller holds the lock. */
async function indexVersions(keys: readonly Key[], tx: Tx): Promise<void> {
	if (keys.length === 0) return;
	const works = [...new Set(keys.map((key) => key.work_id))];
	const ids = keys.map((key) => key.id);
	// The planner should look the versions up by their policies, which the keys begin with.
	const { rows } = await sql<StoredText>`
		select e.id, e.language, p.position, p.number, p.heading, p.text
		from library_expression e join library_provision p on p.work_id = e.work_id and p.expression_id = e.id
		where e.work_id = any(${works}::uuid[]) and e.id = any(${ids}::uuid[]) and p.state <> 'removed'
		order by e.id, p.position`.execute(tx);
	const slots = await settle(keys, tx);
	const entries = await entriesOf(rows, slots, tx);
	await insertEntries(entries, tx);
	await count(entries, tx);
	await sort(works, tx);
}

/** Gives each version a slot. */
async function settle(keys: readonly Key[], tx: Tx): Promise<ReadonlyMap<string, number>> {
	const { rows } = await sql<{ expression_id: string; slot: number }>`
		insert into library_index (work_id, expression_id, slot, current, cut)
		select k.work_id, k.id, (select coalesce(max(slot), 0) from library_index) + row_number() over (), true, ${TOKENS_VERSION}
		from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k (work_id uuid, id uuid)
		returning expression_id, slot`.execute(tx);
	return new Map(rows.map((row) => [row.expression_id, row.slot]));
}

interface Placed extends Entry {
	readonly slot: number;
	readonly position: number;
}

async function entriesOf(
	rows: readonly StoredText[],
	slots: ReadonlyMap<string, number>,
	tx: Tx,
): Promise<readonly Placed[]> {
	const words: Record<TextLanguage, Set<string>> = { en: new Set(), es: new Set() };
	for (const row of rows) for (const word of plainWords(whole(row))) words[row.language].add(word);
	const stems = {
		en: (await stemsIn(words.en, ['en'], tx)).en,
		es: (await stemsIn(words.es, ['es'], tx)).es,
	};
	for (const language of ['en', 'es'] as const) {
		const known = [...words[language]].flatMap((word) => stems[language](word).map((lexeme) => ({ word, lexeme })));
		await sql`
			insert into library_word (word, lexeme)
			select word, lexeme from jsonb_to_recordset(${JSON.stringify(known)}::jsonb) as w (word text, lexeme text)
			on conflict do nothing`.execute(tx);
	}
	return rows.flatMap((row) => {
		const slot = slots.get(row.id);
		const entry = entryOf(above(row), row.text, stems[row.language]);
		return slot === undefined || entry === null ? [] : [{ ...entry, slot, position: row.position }];
	});
}

function above(row: StoredText): string {
	return [row.number, row.heading].filter(Boolean).join(' ');
}

function whole(row: StoredText): string {
	return `${above(row)}\n${row.text}`;
}

async function insertEntries(entries: readonly Placed[], tx: Tx): Promise<void> {
	const rows = entries.map(({ slot, position, length, words, signs }) => ({ slot, position, length, words, signs }));
	await sql`
		insert into library_index_provision (slot, position, current, length, words, signs)
		select slot, position, true, length, words::tsvector, signs
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
			as p (slot integer, position integer, length integer, words text, signs text)`.execute(tx);
}

async function count(entries: readonly Placed[], tx: Tx): Promise<void> {
	const counts = new Map<string, number>();
	for (const { lexemes } of entries) for (const lexeme of lexemes) counts.set(lexeme, (counts.get(lexeme) ?? 0) + 1);
	const rows = [...counts].map(([lexeme, provisions]) => ({ lexeme, provisions }));
	await sql`
		insert into library_lexeme as l (lexeme, provisions)
		select lexeme, provisions from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as w (lexeme text, provisions integer)
		on conflict (lexeme) do update set provisions = l.provisions + excluded.provisions`.execute(tx);
}

/** Says of each version of these policies whether it is the newest of its language, official before unofficial. */
async function sort(works: readonly string[], tx: Tx): Promise<void> {
	const { rows } = await sql<{ slot: number; current: boolean }>`
		update library_index i set current = o.nth = 1
		from (
			select e.work_id, e.id, row_number() over (partition by e.work_id, e.language
				order by e.official desc, e.day desc, e.nth desc) as nth
			from library_expression e where e.work_id = any(${[...works]}::uuid[])
		) o
		where i.work_id = o.work_id and i.expression_id = o.id and i.current <> (o.nth = 1)
		returning i.slot, i.current`.execute(tx);
	for (const { slot, current } of rows)
		await sql`update library_index_provision set current = ${current} where slot = ${slot}`.execute(tx);
}
