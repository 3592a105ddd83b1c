import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, curveStepAfter } from 'd3-shape';
import type { Model } from '#watch/model.ts';
import type { SeriesPoint } from '#watch/reading.ts';

/** Width of the drawing; it is stretched to the room there is, so its unit is a thousandth of that. */
export const CHART_WIDTH = 1000;

/** From the ground up: what is furthest-reaching lies on top, where its growth is seen. */
const LAYERS: readonly Model[] = ['JEM', 'WSO', 'TFM'];

/** A stacked chart in pixels down and thousandths across. */
export interface Stack {
	readonly layers: readonly {
		readonly model: Model;
		readonly d: string;
		/** On the last list. */
		readonly value: number;
		/** Middle of its end, pixels from the top. */
		readonly end: number;
	}[];
	/** The value at the top of the scale. */
	readonly top: number;
	/** Lines to read by, the ground first; pixels from the top. */
	readonly grid: readonly { readonly value: number; readonly y: number }[];
	/** Days to read by, with thousandths across; the first and the last list, and some between where there is room. */
	readonly days: readonly { readonly at: string; readonly x: number }[];
	/** Thousandths across of every list. */
	readonly lists: readonly number[];
}

/** The last list is drawn this wide, so that its step is seen. */
const LAST = 15;
/** Room between two days that are written under the chart, and beside the first and the last, in thousandths. */
const APART = 170;
const ENDS_APART = 200;

/**
 * Agreements by model on each list, stacked. Between two lists the line stays level: nothing is known of the days between.
 * `most` is the top of the scale, for charts that share one; there have to be two lists at least.
 */
export function stackOf(points: readonly SeriesPoint[], height: number, most?: number): Stack {
	const times = points.map(({ at }) => Date.parse(at));
	const across = scaleUtc([times[0] ?? 0, times.at(-1) ?? 0], [0, CHART_WIDTH - LAST]);
	const up = scaleLinear([0, most ?? mostOf(points)], [height, 0]).nice(3);
	const x = (at: string | number) => Math.round(across(typeof at === 'string' ? Date.parse(at) : at) * 10) / 10;
	const y = (value: number) => Math.round(up(value) * 10) / 10;
	const below = (point: SeriesPoint, model: Model) =>
		LAYERS.slice(0, LAYERS.indexOf(model)).reduce((sum, one) => sum + point.byModel[one], 0);
	const band = area<Step>(
		({ x: at }) => at,
		({ low }) => low,
		({ high }) => high,
	).curve(curveStepAfter);
	const layers = LAYERS.map((model) => {
		const steps = points.map((point) => {
			const under = below(point, model);
			return { x: x(point.at), low: y(under), high: y(under + point.byModel[model]) };
		});
		const last = steps.at(-1);
		return {
			model,
			d: band(last ? [...changing(steps), { ...last, x: CHART_WIDTH }] : []) ?? '',
			value: points.at(-1)?.byModel[model] ?? 0,
			end: last ? (last.low + last.high) / 2 : height,
		};
	});
	const lists = points.map(({ at }) => x(at));
	const between = across
		.ticks(6)
		.map((day) => day.getTime())
		.filter((time) => x(time) > ENDS_APART && x(time) < CHART_WIDTH - ENDS_APART)
		.map((time) => ({ at: isoDay(time), x: x(time) }));
	const [first, last] = [points[0], points.at(-1)];
	return {
		layers,
		top: up.domain()[1] ?? 1,
		grid: up.ticks(3).map((value) => ({ value, y: y(value) })),
		days: [
			...(first ? [{ at: first.at, x: 0 }] : []),
			...thinned(between),
			...(last ? [{ at: last.at, x: CHART_WIDTH - LAST }] : []),
		],
		lists,
	};
}

/** The most agreements on one list, one at least. */
function mostOf(points: readonly SeriesPoint[]): number {
	return Math.max(1, ...points.map(({ agreements }) => agreements));
}

/** Heights of a row of small charts, and of the first where it stands far above the others. */
const [LOW, TALLEST] = [84, 260];
/** Panels that fill the grid when the first is as tall as two rows. */
const BESIDE_A_TALL_ONE = 6;

/** A chart among others on one scale. */
export interface Panel<T> {
	readonly state: T;
	readonly stack: Stack;
	readonly height: number;
	readonly tall: boolean;
}

/**
 * One chart for each state, all on the same scale. Where the first has more than half again as many as any other it is
 * drawn taller, so that the others can be read: an agreement is as many pixels in every panel.
 */
export function panelsOf<T extends { readonly points: readonly SeriesPoint[] }>(states: readonly T[]): Panel<T>[] {
	const [first, ...others] = states;
	if (!first) return [];
	const [lead, next] = [mostOf(first.points), Math.max(1, ...others.map(({ points }) => mostOf(points)))];
	const tall = others.length > 1 && lead > 1.5 * next;
	const most = tall ? Math.max(next, (lead * LOW) / TALLEST) : Math.max(lead, next);
	const low = (state: T): Panel<T> => ({ state, stack: stackOf(state.points, LOW, most), height: LOW, tall: false });
	if (!tall) return states.map(low);
	const beside = others.slice(0, BESIDE_A_TALL_ONE).map(low);
	const scale = beside[0]?.stack.top ?? most;
	const height = Math.round((LOW * stackOf(first.points, LOW).top) / scale);
	return [{ state: first, stack: stackOf(first.points, height), height, tall }, ...beside];
}

interface Step {
	readonly x: number;
	readonly low: number;
	readonly high: number;
}

/** A level line needs no point. */
function changing(steps: readonly Step[]): Step[] {
	return steps.filter(({ low, high }, i) => low !== steps[i - 1]?.low || high !== steps[i - 1]?.high);
}

function isoDay(time: number): string {
	return new Date(time).toISOString();
}

function thinned<T extends { readonly x: number }>(days: readonly T[]): T[] {
	const kept: T[] = [];
	for (const day of days) if (day.x - (kept.at(-1)?.x ?? -APART) >= APART) kept.push(day);
	return kept;
}

/**
 * Places for labels that belong at `ends` (pixels from the top), each `room` tall, within `height`: as near as may be, in
 * the same order, none over another. There has to be room for all.
 */
export function labelsApart(ends: readonly number[], room: number, height: number): number[] {
	const order = ends.map((end, at) => ({ end, at })).sort((a, b) => a.end - b.end || a.at - b.at);
	const placed: number[] = [];
	for (const { end } of order) placed.push(Math.max(end, room / 2, (placed.at(-1) ?? -room) + room));
	let limit = height - room / 2;
	for (let i = placed.length - 1; i >= 0; i--) {
		placed[i] = Math.min(placed[i] ?? 0, limit);
		limit = (placed[i] ?? 0) - room;
	}
	const result = [...ends];
	for (const [i, { at }] of order.entries()) result[at] = placed[i] ?? 0;
	return result;
}

/** A label in lines of at most `longest` letters, broken between words; a longer word has a line of its own. */
export function linesOf(text: string, longest: number): string[] {
	const lines: string[] = [];
	for (const word of text.split(' ')) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + 1 + word.length <= longest) lines[lines.length - 1] = `${last} ${word}`;
		else lines.push(word);
	}
	return lines;
}
