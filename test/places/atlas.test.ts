import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { addresses } from '../../src/places/address.ts';
import { readAtlas } from '../../src/places/atlas.server.ts';
import { groundOf } from '../../src/places/ground.ts';

const CENSUS = '../shared/data/census/2025_Gaz_counties_national.txt';
const { places, neighbours } = await readAtlas();
const settled = addresses(places, groundOf([], places));
const idOf = new Map([...settled].flatMap(([{ geoid }, { id }]) => (geoid ? [[geoid, id]] : [])));

function ids(name: string, state: string): string[] {
	return [...settled]
		.flatMap(([place, { id }]) => (place.name === name && place.stateCode === state ? [id] : []))
		.sort();
}

test('the atlas holds 56 states and territories, every county of 2023, and nine counties that are none any more', () => {
	const counted = (kind: string, legacy = false) =>
		places.filter((place) => place.kind === kind && place.legacy === legacy).length;
	expect([counted('state'), counted('county'), counted('county', true)]).toEqual([56, 3233, 9]);
	expect(counted('city')).toBeGreaterThan(20_000);
});

test.skipIf(!existsSync(CENSUS))('every county of the Census gazetteer has its GEOID and its name in the atlas', () => {
	const names = new Map(places.flatMap((place) => (place.kind === 'county' ? [[place.geoid, place.name]] : [])));
	const lines = readFileSync(CENSUS, 'utf8').trim().split('\n').slice(1);
	const wrong = lines.map((line) => line.split('|')).filter(([, geoid = '', , , name]) => names.get(geoid) !== name);
	expect(lines).toHaveLength(3222);
	expect(wrong).toEqual([]);
});

test('every place has an id and an address of its own, whatever the order it comes in', () => {
	const all = [...settled];
	expect(new Set(all.map(([, { id }]) => id)).size).toBe(all.length);
	const paths = all.map(([{ kind, stateCode }, { slug }]) =>
		[stateCode, kind === 'county', kind === 'state', slug].join(),
	);
	expect(new Set(paths).size).toBe(all.length);
	const turned = addresses(places.toReversed(), groundOf([], places));
	expect(places.filter((place) => turned.get(place)?.id !== settled.get(place)?.id)).toEqual([]);
	expect(places.filter((place) => turned.get(place)?.slug !== settled.get(place)?.slug)).toEqual([]);
});

test('ids follow the Open Civic Data convention', () => {
	const table: [string, string, string][] = [
		['Texas', 'TX', 'state:tx'],
		['District of Columbia', 'DC', 'district:dc'],
		['Walker County', 'TX', 'state:tx/county:walker'],
		['Orleans Parish', 'LA', 'state:la/parish:orleans'],
		['Bethel Census Area', 'AK', 'state:ak/census_area:bethel'],
		['Juneau City and Borough', 'AK', 'state:ak/borough:juneau'],
		['Richmond city', 'VA', 'state:va/county:richmond_city'],
		['Richmond County', 'VA', 'state:va/county:richmond'],
		["Prince George's County", 'MD', 'state:md/county:prince_george~s'],
		['St. Louis city', 'MO', 'state:mo/county:st_louis_city'],
		['Capitol Planning Region', 'CT', 'state:ct/planning_region:capitol'],
		['Fairfield County', 'CT', 'state:ct/county:fairfield'],
		['Ponce Municipio', 'PR', 'territory:pr/municipio:ponce'],
		['St. John Island', 'VI', 'territory:vi/island:st_john'],
		['Huntsville', 'TX', 'state:tx/place:huntsville'],
		['Cañon City', 'CO', 'state:co/place:canon_city'],
		['Miami Gardens', 'FL', 'state:fl/place:miami_gardens'],
		['Clinton township', 'MI', 'state:mi/county:macomb/place:clinton'],
	];
	expect(table.map(([name, state]) => [name, state, ids(name, state)[0]])).toEqual(
		table.map(([name, state, id]) => [name, state, `ocd-division/country:us/${id}`]),
	);
});

test('cities of one name in one state are told apart by their county, but for the one its state means by the name', () => {
	const fairviews = [...settled].filter(([place]) => place.name === 'Fairview' && place.stateCode === 'NJ');
	expect(fairviews.map(([, { slug }]) => slug).sort()).toMatchInlineSnapshot(`
		[
		  "fairview",
		  "fairview-monmouth-county",
		]
	`);
});

test('a city of Connecticut lies in its region and in its former county, New York City in five counties', () => {
	const counties = (name: string, state: string) =>
		places.find((place) => place.kind === 'city' && place.name === name && place.stateCode === state)?.counties;
	expect(counties('Bridgeport', 'CT')).toEqual(['09120', '09001']);
	expect(counties('New York City', 'NY')).toHaveLength(5);
	expect(counties('Belton', 'MO')).toEqual(['29037']);
});

test('what borders on what goes both ways, and never on itself', () => {
	const pairs = new Set(neighbours.map((pair) => pair.join()));
	expect(neighbours.filter(([one, other]) => one === other || !pairs.has(`${other},${one}`))).toEqual([]);
	const around = neighbours.flatMap(([one, other]) =>
		idOf.get(one)?.endsWith('tx/county:walker') ? [idOf.get(other)] : [],
	);
	expect(around.map((id) => id?.split(':').at(-1)).sort()).toEqual([
		'grimes',
		'houston',
		'madison',
		'montgomery',
		'san_jacinto',
		'trinity',
	]);
});
