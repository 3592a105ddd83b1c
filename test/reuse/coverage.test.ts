import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { SYSTEM, VISITOR } from '#access/actor.ts';
import type { Day } from '#kernel/day.ts';
import { code, confirm, withdraw } from '#library/coding.server.ts';
import type { NewCoding } from '#library/protection.ts';
import { placeAt } from '#places/address.server.ts';
import type { Place } from '#places/place.ts';
import { coverage } from '#reuse/coverage.server.ts';
import { type CoveredPlace, choose, gives, rowsOf, USUAL_PLACES } from '#reuse/coverage.ts';
import { testDatabase } from '../database.ts';
import { shelved } from '../library/shelved.ts';

const { world, owner } = await testDatabase();
const TODAY = '2026-07-01' as Day;
const WORDS = 'No officer shall honor a detainer.';
const LINES = [`sec_1 | § 1. | ${WORDS}`, 'sec_2 | § 2. | Except with a warrant, no officer shall ask.'];

async function place(path: string): Promise<Place> {
	const found = await world.db.as(SYSTEM, (tx) => placeAt(path, tx));
	if (!found) throw new Error(`There is no place ${path}.`);
	return found;
}
const [austin, dallas, texas] = [await place('tx/place/austin'), await place('tx/place/dallas'), await place('tx')];
const PATHS = new Map([
	[austin, 'tx/place/austin'],
	[dallas, 'tx/place/dallas'],
	[texas, 'tx'],
]);

beforeEach(async () => {
	await owner((session) => session.query('delete from library_work'));
});

type Fact = readonly [kind: string, day: string];
interface Shelved {
	readonly of: Place;
	readonly slug?: string;
	readonly instrument?: string;
	readonly facts?: readonly Fact[];
	readonly day?: string;
	readonly workId?: string;
}
const IN_FORCE: readonly Fact[] = [['in_force', '2026-02-01']];

/** A policy on the shelf, with what became of it. */
async function policy({ of, slug = 'one', facts = IN_FORCE, ...rest }: Shelved) {
	const at = await shelved({ address: `${PATHS.get(of)}/${slug}`, place: of, lines: LINES, ...rest }, world);
	await world.db.as(SYSTEM, async (tx) => {
		for (const [kind, day] of facts)
			await sql`insert into library_fact (work_id, id, kind, day, source, author, at)
				values (${at.workId}, ${world.random.uuid()}, ${kind}, ${day}, 'its record', 'test', now())`.execute(tx);
	});
	return at;
}

/** What one person says of its first section, and a second confirms. */
async function coded(
	at: { readonly workId: string; readonly expressionId: string },
	changes: Partial<NewCoding> = {},
	confirmed = true,
): Promise<string> {
	const given = {
		eId: 'sec_1',
		code: 'D1',
		polarity: 'gives',
		strength: 'absolute',
		words: WORDS,
		note: null,
	} as const;
	const { id } = await world.db.as(SYSTEM, (tx) =>
		code(at.workId, at.expressionId, { ...given, ...changes }, 'Ana Reyes', world, tx),
	);
	if (confirmed) await confirm(id, 'Ben Ode', world);
	return id;
}

/** Kinds of the cells of D1, by place, on a day. */
async function d1(day: Day = TODAY): Promise<Record<string, string>> {
	const { places, passages } = await world.db.as(VISITOR, (tx) => coverage(day, tx));
	const row = rowsOf(places, passages).find(({ code }) => code === 'DET-WARRANT');
	return Object.fromEntries(places.map(({ name }, i) => [name, row?.cells[i]?.kind ?? 'none']));
}

describe('a cell says', () => {
	test.each([
		['city law where a confirmed passage gives it without exception', {}, 'law'],
		['that there is an exception where the text names one', { strength: 'carve_out' }, 'law_with_exception'],
		['the same where it gives it as far as other law allows', { strength: 'subject_to_law' }, 'law_with_exception'],
		['nothing of a clause that denies it but that somebody read it', { polarity: 'denies' }, 'not_on_shelf'],
		['of another protection that it is not on the shelf', { code: 'INF-ASK' }, 'not_on_shelf'],
	] as const)('%s', async (_, changes, expected) => {
		await coded(await policy({ of: austin }), changes);
		expect(await d1()).toEqual({ Austin: expected });
	});

	test.each([
		['nobody coded its words', null],
		['one person did and nobody agreed', false],
	] as const)('not assessed where %s', async (_, confirmed) => {
		const at = await policy({ of: austin });
		if (confirmed !== null) await coded(at, {}, confirmed);
		expect(await d1()).toEqual({ Austin: 'not_assessed' });
	});

	test('not assessed where what was agreed on was taken back', async () => {
		await withdraw(await coded(await policy({ of: austin })), 'It speaks of trespass.', 'Ben Ode', world);
		expect(await d1()).toEqual({ Austin: 'not_assessed' });
	});

	test('city law where one passage has no exception, and names that one first', async () => {
		const at = await policy({ of: austin });
		await coded(at, { strength: 'carve_out' });
		await coded(at, { eId: 'sec_2', words: 'no officer shall ask' });
		const { places, passages } = await world.db.as(VISITOR, (tx) => coverage(TODAY, tx));
		const cell = rowsOf(places, passages).find(({ code }) => code === 'DET-WARRANT')?.cells[0];
		const address = 'tx/place/austin/one/2026-01-02';
		expect(cell).toEqual({ kind: 'law', passages: [`${address}/sec_2`, `${address}/sec_1`] });
	});
});

describe('only what is in force counts', () => {
	test.each<[string, readonly Fact[], string]>([
		['no fact says where it stands', [], 'not_on_shelf'],
		['it was adopted and is not in force yet', [['adopted', '2026-02-01']], 'not_on_shelf'],
		['a court stopped it', [...IN_FORCE, ['enjoined', '2026-03-01']], 'not_on_shelf'],
		['the court let it go on', [...IN_FORCE, ['enjoined', '2026-03-01'], ['injunction_lifted', '2026-04-01']], 'law'],
		['it was amended', [...IN_FORCE, ['amended', '2026-03-01']], 'law'],
		['it was repealed', [...IN_FORCE, ['repealed', '2026-03-01']], 'not_on_shelf'],
	])('where %s', async (_, facts, expected) => {
		await coded(await policy({ of: austin, facts }));
		expect(await d1()).toEqual({ Austin: expected });
	});

	test('on the day that is asked about', async () => {
		await coded(await policy({ of: austin, facts: [...IN_FORCE, ['repealed', '2026-05-01']] }));
		const told = await Promise.all(
			(['2026-01-01', '2026-01-31', '2026-02-01', '2026-05-01'] as Day[]).map(async (day) => (await d1(day)).Austin),
		);
		expect(told).toEqual(['not_assessed', 'not_on_shelf', 'law', 'not_on_shelf']);
	});

	test('in the latest version of the day: what a former one gave is told of its own days', async () => {
		const at = await policy({ of: austin });
		await coded(at);
		await shelved({ address: 'tx/place/austin/one', workId: at.workId, day: '2026-06-01', lines: LINES }, world);
		expect([await d1('2026-05-31' as Day), await d1()]).toEqual([{ Austin: 'law' }, { Austin: 'not_assessed' }]);
	});

	test('models and withdrawn policies are nobody’s law', async () => {
		await coded(await policy({ of: austin, instrument: 'model' }));
		const gone = await policy({ of: dallas });
		await coded(gone);
		await owner((session) =>
			session.query(
				`update library_work set withdrawn_at = now(), withdrawn_by = 'test', withdrawn_reason = 'Twice.' where id = $1`,
				[gone.workId],
			),
		);
		expect(await d1()).toEqual({});
	});
});

test('a state is a place of its own, behind the cities, and says nothing of them', async () => {
	await coded(await policy({ of: texas, instrument: 'statute' }));
	await policy({ of: dallas });
	await coded(await policy({ of: austin }), { code: 'INF-ASK' });
	expect(Object.entries(await d1())).toEqual([
		['Austin', 'not_on_shelf'],
		['Dallas', 'not_assessed'],
		['Texas', 'law'],
	]);
});

test('a row counts the places whose law in force gives it, and a place counts its policies', async () => {
	await coded(await policy({ of: austin }), { strength: 'carve_out' });
	await policy({ of: austin, slug: 'two' });
	await coded(await policy({ of: dallas }));
	const { places, passages } = await world.db.as(VISITOR, (tx) => coverage(TODAY, tx));
	const rows = rowsOf(places, passages);
	expect(rows).toHaveLength(50);
	expect(rows.filter(({ cells }) => cells.some(gives)).map(({ code, inForce }) => [code, inForce])).toEqual([
		['DET-WARRANT', 2],
	]);
	expect(places.map(({ name, policies, coded }) => [name, policies, coded])).toEqual([
		['Austin', 2, 1],
		['Dallas', 1, 1],
	]);
});

describe('places are chosen', () => {
	const many = Array.from(
		{ length: 20 },
		(_, i): CoveredPlace => ({
			...{ id: `ocd-division/country:us/state:tx/place:p${i}`, kind: 'city', name: `P${i}`, stateCode: 'TX' },
			...{ slug: `p${i}`, sample: false, state: 'Texas', policies: 1, coded: i % 2 },
		}),
	);
	const chosen = (asked: readonly string[], own: string | null) => {
		const found = choose(many, asked, own);
		return 'places' in found ? found.places.map(({ slug }) => slug) : found;
	};

	test('those that were read before those that were not, at most twelve, in their order', () => {
		const read = many.filter(({ coded }) => coded > 0).map(({ slug }) => slug);
		const found = chosen([], null) as string[];
		expect(found).toHaveLength(USUAL_PLACES);
		expect(found.filter((slug) => read.includes(slug))).toEqual(read);
		expect(found.slice(0, 4)).toEqual(['p0', 'p1', 'p2', 'p3']);
	});

	test('the reader’s own first, whether anybody read it or not', () => {
		expect((chosen([], many[18]?.id ?? '') as string[])[0]).toBe('p18');
		expect(chosen(['tx/place/p3', 'tx/place/p7'], many[7]?.id ?? '')).toEqual(['p7', 'p3']);
		expect(chosen(['tx/place/p3'], many[7]?.id ?? '')).toEqual(['p3']);
	});

	test('by path in any case or by id, once, in their order; a name of none is said back', () => {
		expect(chosen(['TX/place/P7', many[3]?.id ?? '', 'tx/place/p7'], null)).toEqual(['p3', 'p7']);
		expect(chosen(['tx/place/p7', 'tx/place/none'], null)).toEqual({ unknown: 'tx/place/none' });
	});
});
