import { expect, test } from 'vitest';
import { sampleCounties, sampleNeighbours, samplePlaces, sampleShapes } from '../../src/places/sample.ts';
import { sampleLists } from '../../src/watch/sample.ts';

const places = samplePlaces();
const shapes = sampleShapes();

test('the sample has one state, 14 counties and 12 towns, all marked, none with a point on the real earth', () => {
	expect(places.map(({ kind }) => kind).filter((kind) => kind === 'county')).toHaveLength(14);
	expect(places.map(({ kind }) => kind).filter((kind) => kind === 'city')).toHaveLength(12);
	expect(places.filter((place) => !place.sample || place.at || place.geoid || place.stateCode !== 'ZZ')).toEqual([]);
	expect(places[0]).toMatchObject({ kind: 'state', name: 'Franklin (SAMPLE)', slug: 'zz' });
});

test('every county and town of the sample lists is a place', () => {
	const names = new Set(places.map(({ name }) => name));
	const rows = sampleLists().flatMap((list) => list.rows);
	const towns = rows.flatMap((row) =>
		row.type === 'Municipality' ? [row.agency.replace(' Police Department', '')] : [],
	);
	const wanted = [...towns, ...rows.flatMap((row) => row.county ?? [])];
	expect(wanted.filter((name) => !names.has(name))).toEqual([]);
});

test('every place has a shape inside the picture, and towns their county', () => {
	expect(shapes.map(({ placeId }) => placeId).sort()).toEqual(places.map(({ id }) => id).sort());
	const numbers = shapes.flatMap((shape) =>
		'd' in shape ? (shape.d.match(/-?\d+ -?\d+/g) ?? []) : [`${shape.x} ${shape.y}`],
	);
	const points = numbers.map((text) => text.split(' ').map(Number));
	expect(points.filter(([x = -1, y = -1]) => x < 0 || y < 0 || x > 9750 || y > 6100)).toEqual([]);
	expect(sampleCounties()).toHaveLength(12);
});

test('neighbours share a border, corner by corner, and the coast is what only one county has', () => {
	const corners = new Map(
		shapes.flatMap((shape) => ('d' in shape ? [[shape.placeId, shape.d.slice(1, -1).split('L')]] : [])),
	);
	for (const [one, other] of sampleNeighbours()) {
		const shared = corners.get(one)?.filter((point) => corners.get(other)?.includes(point));
		expect(shared).toHaveLength(4);
	}
	const coast = corners.get(places[0]?.id ?? '') ?? [];
	expect(coast).toHaveLength(2 * (5 + 3) * 3);
	expect(new Set(coast).size).toBe(coast.length);
});
