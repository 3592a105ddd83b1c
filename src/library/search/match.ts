import type { Plan, Sequence } from './plan.ts';
import { behind, both, either, type Postings, without } from './postings.ts';
import type { Open, Words } from './words.ts';

/** Provisions that have everything a plan asks for and nothing it excludes, in ascending order. */
export function matching({ all, none }: Plan, words: Pick<Words, 'provisions'>, open: Open): Int32Array {
	if (all.length + none.length === 0) return new Int32Array(0);
	const groups = all
		.map((sequences) => either(sequences.map((one) => inOrder(one, open))).docs)
		.toSorted((a, b) => a.length - b.length);
	const [fewest = everything(words), ...others] = groups;
	const found = others.reduce(both, fewest);
	return none.reduce((docs, one) => without(docs, inOrder(one, open).docs), found);
}

/** Where the last word of a sequence stands, the others before it as they should. */
function inOrder(sequence: Sequence, open: Open): Postings {
	const [first, ...others] = sequence;
	return others.reduce(
		(before, { lexemes, distance }) => behind(before, open(lexemes), distance),
		open(first?.lexemes ?? []),
	);
}

function everything({ provisions }: Pick<Words, 'provisions'>): Int32Array {
	const docs = new Int32Array(provisions);
	for (let doc = 0; doc < provisions; doc++) docs[doc] = doc;
	return docs;
}
