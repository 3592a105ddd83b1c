import { describe, expect, test } from 'vitest';
import { type Actor, OPERATOR } from '#access/actor.ts';
import { eraseNames, record } from '#access/audit.server.ts';
import { checkAll, checkOwn } from '#access/audit-check.server.ts';
import type { Noted } from '#access/chain.ts';
import { type Day, parseDay } from '#kernel/day.ts';
import { copy } from '#platform/backup.server.ts';
import { openDatabase } from '#platform/database.server.ts';
import { asOwner } from '#platform/ground.server.ts';
import { emptyDatabase, testDatabase } from '../database.ts';

const here = await testDatabase();
const { db } = here.world;
const clerk = (city: string): Actor => ({ role: 'member', city, person: `person-of-${city}`, seat: 's1' });

/** A city of five entries, and the id of its chain. */
async function city(name: string): Promise<string> {
	await acts(clerk(name), 5);
	return (await checkOwn(clerk(name), here.world))[0]?.id ?? '';
}

async function acts(actor: Actor, count: number): Promise<void> {
	await db.as(actor, async (tx) => {
		for (let n = 1; n <= count; n++) {
			const personal = { name: `Ana ${n}` };
			await record({ actor, action: 'seat_opened', subject: `seat:${n}`, owner: actor.city, personal }, here.world, tx);
		}
	});
}

function all(noted: readonly Noted[] = []) {
	return here.owner((session) => checkAll(noted, session));
}

async function faultOf(id: string, noted: readonly Noted[] = []) {
	return (await all(noted)).find((chain) => chain.id === id)?.fault;
}

/** What only somebody who owns the tables can do: with every guard down. */
async function tamper(statements: string): Promise<void> {
	await here.owner(async (session) => {
		await session.query(`begin; set local compact.role = 'maintenance'; set constraints all deferred`);
		for (const table of ['audit_entry', 'audit_personal', 'audit_chain'])
			await session.query(`alter table ${table} disable trigger user`);
		await session.query(statements);
		for (const table of ['audit_entry', 'audit_personal', 'audit_chain'])
			await session.query(`alter table ${table} enable trigger user`);
		await session.query('commit');
	});
}

const day = (text: string) => parseDay(text) as Day;
const of = (name: string) => `owner_city = '${name}'`;
const drop = (name: string, where: string) =>
	`delete from audit_personal where ${of(name)} and ${where}; delete from audit_entry where ${of(name)} and ${where}`;

describe('a check of all chains', () => {
	test.each<[string, (name: string) => string, object]>([
		['a row is missing', (c) => drop(c, 'position = 3'), { kind: 'missing', position: 3 }],
		['the first row is missing', (c) => drop(c, 'position = 1'), { kind: 'missing', position: 1 }],
		['the tail is cut', (c) => drop(c, 'position > 3'), { kind: 'cut', position: 4 }],
		[
			'the tail is cut and the number of entries set back',
			(c) => `${drop(c, 'position > 3')}; update audit_chain set entries = 3 where ${of(c)}`,
			{ kind: 'head', position: 3 },
		],
		['all rows are gone', (c) => drop(c, 'true'), { kind: 'cut', position: 1 }],
		[
			'an act was changed',
			(c) => `update audit_entry set action = 'seat_ended' where ${of(c)} and position = 2`,
			{ kind: 'altered', position: 2 },
		],
		[
			'two rows stand in the other order',
			(c) =>
				`update audit_entry e set subject = o.subject, seals = o.seals, hash = o.hash
				from (select * from audit_entry where ${of(c)}) o where e.${of(c)} and (e.position, o.position) in ((2, 4), (4, 2))`,
			{ kind: 'altered', position: 2 },
		],
		[
			'a name is another',
			(c) => `update audit_personal set value = 'Eva' where ${of(c)} and position = 4 and field = 'name'`,
			{ kind: 'field', position: 4 },
		],
		[
			'a name is gone without a schedule',
			(c) => `delete from audit_personal where ${of(c)} and position = 4`,
			{ kind: 'field', position: 4 },
		],
		[
			'the rows are called those of another city',
			(c) =>
				`update audit_entry set owner_city = 'x-${c}' where ${of(c)}; update audit_chain set owner_city = 'x-${c}' where ${of(c)}`,
			{ kind: 'altered', position: 1 },
		],
	])('finds that %s, and where', async (what, change, fault) => {
		const name = `city-${what.replaceAll(' ', '-')}`;
		const id = await city(name);
		expect(await faultOf(id)).toBeNull();
		await tamper(change(name));
		expect(await faultOf(id)).toEqual(fault);
	});

	test('finds against what was noted that a chain was made anew, or is gone with its head', async () => {
		const id = await city('anew');
		const noted = (await all()).filter((chain) => chain.id === id);
		await acts(clerk('anew'), 2);
		expect(await faultOf(id, noted)).toBeNull();
		await tamper(`
			${drop('anew', 'position > 2')};
			update audit_chain c set entries = 2, head = (select hash from audit_entry where ${of('anew')} and position = 2) where ${of('anew')}`);
		expect(await faultOf(id)).toBeNull();
		expect(await faultOf(id, noted)).toEqual({ kind: 'cut', position: 3 });
		await acts(clerk('anew'), 3);
		expect(await faultOf(id)).toBeNull();
		here.now = new Date(here.now.getTime() + 1);
		expect(await faultOf(id, noted)).toEqual({ kind: 'noted', position: 5 });
		await tamper(`${drop('anew', 'true')}; delete from audit_chain where ${of('anew')}`);
		expect(await faultOf(id, noted)).toEqual({ kind: 'cut', position: 1 });
	});

	test('follows a chain longer than is read at once, while entries are added', async () => {
		const id = await city('long');
		await acts(clerk('long'), 1_100);
		const [checks] = await Promise.all([
			Promise.all([1, 2, 3].map(() => checkOwn(clerk('long'), here.world))),
			acts(clerk('long'), 50),
			acts(clerk('long'), 50),
		]);
		for (const [chain] of checks) expect(chain).toMatchObject({ id, fault: null });
		expect((await all()).find((chain) => chain.id === id)).toMatchObject({ entries: 1_205, fault: null });
	});

	test('finds the chains whole in a copy of the database, where they go on', async () => {
		const id = await city('moves');
		const noted = (await all()).filter((chain) => chain.id === id);
		const target = await emptyDatabase();
		await copy(here.ground, target, here.now);
		const there = openDatabase({ connection: target.app, sessions: 1 });
		const actor = clerk('moves');
		const entry = { actor, action: 'exported', subject: 'city:moves', owner: 'moves' } as const;
		await there.as(actor, (tx) => record(entry, here.world, tx)).finally(() => there.close());
		const found = await asOwner(target, (session) => checkAll(noted, session));
		expect(found.find((chain) => chain.id === id)).toMatchObject({ entries: 6, fault: null });
	});

	test('says nothing of what is in a chain, nor whose it is', async () => {
		await city('silent');
		expect(JSON.stringify(await all())).not.toMatch(/silent|Ana|seat:/);
	});
});

describe('a check of one’s own', () => {
	test('follows the rooms that one is in, and no others', async () => {
		const counsel: Actor = { role: 'counsel', city: 'own', counsel: true };
		await city('own');
		await db.as(counsel, (tx) =>
			record(
				{ actor: counsel, action: 'exported', subject: 'city:own', owner: 'own', room: 'counsel' },
				here.world,
				tx,
			),
		);
		expect(await checkOwn(clerk('own'), here.world)).toMatchObject([{ room: 'city', entries: 5, fault: null }]);
		expect((await checkOwn(counsel, here.world)).map(({ room }) => room).sort()).toEqual(['city', 'counsel']);
		expect(await checkOwn(clerk('nobody'), here.world)).toEqual([]);
	});
});

describe('names', () => {
	const left = (actor: Actor) =>
		db.as(actor, async (tx) => {
			const rows = await tx.selectFrom('audit_personal').select(['value', 'salt', 'erased_under']).execute();
			return rows.filter(({ value }) => value !== null).length;
		});

	test('of entries before a day are erased under a schedule, and the chain holds', async () => {
		const id = await city('forgets');
		await city('keeps');
		here.now = new Date('2026-09-01T00:00:00Z');
		await acts(clerk('forgets'), 1);
		const under = 'Schedule of 3 May 2026, item 4';
		expect(await eraseNames({ before: day('2026-09-01'), under }, clerk('forgets'), here.world)).toBe(10);
		expect(await left(clerk('forgets'))).toBe(3);
		expect(await left(clerk('keeps'))).toBe(10);
		expect(await faultOf(id)).toBeNull();
		expect(await eraseNames({ before: day('2026-09-01'), under }, clerk('forgets'), here.world)).toBe(0);
	});

	test('of the coalition are erased at the terminal, those of cities are not', async () => {
		const before = await left(clerk('keeps'));
		const steward: Actor = { role: 'steward', city: null, person: 'p' };
		await acts(steward, 2);
		here.now = new Date('2026-10-02T00:00:00Z');
		expect(await eraseNames({ before: day('2026-10-01'), under: 'Item 4' }, OPERATOR, here.world)).toBe(4);
		expect(await left(clerk('keeps'))).toBe(before);
		expect((await all()).filter(({ fault }) => fault === null).length).toBeGreaterThan(0);
	});

	test('are erased under a schedule only, and of days that have come', async () => {
		await expect(eraseNames({ before: day('2026-01-01'), under: ' ' }, OPERATOR, here.world)).rejects.toThrow(
			'schedule',
		);
		await expect(eraseNames({ before: day('2099-01-01'), under: 'x' }, OPERATOR, here.world)).rejects.toThrow(
			'not come',
		);
	});
});
