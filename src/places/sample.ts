import { grouped } from './grouped.ts';
import { ocdName, slugOf } from './name.ts';
import { MAP_HEIGHT, MAP_WIDTH } from './picture.ts';
import type { Place } from './place.ts';

/** Postal code of the invented state; no state bears it. */
const CODE = 'ZZ';
const STATE_ID = `ocd-division/country:us/state:${CODE.toLowerCase()}`;

/** The invented counties on a grid, row by row; a full stop is sea. */
const GRID = [
	['Ashgrove', 'Brindlow', 'Corvane', 'Fennick', '.'],
	['Harrow', 'Larkmoor', 'Merrow', 'Norwick', 'Ostrey'],
	['Pellam', 'Quillmere', 'Sedge', 'Tillery', 'Vandry'],
] as const;
const COLUMNS = GRID[0].length;
const ROWS = GRID.length;

/** Invented towns, and the county of each. */
const TOWNS: readonly (readonly [string, string])[] = [
	['Alder Falls', 'Ashgrove'],
	['Bright Water', 'Corvane'],
	['Dunmere', 'Harrow'],
	['Graywick', 'Norwick'],
	['Juniper Cross', 'Quillmere'],
	['Kestrel Bay', 'Ostrey'],
	['Lowmark', 'Merrow'],
	['Old Pellam', 'Pellam'],
	['Saltmarsh', 'Vandry'],
	['Tern Point', 'Fennick'],
	['Vista Llana', 'Sedge'],
	['Wexmoor', 'Larkmoor'],
];

/** An invented shape, in the units of the picture of the country: `d` of a path, or where a town's mark stands. */
export type SampleShape =
	| { readonly placeId: string; readonly kind: 'state' | 'county'; readonly d: string }
	| { readonly placeId: string; readonly kind: 'city'; readonly x: number; readonly y: number };

/** The invented places of the sample data: one state, 14 counties, 12 towns. They lie nowhere, so none has a point in degrees. */
export function samplePlaces(): Place[] {
	const place = (kind: Place['kind'], name: string, id: string, slug = slugOf(name)): Place => ({
		id,
		kind,
		name,
		stateCode: CODE,
		geoid: null,
		slug,
		legacy: false,
		at: null,
		sample: true,
	});
	return [
		place('state', 'Franklin (SAMPLE)', STATE_ID, CODE.toLowerCase()),
		...counties().map(({ name }) => place('county', `${name} County`, countyId(name))),
		...TOWNS.map(([name]) => place('city', name, townId(name))),
	];
}

/** Which invented town lies in which county, by ids. */
export function sampleCounties(): [string, string][] {
	return TOWNS.map(([town, county]) => [townId(town), countyId(county)]);
}

/** Invented counties that share a side on the grid, by ids, both directions. */
export function sampleNeighbours(): [string, string][] {
	const all = counties();
	return all.flatMap((one) =>
		all.flatMap((other): [string, string][] =>
			Math.abs(one.row - other.row) + Math.abs(one.column - other.column) === 1
				? [[countyId(one.name), countyId(other.name)]]
				: [],
		),
	);
}

/** Invented geometry: a grid pulled out of shape, with crooked sides that neighbours share, and the outline of the whole. */
export function sampleShapes(): SampleShape[] {
	const all = counties().map(({ name, row, column }) => ({
		id: countyId(name),
		row,
		column,
		ring: ringOf(row, column),
	}));
	const sides = grouped(
		all.flatMap(({ ring }) => ring.map((from, i) => ({ from, to: ring[(i + 1) % ring.length] ?? from }))),
		({ from, to }) => [from.join(), to.join()].sort().join(' '),
	);
	const coast = [...sides.values()].flatMap((both) => (both.length === 1 ? both : []));
	return [
		{ placeId: STATE_ID, kind: 'state', d: path(chained(coast)) },
		...all.map(({ id, ring }): SampleShape => ({ placeId: id, kind: 'county', d: path(ring) })),
		...TOWNS.flatMap(([town, county], i): SampleShape[] =>
			counties()
				.filter(({ name }) => name === county)
				.map(({ row, column }) => {
					const [x, y] = corner(column * STEPS + 1 + (i % 2), row * STEPS + 1 + ((i >> 1) % 2));
					return { placeId: townId(town), kind: 'city', x, y };
				}),
		),
	];
}

function counties() {
	return GRID.flatMap((line, row) => line.flatMap((name, column) => (name === '.' ? [] : [{ name, row, column }])));
}

function countyId(name: string): string {
	return `${STATE_ID}/county:${ocdName(name)}`;
}

function townId(name: string): string {
	return `${STATE_ID}/place:${ocdName(name)}`;
}

type Corner = readonly [number, number];
/** Points on each side of a county. */
const STEPS = 3;
/** Sea around the state, and how far a point is pulled from the grid, in parts of a county's width. */
const MARGIN = 0.09;
const PULL = 0.08;

/** Clockwise round one field of the grid. */
function ringOf(row: number, column: number): Corner[] {
	const [left, top] = [column * STEPS, row * STEPS];
	const steps = Array.from({ length: STEPS }, (_, i) => i);
	return [
		...steps.map((i) => corner(left + i, top)),
		...steps.map((i) => corner(left + STEPS, top + i)),
		...steps.map((i) => corner(left + STEPS - i, top + STEPS)),
		...steps.map((i) => corner(left, top + STEPS - i)),
	];
}

/** A point of the fine grid in the picture. Waves of several lengths pull it, so the same point is the same for all who share it. */
function corner(column: number, row: number): Corner {
	const width = (MAP_WIDTH * (1 - 2 * MARGIN)) / (COLUMNS * STEPS);
	const height = (MAP_HEIGHT * (1 - 2 * MARGIN)) / (ROWS * STEPS);
	const wave = (a: number, b: number, c: number) =>
		Math.sin(column * a + row * b + c) + Math.sin(column * b * 2 - row * a + c);
	return [
		Math.round(MAP_WIDTH * MARGIN + width * (column + PULL * STEPS * wave(0.8, 1.1, 0.4))),
		Math.round(MAP_HEIGHT * MARGIN + height * (row + PULL * STEPS * wave(1.2, 0.7, 2.1))),
	];
}

/** Sides in the order one meets them walking along the coast; the state is one piece. */
function chained(sides: readonly { readonly from: Corner; readonly to: Corner }[]): Corner[] {
	const next = new Map(sides.map(({ from, to }) => [from.join(), { from, to }]));
	const ring: Corner[] = [];
	let at = sides[0];
	while (at && ring.length < sides.length) {
		ring.push(at.from);
		at = next.get(at.to.join());
	}
	return ring;
}

function path(ring: readonly Corner[]): string {
	return `M${ring.map(([x, y]) => `${x} ${y}`).join('L')}Z`;
}
