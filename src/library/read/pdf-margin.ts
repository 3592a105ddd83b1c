import type { Run } from './block.ts';
import type { Gatherer } from './gather.ts';
import type { Line } from './pdf-line.ts';

/** Lines at the top and at the foot of a page that may be its head or foot. */
const EDGE_LINES = 3;
/** A head stands on this share of the pages at least: some differ on left and right pages. */
const REPEATED = 0.4;
/** Line numbers stand before this share of the lines of a page. */
const NUMBERED = 0.6;
const MIN_NUMBERED = 4;
/** So many pages at least must be counted before a number at an edge is one of them. */
const MIN_COUNTED = 3;

/** Pages without the numbers of their lines, their running heads and feet, and their page numbers; each is told of once. */
export function withoutMargins(pages: readonly (readonly Line[])[], out: Gatherer): Line[][] {
	const bare = withoutLineNumbers(pages, out);
	const edges = new Map<string, number>();
	for (const page of bare)
		for (const key of new Set(edgesOf(page).map((line) => keyOf(line)))) edges.set(key, (edges.get(key) ?? 0) + 1);
	const needed = Math.max(2, Math.ceil(bare.length * REPEATED));
	const step = numbering(bare);
	const told = new Set<string>();
	return bare.map((page, nth) => {
		const edge = new Set(edgesOf(page));
		return page.filter((line) => {
			if (!edge.has(line)) return true;
			const key = keyOf(line);
			const outermost = isOutermost(line, page);
			const counts = step !== null && numbersAt(line.text).some((n) => n - nth === step);
			const number = outermost && (isPageNumber(line.text) || counts);
			if (!number && (edges.get(key) ?? 0) < needed) return true;
			if (!told.has(key)) out.problem(number ? 'page_furniture' : 'running_head', line.text.trim().slice(0, 200));
			told.add(key);
			return false;
		});
	});
}

function edgesOf(page: readonly Line[]): Line[] {
	const heights = [...new Set(page.map((line) => Math.round(line.y)))].sort((a, b) => b - a);
	const edge = new Set([...heights.slice(0, EDGE_LINES), ...heights.slice(-EDGE_LINES)]);
	return page.filter((line) => edge.has(Math.round(line.y)));
}

function isOutermost(line: Line, page: readonly Line[]): boolean {
	return page.every((other) => other.y <= line.y + 1) || page.every((other) => other.y >= line.y - 1);
}

/** What the page number is ahead of the count of pages, where most pages carry one at an end of their outermost lines; else null. */
function numbering(pages: readonly (readonly Line[])[]): number | null {
	const steps = new Map<number, number>();
	pages.forEach((page, nth) => {
		const outermost = page.filter((line) => isOutermost(line, page));
		for (const step of new Set(outermost.flatMap((line) => numbersAt(line.text)).map((n) => n - nth)))
			steps.set(step, (steps.get(step) ?? 0) + 1);
	});
	const [best] = [...steps].sort((a, b) => b[1] - a[1]);
	return best && best[1] >= Math.max(MIN_COUNTED, pages.length * REPEATED) ? best[0] : null;
}

/** The numbers a line begins and ends with, where they stand by themselves. */
function numbersAt(text: string): number[] {
	return [/^\s*(\d{1,4})(?=\s|$)/, /(?:^|\s)(\d{1,4})\s*$/].flatMap((pattern) => {
		const found = pattern.exec(text)?.[1];
		return found === undefined ? [] : [Number(found)];
	});
}

/** The words of a head with its page number taken out, and where it stands. */
function keyOf(line: Line): string {
	return `${line.text
		.replace(/\d+/g, '#')
		.replace(/\b[ivxlc]+\b/gi, '#')
		.replace(/\s+/g, ' ')
		.trim()
		.toLowerCase()}@${Math.round(line.y / 12)}`;
}

function isPageNumber(text: string): boolean {
	return /^(page\s*)?[-–—[(]?\s*(\d{1,4}|[ivxlc]{1,6})\s*[-–—\])]?(\s*(of|\/)\s*\d{1,4})?$/i.test(text.trim());
}

function withoutLineNumbers(pages: readonly (readonly Line[])[], out: Gatherer): Line[][] {
	let told = false;
	return pages.map((page) => {
		const numbers = page.map((line) => Number(/^\s*(\d{1,3})(?=[\s\t]|$)/.exec(line.text)?.[1] ?? Number.NaN));
		const found = numbers.filter((n) => !Number.isNaN(n));
		const rising = found.filter((n, at) => at === 0 || n === (found[at - 1] ?? 0) + 1).length;
		const enough = found.length >= Math.max(MIN_NUMBERED, page.length * NUMBERED) && rising >= found.length * 0.9;
		if (!enough) return [...page];
		if (!told) out.problem('line_numbers', 'The numbers of the lines in the margin were left out.');
		told = true;
		return page.flatMap((line, n) => {
			if (Number.isNaN(numbers[n])) return [line];
			const bare = unnumbered(line);
			return bare === null ? [] : [bare];
		});
	});
}

function unnumbered(line: Line): Line | null {
	const rest = line.text.replace(/^\s*\d{1,3}[\s\t]*/, '');
	if (rest === '') return null;
	let cut = line.text.length - rest.length;
	const runs: Run[] = [];
	for (const run of line.runs) {
		const text = run.text.slice(Math.min(cut, run.text.length));
		cut -= run.text.length - text.length;
		if (text !== '') runs.push({ ...run, text });
	}
	const share = (line.text.length - rest.length) / line.text.length;
	const gap = line.behindGap?.at === line.text.length - rest.length ? line.behindGap.left : null;
	return { ...line, runs, text: rest, left: gap ?? line.left + (line.right - line.left) * share, behindGap: null };
}
