import { describe, expect, test as it } from 'vitest';
import { accountOf } from '#access/account.server.ts';
import { ACCESS, type Actor, OPERATOR, SYSTEM } from '#access/actor.ts';
import { beginApp, confirmApp } from '#access/app.server.ts';
import { setPassword } from '#access/password.server.ts';
import { codeAt, stepAt } from '#access/totp.server.ts';
import { behind } from '#coalition/acting.server.ts';
import {
	answerInvitation,
	invitationAt,
	inviteFirstSteward,
	inviteToSeat,
	newCode,
	newLink,
	openInvitations,
	seatWaiting,
	takeSeat,
	withdrawInvitation,
} from '#coalition/invitation.server.ts';
import { addMember } from '#coalition/members.server.ts';
import { seatsOn } from '#coalition/seats.server.ts';
import type { Day } from '#kernel/day.ts';
import { bytesOf } from '../access/base32.ts';
import { testDatabase } from '../database.ts';

const here = await testDatabase();
const { world } = here;
const START = new Date('2026-07-01T12:00:00Z');
const DAY = '2026-07-01' as Day;
const HERE = 'ocd-division/country:us/state:tx/place:huntsville';
const STEWARD: Actor = { role: 'steward', city: null, person: 'a steward' };
const CALL = { number: '+1 936 555 0100', site: 'https://www.example.gov/clerk' };

const member = await world.db.as(SYSTEM, (tx) => addMember(HERE, 'test', world, tx));
let n = 0;

function invite(wrong: Partial<Parameters<typeof inviteToSeat>[0]> = {}): Promise<string> {
	const invited = {
		email: `clerk${++n}@example.gov`,
		name: 'Ana Reyes',
		language: 'en' as const,
		memberId: member,
		role: 'member' as const,
		office: 'City Clerk',
		governing: false,
		...wrong,
	};
	return world.db.as(STEWARD, (tx) => inviteToSeat(invited, STEWARD, world, tx));
}
const link = (id: string) => world.db.as(STEWARD, (tx) => newLink(id, world, tx));
const code = (id: string) => world.db.as(STEWARD, (tx) => newCode(id, CALL, STEWARD, world, tx));
const answer = (token: string, typed: string, signedIn: string | null = null) =>
	answerInvitation(token, typed, signedIn, world);
const other = (right: string) => String((Number(right) + 1) % 1_000_000).padStart(6, '0');

/** A password and an app: enough to sign in. */
async function factors(person: string): Promise<void> {
	await world.db.as(ACCESS, async (tx) => {
		const email = (await accountOf(person, tx))?.email ?? '';
		await setPassword(person, 'three plain words', world, tx);
		const begun = await beginApp(person, email, world, tx);
		if (begun === 'there') throw new Error('An app is there.');
		await confirmApp(person, codeAt(bytesOf(begun.typed), stepAt(here.now)), world, tx);
	});
}

it('the first steward comes in by a link of the terminal, and nobody after them', async () => {
	const first = { email: 'ana@example.gov', name: 'Ana Reyes', office: 'Steward', language: 'en' as const };
	const void1 = await inviteFirstSteward(first, world);
	const token = await inviteFirstSteward(first, world);
	expect(await answer(void1, '')).toBe('gone');
	const answered = await answer(token, '');
	if (typeof answered === 'string') throw new Error(answered);
	expect(await answer(token, '')).toBe('gone');
	await expect(takeSeat(answered.person, world)).rejects.toThrow('Set up a passkey');
	await factors(answered.person);
	expect(await seatWaiting(answered.person, world)).toMatchObject({ office: 'Steward', ready: true });
	await takeSeat(answered.person, world);
	await expect(takeSeat(answered.person, world)).rejects.toThrow('No seat waits');
	await expect(inviteFirstSteward({ ...first, email: 'eva@example.gov' }, world)).rejects.toThrow('is seated already');
});

it.each([
	[14, true],
	[15, false],
])('a link of the terminal after %i minutes: %s', async (minutes, open) => {
	const fresh = await testDatabase();
	fresh.now = START;
	const token = await inviteFirstSteward(
		{ email: 'a@example.gov', name: 'A', office: 'Steward', language: 'en' },
		fresh.world,
	);
	fresh.now = new Date(START.getTime() + minutes * 60_000);
	expect((await invitationAt(token, fresh.world)) !== null).toBe(open);
});

describe('an invitation', () => {
	it('needs the link and the code, and each works once', async () => {
		const id = await invite();
		expect(await answer(await link(id), '123456')).toBe('used_up');
		const told = await code(id);
		const token = await link(id);
		expect(await answer(token, other(told))).toBe('wrong');
		expect(await invitationAt(token, world)).toEqual({
			name: 'Ana Reyes',
			office: 'City Clerk',
			city: 'Huntsville',
			needsCode: true,
		});
		const answered = await answer(token, `${told.slice(0, 3)} ${told.slice(3)}`);
		expect(answered).toEqual({ person: expect.any(String) });
		expect(await answer(token, told)).toBe('gone');
	});

	it('needs another call after five wrong codes, even with the right one', async () => {
		const id = await invite();
		const told = await code(id);
		const token = await link(id);
		const tries = [];
		for (let i = 0; i < 5; i++) tries.push(await answer(token, other(told)));
		expect(tries).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'used_up']);
		expect(await answer(token, told)).toBe('used_up');
		expect(typeof (await answer(token, await code(id)))).toBe('object');
	});

	it.each([
		['20 minutes later', async () => undefined, 20],
		['once a newer link was sent', async (id: string) => void (await link(id)), 0],
		[
			'once it was withdrawn',
			(id: string) => world.db.as(STEWARD, (tx) => withdrawInvitation(id, STEWARD, world, tx)),
			0,
		],
	])('leads nowhere %s', async (_, meanwhile, minutes) => {
		here.now = START;
		const id = await invite();
		const told = await code(id);
		const token = await link(id);
		await meanwhile(id);
		here.now = new Date(START.getTime() + minutes * 60_000);
		expect([await invitationAt(token, world), await answer(token, told)]).toEqual([null, 'gone']);
		here.now = START;
	});

	it('to an address that has an account asks its holder to sign in first', async () => {
		const first = await invite();
		const told = await code(first);
		const answered = await answer(await link(first), told);
		if (typeof answered === 'string') throw new Error(answered);
		await factors(answered.person);
		await takeSeat(answered.person, world);
		const second = await invite({ email: `clerk${n}@example.gov`, office: 'Deputy' });
		const again = await code(second);
		const token = await link(second);
		expect(await answer(token, again)).toBe('sign_in');
		expect(await answer(token, again, answered.person)).toEqual(answered);
	});

	it('that was answered can still be withdrawn, and then no seat waits', async () => {
		const id = await invite();
		const told = await code(id);
		const answered = await answer(await link(id), told);
		if (typeof answered === 'string') throw new Error(answered);
		await factors(answered.person);
		await world.db.as(STEWARD, (tx) => withdrawInvitation(id, STEWARD, world, tx));
		await expect(takeSeat(answered.person, world)).rejects.toThrow('No seat waits');
	});

	it('takes no code of the day before', async () => {
		here.now = START;
		const id = await invite();
		const told = await code(id);
		here.now = new Date(START.getTime() + 25 * 3_600_000);
		expect(await answer(await link(id), told)).toBe('used_up');
		here.now = START;
	});

	it('hands a seat over: whoever held it is out at once', async () => {
		const seats = await world.db.as(OPERATOR, (tx) => seatsOn(DAY, HERE, tx));
		const held = seats[0]?.id ?? '';
		const id = await invite({ afterSeat: held, office: 'Clerk after' });
		const told = await code(id);
		const answered = await answer(await link(id), told);
		if (typeof answered === 'string') throw new Error(answered);
		await factors(answered.person);
		const seat = await takeSeat(answered.person, world);
		const now = (await world.db.as(OPERATOR, (tx) => seatsOn(DAY, HERE, tx))).map((one) => one.id);
		expect([now.includes(seat), now.includes(held)]).toEqual([true, false]);
	});

	it.each([
		['no mail address', { email: 'clerk' }],
		['two addresses', { email: 'a@example.gov,b@example.gov' }],
		['a line that ends a header', { email: 'a@example.gov\nBcc: b@example.gov' }],
		['no name', { name: ' ' }],
		['a member of no city', { memberId: null }],
		['a steward of a city', { role: 'steward' as const }],
	])('is not kept with %s', async (_, wrong) => {
		await expect(invite(wrong)).rejects.toThrow();
	});

	it.each([
		['a number', { ...CALL, number: 'the clerk' }],
		['a public page', { ...CALL, site: 'their site' }],
	])('gets no code without %s that was called', async (_, call) => {
		const id = await invite();
		await expect(world.db.as(STEWARD, (tx) => newCode(id, call, STEWARD, world, tx))).rejects.toThrow();
	});

	it.each([
		['a member', { role: 'member', city: HERE } as Actor],
		['an editor', { role: 'editor', city: null } as Actor],
		['a visitor', { role: 'visitor', city: null } as Actor],
	])('is nothing that %s may read', async (_, actor) => {
		await invite();
		expect(await world.db.as(actor, (tx) => openInvitations(world, tx))).toEqual([]);
	});

	it('keeps neither link nor code', async () => {
		const id = await invite();
		const secrets = [await code(id), await link(id)];
		const rows = await here.owner(async (session) => {
			await session.query(`set compact.role = 'maintenance'`);
			const tables = ['coalition_invitation', 'audit_entry', 'audit_personal', 'journal'];
			const found = await Promise.all(
				tables.map((table) => session.query(`select to_jsonb(t)::text as row from ${table} t`)),
			);
			return found.flatMap(({ rows }) => rows.map(({ row }) => row as string)).join('\n');
		});
		expect(rows).toContain(id);
		for (const secret of secrets) expect(rows).not.toContain(secret);
	});
});

it('a session of somebody without a seat acts as a visitor', async () => {
	expect((await behind('no such token', world)).actor.role).toBe('visitor');
});
