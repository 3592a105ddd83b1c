import type { Day } from '#kernel/day.ts';
import type { Bodies, Body } from '../identity/body.ts';
import type { Rulings } from '../identity/rulings.ts';
import type { List, ListKind } from '../list.ts';
import { MODELS, type Model } from '../model.ts';
import type { Line, Seen } from './track.ts';

/** One list of the series, its rows read and keyed. */
export interface Issue {
	readonly list: List;
	readonly position: number;
	readonly rows: readonly Keyed[];
	/** Bodies with a row whose model could not be read: they are there, whatever else is not. */
	readonly unread: ReadonlySet<Body>;
}

export interface Keyed {
	/** Spelling, model, date, and how many times this list printed them before: one number. */
	readonly key: number;
	readonly seen: Seen;
}

/** The lists oldest first, each once, and where each body stands on which kind. */
export interface Series {
	readonly issues: readonly Issue[];
	/** Positions of the lists of each kind, ascending. */
	readonly positions: Readonly<Record<ListKind, readonly number[]>>;
	/** Positions of the lists of a kind that hold a row of this body and model, ascending. */
	presence(kind: ListKind, body: Body, model: Model): readonly number[];
}

const DAYS = 2 ** 16;
const REPEAT = 2 ** 40;

/** Sorts the lists by (modified, sha256) and reads their rows. Rows without agency or model take no part. */
export function seriesOf(lists: readonly List[], bodies: Bodies, rulings: Rulings): Series {
	const unique = new Map(lists.map((list) => [list.sha256, list]));
	const sorted = [...unique.values()].sort((a, b) => order(a.modified, b.modified) || order(a.sha256, b.sha256));
	const days = new Map<Day | null, number>();
	const presences: Record<ListKind, Map<number, number[]>> = { participating: new Map(), pending: new Map() };

	const issues = sorted.map((list, position): Issue => {
		const repeats = new Map<number, number>();
		const unread = new Set<Body>();
		const rows: Keyed[] = [];
		for (const printed of list.rows) {
			if (printed.agency === '') continue;
			const row = rulings.reread(printed);
			const spelling = bodies.spell(row.state, row.agency);
			const { body } = spelling;
			if (body.lists.at(-1) !== position) body.lists.push(position);
			if (row.model === null) {
				unread.add(body);
				continue;
			}
			// A pending row has no date; one that carries one all the same is not told apart by it.
			const signed = list.kind === 'pending' ? null : row.signed;
			const plain = (spelling.index * 4 + MODELS.indexOf(row.model)) * DAYS + numbered(days, signed);
			const repeat = repeats.get(plain) ?? 0;
			repeats.set(plain, repeat + 1);
			mark(presences[list.kind], bodyModel(body, row.model), position);
			rows.push({ key: plain + repeat * REPEAT, seen: { list: position, row, spelling, model: row.model, signed } });
		}
		return { list, position, rows, unread };
	});
	const positions: Record<ListKind, number[]> = { participating: [], pending: [] };
	for (const { list, position } of issues) positions[list.kind].push(position);
	return { issues, positions, presence: (kind, body, model) => presences[kind].get(bodyModel(body, model)) ?? [] };
}

/** A body and a model as one number. */
export function bodyModel(body: Body, model: Model): number {
	return body.index * 4 + MODELS.indexOf(model);
}

/** What one list says beside the last accepted one of its kind. */
export interface Difference {
	readonly kept: readonly { readonly line: Line; readonly keyed: Keyed }[];
	readonly gone: readonly Line[];
	readonly came: readonly Keyed[];
}

/** Compares by key: the work is one look-up a row. */
export function differ(before: ReadonlyMap<number, Line>, issue: Issue): Difference {
	const kept: { line: Line; keyed: Keyed }[] = [];
	const came: Keyed[] = [];
	const here = new Set<number>();
	for (const keyed of issue.rows) {
		here.add(keyed.key);
		const line = before.get(keyed.key);
		if (line) kept.push({ line, keyed });
		else came.push(keyed);
	}
	const gone: Line[] = [];
	if (kept.length < before.size) for (const [key, line] of before) if (!here.has(key)) gone.push(line);
	return { kept, gone, came };
}

function numbered(known: Map<Day | null, number>, day: Day | null): number {
	let number = known.get(day);
	if (number === undefined) {
		number = known.size;
		known.set(day, number);
	}
	return number;
}

function mark(places: Map<number, number[]>, at: number, position: number): void {
	const there = places.get(at);
	if (!there) places.set(at, [position]);
	else if (there.at(-1) !== position) there.push(position);
}

function order(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
