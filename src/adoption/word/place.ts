import { matches } from '#concordance/diff.ts';
import { type Clause, pairs } from '#concordance/pair.ts';
import { lexicon, scan, shared } from '#concordance/scan.ts';

/** What is laid side by side: a line of the draft or a paragraph of the file. */
export interface Line {
	readonly text: string;
	/** Of a provision its own, of a paragraph those in it. */
	readonly bookmarks: readonly string[];
}

/** Provisions and paragraphs that are one; more than one on a side where they were joined or divided. Indices, rising. */
export interface Group {
	readonly provisions: readonly number[];
	readonly paragraphs: readonly number[];
}

/** Share of the words of a provision that must stand in a paragraph for it to be taken as joined to what is there. */
const JOINED = 0.6;
/** A provision and a paragraph that are alone between the same neighbours need to share less than anywhere else. */
const ALONE = 0.25;

/**
 * Which paragraphs of a file are which provisions: those with the same words and the same bookmark, those with the same words in
 * the same order, those that were only joined or divided, then by likeness as versions of a text are compared, and last by
 * what stands around them. Bookmarks, styles and numbers may all be lost. Lines without words are left out.
 */
export function placed(provisions: readonly Line[], paragraphs: readonly Line[]): Group[] {
	const [left, right] = [provisions, paragraphs].map((lines) => lines.map(({ text }) => plain(text))) as [
		string[],
		string[],
	];
	const taken = { left: new Set<number>(), right: new Set<number>() };
	const groups: { provisions: number[]; paragraphs: number[] }[] = [];
	const free = (list: readonly string[], side: 'left' | 'right') =>
		list.flatMap((text, at) => (text === '' || taken[side].has(at) ? [] : [at]));
	const take = (mine: readonly number[], theirs: readonly number[]): void => {
		for (const at of mine) taken.left.add(at);
		for (const at of theirs) taken.right.add(at);
		groups.push({ provisions: [...mine], paragraphs: [...theirs] });
	};
	const marked = new Map<string, number>();
	for (const at of free(left, 'left')) for (const name of provisions[at]?.bookmarks ?? []) marked.set(name, at);
	for (const at of free(right, 'right')) {
		const own = (paragraphs[at]?.bookmarks ?? []).flatMap((name) => marked.get(name) ?? []);
		const found = own.find((provision) => !taken.left.has(provision) && left[provision] === right[at]);
		if (found !== undefined) take([found], [at]);
	}
	for (const [mine, theirs] of inOrder(free(left, 'left'), free(right, 'right'), left, right)) take([mine], [theirs]);
	const heads = { left: byHead(left), right: byHead(right) };
	for (const at of free(right, 'right')) {
		const run = runOf(right[at] as string, heads.left, left, taken.left);
		if (run) take(run, [at]);
	}
	for (const at of free(left, 'left')) {
		const run = runOf(left[at] as string, heads.right, right, taken.right);
		if (run) take([at], run);
	}
	const [mine, theirs] = [free(left, 'left'), free(right, 'right')];
	const found = pairs(
		mine.map((at) => clause(left[at] as string, String(at))),
		theirs.map((at) => clause(right[at] as string, markOf(paragraphs[at], marked))),
	);
	for (const { before, after } of found) take([mine[before] as number], [theirs[after] as number]);
	alone(groups, left, right, take, free);
	widened(groups, left, right, taken);
	return groups.sort((one, other) => (one.paragraphs[0] as number) - (other.paragraphs[0] as number));
}

function clause(text: string, eId: string): Clause {
	return { eId, kind: 'text', number: null, heading: null, text, parent: null };
}

/** As words are compared: one kind of spaces, quotation marks and dashes. */
function plain(text: string): string {
	return text
		.replaceAll(/[‘’‚′]/g, "'")
		.replaceAll(/[“”„″]/g, '"')
		.replaceAll(/[‐‑‒–—―]/g, '-')
		.replaceAll(/\s+/g, ' ')
		.trim();
}

function markOf(line: Line | undefined, marked: ReadonlyMap<string, number>): string {
	const own = (line?.bookmarks ?? []).flatMap((name) => marked.get(name) ?? []);
	return own.length === 1 ? String(own[0]) : 'none';
}

function inOrder(
	mine: readonly number[],
	theirs: readonly number[],
	left: readonly string[],
	right: readonly string[],
): [number, number][] {
	const ids = new Map<string, number>();
	const idOf = (text: string): number => {
		const id = ids.get(text) ?? ids.size;
		ids.set(text, id);
		return id;
	};
	const [one, other] = [
		Int32Array.from(mine, (at) => idOf(left[at] as string)),
		Int32Array.from(theirs, (at) => idOf(right[at] as string)),
	];
	return matches(one, other).flatMap(({ a, b, length }) =>
		Array.from({ length }, (_, n): [number, number] => [mine[a + n] as number, theirs[b + n] as number]),
	);
}

/** Indices of lines by their first word. */
function byHead(lines: readonly string[]): ReadonlyMap<string, readonly number[]> {
	const found = new Map<string, number[]>();
	lines.forEach((line, at) => {
		const known = found.get(headOf(line));
		if (known) known.push(at);
		else if (line !== '') found.set(headOf(line), [at]);
	});
	return found;
}

function headOf(line: string): string {
	return line.slice(0, line.indexOf(' ') < 0 ? undefined : line.indexOf(' '));
}

/** Two or more free lines, one behind the other, that together are `whole`; null where none are. */
function runOf(
	whole: string,
	heads: ReadonlyMap<string, readonly number[]>,
	lines: readonly string[],
	taken: ReadonlySet<number>,
): number[] | null {
	for (const first of heads.get(headOf(whole)) ?? []) {
		let read = lines[first] as string;
		if (taken.has(first) || !whole.startsWith(`${read} `)) continue;
		const run = [first];
		for (let at = first + 1; at < lines.length && !taken.has(at) && lines[at] !== ''; at++) {
			read = `${read} ${lines[at]}`;
			if (!whole.startsWith(read)) break;
			run.push(at);
			if (read === whole) return run;
		}
	}
	return null;
}

/** One provision and one paragraph that stand alone between the same neighbours. */
function alone(
	groups: readonly Group[],
	left: readonly string[],
	right: readonly string[],
	take: (mine: readonly number[], theirs: readonly number[]) => void,
	free: (list: readonly string[], side: 'left' | 'right') => number[],
): void {
	const partner = new Map(groups.flatMap((group) => group.paragraphs.map((at) => [at, group.provisions] as const)));
	const [mine, theirs] = [new Set(free(left, 'left')), free(right, 'right')];
	for (const at of theirs) {
		const [above, below] = [partner.get(at - 1)?.at(-1), partner.get(at + 1)?.[0]];
		if ((at > 0 && above === undefined) || (at < right.length - 1 && below === undefined)) continue;
		const between: number[] = [];
		for (let one = (above ?? -1) + 1; one < (below ?? left.length) && between.length < 2; one++)
			if (mine.has(one)) between.push(one);
		const [only, another] = between;
		if (only === undefined || another !== undefined) continue;
		if (likeness(left[only] as string, right[at] as string) >= ALONE) take([only], [at]);
	}
}

/** Provisions that somebody joined to their neighbour, and paragraphs divided from theirs, while other words changed too. */
function widened(
	groups: readonly { provisions: number[]; paragraphs: number[] }[],
	left: readonly string[],
	right: readonly string[],
	taken: { readonly left: Set<number>; readonly right: Set<number> },
): void {
	for (const group of groups) {
		const mine = () => group.provisions.map((at) => left[at]).join(' ');
		const theirs = () => group.paragraphs.map((at) => right[at]).join(' ');
		widen(group.provisions, left, taken.left, mine, theirs);
		widen(group.paragraphs, right, taken.right, theirs, mine);
	}
}

function widen(
	own: number[],
	lines: readonly string[],
	taken: Set<number>,
	here: () => string,
	there: () => string,
): void {
	for (const step of [-1, 1]) {
		for (;;) {
			const at = (step < 0 ? (own[0] as number) : (own.at(-1) as number)) + step;
			const line = lines[at] ?? '';
			if (line === '' || taken.has(at)) break;
			const [held, more] = [common(here(), there()), common(`${here()} ${line}`, there())];
			if (more.shared - held.shared < JOINED * (more.one - held.one) || more.one === held.one) break;
			if (step < 0) own.unshift(at);
			else own.push(at);
			taken.add(at);
		}
	}
}

function likeness(one: string, other: string): number {
	const found = common(one, other);
	return found.one + found.other === 0 ? 1 : (2 * found.shared) / (found.one + found.other);
}

/** Words of either text, and how many they share, each as often as it stands in both. */
function common(one: string, other: string): { one: number; other: number; shared: number } {
	const words = lexicon();
	const [left, right] = [one, other].map((text) => {
		const { id, word } = scan(text.toLowerCase(), words);
		return id.filter((_, at) => word[at] === 1);
	}) as [Int32Array, Int32Array];
	return { one: left.length, other: right.length, shared: shared(left, right, new Int32Array(words.size)) };
}
