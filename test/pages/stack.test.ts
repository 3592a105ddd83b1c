import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHART_WIDTH, labelsApart, linesOf, panelsOf, stackOf } from '../../src/routes/watch/chart/stack.ts';
import type { SeriesPoint } from '../../src/watch/reading.ts';

const HEIGHT = 300;

function point(day: string, TFM: number, JEM: number, WSO: number): SeriesPoint {
	const agreements = TFM + JEM + WSO;
	const at = `${day}T12:00:00Z`;
	return { sha256: day, at, stateCode: null, agreements, byModel: { TFM, JEM, WSO }, agencies: agreements, states: 1 };
}

const series = [point('2025-05-01', 10, 5, 5), point('2025-05-11', 30, 5, 5), point('2025-07-10', 60, 10, 30)];

/** Points of a path of straight lines. */
const corners = (d: string) =>
	[...d.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);

describe('agreements over time, stacked', () => {
	const stack = stackOf(series, HEIGHT);
	const top = HEIGHT / (stack.grid.at(-1)?.value ?? 1);

	test('stands on the ground, and its layers add up to the figure of each list', () => {
		expect(stack.grid[0]).toEqual({ value: 0, y: HEIGHT });
		const highest = corners(stack.layers.at(-1)?.d ?? '');
		for (const { agreements } of series) {
			expect(highest.map(([, y]) => y)).toContain(Math.round((HEIGHT - agreements * top) * 10) / 10);
		}
		const ground = corners(stack.layers[0]?.d ?? '');
		expect(Math.max(...ground.map(([, y]) => y))).toBe(HEIGHT);
		expect(stack.layers.map(({ model, value }) => [model, value])).toEqual([
			['JEM', 10],
			['WSO', 30],
			['TFM', 60],
		]);
	});

	test('is level between two lists, and shows the step of the last', () => {
		const all = corners(stack.layers.at(-1)?.d ?? '');
		const xs = new Set(all.map(([x]) => x));
		expect([...xs].sort((a, b) => a - b)).toEqual([...stack.lists, CHART_WIDTH]);
		const slanted = all.slice(1).filter(([x, y], at) => x !== all[at]?.[0] && y !== all[at]?.[1]);
		expect(slanted).toEqual([]);
	});

	test('has its days in order, far enough from each other to be read', () => {
		const xs = stack.days.map(({ x }) => x);
		expect(stack.days[0]?.at).toBe(series[0]?.at);
		expect(stack.days.at(-1)?.at).toBe(series.at(-1)?.at);
		for (const [at, x] of xs.slice(1).entries()) expect(x - (xs[at] ?? 0)).toBeGreaterThanOrEqual(150);
	});

	test('shares a scale with others when told its top', () => {
		const [small, large] = [stackOf(series.slice(0, 2), HEIGHT, 100), stack];
		expect(small.grid).toEqual(large.grid);
	});
});

describe('small charts on one scale', () => {
	const state = (most: number) => ({ points: [point('2025-05-01', 0, 0, 1), point('2025-07-10', most, 0, 0)] });
	/** Pixels that the last list stands above the ground, for one agreement. */
	const scaleOf = ({ height, stack }: ReturnType<typeof panelsOf>[number]) => height / stack.top;

	test.each([
		{ say: 'states of like size are equally tall', most: [120, 110, 30, 20], tall: false, panels: 4 },
		{ say: 'a state far above the others is taller', most: [301, 110, 30, 20], tall: true, panels: 4 },
		{ say: 'a tall one stands beside six', most: [301, 110, 30, 28, 25, 22, 22, 18], tall: true, panels: 7 },
		{ say: 'however far it stands above them', most: [5000, 4, 3], tall: true, panels: 3 },
		{ say: 'two states', most: [300, 2], tall: false, panels: 2 },
		{ say: 'no state', most: [], tall: false, panels: 0 },
	])('$say', ({ most, tall, panels }) => {
		const drawn = panelsOf(most.map(state));
		expect(drawn).toHaveLength(panels);
		expect(drawn.map((panel) => panel.tall)).toEqual(drawn.map((_, at) => tall && at === 0));
		for (const panel of drawn) {
			expect(scaleOf(panel)).toBeCloseTo(scaleOf(drawn.at(-1) ?? panel), 1);
			expect(panel.height).toBeLessThanOrEqual(300);
		}
	});
});

test.each([
	[[10, 50, 90], 20, 100, [10, 50, 90]],
	[[10, 12, 14], 20, 100, [10, 30, 50]],
	[[95, 97, 99], 20, 100, [50, 70, 90]],
	[[50, 10], 20, 100, [50, 10]],
	[[0], 20, 100, [10]],
])('labels that belong at %j, each %i tall in %i, stand at %j', (ends, room, height, places) => {
	expect(labelsApart(ends, room, height)).toEqual(places);
});

test('labels never overlap and never leave the drawing', () => {
	const ends = fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { maxLength: 5 });
	fc.assert(
		fc.property(ends, (wanted) => {
			const placed = labelsApart(wanted, 40, 200).sort((a, b) => a - b);
			for (const [i, at] of placed.entries()) {
				expect(at).toBeGreaterThanOrEqual(20 - 1e-9);
				expect(at).toBeLessThanOrEqual(180 + 1e-9);
				if (i > 0) expect(at - (placed[i - 1] ?? 0)).toBeGreaterThanOrEqual(40 - 1e-9);
			}
		}),
	);
});

test.each([
	['Task force', ['Task force']],
	['Warrant service officer', ['Warrant service', 'officer']],
	['Oficial de ejecución de órdenes', ['Oficial de', 'ejecución de', 'órdenes']],
	['', ['']],
])('the label %j has the lines %j', (text, lines) => {
	expect(linesOf(text, 17)).toEqual(lines);
});
