import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PlaceRow, placeIndex } from '#places/match.ts';
import { agencyKind } from '#watch/agency.ts';
import { type Area, areasOf } from '#watch/area.ts';
import { stateOf } from '#watch/identity/state.ts';
import { gazetteerLines } from '../places/gazetteer.ts';
import { placeRows } from '../places/rows.ts';

const rows = placeRows(gazetteerLines());
const places = placeIndex(rows);
const byId = new Map(rows.map((row) => [row.id, row]));

/** Territories have police of their own kind, the District is no county, regions of Connecticut have no agency. */
const ELSEWHERE: ReadonlySet<string> = new Set(['DC', 'PR', 'CT']);
const COUNTY = /^(.+) (County|Parish)$/;
const CITY = /^(.+) (city|town|village|borough)$/;
const PART = /^(.+?)(?: charter)? (township|town)$/;

/** How the lists print the agencies of such a place; `#` stands for its name. */
const COUNTY_FORMS = [
	"# County Sheriff's Office",
	'# CO SHERIFF’S DEPT',
	'# County Constable Precinct 4',
	'# County Detention Center',
	"# County District Attorney's Office",
	'# County Board of Commissioners',
];
const FORMS = {
	city: ['City of # Police Department', '# Police Department', '# City Police'],
	town: ['Town of # Police Department', 'Town of # PD'],
	village: ['Village of # Police Department', '# Village Police Department'],
	borough: ['# Borough Police Department', 'Borough of # Police'],
	township: ['# Township Police Department', '# Twp PD', 'Township of # Police', "# Township Constable's Office"],
} as const;

const targets = rows.filter(
	(row) =>
		!ELSEWHERE.has(row.stateCode) &&
		(row.kind === 'county'
			? COUNTY.test(row.name)
			: row.status === 'A' && row.counties.length > 0 && (row.kind === 'city' ? CITY : PART).test(row.name)),
);

interface Printed {
	readonly row: PlaceRow;
	readonly name: string;
	readonly type: string;
}

function printed(row: PlaceRow, form: number): Printed {
	if (row.kind === 'county') {
		const name = COUNTY.exec(row.name)?.[1] ?? '';
		const forms = row.stateCode === 'LA' ? ["# Parish Sheriff's Office"] : COUNTY_FORMS;
		return { row, name: (forms[form % forms.length] ?? '').replace('#', name), type: 'County' };
	}
	const [, name = '', word = ''] = (row.kind === 'city' ? CITY : PART).exec(row.name) ?? [];
	const forms = FORMS[word as keyof typeof FORMS];
	return { row, name: (forms[form % forms.length] ?? '').replace('#', name), type: 'Municipality' };
}

function areaOf({ row, name, type }: Printed, county: string | null): Area {
	const agency = {
		id: name,
		formerIds: [],
		state: stateOf(row.stateCode).name,
		stateCode: row.stateCode,
		name,
		names: [name],
		kind: agencyKind(name, type),
		type,
		county,
	};
	return areasOf([agency], places)[0] as Area;
}

function homeOf(row: PlaceRow): string | null {
	return row.kind === 'county' ? row.name : (byId.get(row.counties[0] ?? '')?.name ?? null);
}

const anyPrinted = fc
	.tuple(fc.nat({ max: targets.length - 1 }), fc.nat({ max: 11 }))
	.map(([at, form]) => printed(targets[at] as PlaceRow, form));

test('the name that the lists would print, beside its county, leads to its own place or to none', () => {
	let found = 0;
	fc.assert(
		fc.property(anyPrinted, (one) => {
			const { placeId } = areaOf(one, homeOf(one.row));
			if (placeId === one.row.id) found++;
			expect([one.row.id, null]).toContain(placeId);
		}),
		{ numRuns: 400, seed: 287 },
	);
	expect(found / 400).toBeGreaterThan(0.97);
});

test('whatever the cell says, no place of another state is assigned', () => {
	const cell = fc.oneof(
		fc.constant(null),
		fc.string(),
		fc.nat({ max: targets.length - 1 }).map((at) => homeOf(targets[at] as PlaceRow)),
	);
	fc.assert(
		fc.property(anyPrinted, cell, fc.string(), (one, county, noise) => {
			for (const name of [one.name, `${noise} ${one.name}`, noise]) {
				const area = areaOf({ ...one, name }, county);
				for (const id of [area.placeId, ...area.countyIds]) {
					if (id !== null) expect(byId.get(id)?.stateCode).toBe(one.row.stateCode);
				}
			}
		}),
		{ numRuns: 300 },
	);
});
