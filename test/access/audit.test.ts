import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { ACTS } from '#access/act.ts';
import { ACCESS, type Actor, OPERATOR, SYSTEM, VISITOR } from '#access/actor.ts';
import { type Done, record } from '#access/audit.server.ts';
import { en } from '#i18n/en.ts';
import { testDatabase } from '../database.ts';

const here = await testDatabase();
const { db } = here.world;
const HOUSTON = 'ocd-division/country:us/state:tx/place:houston';
const MATTER = 'matter:1';
const steward: Actor = { role: 'steward', city: null, person: 'p-steward', seat: 's-steward' };
const editor: Actor = { role: 'editor', city: null };
const advocate: Actor = { role: 'advocate', city: null };
const member: Actor = { role: 'member', city: HOUSTON, person: 'p-member', seat: 's-member' };
const observer: Actor = { role: 'observer', city: HOUSTON };
const counsel: Actor = { role: 'counsel', city: HOUSTON, counsel: true };
const party: Actor = { role: 'counsel', city: 'elsewhere', counsel: true, matters: [MATTER] };
const elsewhere: Actor = { role: 'member', city: 'elsewhere' };
const ACTORS = {
	visitor: VISITOR,
	operator: OPERATOR,
	system: SYSTEM,
	access: ACCESS,
	...{ steward, editor, advocate, member, observer, counsel, party, elsewhere },
};
type Name = keyof typeof ACTORS;
const NAMES = Object.keys(ACTORS) as Name[];

function done(actor: Actor, owner: string | null, over: Partial<Done> = {}): Done {
	return { actor, action: 'seat_opened', subject: 'seat:1', owner, ...over };
}

function recorded(acting: Actor, entry: Done): Promise<void> {
	return db.as(acting, (tx) => record(entry, here.world, tx));
}

describe('a trace', () => {
	test.each([
		[null, 'city', ['operator', 'system', 'access', 'steward', 'editor'], ['operator', 'steward']],
		[
			HOUSTON,
			'city',
			['operator', 'system', 'access', 'steward', 'editor', 'member', 'observer', 'counsel'],
			['member', 'observer', 'counsel'],
		],
		[HOUSTON, 'counsel', ['counsel'], ['counsel']],
		[MATTER, 'joint', ['party'], ['party']],
	] as const)(
		'of owner %s in room %s is left by %j and read by %j, and nobody else',
		async (owner, room, leave, read) => {
			const left: Name[] = [];
			for (const name of NAMES) {
				await recorded(ACTORS[name], done(ACTORS[name], owner, { room })).then(
					() => left.push(name),
					(error) => expect(String(error)).toContain('row-level security'),
				);
			}
			expect(left).toEqual(leave);
			for (const table of ['audit_chain', 'audit_entry', 'audit_personal']) {
				const seen: Name[] = [];
				for (const name of NAMES) {
					const { rows } = await db.as(ACTORS[name], (tx) =>
						sql`select from ${sql.table(table)} where owner_city is not distinct from ${owner} and room = ${room}`.execute(
							tx,
						),
					);
					if (rows.length > 0) seen.push(name);
				}
				expect(seen, table).toEqual(table === 'audit_personal' && room !== 'city' ? [] : read);
			}
		},
	);

	test('is there exactly when its act is, and leaves the walls as they were', async () => {
		const count = () =>
			db.as(
				member,
				async (tx) => (await sql`select from audit_entry where subject = 'seat:torn'`.execute(tx)).rows.length,
			);
		const torn = db.as(steward, async (tx) => {
			await record(done(steward, HOUSTON, { subject: 'seat:torn' }), here.world, tx);
			expect((await sql<{ role: string }>`select compact_role() as role`.execute(tx)).rows).toEqual([
				{ role: 'steward' },
			]);
			expect((await sql`select from audit_entry where owner_city = ${HOUSTON}`.execute(tx)).rows).toEqual([]);
			throw new Error('half way');
		});
		await expect(torn).rejects.toThrow('half way');
		expect(await count()).toBe(0);
		await recorded(steward, done(steward, HOUSTON, { subject: 'seat:torn' }));
		expect(await count()).toBe(1);
	});

	test.each([
		['written past its function', sql`insert into audit_entry select * from audit_entry`, /row-level security/],
		['changed', sql`update audit_entry set action = 'x'`, /only grows/],
		['removed', sql`delete from audit_entry`, /only grows/],
		['given another end', sql`update audit_chain set entries = 0`, null],
		['robbed of its end', sql`delete from audit_chain`, /only grows/],
		['given another name', sql`update audit_personal set value = 'x'`, /erased or stays/],
		['robbed of a name', sql`delete from audit_personal`, /only grows/],
	])('is not %s by those whose it is', async (_, statement, refusal) => {
		const tried = db.as(member, (tx) => statement.execute(tx));
		if (refusal) await expect(tried).rejects.toThrow(refusal);
		else expect((await tried).numAffectedRows).toBe(0n);
	});

	test('has words for every act', () => {
		for (const act of ACTS) expect(en, act).toHaveProperty([`audit.act.${act}`]);
	});
});
