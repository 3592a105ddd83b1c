import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { SYSTEM } from '#access/actor.ts';
import { ingest } from '#watch/ingest.server.ts';
import type { Offered } from '#watch/read/archive.server.ts';
import { rebuild } from '#watch/rebuild.server.ts';
import { testDatabase } from '../database.ts';
import { workbook } from './workbook.ts';

const { world } = await testDatabase();

async function* lists(): AsyncGenerator<Offered> {
	const rows = [
		{ state: 'TEXAS', agency: "Walker County Sheriff's Office", type: 'County', county: 'Walker', model: 'WSO' },
		{ state: 'PENNSYLVANIA', agency: 'Preston Township Constable', type: 'Municipality', model: 'TFM' },
		{ state: 'UTAHJ', agency: 'Nowhere Police Department', type: 'Municipality', model: 'TFM' },
	] as const;
	const bytes = workbook({
		kind: 'participating',
		modified: '2025-06-01T12:00:00Z',
		rows: rows.map((row) => ({ ...row, signed: '2025-03-03' })),
	});
	yield { name: 'participating.xlsx', source: 'test', bytes };
}

async function areas(): Promise<string[]> {
	return world.db.as(SYSTEM, async (tx) => {
		const { rows } = await sql<{ name: string; place_id: string | null; basis: string }>`
			select a.name, r.place_id, r.basis from watch_area r join watch_agency a on a.id = r.id order by a.name`.execute(
			tx,
		);
		return rows.map((row) => `${row.name}: ${row.place_id ?? 'nowhere'} (${row.basis})`);
	});
}

test('every agency has an area after an import, and gets it anew when places come in, without an event', async () => {
	await ingest(lists(), world);
	expect(await areas()).toEqual([
		'Nowhere Police Department: nowhere (none)',
		'Preston Township Constable: nowhere (none)',
		"Walker County Sheriff's Office: ocd-division/country:us/state:tx/county:walker (county_cell)",
	]);
	const township = 'ocd-division/country:us/state:pa/place:preston';
	await world.db.as(SYSTEM, async (tx) => {
		await sql`insert into place (id, kind, name, folded, state_code, geoid, slug, source, status)
			values (${township}, 'subdivision', 'Preston township', 'preston', 'PA', '4212762600', 'preston-township', 'test', 'A')`.execute(
			tx,
		);
		await sql`insert into place_source (name, version, rows, added_at) values ('test', '1', 1, ${world.clock.now()})`.execute(
			tx,
		);
	});
	const events = (): Promise<unknown> =>
		world.db.as(SYSTEM, (tx) => sql`select count(*)::int from journal`.execute(tx).then(({ rows }) => rows));
	const before = await events();
	expect((await rebuild(world)).outcome).toBe('unchanged');
	expect((await areas())[1]).toBe(`Preston Township Constable: ${township} (subdivision)`);
	expect(await events()).toEqual(before);
});
