import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backgroundOf, weighing } from '../../src/concordance/background.ts';
import {
	gramsOf,
	type Kin,
	nearest,
	type Profile,
	profileOf,
	shelfOf,
	together,
} from '../../src/concordance/kinship.ts';
import { termsOf } from '../../src/concordance/term.ts';
import { type Introduction, readIntroductions } from '../library/introductions.ts';
import { demand, type Measures, tell, timed } from '../measure.ts';
import { randomOf } from '../watch/archive.ts';

/** Bills before this day are the pool. */
const SESSION = '2018-01-01';
const SEED = 2018;
/** Marks of the drafters, such as `LS 625/Int. 71-2014`, name the earlier bill. */
const DRAFTING = /\bInt(?:ro)?\.?\s*(?:No\.?)?\s*#?\s*\d+[A-Z]?\s*[-/]\s*(?:20)?\d\d\b|\bLS?\s*#?\s*\d[\d/-]*/gi;

/** A bill, and those of the pool that are right. */
interface Question {
	readonly asked: number;
	readonly right: ReadonlySet<number>;
}

/**
 * Bills that repeat one of 2014 to 2017: how often the text alone leads to the listed bill or to an earlier one of the same name. The
 * list was made from names, so that some pairs share no text; the misses are printed. Beside the list, in two halves by a seeded
 * draw: the bills of 2018 to 2021 that are not on it and bear a name of the pool, and all without the marks of drafters.
 */
export async function reintroduced(data: string, say: (line: string) => void): Promise<Measures> {
	const texts = readIntroductions(data);
	const pool = texts.flatMap(({ intro }, n) => (intro < SESSION ? [n] : []));
	const { listed, others } = questions(data, texts, pool);
	const random = randomOf(SEED);
	const drawn = listed.map((question) => ({ question, by: random() })).toSorted((a, b) => a.by - b.by);
	const half = new Set(drawn.slice(0, listed.length >> 1).map(({ question }) => question));
	const search = searchOf(
		texts.map(({ text }) => text),
		pool,
	);
	const missed: Question[] = [];
	const spent = await timed(() => {
		for (const question of [...listed, ...others]) {
			const top = search(question.asked);
			if (question.right.has(top?.text ?? -1)) continue;
			missed.push(question);
			const [query, found] = [texts[question.asked], texts[top?.text ?? -1]];
			say(`  ${query?.id} (${query?.name}): nearest is ${found?.id} (${found?.name}), ${top?.kinship.toFixed(2)}`);
		}
	});
	const first = (of: readonly Question[]) => 1 - of.filter((one) => missed.includes(one)).length / of.length;
	const bare = searchOf(
		texts.map(({ text }) => text.replace(DRAFTING, ' ')),
		pool,
	);
	const hits = listed.filter(({ asked, right }) => right.has(bare(asked)?.text ?? -1)).length;
	return {
		reintroduced_first: demand(first(listed), `of ${listed.length} bills, the earlier one nearest`, { least: 0.99 }),
		reintroduced_one_half: tell(first(listed.filter((one) => half.has(one))), `of ${half.size} drawn of them`),
		reintroduced_other_half: tell(
			first(listed.filter((one) => !half.has(one))),
			`of the other ${listed.length - half.size}`,
		),
		reintroduced_unlisted: tell(first(others), `of ${others.length} bills of 2018 to 2021 not on the list`),
		reintroduced_unmarked: tell(hits / listed.length, "of the list, drafters' marks cut out"),
		reintroduced_query: tell(spent / (listed.length + others.length), `ms a question, among ${pool.length} bills`),
	};
}

/** The nearest of the pool to one of the texts: words and rows of two, each with the same voice. */
function searchOf(texts: readonly string[], pool: readonly number[]): (asked: number) => Kin | undefined {
	const terms = texts.map(termsOf);
	const profiles = [1, 2].map((length) => {
		const grams = terms.map((one) => gramsOf(one, length, length));
		const background = weighing(backgroundOf(grams));
		return (n: number) => profileOf(grams[n] as Uint32Array, background);
	});
	const [words, rows] = profiles as [(n: number) => Profile, (n: number) => Profile];
	const shelf = shelfOf(pool.map((n) => together(words(n), rows(n))));
	return (asked) => {
		const [top] = nearest(together(words(asked), rows(asked)), shelf, 1);
		return top && { ...top, text: pool[top.text] as number };
	};
}

function questions(
	data: string,
	texts: readonly Introduction[],
	pool: readonly number[],
): { listed: Question[]; others: Question[] } {
	const places = new Map(texts.map(({ id }, n) => [id, n]));
	const names = new Map<string, number[]>();
	for (const n of pool) {
		const name = plain(texts[n]?.name ?? '');
		names.set(name, [...(names.get(name) ?? []), n]);
	}
	const sameName = (n: number) => names.get(plain(texts[n]?.name ?? '')) ?? [];
	const list = readFileSync(join(data, 'policy/nyc_reintroduced_2018.csv'), 'utf8').trim().split(/\r?\n/).slice(1);
	const listed = list.map((line) => {
		const [, from = '', to = ''] = line.split(',');
		const asked = places.get(to) ?? -1;
		return { asked, right: new Set([places.get(from) ?? -1, ...sameName(asked)]) };
	});
	const known = new Set(listed.map(({ asked }) => asked));
	const others = texts.flatMap(({ intro }, n) =>
		intro < SESSION || known.has(n) || sameName(n).length === 0 ? [] : [{ asked: n, right: new Set(sameName(n)) }],
	);
	return { listed, others };
}

function plain(name: string): string {
	return name
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, ' ')
		.trim();
}
