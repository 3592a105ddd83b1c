import type { Descent } from '#reuse/lineage.ts';

/** A clause in the drawing: percent from the left, pixels from above. */
interface Mark {
	/** Index in the lineage. */
	readonly at: number;
	readonly x: number;
	readonly y: number;
	/** Where the clause stands that it goes on from; null for a beginning. */
	readonly from: { readonly x: number; readonly y: number } | null;
}

interface Tick {
	readonly x: number;
	/** The first day of the year or month that it stands for. */
	readonly day: string;
}

export interface Stemma {
	/** Pixels, with the years below. */
	readonly height: number;
	/** Where the drawing ends and the years begin. */
	readonly bottom: number;
	/** One line for each clause, each after the one it goes on from. */
	readonly marks: readonly Mark[];
	readonly ticks: readonly Tick[];
	readonly by: 'year' | 'month';
}

/** A clause and those that go on from it. */
export interface Branch {
	readonly at: number;
	readonly later: readonly Branch[];
}

/** Share of a parent's words below which a clause is another clause with some of its words. */
export const LOW = 0.75;

/** Pixels of a line; percent that the names to the right of the last clause need. */
const [LINE, TOP, LEFT, RIGHT] = [30, 18, 1.5, 62];
const MOST_YEARS = 8;
/** Names of months are long. */
const MOST_MONTHS = 4;

/** A lineage as branches, each by rising day. */
export function branchesOf(told: readonly Descent[]): readonly Branch[] {
	const below = new Map<number | null, number[]>();
	for (const [at, { parent }] of told.entries()) below.set(parent, [...(below.get(parent) ?? []), at]);
	const grown = (parent: number | null): Branch[] => (below.get(parent) ?? []).map((at) => ({ at, later: grown(at) }));
	return grown(null);
}

/** A lineage laid out over time: no two clauses on one line, so that no name stands on another. */
export function stemmaOf(told: readonly Descent[]): Stemma {
	const days = told.map(({ clause }) => clause.day).sort();
	const [first, last] = [days[0] ?? '1970-01-01', days.at(-1) ?? '1970-01-01'];
	const by = first.slice(0, 4) === last.slice(0, 4) ? 'month' : 'year';
	const begin = time(by === 'year' ? `${first.slice(0, 4)}-01-01` : `${first.slice(0, 7)}-01`);
	const span = Math.max(1, time(last) - begin);
	const x = (day: string) => Math.round((LEFT + ((time(day) - begin) / span) * (RIGHT - LEFT)) * 100) / 100;
	const marks: Mark[] = [];
	const place = ({ at, later }: Branch, from: Mark['from']) => {
		const mark = { at, from, x: x(told[at]?.clause.day ?? first), y: TOP + marks.length * LINE };
		marks.push(mark);
		for (const one of later) place(one, { x: mark.x, y: mark.y });
	};
	for (const one of branchesOf(told)) place(one, null);
	const bottom = TOP + marks.length * LINE - LINE / 2;
	return { height: bottom + 24, bottom, marks, by, ticks: ticksOf(first, last, by).map((day) => ({ x: x(day), day })) };
}

/** First days of the years or months of a time, so few that their names do not meet. */
function ticksOf(first: string, last: string, by: Stemma['by']): readonly string[] {
	const month = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
	const whole = by === 'year' ? 12 : 1;
	const [from, to] = [Math.floor(month(first) / whole), Math.floor(month(last) / whole)];
	const most = by === 'year' ? MOST_YEARS : MOST_MONTHS;
	const step = [1, 2, 5, 10, 20, 50, 100].find((n) => (to - from) / n < most) ?? 1_000;
	const days: string[] = [];
	for (let n = from; n <= to; n += step) {
		const at = n * whole;
		days.push(`${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}-01`);
	}
	return days;
}

function time(day: string): number {
	return Date.parse(`${day}T00:00:00Z`);
}
