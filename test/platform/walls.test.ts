import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { getBlob, putBlob } from '#platform/blob.server.ts';
import { append } from '#platform/journal.server.ts';
import type { Room } from '#platform/room.ts';
import { testDatabase } from '../database.ts';

const here = await testDatabase();
const { db } = here.world;

/** Tables of public data: the watch's ledger, places, and the platform's own list of migrations. Every other table stands behind a wall. */
const PUBLIC_TABLES = [
	'migration',
	...['watch_list', 'watch_sighting', 'watch_problem', 'watch_overrule', 'watch_agency', 'watch_agreement'],
	...[
		'watch_application',
		'watch_event',
		'watch_alias',
		'watch_quarantine',
		'watch_review',
		'watch_ledger',
		'watch_figure',
		'watch_state_figure',
		'watch_area',
		'watch_fetch',
		'watch_validator',
		'watch_correction',
	],
	...['place', 'place_county', 'place_neighbour', 'place_source'],
	...['library_provision', 'library_fact', 'library_relation', 'library_note', 'library_seed'],
	...['library_work_alias', 'library_provision_alias', 'library_coding', 'library_paper'],
	...['library_index', 'library_word', 'library_change'],
	...['domain', 'domain_source'],
	'reuse_background',
];

/** What has an owner and is public by a check of its own: walls would keep its text indexes from being used. */
const PUBLIC_CONTENT = ['library_work', 'library_expression'];

const HOUSTON = '4835000';
const ACTORS = {
	visitor: { role: 'visitor', city: null },
	operator: { role: 'operator', city: null },
	system: { role: 'system', city: null },
	houston: { role: 'member', city: HOUSTON },
	boston: { role: 'member', city: '2507000' },
	observer: { role: 'observer', city: HOUSTON },
	counsel: { role: 'counsel', city: HOUSTON, counsel: true },
	client: { role: 'member', city: HOUSTON, counsel: true },
	elsewhere: { role: 'counsel', city: '2507000', counsel: true },
	party: { role: 'counsel', city: '2507000', counsel: true, matters: ['matter:1', 'matter:2'] },
	steward: { role: 'steward', city: null },
	editor: { role: 'editor', city: null },
	advocate: { role: 'advocate', city: null },
	access: { role: 'access', city: null },
	guest: { role: 'member', city: HOUSTON, outside: true },
} as const;
type Name = keyof typeof ACTORS;

/** Who reads a row, by its owner and room; whoever is not named does not. */
const COALITION = ['operator', 'system'] as const;
const STAFF = ['steward', 'editor'] as const;
const CITIES = ['houston', 'boston', 'observer', 'counsel', 'client', 'elsewhere', 'party'] as const;
const OF_HOUSTON = ['houston', 'observer', 'counsel', 'client'] as const;
const READERS: readonly [owner: string | null, room: Room, readers: readonly Name[]][] = [
	[null, 'public', Object.keys(ACTORS) as Name[]],
	[null, 'members', [...COALITION, ...CITIES, ...STAFF]],
	[null, 'city', [...COALITION, ...STAFF]],
	[null, 'counsel', []],
	[null, 'joint', []],
	[HOUSTON, 'public', Object.keys(ACTORS) as Name[]],
	[HOUSTON, 'members', [...COALITION, ...CITIES, ...STAFF, 'guest']],
	[HOUSTON, 'city', [...OF_HOUSTON, 'guest']],
	[HOUSTON, 'counsel', ['counsel', 'client']],
	[HOUSTON, 'joint', []],
	['matter:1', 'joint', ['party']],
	['matter:3', 'joint', []],
];

describe('a private table', () => {
	test('is every table that is not public ledger data, with owner, room, forced walls and policies', async () => {
		const tables = await here.owner(async (session) => {
			const { rows } = await session.query(`
				select relname as name, relrowsecurity and relforcerowsecurity as walled,
					array(select polname::text from pg_policy where polrelid = c.oid order by polname) as policies,
					array(select attname::text from pg_attribute where attrelid = c.oid and attname in ('owner_city', 'room') order by attname) as marks
				from pg_class c where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by relname`);
			return rows;
		});
		const known = tables.filter((table) => PUBLIC_TABLES.includes(table.name));
		expect(known.map((table) => table.name)).toEqual([...PUBLIC_TABLES].sort());
		for (const table of known) expect(table, table.name).toMatchObject({ marks: [], policies: [] });
		const content = tables.filter((table) => PUBLIC_CONTENT.includes(table.name));
		expect(content.map((table) => table.name)).toEqual([...PUBLIC_CONTENT].sort());
		for (const table of content)
			expect(table, table.name).toMatchObject({ marks: ['owner_city', 'room'], policies: [] });
		for (const table of tables.filter((table) => !known.includes(table) && !content.includes(table))) {
			expect(table, table.name).toMatchObject({ walled: true, marks: ['owner_city', 'room'] });
			expect(table.policies, table.name).toEqual(expect.arrayContaining(['maintenance']));
		}
	});

	test.each(PUBLIC_CONTENT)('is made for what is not public: %s takes no other room', async (name) => {
		const rooms = await here.owner((session) =>
			session.query(
				`select pg_get_constraintdef(oid) as held from pg_constraint where conrelid = $1::regclass and contype = 'c'`,
				[name],
			),
		);
		expect(rooms.rows.map(({ held }) => held)).toContainEqual(
			expect.stringMatching(/^CHECK \(\(*room\)*(::text)? = 'public'/),
		);
	});

	test.each(READERS)('of owner %s in room %s is read by %j and nobody else', async (owner, room, readers) => {
		const id = await here.owner(async (session) => {
			await session.query(`set compact.role = 'maintenance'`);
			const { rows } = await session.query(
				`insert into blob (owner_city, room, sha256, bytes, media_type, size, created_at)
				 values ($1, $2, encode(sha256('wall'), 'hex'), 'wall', 'text/plain', 4, now()) returning id`,
				[owner, room],
			);
			return rows[0].id as string;
		});
		const reading = await Promise.all(
			(Object.keys(ACTORS) as Name[]).map(async (name) => {
				const found = await db.as(ACTORS[name], (tx) => getBlob(id, tx)).catch(() => null);
				return found ? name : null;
			}),
		);
		expect(reading.filter((name) => name !== null)).toEqual(readers);
	});

	test.each([
		['a visitor', ACTORS.visitor, null, 'public'],
		['a city for the coalition', ACTORS.houston, null, 'public'],
		['a city for another city', ACTORS.boston, HOUSTON, 'public'],
		['the system for a city', ACTORS.system, HOUSTON, 'members'],
		['a member into the counsel room of their city', ACTORS.houston, HOUSTON, 'counsel'],
		['an attorney into the counsel room of another city', ACTORS.elsewhere, HOUSTON, 'counsel'],
		['an observer for the city that they observe', ACTORS.observer, HOUSTON, 'city'],
		['an attorney into a matter that is not theirs', ACTORS.party, 'matter:3', 'joint'],
		['a steward for a city', ACTORS.steward, HOUSTON, 'members'],
		['an advocate for the coalition', ACTORS.advocate, null, 'members'],
	] as const)('takes no row from %s', async (_, acting, owner, room) => {
		const written = db.as(acting, (tx) =>
			putBlob({ owner, room, bytes: Buffer.from('mine'), mediaType: 'text/plain' }, here.world, tx),
		);
		await expect(written).rejects.toThrow(/row-level security/);
	});

	test('shows its owner nothing either, unless it says that it maintains', async () => {
		const counts = await here.owner(async (session) => {
			const count = async () => (await session.query('select count(*)::int as n from blob')).rows[0].n as number;
			const closed = await count();
			await session.query(`set compact.role = 'maintenance'`);
			return [closed, await count()];
		});
		expect(counts).toEqual([READERS.filter(([, room]) => room === 'public').length, READERS.length]);
	});
});

describe('the role of the app', () => {
	test('owns nothing and stands below the walls', async () => {
		const rows = await here.owner(async (session) => {
			const found = await session.query(`
				select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
					(select count(*)::int from pg_class where relowner = r.oid) as owns
				from pg_roles r where rolname = 'compact_app'`);
			return found.rows;
		});
		expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, owns: 0 }]);
	});

	test.each([
		['makes no table', sql`create table mine (id integer)`],
		['lifts no wall', sql`alter table blob no force row level security`],
		['puts up no wall', sql`call compact_wall('watch_event')`],
		['writes no migration', sql`delete from migration`],
		['empties no table', sql`truncate watch_list`],
		['becomes no owner', sql`set role compact_owner`],
		['forgets no entry of the journal', sql`delete from journal`],
		['changes no entry of the journal', sql`update journal set kind = 'other'`],
	])('%s', async (_, statement) => {
		await expect(db.as(ACTORS.system, (tx) => statement.execute(tx))).rejects.toThrow(
			/must be owner|permission denied|only grows/,
		);
	});

	test('gains nothing by calling itself maintenance', async () => {
		await expect(db.as({ role: 'maintenance', city: null }, async () => 1)).rejects.toThrow(
			'Nobody acts as maintenance',
		);
		const seen = await db.as(ACTORS.visitor, async (tx) => {
			await sql`select set_config('compact.role', 'maintenance', true)`.execute(tx);
			return (await sql`select from blob where room <> 'public'`.execute(tx)).rows.length;
		});
		expect(seen).toBe(0);
	});
});

describe('acting', () => {
	test('lasts for one transaction: the next on the same session acts for nobody', async () => {
		const asked = () =>
			db.as(ACTORS.visitor, async (tx) => {
				const { rows } = await sql<{ city: string | null; role: string }>`
					select compact_city() as city, compact_role() as role`.execute(tx);
				return rows[0];
			});
		await db.as(ACTORS.houston, async (tx) => sql`select`.execute(tx));
		expect(await asked()).toEqual({ city: null, role: 'visitor' });
	});

	test('takes names with quotes as names', async () => {
		const odd = `o'hare"; reset role; --\\`;
		const seen = await db.as({ role: 'member', city: odd }, async (tx) => {
			const { rows } = await sql<{ city: string }>`select compact_city() as city`.execute(tx);
			return rows[0]?.city;
		});
		expect(seen).toBe(odd);
	});

	test('is never nested, and works again afterwards', async () => {
		const nested = db.as(ACTORS.visitor, () => db.as(ACTORS.system, async () => 1));
		await expect(nested).rejects.toThrow('db.as was called inside db.as');
		await expect(db.as(ACTORS.visitor, async () => 2)).resolves.toBe(2);
	});

	test('keeps nothing of work that throws', async () => {
		const entry = { noun: 'test', kind: 'begun', subject: '1', at: here.now, historic: false };
		const broken = db.as(ACTORS.system, async (tx) => {
			await append([entry], tx);
			throw new Error('half way');
		});
		await expect(broken).rejects.toThrow('half way');
		const kept = await db.as(ACTORS.system, async (tx) => (await sql`select from journal`.execute(tx)).rows.length);
		expect(kept).toBe(0);
	});
});
