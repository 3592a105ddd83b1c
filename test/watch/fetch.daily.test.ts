import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '#platform/config.server.ts';
import { dailyFetch, fetchDaily, fetchMissed } from '#watch/fetch/daily.server.ts';
import { sourceOf } from '#watch/fetch/source.server.ts';
import { handlers } from '#worker/handlers.server.ts';
import { testDatabase } from '../database.ts';
import { PAGE, publisher } from './publisher.ts';
import { workbook } from './workbook.ts';

const here = await testDatabase();
const site = await publisher();
let chance = 0;
const random = { uuid: here.world.random.uuid, bytes: (length: number) => new Uint8Array(length).fill(chance) };
const world = { ...here.world, http: site.http, random };
const SOURCE = { page: PAGE, hosts: ['www.ice.example'], agent: 'CityCompact/0 (+test)' };
const MANNERS = { bytes: 2_000_000, ms: 400, pause: 0 };

afterAll(() => site.close());

beforeEach(async () => {
	here.now = new Date('2026-07-01T12:00:00Z');
	chance = 0;
	site.reset();
	await here.owner((session) => session.query('delete from watch_fetch; delete from graphile_worker._private_jobs'));
});

/** Jobs that wait: what they carry, and in how many minutes they begin. */
async function waiting(): Promise<{ tries: string | undefined; minutes: number }[]> {
	return here.owner(async (session) => {
		const { rows } = await session.query(`
			select payload ->> 'tries' as tries, round(extract(epoch from run_at - created_at) / 60)::integer as minutes
			from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
			where t.identifier = 'watch.fetch' and key = 'watch.fetch'`);
		return rows.map(({ tries, minutes }) => ({ tries: tries ?? undefined, minutes }));
	});
}

function noted(at: string, failed = false): Promise<unknown> {
	return here.owner((session) =>
		session.query(
			'insert into watch_fetch (id, began_at, ended_at, outcome, code) values (gen_random_uuid(), $1, $1, $2, $3)',
			[at, failed ? 'failed' : 'unchanged', failed ? 'timeout' : null],
		),
	);
}

describe('the day’s fetch', () => {
	test('is at an odd minute of the evening that follows from the address, spread over installations', () => {
		const times = Array.from({ length: 500 }, (_, i) => dailyFetch(`https://compact${i}.example.org`));
		expect(times.every(({ hour, minute }) => hour >= 20 && hour < 24 && minute % 2 === 1 && minute < 60)).toBe(true);
		expect(new Set(times.map(({ hour, minute }) => hour * 60 + minute)).size).toBeGreaterThan(100);
		expect(dailyFetch('https://a.example')).toEqual(dailyFetch('https://a.example'));
	});

	test.each([
		[undefined, 0, [{ tries: '1', minutes: 15 }]],
		[undefined, 255, [{ tries: '1', minutes: 18 }]],
		['1', 0, [{ tries: '2', minutes: 60 }]],
		['2', 0, [{ tries: '3', minutes: 240 }]],
		['2', 255, [{ tries: '3', minutes: 288 }]],
		['3', 0, []],
	])('that failed after %s tries, with chance %i, waits %o', async (tries, given, expected) => {
		chance = given;
		await fetchDaily(tries, SOURCE, world, MANNERS);
		expect(await waiting()).toEqual(expected);
	});

	test('that found both lists waits for the next day', async () => {
		const list = (kind: 'participating' | 'pending') =>
			workbook({ kind, rows: [{ state: 'OHIO', agency: 'Alder Police', model: 'TFM', signed: '2025-01-02' }] });
		site.put({
			'/identify-and-arrest/287g': '<a href="/a.xlsx">x</a><a href="/b.xlsx">y</a>',
			'/a.xlsx': list('participating'),
			'/b.xlsx': list('pending'),
		});
		await fetchDaily(undefined, SOURCE, world, MANNERS);
		expect(await waiting()).toEqual([]);
	});

	test('asks nobody where the settings ask nobody', async () => {
		await handlers(null, { origin: 'https://compact.example', secret: 'x' }, world)['watch.fetch']?.({});
		expect(site.asked).toEqual([]);
		expect(() => sourceOf(readConfig({ COMPACT_WATCH_URL: 'off' }))).toThrow('nobody is asked');
	});

	test('says who asks, and adds the page’s own host to those that may be asked', () => {
		const config = readConfig({
			COMPACT_WATCH_URL: 'https://lists.example/287g',
			COMPACT_ORIGIN: 'https://compact.example.org',
		});
		expect(sourceOf(config)).toEqual({
			page: 'https://lists.example/287g',
			hosts: ['lists.example', 'www.ice.gov', 'ice.gov'],
			agent: expect.stringMatching(/^CityCompact\/\d+\.\d+\.\d+ \(\+https:\/\/compact\.example\.org\)$/),
		});
	});
});

describe('a server that starts', () => {
	test.each<[string, [string, boolean][], number]>([
		['never fetched', [], 1],
		['fetched yesterday evening', [['2026-06-30T21:00:00Z', false]], 0],
		['fetched 27 hours ago', [['2026-06-30T09:00:00Z', false]], 1],
		[
			'only failed since',
			[
				['2026-06-29T21:00:00Z', false],
				['2026-06-30T21:00:00Z', true],
			],
			1,
		],
		[
			'failed an hour ago, and waits for another try',
			[
				['2026-06-29T21:00:00Z', false],
				['2026-07-01T11:00:00Z', true],
			],
			0,
		],
	])('and %s', async (_, before, jobs) => {
		for (const [at, failed] of before) await noted(at, failed);
		await fetchMissed(world);
		await fetchMissed(world);
		expect(await waiting()).toEqual(Array(jobs).fill({ tries: undefined, minutes: 1 }));
	});

	test('asks within a quarter of an hour', async () => {
		chance = 255;
		await fetchMissed(world);
		expect(await waiting()).toEqual([{ tries: undefined, minutes: 15 }]);
	});
});
