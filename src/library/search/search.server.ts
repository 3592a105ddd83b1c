import { sql } from 'kysely';
import { VISITOR } from '#access/actor.ts';
import type { Day } from '#kernel/day.ts';
import type { Tx, World } from '#platform/world.ts';
import type { Asked } from './asked.ts';
import { type Bundle, facetsOf } from './facet.ts';
import type { Found, Hit, Notice } from './found.ts';
import { firstSpots, type Opened, openHits } from './hit.server.ts';
import { choose, shownBy } from './holdings.ts';
import { lookUp } from './lookup.server.ts';
import { matching } from './match.ts';
import { type Memory, memoryOf } from './memory.server.ts';
import { type Plan, relaxed, strict } from './plan.ts';
import { stretchOf } from './postings.ts';
import { parse, type Query } from './query.ts';
import { rank } from './rank.ts';
import { snippet } from './snippet.ts';
import type { Open } from './words.ts';

/** Hits of one page. */
const PAGE = 20;
/** Matches that can be leafed through; nobody turns more pages. */
const MOST_RANKED = 1_000;
/** Policies that can be leafed through. */
const MOST_WORKS = 100_000;

/**
 * Searches the provisions on the shelf, best first; without words, the policies, latest first. Everybody may: only what is
 * public is indexed.
 * @param day the day that standings are told of
 */
export async function searchLibrary(asked: Asked, day: Day, world: Pick<World, 'db' | 'keep'>): Promise<Found> {
	return world.db.as(VISITOR, async (tx) => {
		const query = parse(asked.q);
		const memory = await memoryOf(day, world, tx);
		const found =
			query.all.length + query.none.length === 0
				? await browse(asked, day, memory, tx)
				: await searchWords(query, asked, day, memory, tx);
		return { ...found, facets: { ...found.facets, place: await named(found.facets.place, memory, tx) } };
	});
}

async function browse(asked: Asked, day: Day, { holdings, lines }: Memory, tx: Tx): Promise<Found> {
	const { reached, passing } = choose(holdings, asked);
	const counts = new Int32Array(holdings.kinds.length);
	const works = holdings.works[asked.allVersions ? 'all' : 'current'];
	for (const { kind } of works) counts[kind] = (counts[kind] ?? 0) + 1;
	const left = works.filter(({ kind }) => passing[kind] === true);
	const shown = left.slice((asked.page - 1) * PAGE, asked.page * PAGE).map((work) => shownBy(work, asked.language));
	const spots = await firstSpots(
		shown.filter((one) => one !== undefined),
		tx,
	);
	const hits = (await openHits(spots, day, lines, tx)).filter((hit) => hit !== null);
	return answer(
		left.length,
		MOST_WORKS,
		hits.map((hit) => told(hit, new Map())),
		facetsOf(bundled(holdings.kinds, counts, reached), asked),
		null,
	);
}

async function searchWords(query: Query, asked: Asked, day: Day, memory: Memory, tx: Tx): Promise<Found> {
	const { words, vocabulary, holdings } = memory;
	const { seek, corrected } = await lookUp(query, asked.language, words, vocabulary, tx);
	const open = words.opener();
	const { reached, passing } = choose(holdings, asked);
	let plan: Plan = strict(query, seek);
	let notice: Notice | null = corrected.length > 0 ? { kind: 'corrected', words: corrected } : null;
	let matches = matchesOf(plan, memory, reached, passing, open);
	if (!matches.any && !query.exact) {
		const fewer = relaxed(query, seek);
		if (fewer) {
			plan = fewer;
			matches = matchesOf(fewer, memory, reached, passing, open);
			const taken = fewer.tokens.map(({ start, end }) => asked.q.slice(start, end));
			if (matches.any) notice = { kind: 'relaxed', words: taken };
		}
	}
	const last = Math.min(asked.page * PAGE, MOST_RANKED);
	const docs = rank(matches.passing, plan.words, last, words, open).slice((asked.page - 1) * PAGE);
	const spots = docs.flatMap((doc) => {
		const held = holdings.bySlot.get(words.slot(doc))?.held;
		return held ? [{ doc, held, position: words.position(doc), within: words.within(doc) }] : [];
	});
	const opened = await openHits(spots, day, memory.lines, tx);
	const hits = spots.flatMap(({ doc }, i) => {
		const hit = opened[i];
		return hit ? [told(hit, marks(doc, plan, memory, open))] : [];
	});
	const facets = facetsOf(bundled(holdings.kinds, matches.counts, reached), asked);
	return answer(matches.passing.length, MOST_RANKED, hits, facets, notice);
}

interface Matches {
	/** Whether there are any that are looked through, whatever the lists say. */
	readonly any: boolean;
	/** By kind. */
	readonly counts: Int32Array;
	/** Those that pass every list. */
	readonly passing: Int32Array;
}

function matchesOf(
	plan: Plan,
	{ words, holdings, kinds }: Memory,
	reached: readonly boolean[],
	passing: readonly boolean[],
	open: Open,
): Matches {
	const counts = new Int32Array(holdings.kinds.length);
	let any = false;
	const all = matching(plan, words, open);
	const left = new Int32Array(all.length);
	let length = 0;
	for (const doc of all) {
		const kind = kinds[words.version(doc)] ?? -1;
		if (kind < 0) continue;
		counts[kind] = (counts[kind] ?? 0) + 1;
		any ||= reached[kind] === true;
		if (passing[kind] === true) left[length++] = doc;
	}
	return { any, counts, passing: left.subarray(0, length) };
}

function bundled(
	kinds: Memory['holdings']['kinds'],
	counts: Int32Array,
	reached: readonly boolean[],
): readonly Bundle[] {
	return kinds.flatMap((kind, nth) => {
		const count = counts[nth] ?? 0;
		return count > 0 && reached[nth] === true ? [{ ...kind, count }] : [];
	});
}

/** Where in the text of a provision the words that were asked for stand, and which of them. */
function marks(doc: number, plan: Plan, { words }: Memory, open: Open): ReadonlyMap<number, number> {
	const found = new Map<number, number>();
	const above = words.above(doc);
	for (const [nth, { lexemes }] of plan.words.entries()) {
		const postings = open(lexemes);
		const [from, to] = stretchOf(postings, doc);
		for (const place of postings.places.subarray(from, to)) if (place >= above) found.set(place - above, nth);
	}
	return found;
}

function told({ text, ...hit }: Opened, hits: ReadonlyMap<number, number>): Hit {
	return { ...hit, snippet: snippet(text, hits) };
}

function answer(
	total: number,
	most: number,
	hits: readonly Hit[],
	facets: Found['facets'],
	notice: Notice | null,
): Found {
	return { total, pages: Math.ceil(Math.min(total, most) / PAGE), hits, facets, notice };
}

async function named(values: Found['facets']['place'], { names }: Memory, tx: Tx): Promise<Found['facets']['place']> {
	const unknown = values.flatMap(({ value }) => (names.has(value) ? [] : [value]));
	if (unknown.length > 0) {
		const { rows } = await sql<{ id: string; name: string }>`
			select id, name from place where id = any(${unknown}::text[])`.execute(tx);
		for (const { id, name } of rows) names.set(id, name);
	}
	return values.map((value) => ({ ...value, label: names.get(value.value) ?? null }));
}
