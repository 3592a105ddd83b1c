import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { SYSTEM, VISITOR } from '#access/actor.ts';
import type { Day } from '#kernel/day.ts';
import { workAt } from '#library/at.server.ts';
import { stockShelf } from '#library/shelf.server.ts';
import { furnishSample } from '#places/sample.server.ts';
import { testDatabase } from '../database.ts';

const { world } = await testDatabase();

test('everything that comes along gets onto the shelf once, each policy in the standing that its facts make', async () => {
	await world.db.as(SYSTEM, (tx) => furnishSample(world, tx));
	expect(await stockShelf(world)).toBe(17);
	expect(await stockShelf(world)).toBe(0);
	const at = (path: string) => world.db.as(VISITOR, (tx) => workAt(path, '2026-11-26' as Day, tx));
	for (const [path, standing, versions] of [
		['coalition/detainers', 'unknown', 2],
		['coalition/resolution', 'unknown', 1],
		['zz/place/alder-falls/chapter-9-40', 'in_force', 3],
		['zz/place/dunmere/ordinance-2019-22', 'in_force', 1],
		['zz/place/kestrel-bay/ordinance-1121', 'repealed', 1],
		['zz/place/kestrel-bay/ordinance-1188', 'in_force', 1],
		['zz/place/vista-llana/ordenanza-2020-5', 'in_force', 2],
		['zz/place/wexmoor/general-order-7-14', 'in_force', 2],
		['zz/place/wexmoor/resolution-2018-04', 'in_force', 1],
	] as const) {
		const found = await at(path);
		expect(found, path).toMatchObject({ kind: 'work', work: { standing } });
		if (found.kind === 'work') expect(found.work.versions.length, path).toBe(versions);
	}
	expect(await at('zz/place/vista-llana/ordenanza-2020-5')).toMatchObject({
		work: {
			language: 'es',
			versions: expect.arrayContaining([expect.objectContaining({ language: 'en', official: false })]),
		},
	});
	const { rows } = await world.db.as(SYSTEM, (tx) =>
		sql<{ sample: boolean; confirmed: boolean; n: number }>`
			select w.sample, c.confirmed_at is not null as confirmed, count(*)::integer as n
			from library_coding c join library_work w on w.id = c.work_id where c.withdrawn_at is null
			group by w.sample, confirmed`.execute(tx),
	);
	const told = (sample: boolean, confirmed: boolean) =>
		rows.find((one) => one.sample === sample && one.confirmed === confirmed)?.n ?? 0;
	expect(told(false, false)).toBeGreaterThan(50);
	expect(told(false, true), 'no reader of a real policy is invented').toBe(0);
	expect(told(true, true), 'a second reader of the sample').toBeGreaterThan(10);
	expect(told(true, false), 'Dunmere waits for its second reader').toBeGreaterThan(0);
});
