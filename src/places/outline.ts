import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { grouped } from './grouped.ts';

/** A point in degrees. */
export interface Point {
	readonly latitude: number;
	readonly longitude: number;
}

type Ring = readonly (readonly number[])[];

/** The border of an area, with its box so that most points are told apart at once. */
export interface Outline {
	readonly geoid: string;
	readonly name: string;
	readonly polygons: readonly (readonly Ring[])[];
	readonly west: number;
	readonly south: number;
	readonly east: number;
	readonly north: number;
}

/** How far off every border a point may lie and still belong to the nearest: coasts are drawn coarsely. In degrees, about 10 km. */
const COAST = 0.1;

/** Outlines of the features that are areas. Borders are straight lines between points in degrees, as the source draws them. */
export function outlines(
	features: FeatureCollection<Polygon | MultiPolygon, { readonly name: string }>['features'],
): Outline[] {
	return features.map(outline);
}

function outline(feature: Feature<Polygon | MultiPolygon, { readonly name: string }>): Outline {
	const { geometry } = feature;
	const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
	const box = { west: 180, south: 90, east: -180, north: -90 };
	for (const [ring] of polygons) {
		for (const [x = 0, y = 0] of ring ?? []) {
			if (x < box.west) box.west = x;
			if (x > box.east) box.east = x;
			if (y < box.south) box.south = y;
			if (y > box.north) box.north = y;
		}
	}
	return { geoid: String(feature.id), name: feature.properties.name, polygons, ...box };
}

/** A point inside the largest part: its centre of mass, or the middle of the widest stretch at that latitude where the centre lies outside. */
export function interiorPoint({ polygons }: Outline): Point {
	const largest = polygons.toSorted((a, b) => Math.abs(moment(b[0]).area) - Math.abs(moment(a[0]).area))[0] ?? [];
	const { x, y } = moment(largest[0]);
	if (holds(largest, x, y)) return rounded(x, y);
	const crossings = largest.flatMap((ring) => crossingsAt(ring, y)).sort((a, b) => a - b);
	let best = [x, x];
	for (let i = 0; i + 1 < crossings.length; i += 2) {
		const [from = x, to = x] = [crossings[i], crossings[i + 1]];
		if (to - from > (best[1] ?? x) - (best[0] ?? x)) best = [from, to];
	}
	return rounded(((best[0] ?? x) + (best[1] ?? x)) / 2, y);
}

/**
 * Tells the county of a point. Only counties of the given state (two digits) are looked at, so that nothing is ever
 * assigned across a state line; a point off the drawn coast goes to the nearest county within about 10 km; else null.
 */
export function countyFinder(counties: readonly Outline[]): (state: string, at: Point) => string | null {
	const byState = grouped(counties, (county) => county.geoid.slice(0, 2));
	return (state, { longitude: x, latitude: y }) => {
		const own = byState.get(state) ?? [];
		const around = own.find(
			(county) => boxed(county, x, y, 0) && county.polygons.some((polygon) => holds(polygon, x, y)),
		);
		if (around) return around.geoid;
		let nearest: { geoid: string; distance: number } | null = null;
		for (const county of own) {
			if (!boxed(county, x, y, COAST)) continue;
			const distance = distanceTo(county, x, y);
			if (distance <= COAST && (!nearest || distance < nearest.distance)) nearest = { geoid: county.geoid, distance };
		}
		return nearest?.geoid ?? null;
	};
}

function boxed(box: Outline, x: number, y: number, by: number): boolean {
	return x >= box.west - by && x <= box.east + by && y >= box.south - by && y <= box.north + by;
}

/** Even-odd rule over all rings, so that holes count. */
function holds(polygon: readonly Ring[], x: number, y: number): boolean {
	return polygon.reduce(
		(inside, ring) => inside !== (crossingsAt(ring, y).filter((at) => at > x).length % 2 === 1),
		false,
	);
}

function crossingsAt(ring: Ring, y: number): number[] {
	const found: number[] = [];
	for (let i = 1; i < ring.length; i++) {
		const [ax, ay] = ring[i - 1] as [number, number];
		const [bx, by] = ring[i] as [number, number];
		if (ay > y !== by > y) found.push(ax + ((bx - ax) * (y - ay)) / (by - ay));
	}
	return found;
}

/** To the nearest corner of the border, in degrees of latitude. */
function distanceTo({ polygons }: Outline, x: number, y: number): number {
	const shrink = Math.cos((y * Math.PI) / 180);
	let nearest = Number.POSITIVE_INFINITY;
	for (const [ring] of polygons) {
		for (const [px = 0, py = 0] of ring ?? []) nearest = Math.min(nearest, Math.hypot((px - x) * shrink, py - y));
	}
	return nearest;
}

/** Signed area and centre of mass of a ring (shoelace formula). */
function moment(ring: Ring = []): { area: number; x: number; y: number } {
	let area = 0;
	let x = 0;
	let y = 0;
	for (let i = 1; i < ring.length; i++) {
		const [ax, ay] = ring[i - 1] as [number, number];
		const [bx, by] = ring[i] as [number, number];
		const cross = ax * by - bx * ay;
		area += cross / 2;
		x += ((ax + bx) * cross) / 6;
		y += ((ay + by) * cross) / 6;
	}
	return { area, x: x / area, y: y / area };
}

function rounded(longitude: number, latitude: number): Point {
	return { latitude: Math.round(latitude * 1e5) / 1e5, longitude: Math.round(longitude * 1e5) / 1e5 };
}
