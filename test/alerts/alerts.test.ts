import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { SYSTEM } from '#access/actor.ts';
import { ask, askedFor } from '#alerts/ask.server.ts';
import { idOf, pathOf } from '#alerts/link.server.ts';
import { begin, beginSeated, chosenBy, MOST_PLACES, readerAt, stop } from '#alerts/reader.server.ts';
import type { Language } from '#i18n/language.ts';
import { openMail } from '#platform/mail.server.ts';
import { openPool } from '#platform/pool.server.ts';
import { startJobs } from '#platform/queue.server.ts';
import type { World } from '#platform/world.ts';
import { eventsWhere } from '#watch/events.server.ts';
import { ingest } from '#watch/ingest.server.ts';
import { handlers } from '#worker/handlers.server.ts';
import { testDatabase } from '../database.ts';
import { mailServer } from '../smtp.ts';
import { type RowSpec, workbook } from '../watch/workbook.ts';

const here = await testDatabase();
const post = await mailServer();
const world: World = {
	...here.world,
	mail: openMail({ smtpUrl: post.url, mailFrom: 'city@compact.example', production: true }, here.world.log, () => {}),
};
const SITE = { origin: 'https://compact.example', secret: 'a secret of thirty-two characters' };
const pool = openPool({ connection: here.ground.app, sessions: 4 });
const jobs = startJobs({ tasks: handlers(null, SITE, world) }, pool, world.log);
afterAll(async () => {
	await jobs.stop();
	await pool.end();
});

const TX = 'ocd-division/country:us/state:tx';
const WALKER = `${TX}/county:walker`;
const HARRIS = `${TX}/county:harris`;
const HUNTSVILLE = `${TX}/place:huntsville`;
const TABLES = ['alert_request', 'alert_reader', 'alert_place', 'alert_line'] as const;

beforeEach(async () => {
	post.refuses = false;
	await forgotten();
	await drained();
	post.received.splice(0);
	here.logged.splice(0);
});

/** As if nobody had ever asked. */
async function forgotten(): Promise<void> {
	await here.owner((session) =>
		session.query(
			`begin; set local compact.role = 'maintenance'; delete from alert_request; delete from alert_reader; commit`,
		),
	);
}

/** Waits until no job is due, nor one that failed for a moment; what the mail server refuses would be tried for days. */
async function drained(): Promise<void> {
	for (let tries = 0; tries < 800; tries++) {
		const due = await here.owner((session) =>
			session.query(
				`select from graphile_worker.jobs
				where (run_at <= now() or task_identifier = 'alerts.gather' or (attempts > 0 and not $1)) and attempts < max_attempts`,
				[post.refuses],
			),
		);
		if (due.rows.length === 0) return;
		await sleep(25);
	}
	throw new Error('Jobs are due and nobody works on them.');
}

function row(name: string, model: RowSpec['model'] = 'TFM'): RowSpec {
	return {
		state: 'TEXAS',
		agency: `${name} County Sheriff’s Office`,
		type: 'County',
		county: name,
		model: model ?? 'TFM',
		signed: '2025-03-03',
	};
}

async function imported(day: string, rows: readonly RowSpec[]): Promise<void> {
	const bytes = workbook({ kind: 'participating', modified: `${day}T12:00:00Z`, rows });
	async function* offered() {
		yield { name: `participating-${day}.xlsx`, source: 'test', bytes };
	}
	await ingest(offered(), world);
	await world.db.as(SYSTEM, (tx) => world.queue.add(tx, 'watch.rebuild', {}, 'watch.rebuild'));
	await drained();
}

/** What the first list holds. */
const FIRST = [row('Polk'), row('Jasper')];

function county(name: string): string {
	return `${TX}/county:${name}`;
}

async function gathered(): Promise<void> {
	await world.db.as(SYSTEM, (tx) => world.queue.add(tx, 'alerts.gather', {}, 'alerts.gather'));
	await drained();
}

async function reader(address: string, placeId: string, language: Language = 'en'): Promise<string> {
	const begun = await beginSeatless({ address, placeId, language });
	if (typeof begun === 'string') throw new Error(begun);
	return begun.reader;
}

/** Asks, reads the mail, presses the button. */
async function beginSeatless(wish: { address: string; placeId: string; language: Language }) {
	await ask(wish, world);
	await drained();
	const letter = post.received.pop();
	const token = /\/alerts\/begin\/(\S+)/.exec(letter?.text ?? '')?.[1] ?? '';
	return begin(idOf('begin', token, SITE) ?? '', world);
}

/** Every text that the alerts' own tables and the jobs hold. */
async function everything(): Promise<string> {
	const { rows } = await here.owner(async (session) => {
		await session.query(`set compact.role = 'maintenance'`);
		return session.query(
			`${TABLES.map((table) => `select row_to_json(t)::text as held from ${table} t`).join(' union all ')}
			union all select row_to_json(j)::text from graphile_worker._private_jobs j`,
		);
	});
	return rows.map(({ held }) => held).join('\n');
}

describe('an address', () => {
	const wish = { address: 'clerk@walker.example', placeId: WALKER, language: 'es' } as const;

	test('gets one mail, with a page that has a button, and nothing else until it is pressed', async () => {
		expect(await ask(wish, world)).toBe('asked');
		await drained();
		expect(post.received).toHaveLength(1);
		const [letter] = post.received;
		expect(letter?.to).toEqual(['clerk@walker.example']);
		expect(letter?.headers.from).toBe('city@compact.example');
		expect(letter?.text).toContain('Walker County, Texas');
		expect(letter?.text).toMatch(/https:\/\/compact\.example\/es\/alerts\/begin\/\S+\n/);
		expect(await readerAt(wish.address, world)).toBeNull();
	});

	test('becomes a reader by the button, once', async () => {
		const begun = await beginSeatless(wish);
		if (typeof begun === 'string') throw new Error(begun);
		expect(await readerAt(wish.address, world)).toBe(begun.reader);
		expect(await chosenBy(begun.reader, world)).toMatchObject([{ id: WALKER, name: 'Walker County', state: 'Texas' }]);
	});

	test('cannot press a button twice, nor after a day, nor one that we did not make', async () => {
		await ask(wish, world);
		await drained();
		const token = /\/alerts\/begin\/(\S+)/.exec(post.received[0]?.text ?? '')?.[1] ?? '';
		const request = idOf('begin', token, SITE) ?? '';
		const asked = here.now;
		here.now = new Date(asked.getTime() + 24 * 3_600_000);
		expect(await askedFor(request, world)).toBeNull();
		expect(await begin(request, world)).toBe('gone');
		here.now = new Date(asked.getTime() + 23 * 3_600_000);
		expect(await askedFor(request, world)).toMatchObject({ id: WALKER });
		expect(await begin(request, world)).toHaveProperty('reader');
		expect(await begin(request, world)).toBe('gone');
		here.now = asked;
		expect(idOf('begin', `${request}.${'x'.repeat(43)}`, SITE)).toBeNull();
	});

	test('is answered the same whether it is known here or not, and gets three proofs a day at most', async () => {
		await reader(wish.address, WALKER);
		post.received.splice(0);
		const answers = [];
		for (let n = 0; n < 5; n++) answers.push(await ask({ ...wish, placeId: HARRIS }, world));
		expect(new Set(answers)).toEqual(
			new Set(['asked', await ask({ ...wish, address: 'other@walker.example' }, world)]),
		);
		await drained();
		expect(post.received.filter(({ to }) => to.includes(wish.address))).toHaveLength(3);
	});

	test('waits when 120 came in within the hour, however many come at once', async () => {
		const all = await Promise.all(
			Array.from({ length: 123 }, (_, i) => ask({ ...wish, address: `a${i}@walker.example` }, world)),
		);
		expect(all.filter((outcome) => outcome === 'busy')).toHaveLength(3);
		here.now = new Date(here.now.getTime() + 3_600_001);
		expect(await ask(wish, world)).toBe('asked');
	});

	test('has at most fifty places', async () => {
		const id = await reader(wish.address, WALKER);
		await here.owner(async (session) => {
			await session.query(`set compact.role = 'maintenance'`);
			await session.query(
				`insert into alert_place (reader_id, place_id, since)
				select $1, id, now() from place where kind = 'county' and id <> $2 and not legacy and not sample order by id limit $3`,
				[id, WALKER, MOST_PLACES - 1],
			);
		});
		expect(await beginSeatless({ ...wish, placeId: HUNTSVILLE })).toBe('full');
		expect(await beginSeatless(wish)).toEqual({ reader: id });
	});
});

describe('an import', () => {
	test('is told to whom it concerns, in their language, with statement, list, date and row; and to nobody else', async () => {
		await reader('walker@example.org', WALKER);
		await reader('huntsville@example.org', HUNTSVILLE, 'es');
		await reader('state@example.org', TX);
		await reader('harris@example.org', HARRIS);
		await imported('2026-05-01', FIRST);
		expect(post.received, 'the first list is nobody’s news').toEqual([]);
		await imported('2026-05-08', [...FIRST, row('Walker')]);
		expect(post.received.flatMap(({ to }) => to).sort()).toEqual([
			'huntsville@example.org',
			'state@example.org',
			'walker@example.org',
		]);
		const [event] = await world.db.as(SYSTEM, (tx) => eventsWhere(sql`e.agency ilike 'walker%'`, 1, tx));
		const of = (address: string) => post.received.find(({ to }) => to.includes(address));
		expect(of('walker@example.org')?.text).toContain(
			[
				event?.statement.en,
				'Source row: participating-2026-05-08.xlsx, list of 8 May 2026, row 4',
				`https://compact.example/watch/event/${event?.id}`,
			].join('\n'),
		);
		expect(of('huntsville@example.org')?.text).toContain(
			[
				event?.statement.es,
				'Fila de origen: participating-2026-05-08.xlsx, lista del 8 may 2026, fila 4',
				`https://compact.example/es/watch/event/${event?.id}`,
			].join('\n'),
		);
	});

	test('is told in plain text with a neutral head, and one click in the mail program stops it', async () => {
		const id = await reader('leon@example.org', county('leon'), 'es');
		await imported('2026-05-15', [...FIRST, row('Walker'), row('Leon')]);
		expect(post.received).toHaveLength(1);
		const { headers = {}, raw = '' } = post.received[0] ?? {};
		expect(headers['content-type']).toBe('text/plain; charset=utf-8');
		expect(headers.from).toBe('city@compact.example');
		expect(headers.subject).toMatch(/^Su aviso del \d+ \w+ 2026$/);
		expect(headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
		expect(headers['list-unsubscribe']).toBe(`<https://compact.example/es${pathOf('yours', id, SITE)}>`);
		expect(headers['auto-submitted']).toBe('auto-generated');
		expect(raw).not.toMatch(/<(img|a|html)\b/i);
	});

	test('is told once, however often the jobs run', async () => {
		await reader('bell@example.org', county('bell'));
		await imported('2026-05-22', [...FIRST, row('Walker'), row('Leon'), row('Bell')]);
		for (let n = 0; n < 3; n++) await gathered();
		expect(post.received).toHaveLength(1);
	});

	test('of an older list tells nobody what was listed then', async () => {
		await reader('grimes@example.org', county('grimes'));
		await imported('2026-05-10', [...FIRST, row('Walker'), row('Grimes')]);
		expect(post.received.map(({ text }) => text).join()).not.toContain('first listed');
	});

	test('waits for a mail server that takes nothing, and comes when it takes letters again', async () => {
		await reader('madison@example.org', county('madison'));
		post.refuses = true;
		await imported('2026-05-29', [...FIRST, row('Walker'), row('Leon'), row('Bell'), row('Madison')]);
		expect(post.received).toEqual([]);
		expect(here.logged.map(({ entry }) => entry.task)).toContain('alerts.send');
		expect(JSON.stringify(here.logged)).not.toContain('madison@example.org');
		expect(await everything()).not.toContain('No such box');
		post.refuses = false;
		await gathered();
		expect(post.received, 'not at once').toEqual([]);
		here.now = new Date(here.now.getTime() + 3_600_000);
		await gathered();
		expect(post.received).toHaveLength(1);
		expect(post.received[0]?.text).toContain('Madison County');
	});

	test('that withdraws an event is told to whom the event was told, with what stands now', async () => {
		const rows = [...FIRST, row('Walker'), row('Leon'), row('Bell'), row('Madison'), row('Trinity')];
		await reader('trinity@example.org', county('trinity'));
		await imported('2026-06-12', rows);
		expect(post.received).toHaveLength(1);
		await reader('late@example.org', county('trinity'));
		post.received.splice(0);
		// A list from between shows the row already: it was first listed earlier than we said.
		await imported('2026-06-05', rows);
		expect(post.received.flatMap(({ to }) => to)).toEqual(['trinity@example.org']);
		expect(post.received[0]?.text).toMatch(
			/Withdrawn: we told you[\s\S]*Before: Listed[^\n]*12 Jun 2026[\s\S]*Now: Listed[^\n]*5 Jun 2026/,
		);
	});
});

describe('a stop', () => {
	test('erases address, places and what was told, in every table and in the jobs', async () => {
		const id = await reader('walker@example.org', WALKER);
		await reader('walker@example.org', HARRIS);
		await imported('2026-06-19', [
			...FIRST,
			row('Walker'),
			row('Leon'),
			row('Bell'),
			row('Madison'),
			row('Trinity'),
			row('Harris'),
		]);
		expect(post.received.map(({ to }) => to)).toContainEqual(['walker@example.org']);
		await ask({ address: 'walker@example.org', placeId: TX, language: 'en' }, world);
		await drained();
		expect(await everything()).toContain('walker@example.org');
		expect(await stop(id, null, world)).toBe('erased');
		const left = await everything();
		expect(left).not.toContain('walker@example.org');
		expect(left).not.toContain(id);
		expect(await chosenBy(id, world)).toBeNull();
		expect(await stop(id, null, world), 'a second click').toBe('erased');
	});

	test('of one place leaves the others; of the last one nothing', async () => {
		const id = await reader('walker@example.org', WALKER);
		await reader('walker@example.org', HARRIS);
		expect(await stop(id, WALKER, world)).toBe('left');
		expect(await chosenBy(id, world)).toMatchObject([{ id: HARRIS }]);
		expect(await stop(id, HARRIS, world)).toBe('erased');
		expect(await everything()).not.toContain('walker@example.org');
	});

	test('of somebody else’s place stops nothing', async () => {
		const [one, other] = [await reader('one@example.org', WALKER), await reader('other@example.org', HARRIS)];
		await stop(one, HARRIS, world);
		expect(await chosenBy(other, world)).toMatchObject([{ id: HARRIS }]);
	});
});

describe('a seat', () => {
	const seat = '5e471111-0000-4000-8000-000000000001';
	beforeEach(() =>
		here.owner(async (session) => {
			await session.query(`set compact.role = 'maintenance'`);
			await session.query(`delete from coalition_seat`);
			await session.query(
				`insert into coalition_seat (id, role, office, from_day, added_at, added_by)
				values ($1, 'steward', 'Secretariat', '2026-01-01', now(), 'test')`,
				[seat],
			);
		}),
	);
	const ended = async () => {
		await here.owner(async (session) => {
			await session.query(`set compact.role = 'maintenance'`);
			await session.query(`update coalition_seat set ended_at = now(), ended_by = 'test'`);
		});
		await gathered();
	};

	test('chooses without a proof, and its choice ends with it', async () => {
		await beginSeated({ address: 'clerk@example.org', placeId: WALKER, language: 'en' }, seat, world);
		expect(await readerAt('clerk@example.org', world)).not.toBeNull();
		await ended();
		expect(await readerAt('clerk@example.org', world)).toBeNull();
	});

	test('leaves what its address asked for itself', async () => {
		await reader('clerk@example.org', WALKER);
		await beginSeated({ address: 'clerk@example.org', placeId: WALKER, language: 'en' }, seat, world);
		await beginSeated({ address: 'clerk@example.org', placeId: HARRIS, language: 'en' }, seat, world);
		await ended();
		const id = await readerAt('clerk@example.org', world);
		expect(await chosenBy(id ?? '', world)).toMatchObject([{ id: WALKER }]);
	});
});
