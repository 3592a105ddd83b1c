import type { Geometry, MultiLineString, Position } from 'geojson';
import { feature, mesh } from 'topojson-client';
import { presimplify, simplify } from 'topojson-simplify';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { MAP_HEIGHT, MAP_WIDTH, TENTHS } from './picture.ts';

/** A triangle of an outline smaller than this is left out: half a square pixel where the map is 975 wide. */
const SMALLEST = 0.5;
/** Half a side of the square that stands for a county too small to have a shape. */
const DOT = 4;

type Atlas = Topology<{ counties: GeometryCollection; states: GeometryCollection }>;

/**
 * One SVG that holds every county as `#c48471` (its GEOID), all of them together as `#counties`, and the borders between
 * states as `#states`. Nothing in it has a colour: what refers to it fills and strokes it.
 */
export function drawing(atlas: Atlas): string {
	const whole = presimplify(atlas);
	const thin = simplify(whole, SMALLEST);
	const [before, after] = [whole, thin].map((topology) => feature(topology, topology.objects.counties).features);
	const counties = (after ?? []).map((county, at) => {
		const d = shape(county.geometry) || shape(before?.[at]?.geometry) || dot(before?.[at]?.geometry);
		return `<path id="c${county.id}" d="${d}"/>`;
	});
	const borders = mesh(thin, thin.objects.states, (a, b) => a !== b);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${MAP_WIDTH} ${MAP_HEIGHT}">`,
		'<g id="counties">',
		...counties,
		'</g>',
		`<path id="states" fill="none" d="${shape(borders)}"/>`,
		'</svg>',
		'',
	].join('\n');
}

/** Path data with relative whole numbers; rings and lines that have shrunk to nothing are left out. */
function shape(geometry: Geometry | MultiLineString | undefined): string {
	if (geometry?.type === 'Polygon') return geometry.coordinates.map((ring) => line(ring, true)).join('');
	if (geometry?.type === 'MultiPolygon')
		return geometry.coordinates.flatMap((rings) => rings.map((ring) => line(ring, true))).join('');
	if (geometry?.type === 'MultiLineString') return geometry.coordinates.map((points) => line(points, false)).join('');
	return '';
}

function line(points: readonly Position[], closed: boolean): string {
	const kept: [number, number][] = [];
	for (const [x = 0, y = 0] of points) {
		const next: [number, number] = [Math.round(x * TENTHS), Math.round(y * TENTHS)];
		const last = kept.at(-1);
		if (last?.[0] !== next[0] || last[1] !== next[1]) kept.push(next);
	}
	if (closed) kept.pop();
	if (kept.length < (closed ? 3 : 2)) return '';
	const moves = kept.map(([x, y], at) => {
		const [fromX, fromY] = kept[at - 1] ?? [0, 0];
		return pair(x - fromX, y - fromY);
	});
	return `M${moves[0]}l${moves.slice(1).join(' ')}${closed ? 'z' : ''}`.replaceAll(' -', '-');
}

function pair(x: number, y: number): string {
	return y < 0 ? `${x}${y}` : `${x},${y}`;
}

/** A square in place of a shape. */
function dot(geometry: Geometry | undefined): string {
	const [x = 0, y = 0] = (geometry?.type === 'Polygon' ? geometry.coordinates[0]?.[0] : undefined) ?? [];
	return `M${Math.round(x * TENTHS) - DOT},${Math.round(y * TENTHS) - DOT}h${2 * DOT}v${2 * DOT}h${-2 * DOT}z`;
}
