import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Actor } from '#access/actor.ts';
import { eraseNames, record } from '#access/audit.server.ts';
import { acts } from '#coalition/acts.server.ts';
import { type Day, parseDay } from '#kernel/day.ts';
import { testDatabase } from '../database.ts';

const here = await testDatabase();
const { db } = here.world;
const seats = { steward: randomUUID(), editor: randomUUID() };
const steward: Actor = { role: 'steward', city: null, person: 'p1', seat: seats.steward };
const clerk: Actor = { role: 'member', city: 'own', person: 'p2', seat: 'of-own' };
const other: Actor = { role: 'member', city: 'other', person: 'p3' };

await db.as(steward, (tx) =>
	tx
		.insertInto('coalition_seat')
		.values(
			(['steward', 'editor'] as const).map((role) => ({
				id: seats[role],
				role,
				name: `Name of ${role}`,
				office: 'Secretariat',
				from_day: '2026-01-01',
				added_at: here.now,
				added_by: 'x',
			})),
		)
		.execute(),
);
await db.as(steward, async (tx) => {
	const done = { actor: steward, action: 'seat_opened' as const, personal: { name: 'Ana Reyes' } };
	await record({ ...done, subject: `seat:${seats.editor}`, owner: null }, here.world, tx);
	for (let n = 1; n <= 41; n++) {
		here.now = new Date(here.now.getTime() + 1000);
		await record({ ...done, subject: `seat:${n}`, owner: 'own' }, here.world, tx);
	}
});

test('a city reads what a steward did about it, by office and name, newest first and page by page', async () => {
	const first = await acts(1, clerk, here.world);
	expect(first).toMatchObject({ total: 41, page: 1, pages: 2 });
	expect(first.rows[0]).toMatchObject({
		position: 41,
		action: 'seat_opened',
		subject: 'seat:41',
		role: 'steward',
		by: 'Name of steward, Secretariat',
		to: null,
		personal: ['Ana Reyes'],
		erased: null,
	});
	expect((await acts(9, clerk, here.world)).rows.map(({ subject }) => subject)).toEqual(['seat:1']);
});

test('stewards read the acts of the coalition alone, and another city none', async () => {
	const { total, rows } = await acts(1, steward, here.world);
	expect({ total, to: rows.map(({ to }) => to) }).toEqual({ total: 1, to: ['Name of editor, Secretariat'] });
	expect(await acts(1, other, here.world)).toEqual({ rows: [], total: 0, page: 1, pages: 1 });
});

test('what was erased is told with its day and schedule', async () => {
	here.now = new Date('2026-12-01T00:00:00Z');
	await eraseNames({ before: parseDay('2026-12-01') as Day, under: 'Item 4' }, clerk, here.world);
	const { rows } = await acts(1, clerk, here.world);
	expect(rows[0]).toMatchObject({ action: 'audit_erased', personal: [] });
	expect(rows[1]).toMatchObject({ personal: [], erased: { day: '2026-12-01T00:00:00Z', under: 'Item 4' } });
});
