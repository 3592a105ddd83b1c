import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { weighing, weightsOf } from '../../src/concordance/background.ts';
import { readBackground } from '../../src/concordance/background-bytes.ts';
import { type Fingerprints, fingerprints } from '../../src/concordance/fingerprint.ts';
import { masked, masksOf } from '../../src/concordance/mask.ts';
import { termsOf } from '../../src/concordance/term.ts';
import { type Measures, median, tell } from '../measure.ts';

/** What two cities write into the blanks of a model, in turn. */
const CITIES = [
	['Alder Falls', 'Chief of Police', '30 days', 'Mayor'],
	['Wexmoor', 'Sheriff', 'ten business days', 'City Manager'],
] as const;

/** Each model that comes along with its blanks filled by two cities: the share of fingerprints that agree, with and without masks. */
export async function masks(_data: string, say: (line: string) => void): Promise<Measures> {
	const weights = weighing(readBackground(readFileSync('seeds/background.bin')));
	const models = readdirSync('seeds/library', { recursive: true, encoding: 'utf8' })
		.filter((name) => /\d-\d\d\.en\.md$/.test(name))
		.map((name) => readFileSync(join('seeds/library', name), 'utf8').replace(/\{\{if [^}]*\}\}/g, ''))
		.filter((text) => /\{\{[^}]*\}\}/.test(text));
	const printsOf = (text: string, answers: readonly string[], hidden: boolean): Fingerprints => {
		let next = 0;
		const filled = termsOf(text.replace(/\{\{[^}]*\}\}/g, () => answers[next++ % answers.length] ?? ''));
		const terms = hidden ? masked(filled, masksOf(answers)) : filled;
		return fingerprints(terms, weightsOf(terms.keys, weights));
	};
	const shares = (hidden: boolean) =>
		models.map((text) => {
			const [one, other] = CITIES.map((answers) => new Set(printsOf(text, answers, hidden).hashes));
			return [...(one ?? [])].filter((hash) => other?.has(hash)).length / (one?.size ?? 1);
		});
	const [bare, hidden] = [shares(false), shares(true)];
	say(
		`${models.length} models in two cities: from ${Math.min(...bare).toFixed(3)} to ${Math.max(...bare).toFixed(3)} of fingerprints agree; masked ${Math.min(...hidden).toFixed(3)} to ${Math.max(...hidden).toFixed(3)}`,
	);
	return {
		masks_share: tell(median(hidden), 'of fingerprints agree, names masked; peer: not masked', median(bare)),
		masks_share_least: tell(
			Math.min(...hidden),
			'the same, of the model where the fewest agree; peer: not masked',
			Math.min(...bare),
		),
	};
}
