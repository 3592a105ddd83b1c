import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backgroundOf, weighing } from '../../src/concordance/background.ts';
import { gramsOf, nearest, profileOf, shelfOf } from '../../src/concordance/kinship.ts';
import { termsOf } from '../../src/concordance/term.ts';
import { type Introduction, readIntroductions } from '../library/introductions.ts';
import { demand, type Measures, tell, timed } from '../measure.ts';

/** Bills before this day are the pool. */
const SESSION = '2018-01-01';

/**
 * Bills of 2018 that repeat one of 2014 to 2017: how often the text alone leads to the listed bill, or to an earlier one of the
 * same name. The list was made from names, so that some pairs share no text; the misses are printed.
 */
export async function reintroduced(data: string, say: (line: string) => void): Promise<Measures> {
	const texts = readIntroductions(data);
	const grams = texts.map(({ text }) => gramsOf(termsOf(text)));
	const places = new Map(texts.map(({ id }, n) => [id, n]));
	const pool = texts.flatMap(({ intro }, n) => (intro < SESSION ? [n] : []));
	const background = weighing(backgroundOf(grams));
	const shelf = shelfOf(pool.map((n) => profileOf(grams[n] as Uint32Array, background)));
	const listed = readFileSync(join(data, 'policy/nyc_reintroduced_2018.csv'), 'utf8').trim().split(/\r?\n/).slice(1);
	let hits = 0;
	const spent = await timed(() => {
		for (const line of listed) {
			const [, from = '', to = ''] = line.split(',');
			const asked = places.get(to) ?? -1;
			const [top] = nearest(profileOf(grams[asked] as Uint32Array, background), shelf, 1);
			const [query, found] = [texts[asked], texts[pool[top?.text ?? -1] ?? -1]] as [Introduction, Introduction];
			if (found.id === from || plain(found.name) === plain(query.name)) hits++;
			else
				say(
					`  ${to} (${query.name}) is listed as ${from}; nearest is ${found.id} (${found.name}), ${top?.kinship.toFixed(2)}`,
				);
		}
	});
	return {
		reintroduced_first: demand(hits / listed.length, `of ${listed.length} bills, the earlier one nearest`, {
			least: 0.99,
		}),
		reintroduced_query: tell(spent / listed.length, `ms a question, among ${pool.length} bills`),
	};
}

function plain(name: string): string {
	return name
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, ' ')
		.trim();
}
