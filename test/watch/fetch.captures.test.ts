import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { fetchLists } from '#watch/fetch/fetch.server.ts';
import { ingest } from '#watch/ingest.server.ts';
import { offered } from '#watch/read/archive.server.ts';
import { testDatabase } from '../database.ts';
import { DERIVED, emptied, tables } from './derived.ts';
import { PAGE, publisher } from './publisher.ts';

const here = await testDatabase();
const site = await publisher();
const world = { ...here.world, http: site.http };
const SOURCE = { page: PAGE, hosts: ['www.ice.example'], agent: 'CityCompact/0 (+test)' };
const MANNERS = { bytes: 20_000_000, ms: 30_000, pause: 0 };
/** Events that were withdrawn as the days went on stay; they are compared by those that stand. */
const LASTING = DERIVED.filter((table) => table !== 'event');

afterAll(() => site.close());

const FOLDER = '../shared/data/287g/sheets';
const present = existsSync(FOLDER);
if (!present) console.log(`skipped: the real captures are not at ${FOLDER}`);

describe.skipIf(!present)('the captures of May to July 2025', () => {
	test('fetched day by day give the same ledger as imported at once', async () => {
		const days = readdirSync(FOLDER).sort();
		expect(days).toHaveLength(26);
		const current: Record<string, Uint8Array> = {};
		for (const day of days) {
			for (const file of readdirSync(`${FOLDER}/${day}`)) {
				const kind = /pending/i.test(file) ? 'Pending' : 'Participating';
				for (const path of Object.keys(current)) if (path.startsWith(`/${kind}/`)) delete current[path];
				current[`/${kind}/${encodeURIComponent(file)}`] = readFileSync(`${FOLDER}/${day}/${file}`);
			}
			const links = Object.keys(current).map((path) => `<li><a href="${path}">${path.split('/')[1]} agencies</a>`);
			site.put({ '/identify-and-arrest/287g': links.join(''), ...current });
			expect((await fetchLists(SOURCE, world, MANNERS)).outcome).toMatch(/^(read|unchanged)$/);
		}
		const fetched = await tables(here, LASTING);
		const standing = await events();
		await emptied(here);
		await ingest(offered([FOLDER], process.stdin), world);
		expect(await tables(here, LASTING)).toEqual(fetched);
		expect(await events()).toEqual(standing);
		expect(standing.length).toBeGreaterThan(700);
	}, 120_000);

	async function events(): Promise<{ rows: unknown[]; length: number }> {
		const { rows } = await here.owner((session) =>
			session.query('select * from watch_event where withdrawn_at is null order by at, place, id'),
		);
		return { rows, length: rows.length };
	}
});
