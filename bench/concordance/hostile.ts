import { allCandidates } from '../../src/concordance/candidate.ts';
import { postingsOf } from '../../src/concordance/posting.ts';
import { type Prepared, spansOf } from '../../src/concordance/span.ts';
import { demand, type Measures, timed } from '../measure.ts';
import { corpusOf, preparedOf } from './corpus.ts';

const MILLION = 1_000_000;
/** Bound of each, in milliseconds: an import that takes longer is a fault. */
const PATIENCE = 10_000;

/** Input that was made to be slow. */
export async function hostile(_data: string, say: (line: string) => void): Promise<Measures> {
	const clause = 'No officer shall honor a civil immigration detainer unless a judge issued a warrant for that person.';
	const cases: Readonly<Record<string, () => readonly string[]>> = {
		one_word: () => ['warrant '.repeat(MILLION), 'warrant '.repeat(MILLION)],
		no_space: () => ['x'.repeat(10 * MILLION), 'ab1'.repeat((10 * MILLION) / 3)],
		identical: () => Array.from({ length: 10_000 }, () => clause),
	};
	const measures: Measures = {};
	for (const [name, make] of Object.entries(cases)) {
		const texts = make();
		let told = '';
		const spent = await timed(() => {
			const corpus = corpusOf(texts);
			const { left, right, cut } = allCandidates(postingsOf(corpus.prints));
			const [one, other] = preparedOf(corpus) as [Prepared, Prepared];
			const { spans, cut: short } = spansOf(one, other);
			told = `${left.length} pairs, ${right.length > 0 ? 'aligned' : 'none'}; ${cut.fingerprints} fingerprints left out, which name ${cut.pairs} pairs; ${spans.length} spans of the first two${short ? ', cut' : ''}`;
		});
		say(`hostile, ${name}: ${told}`);
		measures[`hostile_${name}`] = demand(spent, 'ms', { most: PATIENCE });
	}
	return measures;
}
