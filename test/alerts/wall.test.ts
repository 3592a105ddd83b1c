import { afterEach, describe, expect, test } from 'vitest';
import { SYSTEM } from '#access/actor.ts';
import { ask } from '#alerts/ask.server.ts';
import { begin } from '#alerts/reader.server.ts';
import { testDatabase } from '../database.ts';

const here = await testDatabase();
const { db } = here.world;

const TX = 'ocd-division/country:us/state:tx';
const WALKER = `${TX}/county:walker`;
const TABLES = ['alert_request', 'alert_reader', 'alert_place', 'alert_line', 'alert_mark'] as const;

afterEach(() =>
	here.owner(async (session) => {
		await session.query(
			`begin; set local compact.role = 'maintenance'; delete from alert_request; delete from alert_reader; commit`,
		);
	}),
);

describe('the wall', () => {
	const others = [
		{ role: 'visitor', city: null },
		{ role: 'operator', city: null },
		{ role: 'access', city: null },
		{ role: 'steward', city: null },
		{ role: 'editor', city: null },
		{ role: 'advocate', city: null },
		{ role: 'member', city: WALKER },
		{ role: 'counsel', city: WALKER, counsel: true },
		{ role: 'observer', city: WALKER },
		{ role: 'system', city: WALKER },
	] as const;
	test.each(others)('shows no address to $role of $city, and takes none', async (actor) => {
		await ask({ address: 'walker@example.org', placeId: WALKER, language: 'en' }, here.world);
		const [asked] = await db.as(SYSTEM, (tx) => tx.selectFrom('alert_request').select('id').execute());
		const begun = await begin(asked?.id ?? '', here.world);
		if (typeof begun === 'string') throw new Error(begun);
		await ask({ address: 'walker@example.org', placeId: TX, language: 'en' }, here.world);
		for (const table of TABLES) {
			const seen = await db.as(actor, (tx) => tx.selectFrom(table).selectAll().execute());
			expect(seen, table).toEqual([]);
		}
		const added = db.as(actor, (tx) =>
			tx.insertInto('alert_place').values({ reader_id: begun.reader, place_id: TX, since: here.now }).execute(),
		);
		await expect(added).rejects.toThrow(/row-level security/);
	});
});
