import { sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Tx, World } from '#platform/world.ts';
import type { FactKind } from '../policy.ts';
import { furthest, standingOf, telling } from '../standing.server.ts';
import type { WorkLine } from '../view.ts';
import { type Held, type Holdings, holdingsOf } from './holdings.ts';
import { unpack } from './pack.ts';
import { Vocabulary } from './vocabulary.ts';
import { Words } from './words.ts';

/** What a search runs in. */
export interface Memory {
	readonly words: Words;
	readonly vocabulary: Vocabulary;
	readonly holdings: Holdings;
	/** Kind of each version, in the order of `words`; -1: it has gone. */
	readonly kinds: Int32Array;
	/** Policies in lines, as far as somebody asked for them. */
	readonly lines: Map<string, WorkLine>;
	/** Names of places, as far as somebody asked for them. */
	readonly names: Map<string, string>;
}

interface Kept extends Memory {
	/** What had happened when it was read, as PostgreSQL writes it. */
	readonly snapshot: string;
	/** The day that standings are of. */
	readonly day: Day;
}

/** Versions that are read at once: a megabyte of packed words, some milliseconds of work. */
const BATCH = 100;

/** What is kept, and whoever reads it anew. */
interface Keeping {
	kept: Kept | null;
	reading: Promise<Kept> | null;
}

function nothing(): Keeping {
	return { kept: null, reading: null };
}

/**
 * The memory of a database as of now: read at the first search, then as much anew as has changed. A search that comes while
 * it is read waits for the one that reads.
 */
export async function memoryOf(day: Day, world: Pick<World, 'keep'>, tx: Tx): Promise<Memory> {
	const mine = world.keep.of(nothing);
	for (;;) {
		const { kept } = mine;
		if (kept?.day === day && !(await changedSince(kept.snapshot, tx))) return kept;
		if (mine.reading === null) {
			mine.reading = read(kept, day, tx);
			try {
				mine.kept = await mine.reading;
			} finally {
				mine.reading = null;
			}
		} else await mine.reading.catch(() => null);
	}
}

/** Whether a transaction that changed the library ended after a snapshot. Numbers from the future are of another database. */
async function changedSince(snapshot: string, tx: Tx): Promise<boolean> {
	const { rows } = await sql<{ changed: boolean }>`
		select exists (select from library_change where xact >= pg_snapshot_xmin(${snapshot}::pg_snapshot)
			and not pg_visible_in_snapshot(xact, ${snapshot}::pg_snapshot)
			and xact < pg_snapshot_xmax(pg_current_snapshot())) as changed`.execute(tx);
	return rows[0]?.changed ?? true;
}

async function read(before: Kept | null, day: Day, tx: Tx): Promise<Kept> {
	const { rows } = await sql<{ snapshot: string }>`select pg_current_snapshot()::text as snapshot`.execute(tx);
	const holdings = holdingsOf(await heldVersions(day, tx));
	const anew = before === null || mostlyGone(before.words, holdings);
	const words = anew ? new Words() : before.words;
	const vocabulary = anew ? new Vocabulary() : before.vocabulary;
	const missing = [...holdings.bySlot.keys()].filter((slot) => !words.has(slot));
	for (let from = 0; from < missing.length; from += BATCH) {
		const batch = await sql<{ slot: number; words: Buffer }>`
			select slot, words from library_index where slot = any(${missing.slice(from, from + BATCH)}::integer[])`.execute(
			tx,
		);
		for (const row of batch.rows) words.add(row.slot, unpack(row.words));
	}
	const known = await sql<{ position: number; word: string; en: string; es: string }>`
		select position, word, en, es from library_word where position > ${vocabulary.last} order by position`.execute(tx);
	for (const { position, word, en, es } of known.rows)
		vocabulary.add(position, word, { en: lexemesIn(en), es: lexemesIn(es) });
	const kinds = Int32Array.from(words.slots, (slot) => holdings.bySlot.get(slot)?.kind ?? -1);
	return {
		words,
		vocabulary,
		holdings,
		kinds,
		lines: new Map(),
		names: new Map(),
		snapshot: rows[0]?.snapshot ?? '',
		day,
	};
}

function lexemesIn(text: string): readonly string[] {
	return text === '' ? [] : text.split(' ');
}

/** Whether the words of versions that have gone take more room than those that are there. */
function mostlyGone(words: Words, { bySlot }: Holdings): boolean {
	return words.slots.length > 2 * bySlot.size;
}

interface StoredVersion {
	slot: number;
	current: boolean;
	work_id: string;
	expression_id: string;
	address: string;
	sample: boolean;
	state: string | null;
	place: string | null;
	instrument: string;
	fact: FactKind | null;
	enacted: Held['enacted'];
	language: Held['language'];
	day: Day;
	nth: number;
	official: boolean;
	protection: string[];
}

/** Every version that can be found, as its policy stands on a day. */
async function heldVersions(day: Day, tx: Tx): Promise<Held[]> {
	const { rows } = await sql<StoredVersion>`
		with f as materialized (
			select distinct on (f.work_id) f.work_id, f.kind as fact from library_fact f
			where f.withdrawn_at is null and f.day <= ${day}::date and ${telling()}
			order by f.work_id, f.day desc, ${furthest()} desc
		), c as materialized (
			select c.work_id, c.expression_id, array_agg(distinct c.code order by c.code) as codes from library_coding c
			where c.confirmed_at is not null and c.withdrawn_at is null and c.polarity = 'gives'
			group by c.work_id, c.expression_id
		)
		select i.slot, i.current, i.work_id, i.expression_id, w.address, w.sample, w.state_code as state, w.place_id as place,
			w.instrument, f.fact, w.language as enacted, e.language, e.day, e.nth, e.official, coalesce(c.codes, '{}') as protection
		from library_index i join library_expression e on e.work_id = i.work_id and e.id = i.expression_id
		join library_work w on w.id = i.work_id left join f on f.work_id = i.work_id
		left join c on c.work_id = i.work_id and c.expression_id = i.expression_id
		where w.withdrawn_at is null order by i.slot`.execute(tx);
	return rows.map(({ work_id, expression_id, fact, ...row }) => ({
		...row,
		workId: work_id,
		expressionId: expression_id,
		standing: standingOf(fact),
	}));
}
