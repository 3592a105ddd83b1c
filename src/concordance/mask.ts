import { type Terms, termsOf } from './term.ts';

/** Key of what was masked; a background weighs it as nothing. */
export const MASK = 0x6d61736b;

/** Names as rows of terms, by the first term of each; the longest row of a first term comes first. */
export type Masks = ReadonlyMap<number, readonly Uint32Array[]>;

/**
 * Names that must not part texts which are alike but for them: of a city, of its offices, what it wrote into the blanks of a model.
 * Each counts in every way of writing that `termsOf` folds, and with a possessive s. A word of the trade among them would be masked
 * wherever it stands.
 */
export function masksOf(names: Iterable<string>): Masks {
	const masks = new Map<number, Uint32Array[]>();
	for (const name of names) {
		for (const written of [name, `${name}'s`]) {
			const { keys } = termsOf(written);
			const rows = masks.get(keys[0] ?? 0) ?? [];
			if (keys.length > 0)
				masks.set(
					keys[0] as number,
					[...rows, keys].sort((a, b) => b.length - a.length),
				);
		}
	}
	return masks;
}

/** The terms with each name as one term that all names share; it stands for the whole stretch. Linear in terms and names of one first term. */
export function masked(terms: Terms, masks: Masks): Terms {
	const [keys, starts, ends] = [terms.keys.slice(), terms.starts.slice(), terms.ends.slice()];
	let count = 0;
	for (let at = 0; at < terms.keys.length; count++) {
		const row = masks.get(terms.keys[at] as number)?.find((one) => stands(one, terms.keys, at));
		keys[count] = row ? MASK : (terms.keys[at] as number);
		starts[count] = terms.starts[at] as number;
		at += row ? row.length : 1;
		ends[count] = terms.ends[at - 1] as number;
	}
	return { keys: keys.slice(0, count), starts: starts.slice(0, count), ends: ends.slice(0, count) };
}

function stands(row: Uint32Array, keys: Uint32Array, at: number): boolean {
	return row.every((key, n) => keys[at + n] === key);
}
