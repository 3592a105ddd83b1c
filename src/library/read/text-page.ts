import type { TextLine, TextNote } from './text-line.ts';

const PAGE_NUMBER = /^(?:(?:page|página|pg\.?)\s*)?[-–—[(]?\s*(\d{1,4})\s*[-–—\])]?(?:\s*(?:of|de|\/)\s*\d{1,4})?$/i;
/** No page of a policy has fewer lines between its heads. */
const PAGE_LINES = 6;
/** How often a line must come back before it is a head: twice is a heading that two parts share. */
const TIMES = 3;
/** Lines at the top and the foot of a page among which heads are looked for. */
const EDGE = 3;
/** Longer lines are words of the law, however often they come. */
const HEAD_MOST = 120;

/** Lines without running heads and feet and page numbers; where they stood, the text may go on in the middle of a sentence. */
export function withoutPages(lines: readonly TextLine[], note: TextNote): readonly TextLine[] {
	const gone = new Set<number>();
	const edges = edgeLines(lines);
	const heads = runningHeads(lines, edges);
	for (const at of heads) gone.add(at);
	const numbers = pageNumbers(lines, gone, edges);
	for (const at of numbers) gone.add(at);
	if (heads.size > 0) {
		const words = new Set([...heads].map((at) => keyOf((lines[at] as TextLine).text)));
		note('running_head', `${heads.size} running heads left out: ${[...words].slice(0, 3).join(' / ')}`);
	}
	if (numbers.length > 0) note('page_furniture', `${numbers.length} page numbers left out`);
	if (gone.size === 0) return lines;
	return joined(lines, gone);
}

/** Around what was left out the blank lines are the page's and not the text's. */
function joined(lines: readonly TextLine[], gone: ReadonlySet<number>): TextLine[] {
	const kept: TextLine[] = [];
	let broken = false;
	lines.forEach((line, at) => {
		if (gone.has(at)) {
			broken = true;
			return;
		}
		if (broken && line.text === '') return;
		kept.push(broken || line.broken ? { ...line, broken: true } : line);
		broken = false;
	});
	return kept;
}

function runningHeads(lines: readonly TextLine[], edges: Set<number> | null): Set<number> {
	const groups = new Map<string, number[]>();
	lines.forEach(({ text }, at) => {
		if (text === '' || text.length > HEAD_MOST || PAGE_NUMBER.test(text)) return;
		const key = keyOf(text);
		if (key.replaceAll('#', '').trim().length < 3) return;
		const group = groups.get(key);
		if (group) group.push(at);
		else groups.set(key, [at]);
	});
	const found = new Set<number>();
	const counting: number[][] = [];
	const others: number[][] = [];
	for (const group of groups.values()) {
		if (group.length < TIMES && !(edges && group.length === 2)) continue;
		if (edges !== null) {
			if (group.every((at) => edges.has(at))) for (const at of group) found.add(at);
		} else if (spaced(group)) (counts(group, lines) ? counting : others).push(group);
	}
	// Without page ends, a head is known by the number that counts in it, and others by standing beside such.
	for (const at of counting.flat()) found.add(at);
	if (others.length === 0) return found;
	const beside = new Set([...found, ...pageNumbers(lines, found, edges)].flatMap((at) => near(at)));
	for (const group of others) if (group.every((at) => beside.has(at))) for (const at of group) found.add(at);
	return found;
}

/** Lines at the edges of pages; null where no page ends are marked. */
function edgeLines(lines: readonly TextLine[]): Set<number> | null {
	const starts = lines.flatMap((line, at) => (line.broken ? [at] : []));
	if (starts.length === 0) return null;
	const edges = new Set<number>();
	const bounds = [0, ...starts, lines.length];
	for (let page = 0; page + 1 < bounds.length; page++) {
		const filled: number[] = [];
		for (let at = bounds[page] as number; at < (bounds[page + 1] as number); at++) {
			if (lines[at]?.text !== '') filled.push(at);
		}
		for (const at of [...filled.slice(0, EDGE), ...filled.slice(-EDGE)]) edges.add(at);
	}
	return edges;
}

function keyOf(text: string): string {
	return text.replaceAll(/\d+/g, '#').replaceAll(/\s+/g, ' ').toLowerCase();
}

function spaced(group: readonly number[]): boolean {
	return group.every((at, i) => i === 0 || at - (group[i - 1] as number) >= PAGE_LINES);
}

/** Whether one of the numbers in lines that are alike goes up by one from each to the next. */
function counts(group: readonly number[], lines: readonly TextLine[]): boolean {
	const rows = group.map((at) => ((lines[at] as TextLine).text.match(/\d+/g) ?? []).map(Number));
	return (rows[0] ?? []).some((_, place) =>
		rows.every((row, i) => i === 0 || row[place] === ((rows[i - 1] as number[])[place] ?? Number.NaN) + 1),
	);
}

function near(at: number): number[] {
	return [at - 3, at - 2, at - 1, at, at + 1, at + 2, at + 3];
}

/** Indexes of lines that hold a page's number alone: at page ends, counting through the text, or left over at its end. */
function pageNumbers(lines: readonly TextLine[], gone: ReadonlySet<number>, edges: Set<number> | null): number[] {
	const alone = lines.flatMap(({ text }, at) => {
		const number = gone.has(at) ? null : (PAGE_NUMBER.exec(text)?.[1] ?? null);
		return number === null ? [] : [{ at, number: Number(number) }];
	});
	const found = new Set(alone.filter(({ at }) => edges?.has(at)).map(({ at }) => at));
	let chain: { at: number; number: number }[] = [];
	const keep = (): void => {
		if (chain.length > 1) for (const { at } of chain) found.add(at);
	};
	for (const here of alone) {
		const last = chain.at(-1);
		if (last && here.number === last.number + 1 && here.at - last.at >= PAGE_LINES) chain.push(here);
		else {
			keep();
			chain = [here];
		}
	}
	keep();
	for (let at = lines.length - 1; at > 0; at--) {
		const { text } = lines[at] as TextLine;
		if (text !== '' && !PAGE_NUMBER.test(text)) break;
		if (text !== '') found.add(at);
	}
	return [...found].toSorted((a, b) => a - b);
}
