import { candidatesOf } from '../../src/concordance/candidate.ts';
import { postingsOf } from '../../src/concordance/posting.ts';
import { type Prepared, spansOf } from '../../src/concordance/span.ts';
import { readIntroductions } from '../library/introductions.ts';
import { demand, type Measures, tell } from '../measure.ts';
import { randomOf } from '../watch/archive.ts';
import { corpusOf, preparedOf } from './corpus.ts';

const SEED = 1373;
const PLANTED = 1_000;
/** Words of a borrowed passage. */
const SHORTEST = 60;
const LONGEST = 160;
/** Share of letters that the scanner misread. */
const NOISE = [0, 0.01, 0.02, 0.05];
const KINDS = ['verbatim', 'names', 'reordered', 'inserted'] as const;
/** Share of the passage that spans must cover for it to be found. */
const COVERED = 0.5;
/** Found words of the source may begin and end so far beyond the passage by accident. */
const SLACK = 12;

type Kind = (typeof KINDS)[number];

/**
 * Borrowings that are known because they were made: a passage of one bill, changed by kind and noise, put between sentences of
 * invented words. Recall: the source is a candidate and spans cover half of the passage. Precision: share of found words of the planted text that
 * lie in the passage.
 */
export async function planted(data: string, say: (line: string) => void): Promise<Measures> {
	const texts = readIntroductions(data).map(({ text }) => text);
	const corpus = corpusOf(texts);
	const postings = postingsOf(corpus.prints);
	const made = preparedOf(corpus);
	const random = randomOf(SEED);
	const long = texts.flatMap((text, n) => (text.split(/\s+/).length > LONGEST * 2 ? [n] : []));
	const tallies = new Map<string, { asked: number; found: number; inside: number; all: number }>();
	for (let n = 0; n < PLANTED; n++) {
		const kind = KINDS[n % KINDS.length] as Kind;
		const noise = NOISE[Math.floor(n / KINDS.length) % NOISE.length] as number;
		const source = long[Math.floor(random() * long.length)] as number;
		const words = (texts[source] ?? '').split(/\s+/);
		const length = SHORTEST + Math.floor(random() * (LONGEST - SHORTEST));
		const from = Math.floor(random() * (words.length - length));
		const passage = misread(changed(words.slice(from, from + length), kind, random).join(' '), noise, random);
		const head = invented(80, random);
		const one = corpusOf([`${head} ${passage} ${invented(80, random)}`], corpus.weighing);
		const [begin, end] = [head.split(' ').length, corpusOf([`${head} ${passage}`]).terms[0]?.keys.length ?? 0];
		const covered = new Uint8Array(one.terms[0]?.keys.length ?? 0);
		const { near } = candidatesOf(one.prints[0] ?? { hashes: new Uint32Array(0), at: new Uint32Array(0) }, postings);
		if (near.some(({ text }) => text === source))
			for (const { b0, b1 } of spansOf(made[source] as Prepared, preparedOf(one)[0] as Prepared).spans)
				covered.fill(1, b0, b1);
		const inside = covered.slice(begin, end).reduce((sum, bit) => sum + bit, 0);
		const beside = covered.slice(Math.max(0, begin - SLACK), end + SLACK).reduce((sum, bit) => sum + bit, 0);
		for (const key of [kind, `noise ${noise}`, 'all']) {
			const tally = tallies.get(key) ?? { asked: 0, found: 0, inside: 0, all: 0 };
			tally.asked++;
			if (inside >= COVERED * (end - begin)) tally.found++;
			tally.inside += beside;
			tally.all += covered.reduce((sum, bit) => sum + bit, 0);
			tallies.set(key, tally);
		}
	}
	for (const [key, { asked, found, inside, all }] of tallies)
		say(`planted, ${key}: ${found} of ${asked} found, precision of words ${(inside / Math.max(1, all)).toFixed(4)}`);
	const measures: Measures = {};
	for (const [key, { asked, found, inside, all }] of tallies) {
		const name = `planted_${key.replace(/[ .]/g, '_')}`;
		const clean = key === 'noise 0';
		measures[`${name}_recall`] = clean
			? demand(found / asked, 'of passages found', { least: 0.95 })
			: tell(found / asked, 'of passages found');
		measures[`${name}_precision`] = tell(inside / Math.max(1, all), 'of found words lie in the passage');
	}
	return measures;
}

function changed(words: string[], kind: Kind, random: () => number): string[] {
	if (kind === 'names')
		return words
			.join(' ')
			.replace(/New York/gi, 'Harborview')
			.replace(/\b(department|commissioner|council)\b/gi, (name) => `${name}ry`)
			.split(' ');
	if (kind === 'reordered') {
		const third = Math.floor(words.length / 3);
		return [...words.slice(2 * third), ...words.slice(third, 2 * third), ...words.slice(0, third)];
	}
	if (kind === 'inserted')
		return words.flatMap((word) => (random() < 0.08 ? [word, invented(1 + Math.floor(random() * 3), random)] : [word]));
	return words;
}

/** Words no bill has. */
function invented(count: number, random: () => number): string {
	const syllables = ['zor', 'quil', 'vek', 'plu', 'drax', 'mib', 'fen', 'gow', 'tys', 'huk'];
	return Array.from({ length: count }, () =>
		Array.from({ length: 3 }, () => syllables[Math.floor(random() * syllables.length)]).join(''),
	).join(' ');
}

/** Letters as scanners take them for others, more than the engine folds; one in six is lost instead. */
function misread(text: string, share: number, random: () => number): string {
	const like: Readonly<Record<string, string>> = {
		e: 'c',
		c: 'e',
		o: '0',
		l: '1',
		i: 'l',
		n: 'ri',
		m: 'rn',
		h: 'b',
		t: 'f',
		a: 'o',
		s: '5',
		r: 't',
		u: 'n',
		d: 'cl',
	};
	return text.replace(/\p{L}/gu, (letter) => {
		if (random() >= share) return letter;
		return random() < 1 / 6 ? '' : (like[letter.toLowerCase()] ?? '~');
	});
}
