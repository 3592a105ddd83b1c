import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import type { Actor } from '#access/actor.ts';
import { type CityRules, FIRST_RULES } from '#adoption/way/rule.ts';
import { wayOf } from '#adoption/way/stage.ts';
import { addStage, keepRules, lastSaid, planDays, sayStage, type Way, wayTo } from '#adoption/way/stages.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Tx } from '#platform/world.ts';
import { signedIn } from '../access/signed-in.ts';
import { testDatabase } from '../database.ts';

const here = await testDatabase();
const { world } = here;
here.now = new Date('2026-11-20T15:00:00Z');
const HERE = 'ocd-division/country:us/state:tx/place:huntsville';
const ELSEWHERE = 'ocd-division/country:us/state:tx/place:houston';
const clerk = (await signedIn(world, { role: 'member', placeId: HERE })).actor;
const observer = (await signedIn(world, { role: 'observer', placeId: HERE })).actor;
const other = (await signedIn(world, { role: 'member', placeId: ELSEWHERE })).actor;
const steward = (await signedIn(world, { role: 'steward' })).actor;
const day = (text: string) => text as Day;
const MEETING: CityRules = { ...FIRST_RULES, meetings: { weekday: 2, weeks: [1, 3] } };
const VOTE = { at: 'adopted', day: day('2027-01-19') } as const;

async function begun(): Promise<string> {
	const id = randomUUID();
	await world.db.as(clerk, (tx) =>
		sql`insert into adoption_draft (id, owner_city, title, instrument, language, begun_at)
			values (${id}, ${HERE}, 'Separation ordinance', 'ordinance', 'en', '2026-11-02T12:00:00Z')`.execute(tx),
	);
	return id;
}

async function read(id: string, as: Actor = clerk): Promise<Way> {
	const way = await world.db.as(as, (tx) => wayTo(id, tx));
	if (!way) throw new Error('There is no such draft.');
	return way;
}
const shown = async (id: string) =>
	Object.fromEntries(wayOf((await read(id)).stages).map(({ key, done, due }) => [key, done ?? due]));

test('a draft begins with four stages, and with rules that nobody said yet', async () => {
	const id = await begun();
	expect(await shown(id)).toEqual({ copied: '2026-11-02', blanks: null, counsel: null, packet: null });
	expect(await read(id)).toMatchObject({ ruled: false, rules: FIRST_RULES });
});

test('from a vote every stage has its day, by the rules of the city, which hold for its next draft too', async () => {
	const [id, next] = [await begun(), await begun()];
	await world.db.as(clerk, (tx) => keepRules(HERE, MEETING, clerk, world, tx));
	expect(await world.db.as(clerk, (tx) => planDays(id, VOTE, clerk, world, tx))).toEqual({ unplaced: [] });
	expect(await shown(id)).toEqual({
		...{ copied: '2026-11-02', blanks: '2026-11-24', counsel: '2026-12-09', packet: '2026-12-10' },
		...{ introduced: '2026-12-15', notice: '2026-12-16', hearing: '2027-01-05', adopted: '2027-01-19' },
		in_force: '2027-02-18',
	});
	expect(await read(next)).toMatchObject({ ruled: true, rules: MEETING });
	await world.db.as(clerk, (tx) => keepRules(HERE, FIRST_RULES, clerk, world, tx));
	expect((await read(id)).rules).toEqual(FIRST_RULES);
	const { rows } = await world.db.as(clerk, (tx) => sql`select from adoption_rule`.execute(tx));
	expect(rows).toHaveLength(2);
});

test('a day moves, a stage is done, and every saying stays as a row with its author', async () => {
	const id = await begun();
	const say = (saying: Parameters<typeof sayStage>[2], as = clerk) =>
		world.db.as(as, (tx) => sayStage(id, 'counsel', saying, as, world, tx));
	await say({ due: day('2026-12-01'), who: 'City attorney’s office' });
	await say({ due: day('2026-12-02') });
	await say({ due: day('2026-12-02') });
	await say({ done: day('2026-11-30'), note: 'With two changes' });
	expect((await read(id)).stages.find(({ key }) => key === 'counsel')).toMatchObject({
		...{ due: '2026-12-02', done: '2026-11-30', who: 'City attorney’s office', note: 'With two changes' },
	});
	const said = await world.db.as(clerk, (tx) => lastSaid(id, tx));
	expect(said.map(({ nth, due, done, person, at }) => ({ nth, due, done, person, at }))).toEqual([
		{ nth: 3, due: '2026-12-02', done: '2026-11-30', person: clerk.person, at: here.now },
		{ nth: 2, due: '2026-12-02', done: null, person: clerk.person, at: here.now },
		{ nth: 1, due: '2026-12-01', done: null, person: clerk.person, at: here.now },
	]);
	expect(await world.db.as(other, (tx) => lastSaid(id, tx))).toEqual([]);
});

test('what is done stays where it is when days are planned anew, and from a vote that was held one counts on', async () => {
	const id = await begun();
	const say = (key: string, done: string) =>
		world.db.as(clerk, (tx) => sayStage(id, key, { done: day(done) }, clerk, world, tx));
	await say('blanks', '2026-11-18');
	await world.db.as(clerk, (tx) => planDays(id, VOTE, clerk, world, tx));
	expect((await read(id)).stages.find(({ key }) => key === 'blanks')).toMatchObject({ due: null, done: '2026-11-18' });
	await say('adopted', '2027-02-02');
	const plan = (on: string) =>
		world.db.as(clerk, (tx) => planDays(id, { at: 'adopted', day: day(on) }, clerk, world, tx));
	expect(await plan('2027-01-19')).toBe('over');
	expect((await shown(id)).in_force).toBe('2027-02-18');
	expect(await plan('2027-02-02')).toEqual({ unplaced: [] });
	expect((await shown(id)).in_force, 'counted on from the day on which the vote was').toBe('2027-03-04');
});

test('a day that is past is planned for nobody, and a closed draft waits for nothing', async () => {
	const id = await begun();
	const plan = (on: string) =>
		world.db.as(clerk, (tx) => planDays(id, { at: 'adopted', day: day(on) }, clerk, world, tx));
	expect(await plan('2026-11-18')).toBe('past');
	expect(await plan('2026-11-19'), 'still today west of Greenwich').toEqual({ unplaced: [] });
	expect((await read(id)).stages.filter(({ over }) => over)).toEqual([]);
	await world.db.as(clerk, (tx) => sql`update adoption_draft set closed_at = now() where id = ${id}`.execute(tx));
	const { closed, stages } = await read(id);
	expect([closed, stages.every(({ over, done }) => over || done !== null)]).toEqual([true, true]);
	// Also where a page that was opened before, or a program, sends a day.
	const stage = { name: 'Forum', after: 'copied', due: null };
	for (const late of [
		(tx: Tx) => planDays(id, VOTE, clerk, world, tx),
		(tx: Tx) => sayStage(id, 'counsel', { due: VOTE.day }, clerk, world, tx),
		(tx: Tx) => addStage(id, stage, clerk, world, tx),
	])
		await expect(world.db.as<unknown>(clerk, late)).rejects.toThrow('Open it again to change its dates.');
});

test('a city adds a stage of its own, renames one and leaves one out', async () => {
	const id = await begun();
	const added = await world.db.as(clerk, (tx) =>
		addStage(id, { name: 'Police review', after: 'counsel', due: day('2026-12-03') }, clerk, world, tx),
	);
	expect(added).toBe('done');
	await world.db.as(clerk, async (tx) => {
		await sayStage(id, 'packet', { name: 'Agenda packet' }, clerk, world, tx);
		await sayStage(id, 'blanks', { needed: false }, clerk, world, tx);
	});
	expect(wayOf((await read(id)).stages).map(({ key, name }) => name ?? key)).toEqual([
		...['copied', 'counsel', 'Police review', 'Agenda packet'],
	]);
	const refused = (draft: string, after: string) =>
		world.db.as(clerk, (tx) => addStage(draft, { name: 'X', after, due: null }, clerk, world, tx));
	expect([await refused(id, 'none'), await refused(randomUUID(), 'counsel')]).toEqual(['gone', 'gone']);
	for (let i = 1; i < 20; i++) expect(await refused(id, 'counsel')).toBe('done');
	expect(await refused(id, 'counsel')).toBe('many');
});

test('two who say something at once are heard one after the other', async () => {
	const id = await begun();
	await Promise.all(
		['counsel', 'packet', 'blanks', 'counsel'].map((key, i) =>
			world.db.as(clerk, (tx) => sayStage(id, key, { note: `Said ${i}` }, clerk, world, tx)),
		),
	);
	const { rows } = await world.db.as(clerk, (tx) =>
		sql<{ nth: number }>`select nth from adoption_stage where draft_id = ${id} order by nth`.execute(tx),
	);
	expect(rows.map(({ nth }) => nth)).toEqual([1, 2, 3, 4]);
});

test('only the city reads the way and its rules, and whoever observes changes nothing', async () => {
	const id = await begun();
	await world.db.as(clerk, (tx) => planDays(id, VOTE, clerk, world, tx));
	await world.db.as(clerk, (tx) => keepRules(HERE, MEETING, clerk, world, tx));
	for (const stranger of [other, steward]) {
		const seen = await world.db.as(stranger, async (tx) => [
			await wayTo(id, tx),
			(await sql`select from adoption_stage`.execute(tx)).rows.length,
			(await sql`select from adoption_rule`.execute(tx)).rows.length,
			await sayStage(id, 'counsel', { note: 'Seen' }, stranger, world, tx),
		]);
		expect(seen).toEqual([null, 0, 0, 'gone']);
	}
	expect((await read(id, observer)).stages.find(({ key }) => key === 'adopted')?.due).toBe(VOTE.day);
	await expect(
		world.db.as(observer, (tx) => sayStage(id, 'counsel', { note: 'Seen' }, observer, world, tx)),
	).rejects.toThrow();
	await expect(world.db.as(other, (tx) => keepRules(HERE, FIRST_RULES, other, world, tx))).rejects.toThrow();
});
