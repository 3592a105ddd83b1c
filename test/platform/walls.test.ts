import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { getBlob, putBlob } from '#platform/blob.server.ts';
import type { Room } from '#platform/room.ts';
import { testDatabase } from '../database.ts';

const here = await testDatabase();
const { db } = here.world;

/** Tables of public data: the watch's ledger, and the platform's own list of migrations. Every other table stands behind a wall. */
const PUBLIC_TABLES = [
	'migration',
	...['watch_list', 'watch_sighting', 'watch_problem', 'watch_overrule', 'watch_agency', 'watch_agreement'],
	...['watch_application', 'watch_event', 'watch_alias', 'watch_quarantine', 'watch_review', 'watch_ledger'],
];

const ACTORS = {
	visitor: { role: 'visitor', city: null },
	operator: { role: 'operator', city: null },
	system: { role: 'system', city: null },
	houston: { role: 'member', city: '4835000' },
	boston: { role: 'member', city: '2507000' },
} as const;
type Name = keyof typeof ACTORS;

test('every table is public ledger data or stands behind a forced wall', async () => {
	const tables = await here.owner(async (session) => {
		const { rows } = await session.query(`
			select relname as name, relrowsecurity and relforcerowsecurity as walled,
				array(select polname::text from pg_policy where polrelid = c.oid order by polname) as policies,
				array(select attname::text from pg_attribute where attrelid = c.oid and attname in ('owner_city', 'room') order by attname) as marks
			from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`);
		return rows;
	});
	const walled = tables.filter((table) => !PUBLIC_TABLES.includes(table.name));
	expect(walled.map((table) => table.name).sort()).toEqual(['blob', 'journal']);
	for (const table of walled) {
		expect(table).toMatchObject({ walled: true, marks: ['owner_city', 'room'] });
		expect(table.policies).toEqual(expect.arrayContaining(['add', 'maintenance', 'read']));
	}
	for (const table of tables) if (PUBLIC_TABLES.includes(table.name)) expect(table.marks).toEqual([]);
});
