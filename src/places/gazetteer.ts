import type { Given } from './given.ts';
import { stateOf } from './states.ts';

/** What a file of the Census Bureau holds; told by its columns and the length of its GEOIDs, never by its name. */
export type GazetteerForm = 'counties' | 'places' | 'subdivisions' | 'place_by_county';

/** A line that was left out, and what to do about it. */
export interface LineProblem {
	readonly line: number;
	readonly detail: string;
}

export type Gazetteer =
	| { readonly refused: string }
	| {
			readonly form: 'counties' | 'places' | 'subdivisions';
			readonly places: readonly Given[];
			readonly problems: readonly LineProblem[];
	  }
	| {
			readonly form: 'place_by_county';
			/** GEOID of a place and of a county it lies in. */
			readonly pairs: readonly (readonly [string, string])[];
			readonly problems: readonly LineProblem[];
	  };

export const CENSUS_SOURCE = 'census';

/** Every gazetteer has a few ten thousand lines; a file with more is another file. */
const MOST_LINES = 500_000;
const FORMS: Readonly<Record<number, 'counties' | 'places' | 'subdivisions'>> = {
	5: 'counties',
	7: 'places',
	10: 'subdivisions',
};

/**
 * Reads a Census gazetteer of counties, places or county subdivisions (pipes with a header as of 2024, tabs and trailing
 * blanks before), or the national list of places by county. A line that cannot be read is told and left out; a file of
 * another form is refused with the column that is missing.
 */
export function readGazetteer(text: string): Gazetteer {
	const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
	if (lines.length > MOST_LINES)
		return { refused: `The file has more than ${MOST_LINES} lines. A gazetteer has some 40,000.` };
	const head = lines[0] ?? '';
	const delimiter = head.includes('|') ? '|' : '\t';
	const columns = cellsOf(head, delimiter).map((name) => name.toUpperCase());
	if (columns.includes('PLACEFP')) return placeByCounty(lines, columns, delimiter);
	const missing = ['GEOID', 'NAME', 'INTPTLAT', 'INTPTLONG'].find((name) => !columns.includes(name));
	if (missing !== undefined) return { refused: noColumn(missing) };
	return gazetteer(lines, columns, delimiter);
}

function noColumn(name: string): string {
	return `The first line names no column ${name}. Take a gazetteer file of the Census Bureau (counties, places, county subdivisions) or its national list of places by county, as it comes.`;
}

function gazetteer(lines: readonly string[], columns: readonly string[], delimiter: string): Gazetteer {
	const problems: LineProblem[] = [];
	const places: Given[] = [];
	const seen = new Set<string>();
	let form: 'counties' | 'places' | 'subdivisions' | undefined;
	for (let i = 1; i < lines.length; i++) {
		const line = lines[i] ?? '';
		if (line.trim() === '') continue;
		const cells = cellsOf(line, delimiter);
		const at = (name: string) => cells[columns.indexOf(name)] ?? '';
		const geoid = at('GEOID');
		const problem = (detail: string) => problems.push({ line: i + 1, detail });
		const own = /^\d+$/.test(geoid) ? FORMS[geoid.length] : undefined;
		form ??= own;
		if (!own || own !== form)
			problem('Its GEOID has not the length of the others. Take the line from the original file.');
		else if (!stateOf(geoid))
			problem(`No state has the code ${geoid.slice(0, 2)}. Take the line from the original file.`);
		else if (at('NAME') === '') problem('It has no name. Take the line from the original file.');
		else if (seen.has(geoid)) problem(`The GEOID ${geoid} stands on a line above. The first counts.`);
		else {
			const point = pointOf(at('INTPTLAT'), at('INTPTLONG'));
			if (!point) problem('Its interior point is no latitude and longitude. The place was taken without one.');
			seen.add(geoid);
			places.push(placeOf(form, geoid, at('NAME'), at('FUNCSTAT'), point));
		}
	}
	if (!form) return { refused: 'No line has a GEOID of 5 (county), 7 (place) or 10 digits (county subdivision).' };
	return { form, places, problems };
}

function placeByCounty(lines: readonly string[], columns: readonly string[], delimiter: string): Gazetteer {
	const missing = ['STATEFP', 'COUNTYFP'].find((name) => !columns.includes(name));
	if (missing !== undefined) return { refused: noColumn(missing) };
	const problems: LineProblem[] = [];
	const pairs: [string, string][] = [];
	for (let i = 1; i < lines.length; i++) {
		const line = lines[i] ?? '';
		if (line.trim() === '') continue;
		const cells = cellsOf(line, delimiter);
		const [state = '', county = '', place = ''] = ['STATEFP', 'COUNTYFP', 'PLACEFP'].map(
			(name) => cells[columns.indexOf(name)] ?? '',
		);
		if (/^\d{2}$/.test(state) && /^\d{3}$/.test(county) && /^\d{5}$/.test(place))
			pairs.push([state + place, state + county]);
		else
			problems.push({
				line: i + 1,
				detail: 'Its codes are not 2, 3 and 5 digits. Take the line from the original file.',
			});
	}
	return { form: 'place_by_county', pairs, problems };
}

function cellsOf(line: string, delimiter: string): string[] {
	return line.split(delimiter).map((cell) => cell.trim());
}

function pointOf(latitude: string, longitude: string): Given['at'] {
	const point = { latitude: Number(latitude), longitude: Number(longitude) };
	const fine =
		latitude !== '' && longitude !== '' && Math.abs(point.latitude) <= 90 && Math.abs(point.longitude) <= 180;
	return fine ? point : null;
}

function placeOf(
	form: 'counties' | 'places' | 'subdivisions',
	geoid: string,
	name: string,
	status: string,
	at: Given['at'],
): Given {
	const kind = form === 'counties' ? 'county' : form === 'places' ? 'city' : 'subdivision';
	const stateCode = stateOf(geoid)?.code ?? '';
	const bare = kind === 'county' ? name.replace(COUNTY_WORD, '') : bareName(name);
	return {
		kind,
		name: kind === 'city' ? bare : name,
		bare,
		stateCode,
		geoid,
		alsoCalled: kind === 'city' ? otherNames(bare, name, stateCode) : [],
		legacy: false,
		at,
		counties: kind === 'subdivision' ? [geoid.slice(0, 5)] : [],
		source: CENSUS_SOURCE,
		status: status === '' ? null : status,
	};
}

const COUNTY_WORD =
	/ (County|Parish|Borough|City and Borough|Census Area|Municipality|Municipio|Planning Region|city|District|Island)$/;
/** What the Census Bureau adds to a name to say what the place is (LSAD), lower case but for CDP. */
const KIND_WORD =
	/ (city and borough|city|town|village|borough|municipality|corporation|CDP|comunidad|zona urbana|(?:charter )?township|plantation|(?:metropolitan|metro|unified|consolidated) government|urban county)$/;

/** `Abbeville city` is Abbeville; `Nashville-Davidson metropolitan government (balance)` is Nashville-Davidson. */
function bareName(name: string): string {
	return name.replace(/ \(balance\)$/, '').replace(KIND_WORD, '');
}

/** Names that people use where the Census Bureau has another, by state and its own. */
const CALLED: Readonly<Record<string, string>> = {
	'NY New York': 'New York City',
	'ID Boise City': 'Boise',
	'HI Urban Honolulu': 'Honolulu',
};

/**
 * The names a place may also stand under: `Louisville/Jefferson County` is Louisville, `Nashville-Davidson` Nashville,
 * `San Buenaventura (Ventura)` Ventura. Only a government joined from several is shortened at its hyphen.
 */
function otherNames(name: string, printed: string, stateCode: string): string[] {
	const called = CALLED[`${stateCode} ${name}`];
	const joined = /government|urban county|\(balance\)|County$/.test(printed) ? (/^[^-/,]+/.exec(name)?.[0] ?? '') : '';
	const [, before = '', within = ''] = /^(.+) \((.+)\)$/.exec(name) ?? [];
	return [called ?? '', joined, before, within].filter((other) => other !== '' && other !== name);
}
