import { diff3Merge } from 'node-diff3';
import { merged } from '../../src/concordance/merge.ts';
import type { Parameter } from '../../src/concordance/substitute.ts';
import { demand, type Measures, tell, timed } from '../measure.ts';
import { lineEdits } from './line-edits.ts';
import { type Related, reintroduced, seeded } from './related.ts';

/** Pairs that share at least this much are one text and a newer one of it. */
const OVERLAP = 0.5;
const PARAMETERS = 5;
const EDITS = 3;
/** The first is the one that the generator was made with; the others were never looked at while it was. */
const SEEDS = [20_260, 7_411, 90_125];
/** Words and signs on either side by which an edit finds its place in a text, and those that theirs must still have. */
const CONTEXT = 8;
const NEAR = 4;
const WORD = /[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu;
/** Characters of the texts that the peer gets: it is cubic. */
const SHORT = 5_000;
const PEER_PAIRS = 10;

/** Three texts, and what they must come to; null where the generator cannot tell where an edit belongs in the newer text. */
export interface Case {
	readonly base: string;
	readonly ours: string;
	readonly theirs: string;
	readonly parameters: readonly Parameter[];
	readonly intended: string | null;
}

/** An edit of the city: between two rows of words, these become those; nothing is struck, or one or two words. */
interface Edit {
	readonly left: readonly string[];
	readonly struck: readonly string[];
	readonly written: string;
	readonly right: readonly string[];
}

/** The cases of the seed that the generator was made with: bills brought in again, with a city's own words and edits. */
export function reintroducedCases(data: string): readonly Case[] {
	const pairs = reintroduced(data).filter(({ overlap }) => overlap >= OVERLAP);
	return casesOf(pairs, seeded(SEEDS[0] as number), made);
}

const INSERTED = ['or its contractors', 'in writing', 'and upon request', 'without delay', 'to the extent feasible'];
const REPLACED = ['municipal', 'prompt', 'eligible', 'quarterly', 'designated'];

/** How the cases of one generator came out. */
interface Outcome {
	readonly cases: number;
	readonly clean: number;
	readonly blind: number;
	readonly right: number;
	readonly wrong: number;
	readonly lost: number;
	/** Those that are the intended text but for white space. */
	readonly spaced: number;
}

/** Clean merges of bills brought in again with a city's own words and edits, each held against the text it must be. */
export async function mergePart(data: string, say: (line: string) => void): Promise<Measures> {
	const pairs = reintroduced(data).filter(({ overlap }) => overlap >= OVERLAP);
	const words = SEEDS.map((seed) => casesOf(pairs, seeded(seed), made));
	const kept = casesOf(pairs, seeded(SEEDS[1] as number), (pair, _, random) => linesMade(pair, true, random));
	const any = casesOf(pairs, seeded(SEEDS[2] as number), (pair, _, random) => linesMade(pair, false, random));
	const outcomes = words.map((cases) => judged(cases, say));
	const [first = NONE] = outcomes;
	const fresh = sum(outcomes.slice(1));
	const lines = judged(kept, say);
	const others = judged(any, say);
	const all = sum([first, fresh, lines, others]);
	const cases = words[0] ?? [];
	say(
		`${pairs.length} pairs; ${first.cases} cases of words, ${fresh.cases} by fresh seeds, ${lines.cases} of lines that theirs kept, ${others.cases} of any`,
	);
	const time = await timed(() => {
		for (const { base, ours, theirs, parameters } of cases) merged(base, ours, theirs, parameters);
	});
	const short = cases.filter(({ base, theirs }) => base.length <= SHORT && theirs.length <= SHORT).slice(0, PEER_PAIRS);
	const split = (text: string) => text.split(/(\s+)/);
	const ours = await timed(() => {
		for (const { base, ours: own, theirs, parameters } of short) merged(base, own, theirs, parameters);
	});
	const peer = await timed(() => {
		for (const { base, ours: own, theirs } of short) diff3Merge(split(own), split(base), split(theirs));
	});
	return {
		merge_cases: tell(all.cases, 'cases'),
		merge_clean: demand(first.clean / first.cases, 'of cases clean, parameters known', { least: 0.8 }),
		merge_clean_fresh: demand(fresh.clean / fresh.cases, 'the same by seeds that nobody looked at', { least: 0.8 }),
		merge_clean_lines: tell(lines.clean / lines.cases, 'the same by edits of whole lines that theirs kept'),
		merge_clean_any_lines: tell(
			others.clean / others.cases,
			'the same where theirs may have changed those lines as well',
		),
		merge_clean_blind: tell(first.blind / first.cases, 'of cases clean, parameters unknown'),
		merge_intended: tell(all.right, 'clean merges that are the intended text, of all'),
		merge_undetermined: tell(all.lost, 'clean merges of an edit that has no certain place in the newer text'),
		merge_spaced: tell(all.spaced, 'clean merges that are the intended text but for white space'),
		merge_wrong: demand(all.wrong, 'clean merges that are not the intended text', { most: 0 }),
		merge_time: tell(time / cases.length, 'ms a case'),
		merge_time_short: tell(
			ours / Math.max(1, short.length),
			`ms a case of at most 5 KB, ${short.length} cases; peer: node-diff3`,
			peer / Math.max(1, short.length),
		),
	};
}

const NONE: Outcome = { cases: 0, clean: 0, blind: 0, right: 0, wrong: 0, lost: 0, spaced: 0 };

/** Cases of all pairs, every second one edited only where theirs changed nothing near. */
function casesOf(
	pairs: readonly Related[],
	random: () => number,
	make: (pair: Related, outside: boolean, random: () => number) => Case | null,
): Case[] {
	return pairs.flatMap((pair, n) => make(pair, n % 2 === 0, random) ?? []);
}

function judged(cases: readonly Case[], say: (line: string) => void): Outcome {
	const count = { ...NONE, cases: cases.length };
	for (const { base, ours, theirs, parameters, intended } of cases) {
		const found = merged(base, ours, theirs, parameters);
		if (merged(base, ours, theirs).kind === 'clean') count.blind++;
		if (found.kind !== 'clean') continue;
		count.clean++;
		if (found.text === intended) count.right++;
		else if (intended === null) count.lost++;
		else if (plain(found.text) === plain(intended)) count.spaced++;
		else {
			count.wrong++;
			say(`not as intended: ${difference(found.text, intended)}`);
		}
	}
	return count;
}

function sum(outcomes: readonly Outcome[]): Outcome {
	return outcomes.reduce(
		(all, one) => ({
			cases: all.cases + one.cases,
			clean: all.clean + one.clean,
			blind: all.blind + one.blind,
			right: all.right + one.right,
			wrong: all.wrong + one.wrong,
			lost: all.lost + one.lost,
			spaced: all.spaced + one.spaced,
		}),
		NONE,
	);
}

function plain(text: string): string {
	return text.replaceAll(/\s+/g, ' ').trim();
}

/** A case of one pair by the generator of lines. */
function linesMade(pair: Related, outside: boolean, random: () => number): Case | null {
	const parameters = chosen(pair.before, random);
	if (parameters.length < PARAMETERS) return null;
	const [base, theirs] = [pair.before, pair.after].map((text) => put(text, parameters)) as [string, string];
	const edits = lineEdits(base, theirs, outside, random);
	return edits && { base: pair.before, theirs: pair.after, parameters, ...edits };
}

/** A text with the words of the city. */
function put(text: string, parameters: readonly Parameter[]): string {
	return parameters.reduce((made, { words, value }) => made.split(new RegExp(`\\b${words}\\b`)).join(value), text);
}

/** A case of one pair; null where the earlier text has too few words to put in and edit. */
function made(pair: Related, outside: boolean, random: () => number): Case | null {
	const parameters = chosen(pair.before, random);
	if (parameters.length < PARAMETERS) return null;
	const put = (text: string) =>
		parameters.reduce((made, { words, value }) => made.split(new RegExp(`\\b${words}\\b`)).join(value), text);
	const [base, theirs] = [put(pair.before), put(pair.after)];
	let ours = base;
	let intended: string | null = theirs;
	for (let n = 0; n < EDITS; n++) {
		const edit = edited(ours, outside ? (intended ?? '') : null, random);
		if (!edit) return null;
		const done = placed(ours, edit);
		if (done === null) return null;
		ours = done;
		intended = intended === null ? null : placed(intended, edit);
	}
	return { base: pair.before, ours, theirs: pair.after, parameters, intended };
}

/** Words of the text that a city calls otherwise: five of its longer ones. */
function chosen(text: string, random: () => number): Parameter[] {
	const known = [...new Set(text.match(/\b[a-z]{6,}\b/g) ?? [])];
	const found = new Map<string, string>();
	for (let tries = 0; found.size < PARAMETERS && tries < 100 && known.length > 0; tries++) {
		const words = known[Math.floor(random() * known.length)] as string;
		if (!found.has(words)) found.set(words, `Local${found.size} ${words}ry`);
	}
	return [...found].map(([words, value]) => ({ words, value }));
}

/** An edit at a place that is there once, with single spaces; with `within`, one whose surroundings stand in that text as well. */
function edited(text: string, within: string | null, random: () => number): Edit | null {
	const words = [...text.matchAll(WORD)];
	for (let tries = 0; tries < 400; tries++) {
		const at = CONTEXT + Math.floor(random() * Math.max(1, words.length - 2 * CONTEXT - 3));
		const many = Math.floor(random() * 3);
		const [first, last] = [words[at - 1], words[at + many]];
		if (!first || !last || at + many + CONTEXT > words.length) continue;
		// Between and around what is struck stand single spaces.
		if (!/^[\p{L}\p{N}]+(?: [\p{L}\p{N}]+)* $/u.test(text.slice(first.index, last.index))) continue;
		const row = (from: number, to: number) => words.slice(from, to).map((one) => one[0]);
		const list = many === 0 ? INSERTED : REPLACED;
		const edit = {
			left: row(at - CONTEXT, at),
			struck: row(at, at + many),
			written: many === 2 ? '' : (list[Math.floor(random() * list.length)] as string),
			right: row(at + many, at + many + CONTEXT),
		};
		const whole = [...edit.left, ...edit.struck, ...edit.right];
		if (places(words, whole).length !== 1) continue;
		const near = [...edit.left.slice(-NEAR), ...edit.struck, ...edit.right.slice(0, NEAR)];
		const there = within === null ? 1 : places([...within.matchAll(WORD)], near).length;
		if (there === 1) return edit;
	}
	return null;
}

/**
 * The text with the edit where its surroundings are; null where they are not there exactly once. Of surroundings that
 * changed, as many words count as are still there, but one on either side at the least, and what stands right around it once.
 */
function placed(text: string, { left, struck, written, right }: Edit): string | null {
	const words = [...text.matchAll(WORD)];
	for (let sum = 2 * CONTEXT; sum >= 2; sum--) {
		const found = new Set<number>();
		for (let n = Math.max(1, sum - CONTEXT); n <= Math.min(CONTEXT, sum - 1); n++) {
			const row = [...left.slice(CONTEXT - n), ...struck, ...right.slice(0, sum - n)];
			for (const at of places(words, row)) found.add(at + n);
		}
		const close = [...left.slice(CONTEXT - 2), ...struck, ...right.slice(0, 2)];
		if (found.size > 1 || (found.size === 1 && sum < 2 * CONTEXT && places(words, close).length > 1)) return null;
		for (const at of found) {
			const end = (word: RegExpExecArray | undefined) => (word ? word.index + word[0].length : 0);
			const [from, to] = [end(words[at - 1]), end(words[at + struck.length - 1])];
			return `${text.slice(0, from)}${written === '' ? '' : ` ${written}`}${text.slice(to)}`;
		}
	}
	return null;
}

function places(words: readonly RegExpExecArray[], row: readonly string[]): number[] {
	return words.flatMap((_, at) => (row.every((word, n) => words[at + n]?.[0] === word) ? [at] : []));
}

function difference(text: string, intended: string): string {
	let at = 0;
	while (at < text.length && text[at] === intended[at]) at++;
	const shown = (all: string) => JSON.stringify(all.slice(Math.max(0, at - 60), at + 60));
	return `${shown(text)} for ${shown(intended)}`;
}
