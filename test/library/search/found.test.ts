import { sql } from 'kysely';
import { expect, test as it } from 'vitest';
import { SYSTEM } from '../../../src/access/actor.ts';
import type { Day } from '../../../src/kernel/day.ts';
import { type FACETS, readAsked } from '../../../src/library/search/asked.ts';
import type { Found } from '../../../src/library/search/found.ts';
import { indexVersion, reindex } from '../../../src/library/search/index.server.ts';
import { searchLibrary } from '../../../src/library/search/search.server.ts';
import { testDatabase } from '../../database.ts';
import { shelved } from '../shelved.ts';

const { world } = await testDatabase();
const DAY = '2026-07-01' as Day;

const KINDS = ['ordinance', 'resolution', 'police_directive'];
/** Twelve policies: every second has cameras, every third is adopted, every fourth is Spanish. */
const SHELF = Array.from({ length: 12 }, (_, i) => ({
	address: `coalition/policy-${i}`,
	instrument: KINDS[i % 3] as string,
	day: `${2020 + (i % 4)}-03-01`,
	adopted: i % 3 === 0,
	language: i % 4 === 3 ? ('es' as const) : ('en' as const),
	lines: [
		i % 4 === 3
			? 'sec_1 | Sección 1. | Las detenciones migratorias necesitan una orden judicial, también en la prisión.'
			: 'sec_1 | § 1. | No person is held on an immigration detainer; the border guard asks a judge.',
		`sec_2 | § 2. | ${i % 2 === 0 ? 'Cameras' : 'Drones'} are counted by the clerk.`,
	],
}));

for (const one of SHELF) await shelve(one);

async function shelve(one: (typeof SHELF)[number] & { readonly workId?: string }): Promise<string> {
	const { workId, expressionId } = await shelved(one, world);
	await world.db.as(SYSTEM, async (tx) => {
		await sql`update library_expression set language = ${one.language} where id = ${expressionId}`.execute(tx);
		await sql`update library_work set language = ${one.language} where id = ${workId}`.execute(tx);
		if (one.adopted)
			await sql`
				insert into library_fact (work_id, id, kind, day, source, author, at)
				values (${workId}, gen_random_uuid(), 'adopted', ${one.day}, 'the council', 'test', now())`.execute(tx);
		await indexVersion(workId, expressionId, tx);
	});
	return workId;
}

function ask(query: string): Promise<Found> {
	return searchLibrary(readAsked(new URLSearchParams(query.replaceAll(' ', '+'))), DAY, world);
}

/** What somebody counts by hand of the policies whose second section has the word. */
function byHand(word: string, instruments: readonly string[], years: readonly string[]) {
	const having = SHELF.filter(({ lines }) => lines[1]?.includes(word));
	const kind = (one: (typeof SHELF)[number]) => instruments.length === 0 || instruments.includes(one.instrument);
	const year = (one: (typeof SHELF)[number]) => years.length === 0 || years.includes(one.day.slice(0, 4));
	const count = (of: typeof SHELF, value: (one: (typeof SHELF)[number]) => string) => {
		const counts: Record<string, number> = {};
		for (const one of of) counts[value(one)] = (counts[value(one)] ?? 0) + 1;
		return counts;
	};
	const both = having.filter((one) => kind(one) && year(one));
	return {
		total: both.length,
		instrument: count(having.filter(year), (one) => one.instrument),
		year: count(having.filter(kind), (one) => one.day.slice(0, 4)),
		standing: count(both, (one) => (one.adopted ? 'adopted' : 'unknown')),
		language: count(both, (one) => one.language),
	};
}

it.each([
	['Cameras', [], []],
	['Cameras', ['ordinance'], []],
	['Drones', ['resolution', 'ordinance'], ['2021']],
	['Drones', [], ['2021', '2023']],
	['Cameras', ['police_directive'], ['2020', '2022']],
])('%s of %j in %j counts as by hand, a list leaving its own choice out', async (word, instruments, years) => {
	const query = [`q=${word}`, ...instruments.map((one) => `instrument=${one}`), ...years.map((one) => `year=${one}`)];
	const { total, hits, facets } = await ask(query.join('&'));
	const wanted = byHand(word, instruments, years);
	const counts = (name: (typeof FACETS)[number]) =>
		Object.fromEntries(facets[name].filter(({ count }) => count > 0).map(({ value, count }) => [value, count]));
	expect({
		total,
		instrument: counts('instrument'),
		year: counts('year'),
		standing: counts('standing'),
		language: counts('language'),
	}).toEqual(wanted);
	expect(hits.length).toBe(total);
});

it.each([
	['q=prision', 3],
	['q=prisión', 3],
	['q=detención migratoria', 3],
	['q="orden judicial"', 3],
	['q=prision&language=en', 0],
	['q=judges&language=en', 9],
])('%s finds what is written in its language, with its accents or without', async (query, total) => {
	expect((await ask(query)).total).toBe(total);
});

it('a mistyped word is taken for the likest, and that is said', async () => {
	const { total, notice } = await ask('q=camreas');
	expect({ total, notice }).toEqual({ total: 6, notice: { kind: 'corrected', words: ['cameras'] } });
});

it('a sentence with a word that no text has finds the nearest, and that is said', async () => {
	const { notice, hits } = await ask('q=no person is held on a federal immigration detainer by zeppelins');
	expect(notice?.kind).toBe('relaxed');
	expect(hits[0]?.eId).toBe('sec_1');
});

it('what was asked for is marked in its words', async () => {
	const { hits } = await ask('q=immigration detainers');
	expect(hits[0]?.snippet).toEqual([
		{ text: 'No person is held on an ', hit: false },
		{ text: 'immigration', hit: true },
		{ text: ' ', hit: false },
		{ text: 'detainer', hit: true },
		{ text: '; the border guard asks a judge.', hit: false },
	]);
});

it('a version is found until a newer one comes, and then on request', async () => {
	const base = { ...(SHELF[0] as (typeof SHELF)[number]), address: 'coalition/twice', adopted: false };
	const workId = await shelve({ ...base, day: '2019-01-01', lines: ['sec_1 | § 1. | Balloons are free.'] });
	expect((await ask('q=balloons')).total).toBe(1);
	await shelve({ ...base, workId, day: '2021-01-01', lines: ['sec_1 | § 1. | Kites are free.'] });
	expect((await ask('q=balloons')).total).toBe(0);
	expect((await ask('q=kites')).total).toBe(1);
	expect((await ask('q=balloons&versions=all')).total).toBe(1);
	expect(await reindex(world)).toBe(0);
	await world.db.as(SYSTEM, (tx) =>
		sql`update library_work set withdrawn_at = now(), withdrawn_by = 'test', withdrawn_reason = 'a mistake'
			where id = ${workId}`.execute(tx),
	);
	expect((await ask('q=kites')).total).toBe(0);
	await world.db.as(SYSTEM, (tx) => sql`delete from library_work where id = ${workId}`.execute(tx));
	expect((await ask('q=kites OR balloons&versions=all')).total).toBe(0);
});

it('made anew, the index finds the same', async () => {
	const before = await ask('q=judge');
	expect(await reindex(world, true)).toBeGreaterThanOrEqual(SHELF.length);
	const after = await ask('q=judge');
	expect({ total: after.total, facets: after.facets }).toEqual({ total: before.total, facets: before.facets });
});
