import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeEach, describe, expect, it } from 'vitest';
import { ACCESS, type Actor, OPERATOR, SYSTEM, VISITOR } from '#access/actor.ts';
import { directory } from '#coalition/directory.server.ts';
import {
	confirmInterest,
	expressInterest,
	forgetUnproved,
	formOpened,
	interestAt,
	openLongEnough,
	proveInterest,
} from '#coalition/interest.server.ts';
import { type Draft, nextStep, type Progress, readInterest, type Sent } from '#coalition/interest.ts';
import { addMember, addMemberFact, memberOf } from '#coalition/members.server.ts';
import { caseAt, growth, waiting } from '#coalition/pipeline.server.ts';
import { endSeat, seatPerson } from '#coalition/seats.server.ts';
import {
	approveInterest,
	declineInterest,
	matchPlace,
	noteFurther,
	recordCall,
	takeOn,
} from '#coalition/verify.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/world.ts';
import { testDatabase } from '../database.ts';

const here = await testDatabase();
const { world } = here;
const START = new Date('2026-07-01T12:00:00Z');
const DAY = '2026-07-01' as Day;
const TX = 'ocd-division/country:us/state:tx';
const HUNTSVILLE = `${TX}/place:huntsville`;
const HOUSTON = `${TX}/place:houston`;
const STEWARD: Actor = { role: 'steward', city: null, person: 'ana' };
const OTHER: Actor = { role: 'steward', city: null, person: 'eva' };
const CALL = { number: '+1 936 555 0100', site: 'https://www.example.gov/clerk' };
const as = <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => world.db.as(actor, work);
const DRAFT: Draft = {
	office: 'clerk',
	standing: 'asking',
	voteDay: null,
	helps: ['model'],
	note: null,
	email: 'clerk@huntsvilletx.gov',
	language: 'en',
};
let network = 0;

beforeEach(async () => {
	here.now = START;
	here.sent.splice(0);
	await here.owner((session) =>
		session.query(`begin; set local compact.role = 'maintenance'; delete from interest_request; delete from interest;
			delete from coalition_seat; delete from coalition_member; delete from access_attempt; commit`),
	);
});

async function steward(actor: Actor): Promise<string> {
	const seating = { role: 'steward', memberId: null, office: 'Steward', governing: false, from: DAY } as const;
	return as(SYSTEM, (tx) =>
		seatPerson({ ...seating, person: actor.person ?? '', name: `Name of ${actor.person}` }, 'test', world, tx),
	);
}

const ask = (draft: Partial<Draft> = {}, place = HUNTSVILLE) =>
	expressInterest({ ...DRAFT, ...draft }, place, `network ${++network}`, world);

/** The last piece of the link in the letter about the latest request. */
async function linkMailed(): Promise<string> {
	const { rows } = await as(SYSTEM, (tx) =>
		sql<{ id: string }>`select id from interest_request order by asked_at desc limit 1`.execute(tx),
	);
	await proveInterest(rows[0]?.id ?? '', 'https://compact.example', world);
	return /\/join\/confirm\/(\S+)/.exec(here.sent.at(-1)?.text ?? '')?.[1] ?? '';
}

async function proved(draft: Partial<Draft> = {}, place = HUNTSVILLE): Promise<string> {
	await ask(draft, place);
	expect(await confirmInterest(await linkMailed(), world)).toBe('kept');
	const { rows } = await as(SYSTEM, (tx) =>
		sql<{ id: string }>`select id from interest where email = ${draft.email ?? DRAFT.email}`.execute(tx),
	);
	return rows[0]?.id ?? '';
}

const match = (id: string, place = HUNTSVILLE, actor = STEWARD) =>
	as(actor, (tx) => matchPlace(id, place, actor, world, tx));
const call = (id: string) => as(STEWARD, (tx) => recordCall(id, CALL, STEWARD, world, tx));
const approve = (id: string, actor = STEWARD) => as(actor, (tx) => approveInterest(id, actor, world, tx));
const step = async (id: string) => (await as(STEWARD, (tx) => caseAt(id, world, tx))).step;
const factsOf = async (place: string) =>
	(await as(STEWARD, (tx) => memberOf(place, DAY, tx)))?.facts.map(({ kind }) => kind) ?? [];

it.each(['none', '', '-'.repeat(36), randomUUID()])('under %j nobody asks', async (id) => {
	await expect(as(STEWARD, (tx) => caseAt(id, world, tx))).rejects.toThrow('Nobody asks');
	await expect(approve(id)).rejects.toThrow('Nobody asks');
});

describe('the form', () => {
	const SENT: Sent = { office: 'clerk', standing: 'vote', vote: '', helps: [], note: '', email: 'a@b.gov', reply: '' };
	it.each([
		['no office', { office: '' }, { office: 'office' }],
		['an office that is none', { office: 'king' }, { office: 'office' }],
		['no standing', { standing: '' }, { standing: 'standing' }],
		['no address', { email: ' ' }, { email: 'email' }],
		['two addresses', { email: 'a@b.gov, c@d.gov' }, { email: 'email' }],
		['a line end in the address', { email: 'a@b.gov\nBcc: c@d.gov' }, { email: 'email' }],
		['a day that is none', { vote: 'soon' }, { vote: 'vote' }],
		['a day that is past', { vote: '2026-06-30' }, { vote: 'vote.range' }],
		['a slip of the year', { vote: '2062-07-02' }, { vote: 'vote.range' }],
		['a long note', { note: 'x'.repeat(2_001) }, { note: 'note.long' }],
		['a number of a person', { note: 'about A012 345 678' }, { note: 'note' }],
		['nothing', { office: '', standing: '', email: '' }, { office: 'office', standing: 'standing', email: 'email' }],
	])('with %s is given back', (_, wrong, faults) => {
		expect(readInterest({ ...SENT, ...wrong }, [], DAY, 'en')).toEqual({ faults });
	});

	it('is read with three answers, and in the language of the page where none is chosen', () => {
		expect(readInterest(SENT, [], DAY, 'es')).toMatchObject({ draft: { voteDay: null, note: null, language: 'es' } });
		const full = { ...SENT, vote: '3 Dec 2026', helps: ['watch', 'model', 'gold'], reply: 'en' };
		expect(readInterest(full, [], DAY, 'es')).toMatchObject({
			draft: { voteDay: '2026-12-03', helps: ['model', 'watch'], language: 'en' },
		});
		expect(readInterest({ ...SENT, note: 'docket A012345678' }, ['A012345678'], DAY, 'en')).toHaveProperty('draft');
	});

	it.each([
		[2, false],
		[3, true],
		[24 * 3_600, true],
		[24 * 3_600 + 1, false],
	])('that was open for %i seconds is taken: %s', (seconds, taken) => {
		const opened = formOpened(world);
		here.now = new Date(START.getTime() + seconds * 1_000);
		expect(openLongEnough(opened, world)).toBe(taken);
		expect(openLongEnough(`${START.getTime() - 60_000}.${opened.split('.')[1]}`, world)).toBe(false);
	});
});

describe('what somebody asks', () => {
	it('reaches stewards only once the button of the mail was pressed, and once', async () => {
		await ask();
		expect(await as(STEWARD, (tx) => waiting(world, tx))).toEqual([]);
		const token = await linkMailed();
		expect(here.sent.at(-1)).toMatchObject({ to: DRAFT.email, text: expect.stringContaining('Huntsville, Texas') });
		expect(await interestAt(token, world)).toBe('Huntsville, Texas');
		expect(await confirmInterest(token, world)).toBe('kept');
		expect(await confirmInterest(token, world)).toBe('gone');
		expect((await as(STEWARD, (tx) => waiting(world, tx))).map(({ email }) => email)).toEqual([DRAFT.email]);
	});

	it.each(['x', '', 'a.b', '00000000-0000-4000-8000-000000000000.x'])('is not opened by the link %j', async (token) => {
		expect([await interestAt(token, world), await confirmInterest(token, world)]).toEqual([null, 'gone']);
	});

	it('and nobody proved is erased after a day', async () => {
		await ask();
		const token = await linkMailed();
		here.now = new Date(START.getTime() + 24 * 3_600_000);
		expect(await confirmInterest(token, world)).toBe('gone');
		await forgetUnproved(world);
		const left = await as(SYSTEM, (tx) => sql`select from interest_request`.execute(tx));
		expect(left.rows).toEqual([]);
	});

	it('is in Spanish for whoever asked so', async () => {
		await ask({ language: 'es' });
		await linkMailed();
		expect(here.sent.at(-1)?.text).toMatch(/le interesa la coalición[\s\S]*\/es\/join\/confirm\//);
	});

	it('mails one box three times a day at most, and says the same', async () => {
		const said = [];
		for (let i = 0; i < 5; i++) said.push(await ask());
		const kept = await as(SYSTEM, (tx) => sql`select from interest_request`.execute(tx));
		expect([said, kept.rows.length]).toEqual([Array(5).fill('asked'), 3]);
	});

	it('comes twenty times an hour from one network, and the network is not kept', async () => {
		const said = [];
		for (let i = 0; i < 21; i++)
			said.push(await expressInterest({ ...DRAFT, email: `a${i}@b.gov` }, HUNTSVILLE, '203.0.113.7', world));
		expect([said.slice(0, 20).every((one) => one === 'asked'), said[20]]).toEqual([true, 'wait']);
		const rows = await as(ACCESS, (tx) => sql`select * from access_attempt`.execute(tx));
		expect(JSON.stringify(rows.rows)).not.toMatch(/203\.0\.113|a1@b\.gov/);
	});

	it('is read by stewards, and by nobody of a city, no editor and no visitor', async () => {
		const id = await proved();
		const readers: Actor[] = [
			VISITOR,
			{ role: 'editor', city: null },
			{ role: 'member', city: HUNTSVILLE },
			{ role: 'counsel', city: HOUSTON, counsel: true },
			{ role: 'steward', city: HUNTSVILLE },
			ACCESS,
		];
		for (const actor of readers) {
			const found = await as(actor, (tx) => sql`select from interest where id = ${id}`.execute(tx));
			expect(found.rows, actor.role).toEqual([]);
			const asked = await as(actor, (tx) => sql`select from interest_request`.execute(tx));
			expect(asked.rows, actor.role).toEqual([]);
		}
	});
});

describe('next is', () => {
	const at: Progress = {
		...{ matched: true, called: true, approvals: 2, stewards: 2, declined: false },
		...{ membership: 'approaching', seats: 0 },
	};
	it.each([
		['to confirm the place', { matched: false, called: false, approvals: 0 }, 'match'],
		['to call', { called: false, approvals: 0 }, 'call'],
		['to seat a second steward', { approvals: 1, stewards: 1 }, 'second_steward'],
		['to approve', { approvals: 0 }, 'approve'],
		['the other approval', { approvals: 1 }, 'approve_other'],
		['to invite', {}, 'invite'],
		['to invite, though a steward left since', { stewards: 1 }, 'invite'],
		['to talk', { seats: 1 }, 'talk'],
		['nothing for a member', { membership: 'member' }, 'joined'],
		['nothing for one that left', { membership: 'withdrew' }, 'left'],
		['nothing where it was declined', { declined: true, matched: false }, 'declined'],
	] as const)('%s', (_, change, expected) => {
		expect(nextStep({ ...at, ...change })).toBe(expected);
	});
});

describe('a city that asked', () => {
	it('is verified by place, call and two different stewards, in this order', async () => {
		await steward(STEWARD);
		const id = await proved();
		expect([await approve(id), await call(id), await step(id)]).toEqual(['match_first', 'match_first', 'match']);
		expect([await match(id), await factsOf(HUNTSVILLE)]).toEqual(['done', ['interested']]);
		expect([await approve(id), await step(id)]).toEqual(['call_first', 'call']);
		await call(id);
		expect([await approve(id), await step(id)]).toEqual(['second_steward', 'second_steward']);
		await steward(OTHER);
		expect([await approve(id), await approve(id), await step(id)]).toEqual(['done', 'again', 'approve_other']);
		expect(await factsOf(HUNTSVILLE)).toEqual(['interested']);
		expect([await approve(id, OTHER), await step(id)]).toEqual(['done', 'invite']);
		expect((await factsOf(HUNTSVILLE)).toSorted()).toEqual(['interested', 'verified']);
	});

	it('needs two people: two seats of one steward are one', async () => {
		await steward(STEWARD);
		await steward(STEWARD);
		const id = await proved();
		await match(id);
		await call(id);
		expect(await approve(id)).toBe('second_steward');
	});

	it('is known to stewards and itself alone until it is a member, whoever else sits at the table', async () => {
		await steward(STEWARD);
		await steward(OTHER);
		const id = await proved();
		await match(id);
		await call(id);
		await approve(id);
		await approve(id, OTHER);
		const seating = {
			role: 'member',
			office: 'Clerk',
			governing: false,
			from: DAY,
			name: 'Lee',
			person: 'lee',
		} as const;
		const memberId = (await as(STEWARD, (tx) => memberOf(HUNTSVILLE, DAY, tx)))?.id ?? '';
		await as(SYSTEM, (tx) => seatPerson({ ...seating, memberId }, 'test', world, tx));
		const sees = async (actor: Actor) =>
			as(actor, async (tx) => [
				(await directory(DAY, tx)).length,
				(await sql`select from coalition_fact`.execute(tx)).rows.length,
				(await sql`select from coalition_seat where owner_city = ${HUNTSVILLE}`.execute(tx)).rows.length,
			]);
		const readers: Actor[] = [
			VISITOR,
			{ role: 'editor', city: null },
			{ role: 'member', city: HOUSTON },
			{ role: 'counsel', city: HOUSTON, counsel: true },
			{ role: 'observer', city: HOUSTON },
			{ role: 'advocate', city: null },
		];
		for (const actor of readers) expect(await sees(actor), actor.role).toEqual([0, 0, 0]);
		expect(await sees({ role: 'member', city: HUNTSVILLE })).toEqual([1, 2, 1]);
		expect(await sees(STEWARD)).toEqual([1, 2, 1]);
		await as(STEWARD, (tx) => noteFurther(id, { kind: 'member', day: DAY }, STEWARD, world, tx));
		expect(await sees({ role: 'member', city: HOUSTON })).toEqual([1, 1, 1]);
		expect(await sees(VISITOR)).toEqual([0, 0, 0]);
	});

	it('loses call and approvals with another place, and what was noted of the wrong one', async () => {
		await steward(STEWARD);
		await steward(OTHER);
		const id = await proved();
		expect([await match(id, HOUSTON), await match(id, TX)]).toEqual(['done', 'place']);
		await call(id);
		await approve(id);
		expect([await match(id), await step(id)]).toEqual(['done', 'call']);
		expect([await factsOf(HOUSTON), await factsOf(HUNTSVILLE)]).toEqual([[], ['interested']]);
		await call(id);
		await approve(id);
		await approve(id, OTHER);
		expect(await match(id, HOUSTON)).toBe('late');
	});

	it('that is a member already stays one', async () => {
		const member = await as(SYSTEM, (tx) => addMember(HUNTSVILLE, 'test', world, tx));
		const fact = { kind: 'member', day: '2026-02-01' as Day, note: null } as const;
		await as(SYSTEM, (tx) => addMemberFact(member, fact, 'test', world, tx));
		await match(await proved());
		expect((await as(STEWARD, (tx) => memberOf(HUNTSVILLE, DAY, tx)))?.membership).toBe('member');
	});

	it('goes on by dated facts in the order of its life', async () => {
		await steward(STEWARD);
		const left = await steward(OTHER);
		const id = await proved();
		const further = (kind: 'voted' | 'member' | 'in_conversation', day: string) =>
			as(STEWARD, (tx) => noteFurther(id, { kind, day: day as Day }, STEWARD, world, tx));
		expect(await further('voted', DAY)).toBe('early');
		await match(id);
		await call(id);
		await approve(id);
		await approve(id, OTHER);
		await as(SYSTEM, (tx) => endSeat(left, 'test', world, tx));
		expect(await further('voted', '2026-06-01')).toBe('order');
		expect(await further('voted', '2026-07-02')).toBe('order');
		expect([await further('voted', DAY), await further('member', DAY), await step(id)]).toEqual([
			'done',
			'done',
			'joined',
		]);
		expect(await further('in_conversation', DAY)).toBe('kind');
		expect(await as(STEWARD, (tx) => waiting(world, tx))).toEqual([]);
		expect((await as(STEWARD, (tx) => growth(tx))).total).toEqual({
			...{ asked: 1, interested: 1, verified: 1, in_conversation: 0, voted: 1, member: 1 },
		});
	});

	it('is declined with a reason, and then nothing is done about it any more', async () => {
		const id = await proved();
		const decline = (reason: string) => as(STEWARD, (tx) => declineInterest(id, reason, STEWARD, world, tx));
		expect([await decline(' '), await decline('Twice the same'), await step(id)]).toEqual([
			'reason',
			'done',
			'declined',
		]);
		await expect(match(id)).rejects.toThrow('Nobody asks');
		expect(await as(STEWARD, (tx) => waiting(world, tx))).toEqual([]);
	});

	it('with a day of a vote stands before those that wait longer', async () => {
		await proved({ email: 'a@x.gov' });
		here.now = new Date(START.getTime() + 86_400_000);
		await proved({ email: 'b@x.gov', voteDay: '2026-09-01' as Day }, HOUSTON);
		await proved({ email: 'c@x.gov', voteDay: '2026-08-01' as Day });
		const order = (await as(OPERATOR, (tx) => waiting(world, tx))).map(({ email }) => email);
		expect(order).toEqual(['c@x.gov', 'b@x.gov', 'a@x.gov']);
	});

	it('leaves a trace of every act with the stewards, without an address in it', async () => {
		await steward(STEWARD);
		const id = await proved();
		await match(id);
		await call(id);
		await as(STEWARD, (tx) => takeOn(id, STEWARD, world, tx));
		expect((await as(STEWARD, (tx) => caseAt(id, world, tx))).keeper).toBe('Name of ana');
		const traces = await as(STEWARD, (tx) =>
			sql<{
				action: string;
			}>`select action, subject from audit_entry where subject = ${`interest:${id}`} order by position`.execute(tx),
		);
		expect(traces.rows.map(({ action }) => action)).toEqual([
			'interest_matched',
			'interest_called',
			'pipeline_changed',
		]);
	});
});
