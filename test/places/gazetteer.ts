import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Where the Census gazetteers lie on machines that have them; they are never part of the project. */
const FOLDER = resolve('../shared/data/census');

/** A few counties and towns in the words of the gazetteers, for machines without them. */
const INVENTED = [
	'OH county Alder County',
	'OH county Birch County',
	'OH city Alderton: Alder County',
	'OH city Springfield: Birch County',
	'OH subdivision Springfield township: Alder County',
	'OH subdivision St. Clair township: Birch County',
	'NH county Cedar County',
	'NH subdivision Elmwood town: Cedar County',
	'LA county St. Mary Parish',
	'LA city Port Vincent: St. Mary Parish',
	'VA county Dogwood city',
	'VA county Dogwood County',
	'VA city Dogwood: Dogwood city',
];

/**
 * Lines for `placeRows`: every county, city and subdivision of the Census gazetteers, or some that are invented. A place's
 * county is taken from the list that comes along for checks.
 */
export function gazetteerLines(): readonly string[] {
	if (!existsSync(FOLDER)) return INVENTED;
	const counties = table('2025_Gaz_counties_national.txt', '|');
	const nameOf = new Map(counties.map((county) => [county.GEOID, county.NAME]));
	const countyOf = new Map(table('place_counties.csv', ',').map((row) => [row['Place GEOID'], row['County GEOID']]));
	const line = (row: Row, kind: string, name: string, county: string | undefined): string =>
		`${row.USPS} ${kind} ${row.FUNCSTAT} ${name}${nameOf.has(county ?? '') ? `: ${nameOf.get(county ?? '')}` : ''}`;
	return [
		...counties.map((row) => `${row.USPS} county ${row.NAME}`),
		...table('2025_Gaz_place_national.txt', '|').map((row) =>
			line(row, 'city', row.NAME ?? '', countyOf.get(row.GEOID)),
		),
		...table('2025_Gaz_cousubs_national.txt', '|').map((row) =>
			line(row, 'subdivision', row.NAME ?? '', row.GEOID?.slice(0, 5)),
		),
	];
}

type Row = Readonly<Record<string, string>>;

function table(file: string, mark: string): Row[] {
	const [header = [], ...lines] = readFileSync(`${FOLDER}/${file}`, 'utf8')
		.trim()
		.split(/\r?\n/)
		.map((line) => line.split(mark).map((cell) => cell.trim()));
	return lines.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ''])));
}
