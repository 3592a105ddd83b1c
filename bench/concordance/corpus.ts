import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { backgroundOf, type Weighing, weighing, weightsOf } from '../../src/concordance/background.ts';
import { type Fingerprints, fingerprints } from '../../src/concordance/fingerprint.ts';
import { type Prepared, prepared } from '../../src/concordance/span.ts';
import { type Terms, termsOf } from '../../src/concordance/term.ts';

/** Texts cut, weighed and fingerprinted. */
export interface Corpus {
	readonly terms: readonly Terms[];
	readonly weights: readonly Float32Array[];
	readonly prints: readonly Fingerprints[];
	readonly weighing: Weighing;
}

export function corpusOf(texts: readonly string[], known?: Weighing): Corpus {
	const terms = texts.map(termsOf);
	const own = known ?? weighing(backgroundOf(terms.map(({ keys }) => keys)));
	const weights = terms.map(({ keys }) => weightsOf(keys, own));
	const prints = terms.map((one, n) => fingerprints(one, weights[n]));
	return { terms, weights, prints, weighing: own };
}

export function preparedOf({ terms, weights, prints }: Corpus): Prepared[] {
	return terms.map(({ keys }, n) => prepared(keys, weights[n] as Float32Array, prints[n] as Fingerprints));
}

/** Rows of a file of the data folder with one JSON object a line. */
export function lines<Row>(data: string, file: string): Row[] {
	return readFileSync(join(data, 'policy', file), 'utf8')
		.split('\n')
		.filter(Boolean)
		.map((line) => JSON.parse(line) as Row);
}

/** Average precision of items by falling score; equal scores count as half before, half behind. */
export function averagePrecision(items: readonly { readonly score: number; readonly right: boolean }[]): number {
	const sorted = items.toSorted((a, b) => b.score - a.score || Number(a.right) - Number(b.right));
	let [hits, sum] = [0, 0];
	sorted.forEach(({ right }, n) => {
		if (right) sum += ++hits / (n + 1);
	});
	return hits === 0 ? 0 : sum / hits;
}
