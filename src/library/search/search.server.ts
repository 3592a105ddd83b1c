import { sql } from 'kysely';
import { VISITOR } from '#access/actor.ts';
import type { Day } from '#kernel/day.ts';
import type { Tx, World } from '#platform/world.ts';
import type { Asked } from './asked.ts';
import { type Bundle, facetsOf, totalOf } from './facet.ts';
import type { Found, Hit, Notice } from './found.ts';
import { firstSpots, openHits, type Spot } from './hit.server.ts';
import { type Matches, matchesOf, passingWorks, workBundles } from './narrow.server.ts';
import { type Plan, relaxed, strict } from './plan.ts';
import { parse, type Query } from './query.ts';
import { type Candidate, rank } from './rank.ts';
import { AFTER_HEADING } from './shorthand.ts';
import { snippet } from './snippet.ts';
import { unaccented } from './token.ts';
import { lookUp } from './vocabulary.server.ts';

/** Hits of one page. */
const PAGE = 20;
/** Matches that are ranked; nobody turns more pages, and more would cost everybody time. */
const MOST_RANKED = 1_000;
/** Policies that can be leafed through. */
const MOST_WORKS = 100_000;

/**
 * Searches the provisions on the shelf, best first; without words, the policies, latest first. Everybody may: only what is
 * public is indexed.
 * @param day the day that standings are told of
 */
export async function searchLibrary(asked: Asked, day: Day, world: Pick<World, 'db'>): Promise<Found> {
	return world.db.as(VISITOR, async (tx) => {
		const query = parse(asked.q);
		const found =
			query.all.length + query.none.length === 0
				? await browse(asked, day, tx)
				: await searchWords(query, asked, day, tx);
		return { ...found, facets: { ...found.facets, place: await named(found.facets.place, tx) } };
	});
}

async function browse(asked: Asked, day: Day, tx: Tx): Promise<Found> {
	const bundles = await workBundles(asked, day, tx);
	const slots = await passingWorks(asked, day, { from: (asked.page - 1) * PAGE, limit: PAGE }, tx);
	const opened = await openHits(await firstSpots(slots, tx), day, tx);
	const hits = opened.map(
		({ text, signs, ...hit }): Hit => ({ ...hit, snippet: snippet(text, signs, new Set(), new Set()) }),
	);
	return answer(bundles, asked, MOST_WORKS, hits, null);
}

async function searchWords(query: Query, asked: Asked, day: Day, tx: Tx): Promise<Found> {
	const { seek, corrected } = await lookUp(query, asked.language, tx);
	let plan: Plan = strict(query, seek);
	let notice: Notice | null = corrected.length > 0 ? { kind: 'corrected', words: corrected } : null;
	let matches = await matching(plan, asked, day, tx);
	if (matches.bundles.length === 0 && !query.exact) {
		const fewer = relaxed(query, seek);
		if (fewer) {
			plan = fewer;
			matches = await matching(fewer, asked, day, tx);
			const words = fewer.tokens.map(({ start, end }) => asked.q.slice(start, end));
			if (matches.bundles.length > 0) notice = { kind: 'relaxed', words };
		}
	}
	const candidates = await candidatesOf(matches, tx);
	const ranked = rank(candidates, plan.words, await provisionsInAll(tx));
	const spots: Spot[] = ranked.slice((asked.page - 1) * PAGE, asked.page * PAGE);
	const lexemes = new Set(plan.words.flatMap((word) => word.lexemes));
	const typed = new Set(
		query.sequence.flatMap((one) => (seek(one, false).lexemes.length > 0 ? [unaccented(one.word)] : [])),
	);
	const hits = (await openHits(spots, day, tx)).map(
		({ text, signs, ...hit }): Hit => ({
			...hit,
			snippet: snippet(text, signs.slice(signs.indexOf(AFTER_HEADING) + 1), lexemes, typed),
		}),
	);
	return answer(matches.bundles, asked, MOST_RANKED, hits, notice);
}

function answer(
	bundles: readonly Bundle[],
	asked: Asked,
	most: number,
	hits: readonly Hit[],
	notice: Notice | null,
): Found {
	const total = totalOf(bundles, asked);
	const pages = Math.ceil(Math.min(total, most) / PAGE);
	return { total, pages, hits, facets: facetsOf(bundles, asked), notice };
}

async function matching(plan: Plan, asked: Asked, day: Day, tx: Tx): Promise<Matches> {
	if (plan.matching === null) return { bundles: [], candidates: [] };
	return matchesOf({ matching: plan.matching, heading: plan.heading }, asked, day, MOST_RANKED, tx);
}

/** The likeliest matches with their words. */
async function candidatesOf({ candidates }: Matches, tx: Tx): Promise<readonly Candidate[]> {
	const { rows } = await sql<Candidate>`
		select p.slot, p.position, p.length, p.signs
		from unnest(${candidates.map(({ slot }) => slot)}::integer[], ${candidates.map(({ position }) => position)}::integer[])
			as s (slot, position)
		join library_index_provision p on p.slot = s.slot and p.position = s.position`.execute(tx);
	return rows;
}

/** About how many provisions there are, as PostgreSQL last counted. */
async function provisionsInAll(tx: Tx): Promise<number> {
	const { rows } = await sql<{ count: number }>`
		select greatest(reltuples, 0)::integer as count from pg_class where oid = 'library_index_provision'::regclass`.execute(
		tx,
	);
	return rows[0]?.count ?? 0;
}

async function named(values: Found['facets']['place'], tx: Tx): Promise<Found['facets']['place']> {
	if (values.length === 0) return values;
	const { rows } = await sql<{ id: string; name: string }>`
		select id, name from place where id = any(${values.map(({ value }) => value)}::text[])`.execute(tx);
	const names = new Map(rows.map(({ id, name }) => [id, name]));
	return values.map((value) => ({ ...value, label: names.get(value.value) ?? null }));
}
