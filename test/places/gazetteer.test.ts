import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SYSTEM } from '../../src/access/actor.ts';
import { readGazetteer } from '../../src/places/gazetteer.ts';
import { importGazetteer } from '../../src/places/import.server.ts';
import { placeDetails } from '../../src/places/list.server.ts';
import { findPlaces } from '../../src/places/search.server.ts';
import { testDatabase } from '../database.ts';

const CENSUS = '../shared/data/census';
const PIPES = 'USPS|GEOID|NAME|FUNCSTAT|INTPTLAT|INTPTLONG';
const db = await testDatabase();
const take = (text: string, name = text) => db.world.db.as(SYSTEM, (tx) => importGazetteer(text, name, db.world, tx));
const search = (query: string, limit = 5) =>
	db.world.db.as(SYSTEM, async (tx) =>
		(await placeDetails({ ids: (await findPlaces(query, { sample: false, limit }, tx)).map(({ id }) => id) }, tx)).map(
			({ path }) => path,
		),
	);
const shown = (path: string) => db.world.db.as(SYSTEM, async (tx) => (await placeDetails({ path }, tx))[0]);

describe('a file', () => {
	test('is known by its columns and its GEOIDs, in pipes or in tabs with trailing blanks', () => {
		const forms = [
			`${PIPES}\nTX|48471|Walker County||30.74|-95.57\n`,
			`${PIPES}\nTX|4835528|Huntsville city|A|30.7|-95.55\n`,
			'USPS\tGEOID\tANSICODE\tNAME\tFUNCSTAT\tINTPTLAT\tINTPTLONG                    \nPA\t4209100156\t1\tAbington township\tA\t40.1\t-75.1            \n',
			'STATE|STATEFP|COUNTYFP|COUNTYNAME|PLACEFP|PLACENAME\nTX|48|471|Walker County|35528|Huntsville city\n',
		].map((text) => readGazetteer(text));
		expect(forms).toMatchObject([
			{ form: 'counties', places: [{ name: 'Walker County' }], problems: [] },
			{ form: 'places', places: [{ name: 'Huntsville', status: 'A' }], problems: [] },
			{ form: 'subdivisions', places: [{ name: 'Abington township', bare: 'Abington', at: { longitude: -75.1 } }] },
			{ form: 'place_by_county', pairs: [['4835528', '48471']] },
		]);
	});

	test('of another form is refused with the column that is missing', () => {
		const refused = ['', 'Place GEOID,County GEOID\n1,2\n', `${PIPES}\nTX|x|y||1|1\n`].map((text) =>
			readGazetteer(text),
		);
		expect(refused).toMatchObject([
			{ refused: expect.stringContaining('no column GEOID') },
			{ refused: expect.stringContaining('no column GEOID') },
			{ refused: expect.stringContaining('No line has a GEOID') },
		]);
	});

	test('with bad lines tells each and goes on', () => {
		const read = readGazetteer(
			`${PIPES}\nTX|4835528|Huntsville city|A|30.7|-95.5\nTX|48|x||1|1\nTX|9999999|Nowhere city|A|1|1\nTX|4835528|Twice city|A|1|1\nTX|4835529||A|1|1\nTX|4835530|Off city|A|abc|1\n`,
		);
		expect('problems' in read && read.problems.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7]);
		expect('places' in read && read.places.length).toBe(2);
	});

	test('of whatever letters is read or refused, never a crash', () => {
		const cell = fc.oneof(
			fc.string(),
			fc.constantFrom('48471', '4835528', '4209100156', 'Walker County', '30.1', 'A', ''),
		);
		const line = fc.array(cell, { maxLength: 8 }).map((cells) => cells.join('|'));
		fc.assert(
			fc.property(fc.array(line, { maxLength: 6 }), fc.boolean(), (lines, headed) => {
				const read = readGazetteer([...(headed ? [PIPES] : []), ...lines].join('\n'));
				expect('refused' in read || read.problems.every(({ line, detail }) => line > 1 && detail !== '')).toBe(true);
			}),
			{ numRuns: 200 },
		);
	});
});

test('subdivisions wait for places', async () => {
	expect(await take(`${PIPES}\nPA|4209100156|Abington township|A|40.1|-75.1\n`)).toMatchObject({
		outcome: 'refused',
		detail: expect.stringContaining('places first'),
	});
});

test.skipIf(!existsSync(CENSUS))(
	'the gazetteers of 2025 give cities their GEOIDs and towns their places, and again change nothing',
	async () => {
		const file = (name: string) => readFileSync(`${CENSUS}/2025_Gaz_${name}_national.txt`, 'utf8');
		const addresses = () =>
			db.owner(async (session) => (await session.query('select id, slug from place order by id')).rows);
		const before = await addresses();
		for (const name of ['counties', 'place', 'cousubs']) {
			expect(await take(file(name), name)).toMatchObject({ outcome: 'imported', problems: [] });
		}
		const after = new Map((await addresses()).map(({ id, slug }) => [id, slug]));
		expect(before.filter(({ id, slug }) => after.get(id) !== slug)).toEqual([]);
		for (const name of ['place', 'cousubs', 'counties']) {
			const again = await take(file(name), name);
			expect([name, again]).toMatchObject([name, { added: 0, changed: 0, joined: 0 }]);
		}
		const table: [string, object][] = [
			['tx/place/huntsville', { name: 'Huntsville', geoid: '4835528', counties: 'Walker County' }],
			['tn/place/nashville', { geoid: '4752006', counties: 'Davidson County' }],
			['ky/place/louisville', { geoid: '2148006' }],
			['ny/place/new-york-city', { geoid: '3651000' }],
			['id/place/boise', { geoid: '1608830' }],
			['co/place/canon-city', { name: 'Cañon City', geoid: '0811810' }],
			['va/richmond-city', { name: 'Richmond city', geoid: '51760' }],
		];
		for (const [path, place] of table) expect([path, await shown(path)]).toMatchObject([path, place]);
	},
	120_000,
);

test('a clerk finds her town', async () => {
	const table: [string, string][] = [
		['huntsville tx', 'tx/place/huntsville'],
		['Huntsville, Texas', 'tx/place/huntsville'],
		['city of huntsville tx', 'tx/place/huntsville'],
		['walker county tx', 'tx/walker-county'],
		['texas', 'tx'],
		['TX', 'tx'],
		['st louis county mo', 'mo/st-louis-county'],
		['Saint Louis County, Missouri', 'mo/st-louis-county'],
		['orleans parish', 'la/orleans-parish'],
		['huntsvile tx', 'tx/place/huntsville'],
		['canon city co', 'co/place/canon-city'],
		['fairfax city va', 'va/fairfax-city'],
	];
	const found = await Promise.all(table.map(async ([query]) => [query, (await search(query))[0]]));
	expect(found).toEqual(table);
	expect(await search('%_%')).toEqual([]);
	expect(await search('')).toEqual([]);
	expect(await search('xqzzk')).toEqual([]);
});
