import { sql } from 'kysely';
import { SYSTEM } from '#access/actor.ts';
import { outwait } from '#platform/advisory.server.ts';
import { untangled } from '#platform/deadlock.server.ts';
import type { Tx, World } from '#platform/world.ts';
import type { TextLanguage } from '../policy.ts';
import { entryOf, plainWords } from './entry.ts';
import { stemsIn } from './lexicon.server.ts';
import { type Placed, pack } from './pack.ts';
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
		const done = await untangled(() => world.db.as(SYSTEM, indexNext));
		count += done;
		if (done < BATCH) return count;
	}
}

/** Indexes some of the versions that are not; gives how many. */
async function indexNext(tx: Tx): Promise<number> {
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
}

interface Key {
	readonly work_id: string;
	readonly id: string;
}

interface StoredText {
	id: string;
	language: TextLanguage;
	position: number;
	parent: number | null;
	removed: boolean;
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
		select e.id, e.language, p.position, p.parent, p.state = 'removed' as removed, p.number, p.heading, p.text
		from library_expression e join library_provision p on p.work_id = e.work_id and p.expression_id = e.id
		where e.work_id = any(${works}::uuid[]) and e.id = any(${ids}::uuid[])
		order by e.id, p.position`.execute(tx);
	const entries = await entriesOf(rows, tx);
	const packs = keys.map(({ id }) => pack(entries.get(id) ?? []));
	await sql`
		insert into library_index (work_id, expression_id, current, cut, words)
		select work_id, expression_id, true, ${TOKENS_VERSION}, words
		from unnest(${keys.map((key) => key.work_id)}::uuid[], ${ids}::uuid[], ${packs}::bytea[])
			as k (work_id, expression_id, words)`.execute(tx);
	await sort(works, tx);
}

/** Entries by version, in order. */
async function entriesOf(rows: readonly StoredText[], tx: Tx): Promise<ReadonlyMap<string, readonly Placed[]>> {
	const words = new Set(rows.flatMap((row) => plainWords(whole(row))));
	const stems = await stemsIn(words, tx);
	const known = [...words].map((word) => ({ word, en: stems.en(word).join(' '), es: stems.es(word).join(' ') }));
	await sql`
		insert into library_word (word, en, es)
		select w.word, w.en, w.es from jsonb_to_recordset(${JSON.stringify(known)}::jsonb) as w (word text, en text, es text)
		where not exists (select from library_word k where k.word = w.word)`.execute(tx);
	const entries = new Map<string, Placed[]>();
	/** By version and position: the entry that a provision is, or lies in where it has none. */
	const nearest = new Map<string, number>();
	for (const row of rows) {
		const mine = entries.get(row.id) ?? [];
		entries.set(row.id, mine);
		const parent = nearest.get(`${row.id} ${row.parent}`) ?? null;
		const entry = row.removed ? null : entryOf(above(row), row.text, stems[row.language]);
		const nth = entry ? mine.length : parent;
		if (entry) mine.push({ ...entry, position: row.position, up: parent === null ? 0 : mine.length - parent });
		if (nth !== null) nearest.set(`${row.id} ${row.position}`, nth);
	}
	return entries;
}

function above(row: StoredText): string {
	return [row.number, row.heading].filter(Boolean).join(' ');
}

function whole(row: StoredText): string {
	return `${above(row)}\n${row.text}`;
}

/** Says of each version of these policies whether it is the newest of its language, official before unofficial. */
async function sort(works: readonly string[], tx: Tx): Promise<void> {
	await sql`
		update library_index i set current = o.nth = 1
		from (
			select e.work_id, e.id, row_number() over (partition by e.work_id, e.language
				order by e.official desc, e.day desc, e.nth desc) as nth
			from library_expression e where e.work_id = any(${[...works]}::uuid[])
		) o
		where i.work_id = o.work_id and i.expression_id = o.id and i.current <> (o.nth = 1)`.execute(tx);
}
