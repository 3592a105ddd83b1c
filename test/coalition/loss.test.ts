import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accountOf, factorsOf } from '#access/account.server.ts';
import { ACCESS } from '#access/actor.ts';
import { checkOwn } from '#access/audit-check.server.ts';
import { setPassword } from '#access/password.server.ts';
import { beginSession, sessionsOf } from '#access/session.server.ts';
import {
	lapseLosses,
	lossOfLetter,
	ownLoss,
	reportLoss,
	stopByLetter,
	stopLoss,
	stopOwnLoss,
} from '#coalition/loss.server.ts';
import {
	approveLoss,
	lossAt,
	lossLink,
	openLosses,
	recordLossCall,
	renew,
	renewSteward,
} from '#coalition/renewal.server.ts';
import { endSeat } from '#coalition/seats.server.ts';
import { setSecondContact } from '#coalition/second-contact.server.ts';
import type { Task } from '#platform/queue.server.ts';
import type { World } from '#platform/world.ts';
import { handlers } from '#worker/handlers.server.ts';
import { type SignedIn, signedIn } from '../access/signed-in.ts';
import { testDatabase } from '../database.ts';

const here = await testDatabase();
const asked: { task: string; payload: Readonly<Record<string, string>> }[] = [];
/** Jobs wait until a test works on them. */
const world: World = {
	...here.world,
	queue: { add: async (_, task, payload = {}) => void asked.push({ task, payload }) },
};
const tasks: Readonly<Record<string, Task>> = handlers(
	null,
	{ origin: 'https://c.example', secret: 'x'.repeat(32) },
	world,
);

const START = new Date('2026-07-01T12:00:00Z');
const HOUR = 3_600_000;
const HERE = 'ocd-division/country:us/state:tx/place:huntsville';
const ELSEWHERE = 'ocd-division/country:us/state:tx/place:houston';
const CALL = { number: '+1 936 555 0100', site: 'https://www.example.gov/clerk' };

const ana = await signedIn(world, { role: 'steward' });
const ben = await signedIn(world, { role: 'steward' });
const eva = await signedIn(world, { role: 'steward' });
const clerk = await signedIn(world, { role: 'member', placeId: HERE });
const counsel = await signedIn(world, { role: 'counsel', placeId: HERE });
const other = await signedIn(world, { role: 'member', placeId: ELSEWHERE });
const mailOf = ({ person }: SignedIn) => `${person}@example.org`;

beforeEach(() => {
	here.now = START;
	here.sent.length = 0;
});
afterEach(async () => {
	await here.owner((session) =>
		session.query(`begin; set local compact.role = 'maintenance'; delete from coalition_loss;
			delete from coalition_second_contact; delete from access_attempt; commit`),
	);
	asked.length = 0;
});

async function worked(): Promise<void> {
	for (let next = asked.shift(); next; next = asked.shift()) await tasks[next.task]?.(next.payload);
}
const as = <T>(who: SignedIn, work: Parameters<World['db']['as']>[1]) => world.db.as(who.actor, work) as Promise<T>;
const losses = () => world.db.as(ana.actor, (tx) => openLosses(world, tx));
const call = (id: string, by = ana, said = CALL) =>
	as<string>(by, (tx) => recordLossCall(id, said, by.actor, world, tx));
const approve = (id: string, by: SignedIn) => as<string>(by, (tx) => approveLoss(id, by.actor, world, tx));
const link = (id: string, by = ana) => world.db.as(by.actor, (tx) => lossLink(id, by.actor, world, tx));
const later = (hours: number) => {
	here.now = new Date(START.getTime() + hours * HOUR);
};
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

async function reported(who: SignedIn = clerk): Promise<string> {
	expect(await reportLoss(mailOf(who), 'somewhere', world)).toBe('kept');
	await worked();
	return (await losses()).find(({ person }) => person === who.person)?.id ?? '';
}

async function approved(who: SignedIn = clerk, by: readonly [SignedIn, SignedIn] = [ana, ben]): Promise<string> {
	const id = await reported(who);
	expect(await call(id, by[0])).toBe('done');
	for (const steward of by) expect(await approve(id, steward)).toBe('done');
	return id;
}

async function linked(who: SignedIn = clerk) {
	const id = await approved(who);
	later(72);
	const found = await link(id);
	if (typeof found === 'string') throw new Error(found);
	return { id, ...found };
}

async function traces(id: string): Promise<string[]> {
	return here.owner(async (session) => {
		await session.query(`set compact.role = 'maintenance'`);
		const { rows } = await session.query(
			`select coalesce(owner_city, 'coalition') || ' ' || action as said from audit_entry where subject = $1 order by owner_city nulls first, position`,
			[`loss:${id}`],
		);
		return rows.map(({ said }) => said as string);
	});
}

describe('who says that they lost every way to sign in', () => {
	/** Rows of every table, and the jobs. */
	async function counted(): Promise<Record<string, number>> {
		return here.owner(async (session) => {
			await session.query(`set compact.role = 'maintenance'`);
			const { rows } = await session.query(
				`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
			);
			const counts: Record<string, number> = {};
			for (const { name } of rows)
				counts[name] = (await session.query(`select count(*)::integer as n from ${name}`)).rows[0].n;
			return counts;
		});
	}

	test('gets the same answer and the same work whether the address is known or not', async () => {
		const changes = [];
		for (const email of [mailOf(clerk), 'nobody@example.org']) {
			const before = await counted();
			asked.length = 0;
			const answer = await reportLoss(email, `from ${email}`, world);
			const after = await counted();
			const grown = Object.keys(after).filter((name) => after[name] !== before[name]);
			changes.push([
				answer,
				grown,
				grown.map((name) => (after[name] ?? 0) - (before[name] ?? 0)),
				asked.map((job) => job.task),
			]);
			await worked();
		}
		expect(changes[1]).toEqual(changes[0]);
		expect(changes[0]?.[1]).toEqual(['access_attempt', 'coalition_loss_request']);
		expect((await counted()).coalition_loss_request).toBe(0);
		expect((await losses()).map(({ email }) => email)).toEqual([mailOf(clerk)]);
		expect(here.sent.map(({ to }) => to)).toEqual([mailOf(clerk)]);
	});

	test.each([
		[10, 'kept'],
		[11, 'wait'],
	])('is counted: message %i of one network in an hour: %s', async (tries, last) => {
		let answer = '';
		for (let i = 0; i < tries; i++) answer = await reportLoss(`a${i}@example.org`, 'somewhere', world);
		expect(answer).toBe(last);
	});

	test('opens one loss at a time, and no fourth job a day', async () => {
		for (let i = 0; i < 5; i++) expect(await reportLoss(mailOf(clerk), `network ${i}`, world)).toBe('kept');
		expect(asked.filter(({ task }) => task === 'coalition.loss')).toHaveLength(3);
		await worked();
		expect(await losses()).toHaveLength(1);
		expect(here.sent).toHaveLength(1);
	});
});

describe('two stewards', () => {
	test('approve after a call, and only two different ones', async () => {
		const id = await reported();
		expect(await approve(id, ana)).toBe('call_first');
		expect(await call(id, ana, { number: 'none', site: 'https://x.gov' })).toBe('call');
		expect(await call(id)).toBe('done');
		expect(await approve(id, ana)).toBe('done');
		later(73);
		expect(await link(id), 'one alone').toBe('early');
		expect(await approve(id, ana), 'the same again').toBe('again');
		expect(await link(id)).toBe('early');
		here.now = START;
		expect(await approve(id, ben)).toBe('done');
		expect(await approve(id, eva), 'a third is too many').toBe('again');
		expect(await call(id)).toBe('late');
	});

	test('begin anew with another call', async () => {
		const id = await reported();
		await call(id);
		await approve(id, ana);
		await call(id, ben, { ...CALL, number: '+1 936 555 0199' });
		expect((await losses())[0]).toMatchObject({ approvals: [], step: 'approve' });
	});

	test.each([
		[71.99, 'early'],
		[72, 'open'],
	])('%s hours after the second approval: %s', async (hours, said) => {
		const id = await approved();
		later(hours);
		const found = await link(id);
		expect(typeof found === 'string' ? found : 'open').toBe(said);
	});

	test('are two others where the person is a steward', async () => {
		const id = await reported(ana);
		expect([await call(id, ana), await approve(id, ana), await link(id, ana)]).toEqual(['own', 'own', 'own']);
		expect(await call(id, ben)).toBe('done');
		expect([await approve(id, ben), await approve(id, eva)]).toEqual(['done', 'done']);
	});

	test('are nobody but stewards: the walls show it to no other seat', async () => {
		await reported();
		for (const { actor } of [clerk, counsel, other, await signedIn(world, { role: 'editor' })]) {
			const seen = await world.db.as({ ...actor }, (tx) => sql`select from coalition_loss`.execute(tx));
			expect(seen.rows).toEqual([]);
		}
	});
});

describe('all seats of the city and its second contact', () => {
	test('are told with the second approval, each with a link of their own; nobody else is', async () => {
		await setSecondContact(
			{ address: 'clerk@huntsville.example', language: 'es' },
			{ ...clerk.actor, city: HERE },
			world,
		);
		asked.length = 0;
		await approved();
		here.sent.length = 0;
		await worked();
		expect(here.sent.map(({ to }) => to).sort()).toEqual(
			[mailOf(clerk), mailOf(counsel), 'clerk@huntsville.example'].sort(),
		);
		const links = here.sent.map(({ text }) => /https:\S+\/sign-in\/lost\/stop\/\S+/.exec(text)?.[0]);
		expect(new Set(links).size).toBe(3);
		for (const { text } of here.sent) expect(text).toContain(CALL.number);
		expect(here.sent.find(({ to }) => to.includes('huntsville'))?.text).toContain('/es/sign-in/lost/stop/');
	});

	test('of the coalition are stewards and editors', async () => {
		await approved(eva);
		here.sent.length = 0;
		await worked();
		const told = here.sent.map(({ to }) => to);
		expect(told).toEqual(expect.arrayContaining([ana, ben, eva].map(mailOf)));
		expect(told).not.toContain(mailOf(clerk));
	});

	const letters = async (of: SignedIn) => {
		await worked();
		const text = here.sent.filter(({ to }) => to === mailOf(of)).at(-1)?.text ?? '';
		return /\/sign-in\/lost\/stop\/(\S+)/.exec(text)?.[1] ?? '';
	};

	test('stop it by the button of the letter, once, and no link opens anything then', async () => {
		const { id, token, code } = await linked();
		const stop = await letters(counsel);
		expect(await lossOfLetter(stop, world)).toMatchObject({ due: new Date(START.getTime() + 72 * HOUR) });
		expect([await stopByLetter(stop, world), await stopByLetter(stop, world)]).toEqual(['done', 'gone']);
		expect(await renew(token, code, world)).toBe('gone');
		expect(await link(id)).toBe('gone');
		expect(await traces(id)).toEqual([
			'coalition loss_reported',
			'coalition loss_called',
			'coalition loss_approved',
			'coalition loss_approved',
			'coalition loss_linked',
			'coalition loss_stopped',
			`${HERE} loss_approved`,
			`${HERE} loss_approved`,
			`${HERE} loss_stopped`,
		]);
	});

	test.each(['', 'x', 'a.b', `${'0'.repeat(8)}-0000-0000-0000-000000000000_seat:x.${'a'.repeat(43)}`])(
		'stop nothing with a link that we did not make: %j',
		async (token) => {
			await approved();
			expect([await lossOfLetter(token, world), await stopByLetter(token, world)]).toEqual([null, 'gone']);
			expect(await losses()).toHaveLength(1);
		},
	);

	test.each([
		['a steward', (id: string) => as(eva, (tx) => stopLoss(id, eva.actor, world, tx))],
		['the person, signed in', () => stopOwnLoss(clerk.person, clerk.actor, world)],
	])('are not alone: %s stops it too', async (_, stop) => {
		const id = await approved();
		expect(await ownLoss(clerk.person, world)).toEqual(START);
		expect(await stop(id)).toBe('done');
		expect([await ownLoss(clerk.person, world), await losses()]).toEqual([null, []]);
		const kept = await here.owner(async (session) => {
			await session.query(`set compact.role = 'maintenance'`);
			return (await session.query('select name, email, outcome from coalition_loss')).rows;
		});
		expect(kept).toEqual([{ name: null, email: null, outcome: 'stopped' }]);
	});
});

describe('a link after the 72 hours', () => {
	test('needs the code, drops every factor, ends every session, and works once', async () => {
		await world.db.as(ACCESS, async (tx) => {
			await setPassword(clerk.person, 'three plain words', world, tx);
			await beginSession(clerk.person, true, world, tx);
		});
		const { id, token, code, email } = await linked();
		expect(email).toBe(mailOf(clerk));
		expect(await lossAt(token, world)).toEqual({ name: 'Person of member', needsCode: true });
		expect(await renew(token, wrong(code), world)).toBe('wrong');
		expect(await world.db.as(ACCESS, async (tx) => (await factorsOf(clerk.person, tx)).password)).toBe(true);
		expect(await renew(token, `${code.slice(0, 3)} ${code.slice(3)}`, world)).toEqual({ person: clerk.person });
		expect(await renew(token, code, world)).toBe('gone');
		await world.db.as(ACCESS, async (tx) => {
			expect(await factorsOf(clerk.person, tx)).toMatchObject({
				password: false,
				app: false,
				passkeys: [],
				enough: false,
			});
			expect(await sessionsOf(clerk.person, world, tx)).toEqual([]);
			expect(await accountOf(clerk.person, tx)).not.toBeNull();
		});
		await worked();
		expect(here.sent.at(-1)).toMatchObject({ to: mailOf(clerk), text: expect.stringContaining('were dropped') });
		expect((await traces(id)).filter((said) => said.endsWith('loss_ended'))).toEqual([
			'coalition loss_ended',
			`${HERE} loss_ended`,
		]);
		expect((await checkOwn(ana.actor, world)).every(({ fault }) => fault === null)).toBe(true);
	});

	test.each([
		['20 minutes later', async () => later(72 + 1 / 3)],
		['once a newer one was sent', async (id: string) => void (await link(id))],
		['once it was stopped', async (id: string) => void (await as(ben, (tx) => stopLoss(id, ben.actor, world, tx)))],
	])('opens nothing %s', async (_, meanwhile) => {
		const { id, token, code } = await linked();
		await meanwhile(id);
		expect([await lossAt(token, world), await renew(token, code, world)]).toEqual([null, 'gone']);
	});

	test('opens nothing after five wrong codes, until a steward sends another', async () => {
		const { id, token, code } = await linked();
		const tries = [];
		for (let i = 0; i < 5; i++) tries.push(await renew(token, wrong(code), world));
		expect(tries).toEqual(['wrong', 'wrong', 'wrong', 'wrong', 'used_up']);
		expect(await renew(token, code, world)).toBe('gone');
		const next = await link(id);
		if (typeof next === 'string') throw new Error(next);
		expect(await renew(next.token, next.code, world)).toEqual({ person: clerk.person });
	});

	test('is not sent any more thirty days after it might have been', async () => {
		const id = await approved();
		later(72 + 30 * 24);
		await lapseLosses(world);
		expect(await link(id)).toBe('gone');
	});
});

describe('at the server’s own terminal', () => {
	test('no steward is let in while two others are seated', async () => {
		await expect(renewSteward(mailOf(ana), world)).rejects.toThrow('Two other stewards are seated');
		await expect(renewSteward(mailOf(clerk), world)).rejects.toThrow('No steward has this address');
	});

	test('a steward with one other gets a link for fifteen minutes, and the other is told and can stop it', async () => {
		await world.db.as(ben.actor, (tx) => endSeat(eva.seat ?? '', 'test', world, tx));
		const id = await reported(ana);
		await call(id, ben);
		expect(await approve(id, ben)).toBe('alone');
		const first = await renewSteward(mailOf(ana), world);
		await worked();
		const letter = here.sent.find(({ to, text }) => to === mailOf(ben) && text.includes('/sign-in/lost/stop/'));
		expect(await stopByLetter(/stop\/(\S+)/.exec(letter?.text ?? '')?.[1] ?? '', world)).toBe('done');
		expect(await renew(first, '', world)).toBe('gone');
		const second = await renewSteward(mailOf(ana), world);
		expect(await lossAt(second, world)).toMatchObject({ needsCode: false });
		later(0.25);
		expect(await renew(second, '', world)).toBe('gone');
		expect(await renew(await renewSteward(mailOf(ana), world), '', world)).toEqual({ person: ana.person });
	});
});
