import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { sql } from 'kysely';
import MiniSearch from 'minisearch';
import { VISITOR } from '../../src/access/actor.ts';
import type { Day } from '../../src/kernel/day.ts';
import { type Asked, NOTHING_ASKED } from '../../src/library/search/asked.ts';
import { reindex } from '../../src/library/search/index.server.ts';
import { memoryOf } from '../../src/library/search/memory.server.ts';
import { searchLibrary } from '../../src/library/search/search.server.ts';
import { readConfig } from '../../src/platform/config.server.ts';
import { openWorld } from '../../src/platform/world.server.ts';
import type { World } from '../../src/platform/world.ts';
import { demand, type Measures, tell, timed } from '../measure.ts';
import { randomOf } from '../watch/archive.ts';
import { type Cut, shelve } from './corpus.ts';
import { type Introduction, readIntroductions } from './introductions.ts';
import { hide, type Item, knownItems } from './known.ts';

const SEED = 287;
const DAY = '2026-07-01' as Day;
const USERS = 8;
const QUESTIONS = 320;
/** A reader looks at what was found before asking again; milliseconds. */
const PAUSE = 1_000;
const ITEMS = 150;

/** Searches every introduction cut into provisions: time of answers, cost as the shelf grows, and whether known sentences are found. */
export function searchPart(sizes: readonly number[]) {
	return async (data: string, say: (line: string) => void): Promise<Measures> => {
		const texts = readIntroductions(data);
		let measures: Measures = {};
		const folder = mkdtempSync(join(tmpdir(), 'bench-search-'));
		const world = await openWorld({ config: readConfig({ COMPACT_DATA: folder }), write: () => undefined });
		try {
			let cuts: readonly Cut[] = [];
			for (let size = 1; size <= Math.max(...sizes); size++) {
				const more = await shelve(size === 1 ? texts : copied(texts, size), `copy-${size}`, world);
				if (size === 1) cuts = more;
				const spent = await timed(() => reindex(world));
				if (!sizes.includes(size)) continue;
				say(
					`load of the machine at ${size}x: ${loadavg()
						.map((one) => one.toFixed(1))
						.join(' ')} on this many cores: 2`,
				);
				if (size === 1) measures = { ...measures, ...(await atOnce(cuts, spent, texts.length, world, say)) };
				measures = { ...measures, ...(await cost(cuts, size, world)) };
				if (size === 1) measures = { ...measures, ...(await known(cuts, world, say)) };
			}
		} finally {
			await world.close();
			rmSync(folder, { recursive: true, force: true });
		}
		return measures;
	};
}

async function atOnce(
	cuts: readonly Cut[],
	spent: number,
	texts: number,
	world: World,
	say: (line: string) => void,
): Promise<Measures> {
	const mix = questions(cuts, QUESTIONS);
	const first = await timed(() => searchLibrary(NOTHING_ASKED, DAY, world));
	await crowd(mix.slice(0, USERS * 4), 0, world);
	const paced = await crowd(mix, PAUSE, world);
	const slowest = paced.toSorted((a, b) => b.ms - a.ms).slice(0, 5);
	for (const { ms, asked } of slowest) say(`  ${ms.toFixed(0)} ms: ${JSON.stringify(asked.q.slice(0, 80))}`);
	return {
		search_provisions: demand(cuts.length, 'provisions', { least: 60_000 }),
		search_first: tell(first, 'ms, the first question, which reads the index into memory'),
		search_indexed: tell(spent / texts, 'ms a version to index'),
		search_p95_paced: tell(p95(paced), `ms, ${USERS} readers who look a second at what they found`),
	};
}

async function cost(cuts: readonly Cut[], size: number, world: World): Promise<Measures> {
	// A server does not carry what filled its database, and has answered others before.
	forget();
	await crowd(questions(cuts, QUESTIONS, SEED + 1), 0, world);
	const times = await crowd(questions(cuts, QUESTIONS), 0, world);
	const one = await crowd(questions(cuts, QUESTIONS / 4), 0, world, 1);
	const p = p95(times);
	const { kept, memory } = await world.db.as(VISITOR, async (tx) => {
		const { rows } = await sql<{ bytes: number }>`
			select pg_total_relation_size('library_index') + pg_total_relation_size('library_word') as bytes`.execute(tx);
		return { kept: rows[0]?.bytes ?? 0, memory: await memoryOf(DAY, world, tx) };
	});
	return {
		[`search_p95_${size}x`]:
			size === 1
				? demand(p, `ms, ${USERS} at once without a pause, facets included`, { most: 60 })
				: tell(p, `ms, ${USERS} at once without a pause`),
		[`search_median_${size}x`]: tell(percentile(times, 0.5), 'ms of the same'),
		[`search_alone_p95_${size}x`]: tell(p95(one), 'ms, one reader alone'),
		[`search_provisions_${size}x`]: tell(memory.words.provisions, 'provisions'),
		[`search_index_${size}x`]: tell(megabytes(kept), 'MB of index on disk'),
		[`search_postings_${size}x`]: tell(megabytes(memory.words.bytes), 'MB of it in memory'),
	};
}

/** Collects garbage, which node shows only on request. */
function forget(): void {
	setFlagsFromString('--expose_gc');
	(runInNewContext('gc') as () => void)();
}

function megabytes(bytes: number): number {
	return Math.round(bytes / 1_048_576);
}

interface Timing {
	readonly ms: number;
	readonly asked: Asked;
}

async function crowd(mix: readonly Asked[], pause: number, world: World, users = USERS): Promise<Timing[]> {
	const times: Timing[] = [];
	let next = 0;
	await Promise.all(
		Array.from({ length: users }, async (_, user) => {
			if (pause > 0) await new Promise((done) => setTimeout(done, (pause * user) / users));
			for (let asked = mix[next++]; asked; asked = mix[next++]) {
				const one = asked;
				times.push({ ms: await timed(() => searchLibrary(one, DAY, world)), asked: one });
				if (pause > 0) await new Promise((done) => setTimeout(done, pause));
			}
		}),
	);
	return times;
}

function p95(times: readonly Timing[]): number {
	return percentile(times, 0.95);
}

function percentile(times: readonly Timing[], share: number): number {
	const sorted = times.map(({ ms }) => ms).toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** What people ask, seeded: words, phrases, numbers, lists, typos, sentences, words that are everywhere, and nothing. */
function questions(cuts: readonly Cut[], count: number, seed = SEED): Asked[] {
	const random = randomOf(seed);
	const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
	const words = (least: number): string[] => {
		for (;;) {
			const found = pick(cuts).text.match(/\p{L}{3,}/gu) ?? [];
			if (found.length >= least) return found;
		}
	};
	const run = (length: number): string => {
		const all = words(length + 1);
		const from = Math.floor(random() * (all.length - length));
		return all.slice(from, from + length).join(' ');
	};
	const make: readonly [share: number, make: () => Partial<Asked>][] = [
		[24, () => ({ q: `${pick(words(5))} ${pick(words(5))}` })],
		[14, () => ({ q: run(3) })],
		[10, () => ({ q: `"${run(2)}"` })],
		[8, () => ({ q: pick(words(5)) })],
		[8, () => ({ q: pick(['§ 1373', '9-131', '287(g)', 'I-247A', '14-101', '20-912', '28-103', 'section 3-119']) })],
		[10, () => ({ q: run(2), year: [2014 + Math.floor(random() * 8)] })],
		[6, () => ({ q: run(2), instrument: ['ordinance', 'resolution'], standing: ['introduced'] })],
		[5, () => ({ q: `${run(1)} -${pick(words(5))}` })],
		[3, () => ({ q: `${run(1)} OR ${run(1)}` })],
		[3, () => ({ q: `${run(1).slice(0, 5)}*` })],
		[4, () => ({ q: mistyped(pick(words(5).filter((word) => word.length > 3)) ?? 'detainer', random) })],
		[2, () => ({ q: run(18) })],
		[1, () => ({ q: pick(['city', 'department', 'commissioner', 'shall be']) })],
		[2, () => ({ q: '', year: random() < 0.5 ? [] : [2016] })],
	];
	const sum = make.reduce((all, [share]) => all + share, 0);
	return Array.from({ length: count }, () => {
		let at = random() * sum;
		const chosen = make.find(([share]) => {
			at -= share;
			return at < 0;
		});
		const [, one] = chosen ?? make[0] ?? [0, () => ({})];
		return { ...NOTHING_ASKED, ...one() };
	});
}

function mistyped(word: string, random: () => number): string {
	const at = 1 + Math.floor(random() * Math.max(1, word.length - 2));
	return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
}

/** Sentences with three words changed: who finds the provision they are from. */
async function known(cuts: readonly Cut[], world: World, say: (line: string) => void): Promise<Measures> {
	const items = knownItems(cuts, ITEMS, randomOf(SEED));
	const mini = new MiniSearch<{ id: number; heading: string; text: string }>({ fields: ['heading', 'text'] });
	mini.addAll(cuts.map(({ heading, text }, id) => ({ id, heading, text })));
	const alone = await plain(items, world);
	const engines: Record<string, (item: Item) => Promise<readonly string[]>> = {
		ours: async ({ asked }) => {
			const { hits } = await searchLibrary({ ...NOTHING_ASKED, q: asked }, DAY, world);
			return texts(
				hits.map(({ version, eId }) => ({ version: version.address, eId })),
				world,
			);
		},
		postgres: async ({ asked }) => alone.get(asked) ?? [],
		minisearch: async ({ asked }) =>
			mini
				.search(asked, { boost: { heading: 2 } })
				.slice(0, 10)
				.map(({ id }) => cuts[id as number]?.text ?? ''),
	};
	const shares: Record<string, { first: number; ten: number }> = {};
	for (const [name, engine] of Object.entries(engines)) {
		let first = 0;
		let ten = 0;
		for (const item of items) {
			const found = (await engine(item)).slice(0, 10).map(hide);
			if (found[0] === hide(item.text)) first++;
			if (found.includes(hide(item.text))) ten++;
		}
		shares[name] = { first: first / items.length, ten: ten / items.length };
		say(`known sentences, ${name}: ${first} first, ${ten} in the first ten, of ${items.length}`);
	}
	const { ours, postgres, minisearch } = shares;
	const bar = (of: 'first' | 'ten') => Math.max(postgres?.[of] ?? 0, minisearch?.[of] ?? 0);
	return {
		search_known_first: demand(
			ours?.first ?? 0,
			'of sentences; peer: MiniSearch',
			{ least: bar('first') },
			minisearch?.first,
		),
		search_known_ten: demand(ours?.ten ?? 0, 'of sentences; peer: MiniSearch', { least: bar('ten') }, minisearch?.ten),
		search_known_postgres_first: tell(postgres?.first ?? 0, 'of sentences, PostgreSQL alone'),
		search_known_postgres_ten: tell(postgres?.ten ?? 0, 'of sentences, PostgreSQL alone'),
	};
}

/** What PostgreSQL finds by itself: every word, ranked by how near they are, over an index of its own. */
async function plain(items: readonly Item[], world: World): Promise<ReadonlyMap<string, readonly string[]>> {
	return world.db.as(VISITOR, async (tx) => {
		await sql`set local statement_timeout = 0`.execute(tx);
		await sql`
			create temporary table plain on commit drop as
			select text, to_tsvector('english', coalesce(heading, '') || ' ' || text) as words from library_provision`.execute(
			tx,
		);
		await sql`create index on plain using gin (words)`.execute(tx);
		const found = new Map<string, readonly string[]>();
		for (const { asked } of items) {
			const { rows } = await sql<{ text: string }>`
				select text from plain, websearch_to_tsquery('english', ${asked}) q where words @@ q
				order by ts_rank_cd(words, q) desc limit 10`.execute(tx);
			found.set(
				asked,
				rows.map(({ text }) => text),
			);
		}
		return found;
	});
}

async function texts(hits: readonly { version: string; eId: string }[], world: World): Promise<readonly string[]> {
	return world.db.as(VISITOR, async (tx) => {
		const { rows } = await sql<{ text: string }>`
			select p.text from rows from (jsonb_to_recordset(${JSON.stringify(hits)}::jsonb) as (version text, "eId" text))
				with ordinality as h (version, "eId", nth)
			join library_work w on w.address = left(h.version, -11)
			join library_provision p on p.work_id = w.id and p.e_id = h."eId" order by h.nth`.execute(tx);
		return rows.map(({ text }) => text);
	});
}

/** The same again under other words of its own, as more councils would bring. */
function copied(texts: readonly Introduction[], size: number): Introduction[] {
	return texts.map((one) => ({
		...one,
		name: `${one.name} (${size})`,
		text: one.text.replaceAll('New York', `Nova${size} York`),
	}));
}
