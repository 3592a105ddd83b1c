import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { SYSTEM } from '#access/actor.ts';
import { placesMeant } from '#places/address.server.ts';
import type { Place } from '#places/place.ts';
import type { AreaBody } from '#watch/area.ts';
import { eventSeries, SERIES } from '#watch/events.server.ts';
import { ingest } from '#watch/ingest.server.ts';
import { placeRecord, searchPlaces, stateCounts } from '#watch/place.server.ts';
import type { Offered } from '#watch/read/archive.server.ts';
import type { PlaceRecord } from '#watch/views.ts';
import { testDatabase } from '../database.ts';
import { type RowSpec, workbook } from './workbook.ts';

const { world } = await testDatabase();

/** An invented corner: two counties that touch, a city across both, a town, a county that is none any more. */
const PLACES = [
	'state | QQ | Quill | qq',
	'county | QQ | Alder County | alder-county',
	'county | QQ | Birch County | birch-county',
	'county | QQ | Old Birch County | old-birch-county',
	'city | QQ | Cedar | cedar | alder birch',
	'city | QQ | Dogwood | dogwood | birch',
	'subdivision | QQ | Elm township | elm-township | birch',
];
const at = (slug: string) => `test/state:qq/${slug}`;

/** `agency | level | place | counties | body`: where an agency is said to be. */
const AREAS = [
	'Alder County Sheriff’s Office | county | alder-county | alder-county | general',
	'Birch County Jail | county | birch-county | birch-county | jail',
	'Cedar Police Department | city | cedar | alder-county birch-county | general',
	'Quill State Patrol | state | qq | | statewide',
	'Quill University Police | state | qq | | special',
	'Somewhere Police Department | | | | general',
];

const base: RowSpec = { state: 'Quill', type: 'County', model: 'TFM', signed: '2025-03-03' };
const rows: readonly RowSpec[] = [
	{ ...base, agency: 'Alder County Sheriff’s Office' },
	{ ...base, agency: 'Alder County Sheriff’s Office', model: 'WSO' },
	{ ...base, agency: 'Birch County Jail', model: 'JEM' },
	{ ...base, agency: 'Cedar Police Department' },
	{ ...base, agency: 'Quill State Patrol' },
	{ ...base, agency: 'Quill University Police' },
	{ ...base, agency: 'Somewhere Police Department' },
];

function list(kind: 'participating' | 'pending', given: readonly RowSpec[]): Offered {
	const bytes = workbook({ kind, modified: '2025-06-01T12:00:00Z', rows: given });
	return { name: `${kind}.xlsx`, source: 'test', bytes };
}

async function* offer(...files: Offered[]): AsyncGenerator<Offered> {
	yield* files;
}

beforeAll(async () => {
	const asked = [{ ...base, agency: 'Dogwood Police Department' }];
	await ingest(offer(list('participating', rows), list('pending', asked)), world);
	const fields = (text: string) => text.split('|').map((part) => part.trim());
	await world.db.as(SYSTEM, async (tx) => {
		await sql`update watch_agency set state_code = 'QQ'`.execute(tx);
		for (const [kind, code, name = '', slug = '', counties = ''] of PLACES.map(fields)) {
			await sql`insert into place (id, kind, name, folded, state_code, slug, legacy, source)
				values (${at(slug)}, ${kind}, ${name}, ${name.toLowerCase()}, ${code}, ${slug}, ${name.startsWith('Old')}, 'test')`.execute(
				tx,
			);
			for (const county of counties.split(' ').filter(Boolean)) {
				await sql`insert into place_county values (${at(slug)}, ${at(`${county}-county`)})`.execute(tx);
			}
		}
		for (const [name, slug, geoid] of [
			['Fir', 'fir-alder-county', null],
			['Fir', 'fir-birch-county', null],
			['Gum', 'gum-alder-county', null],
			['Gum', 'gum-birch-county', '9900001'],
		]) {
			await sql`insert into place (id, kind, name, folded, state_code, slug, geoid, legacy, source)
				values (${at(slug ?? '')}, 'city', ${name}, ${name}, 'QQ', ${slug}, ${geoid}, false, 'test')`.execute(tx);
		}
		const linked = [at('birch-county'), at('old-birch-county')];
		await sql`insert into place_county values (${linked[0]}, ${linked[1]}), (${linked[1]}, ${linked[0]})`.execute(tx);
		const touching = [at('alder-county'), at('birch-county')];
		await sql`insert into place_neighbour values (${touching[0]}, ${touching[1]}), (${touching[1]}, ${touching[0]})`.execute(
			tx,
		);
		await sql`delete from watch_area`.execute(tx);
		for (const [agency, level, place, counties = '', body] of [
			...AREAS,
			'Dogwood Police Department | city | dogwood | birch-county | general',
		].map(fields)) {
			await sql`
				insert into watch_area (id, digest, state_code, level, place_id, county_ids, body, basis, near)
				select id, '', 'QQ', ${level || null}, ${place ? at(place) : null}, ${counties.split(' ').filter(Boolean).map(at)},
					${body}, 'none', false from watch_agency where name = ${agency}`.execute(tx);
		}
	});
});

async function recordOf(slug: string): Promise<PlaceRecord> {
	const found = await world.db.as(SYSTEM, (tx) =>
		sql<Omit<Place, 'at'>>`
			select id, kind, name, state_code as "stateCode", geoid, slug, legacy, sample from place where slug = ${slug}`.execute(
			tx,
		),
	);
	const place = found.rows[0];
	if (!place) throw new Error(`There is no ${slug}.`);
	return placeRecord({ ...place, at: null }, world);
}

const names = (agencies: readonly { name: string }[]) => agencies.map(({ name }) => name);
const of = (record: PlaceRecord, body: AreaBody) => names(record.serving.filter((one) => one.body === body));

describe('the listed agencies whose area includes a place', () => {
	test.each([
		['cedar', ['Alder County Sheriff’s Office', 'Cedar Police Department'], ['Birch County Jail'], []],
		['dogwood', [], ['Birch County Jail'], []],
		['elm-township', [], ['Birch County Jail'], []],
		['alder-county', ['Alder County Sheriff’s Office'], [], ['Cedar Police Department']],
		['birch-county', [], ['Birch County Jail'], ['Cedar Police Department']],
		['qq', [], [], []],
	])(
		'%s: those that serve the whole area, those inside a jail, and those inside it',
		async (slug, general, jail, inside) => {
			const record = await recordOf(slug);
			expect(of(record, 'general')).toEqual(general);
			expect(of(record, 'jail')).toEqual(jail);
			expect(names(record.inside)).toEqual(inside);
			expect(of(record, 'special')).toEqual([]);
			expect(names(record.somewhere), 'a campus is somewhere in the state').toEqual(['Quill University Police']);
			expect(of(record, 'statewide'), 'a state body stands apart, everywhere').toEqual(['Quill State Patrol']);
		},
	);

	test('come with their agreements, the furthest-reaching model first', async () => {
		const [sheriff] = (await recordOf('alder-county')).serving;
		expect(sheriff?.held.map(({ model, signed }) => [model, signed])).toEqual([
			['TFM', '2025-03-03'],
			['WSO', '2025-03-03'],
		]);
	});

	test.each(['qq', 'alder-county', 'cedar', 'elm-township'])('%s says who could not be placed', async (slug) => {
		expect(names((await recordOf(slug)).unplaced)).toEqual(['Somewhere Police Department']);
	});
});

test.each([
	[
		'cedar',
		undefined,
		['Alder County Sheriff’s Office', 'Birch County Jail', 'Cedar Police Department', 'Quill State Patrol'],
	],
	['cedar', false, ['Alder County Sheriff’s Office', 'Birch County Jail', 'Cedar Police Department']],
	['cedar', true, ['Quill State Patrol']],
	['qq', true, ['Quill State Patrol']],
])('the events of %s, of bodies of the whole state: %s', async (slug, statewide, agencies) => {
	const told = new Set<string>();
	for await (const event of eventSeries({ ...SERIES, place: at(slug), statewide }, world)) told.add(event.agency);
	told.delete('Dogwood Police Department');
	expect([...told].sort()).toEqual(agencies);
});

test('an address without its county means the government of that name, else all that are called so', async () => {
	const slugs = async (text: string) =>
		(await world.db.as(SYSTEM, (tx) => placesMeant(text, tx))).map(({ slug }) => slug);
	expect(await slugs('qq/place/fir')).toEqual(['fir-alder-county', 'fir-birch-county']);
	expect(await slugs('qq/place/gum')).toEqual(['gum-birch-county']);
	expect(await slugs('qq/place/elm')).toEqual([]);
	expect(await slugs('qq/alder-county')).toEqual([]);
});

test('a county knows its places, those with listed agencies first, its neighbours and what it replaced', async () => {
	const birch = await recordOf('birch-county');
	expect(birch.places.map(({ name, models }) => [name, models])).toEqual([
		['Cedar', ['TFM']],
		['Dogwood', []],
		['Elm township', []],
	]);
	expect(birch.placeCount).toBe(3);
	expect(birch.neighbours.map(({ name, models }) => [name, models])).toEqual([['Alder County', ['TFM', 'WSO']]]);
	expect(names(birch.predecessors)).toEqual(['Old Birch County']);
	expect(names((await recordOf('old-birch-county')).successors)).toEqual(['Birch County']);
});

test('a state counts agreements by county, and a place in two counties in both', async () => {
	const state = await recordOf('qq');
	expect(state.listed).toBe(6);
	expect(state.countyCount).toBe(2);
	expect(state.countyCounts.map(({ county, agencies, byModel }) => [county?.name, agencies, byModel])).toEqual([
		['Alder County', 2, { TFM: 2, JEM: 0, WSO: 1 }],
		['Birch County', 2, { TFM: 1, JEM: 1, WSO: 0 }],
	]);
});

test('an application shows on the page of its place, of its county and of its state, and nowhere else', async () => {
	for (const slug of ['dogwood', 'birch-county', 'qq']) {
		expect(names((await recordOf(slug)).pending)).toEqual(['Dogwood Police Department']);
	}
	expect(names((await recordOf('cedar')).pending)).toEqual([]);
	expect(names((await recordOf('alder-county')).pending)).toEqual([]);
});

test('a place that a search found is told with its counties and its state', async () => {
	const { place } = await recordOf('cedar');
	expect(await searchPlaces('cedar', false, world)).toContainEqual({
		place,
		state: 'Quill',
		counties: ['Alder County', 'Birch County'],
	});
});

test('states are counted by the latest list, sample places apart', async () => {
	const real = await stateCounts(false, world);
	expect(real.asOf).toBe('2025-06-01T12:00:00Z');
	expect(real.states.map(({ name }) => name)).toContain('Quill');
	expect((await stateCounts(true, world)).states.map(({ name }) => name)).not.toContain('Quill');
});
