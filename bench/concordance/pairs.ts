import { allCandidates, type Candidates, candidatesOf, WORTH_ALIGNING } from '../../src/concordance/candidate.ts';
import { GUARANTEED } from '../../src/concordance/fingerprint.ts';
import { postingsOf, withText } from '../../src/concordance/posting.ts';
import { against, type Prepared, prepared } from '../../src/concordance/span.ts';
import { readIntroductions } from '../library/introductions.ts';
import { demand, type Measures, median, tell, timed } from '../measure.ts';
import { type Corpus, corpusOf, preparedOf } from './corpus.ts';
import { dolos, simText } from './peers.ts';

const ROUNDS = 3;
/** Of the texts every so many-th is taken as the one that is imported last. */
const IMPORTS = 40;
/** A run in more texts than this, 3 % of them, is taken for boilerplate when recall is counted. */
const RARE = 128;
/** Megabytes of text that Dolos is given, and the milliseconds after which it is stopped. */
const SAMPLES = [2, 5];
const PATIENCE = 30_000;

/** All pairs of the introductions with what they share, beside Debian's sim_text on the same files; growth, recall, one more bill. */
export async function pairs(data: string, say: (line: string) => void): Promise<Measures> {
	const texts = readIntroductions(data).map(({ text }) => text);
	const peer = await simText(texts);
	const times: number[] = [];
	let corpus = corpusOf([]);
	let found = allCandidates(postingsOf([]));
	for (let round = 0; round <= ROUNDS; round++) {
		const spent = await timed(() => {
			corpus = corpusOf(texts);
			found = allCandidates(postingsOf(corpus.prints));
		});
		if (round > 0) times.push(spent);
	}
	const candidates = median(times);
	let whole = aligned([], found, Number.POSITIVE_INFINITY);
	const aligning = await timed(() => {
		whole = aligned(preparedOf(corpus), found, WORTH_ALIGNING);
	});
	const light = aligned(preparedOf(corpus), found, 0).pairs - whole.pairs;
	say(
		`${found.left.length} candidates, ${whole.pairs} with spans; the limit left out ${found.cut.fingerprints} fingerprints`,
	);
	say(`${whole.asked} weigh enough to be aligned; of the others ${light} would have spans`);
	say(`${whole.cut} pairs were cut short by a limit of the alignment`);
	const shared = recall(corpus, found);
	say(
		`${shared.all} pairs share ${GUARANTEED} words in a row, ${shared.rare} of them a row that at most ${RARE} texts hold`,
	);
	const memory = Math.round(process.resourceUsage().maxRSS / 1024);
	return {
		pairs_candidates: peer
			? demand(
					candidates,
					'ms, reading, background and all candidate pairs; peer: sim_text',
					{ most: peer.whole },
					peer.whole,
				)
			: tell(candidates, 'ms, reading, background and all candidate pairs'),
		...(peer ? { pairs_sim_text_silent: tell(peer.silent, 'ms, sim_text -n, which prints no text') } : {}),
		pairs_whole: tell(candidates + aligning, 'ms, candidates and spans', peer?.whole ?? null),
		pairs_found: tell(whole.pairs, 'pairs of texts with spans'),
		pairs_spans: tell(whole.spans, 'spans'),
		pairs_memory: tell(memory, 'MB resident, this process so far'),
		pairs_recall: demand(shared.recall, `of pairs that share a rare run of ${GUARANTEED} words are candidates`, {
			least: 0.99,
		}),
		pairs_recall_unweighed: demand(shared.certain, 'of all such pairs share a fingerprint, boilerplate included', {
			least: 1,
		}),
		...(await growth(texts)),
		...(await imports(texts, corpus)),
		...(await besideDolos(texts, say)),
	};
}

/** Aligns the pairs that weigh enough. */
function aligned(made: readonly Prepared[], { left, right, weight }: Candidates, least: number) {
	const sum = { asked: 0, pairs: 0, spans: 0, cut: 0 };
	let [last, beside] = [-1, against(EMPTY)];
	for (let n = 0; n < left.length; n++) {
		if ((weight[n] as number) < least) continue;
		const to = right[n] as number;
		if (to !== last) beside = against(made[to] ?? EMPTY);
		last = to;
		const { spans, cut } = beside(made[left[n] as number] ?? EMPTY);
		sum.asked++;
		sum.spans += spans.length;
		if (spans.length > 0) sum.pairs++;
		if (cut) sum.cut++;
	}
	return sum;
}

/** Every pair that shares a run of GUARANTEED terms, found by brute force over all runs. */
function recall(corpus: Corpus, found: Candidates) {
	const texts = corpus.terms.length;
	const runs = new Map<number, number[]>();
	corpus.terms.forEach(({ keys }, text) => {
		for (const run of runsOf(keys)) {
			const list = runs.get(run);
			if (!list) runs.set(run, [text]);
			else if (list.at(-1) !== text) list.push(text);
		}
	});
	const mark = (pairsOf: Candidates) => {
		const marked = new Uint8Array(texts * texts);
		pairsOf.left.forEach((left, n) => {
			marked[left * texts + (pairsOf.right[n] as number)] = 1;
		});
		return marked;
	};
	const weighed = mark(found);
	const certain = mark(allCandidates(postingsOf(corpus.prints), { commonest: texts, least: 0 }));
	const seen = new Uint8Array(texts * texts);
	const sum = { rare: 0, all: 0, hits: 0, certain: 0 };
	const rising = [...runs.values()].filter((list) => list.length > 1).sort((one, other) => one.length - other.length);
	for (const list of rising) {
		for (let j = 1; j < list.length; j++) {
			for (let i = 0; i < j; i++) {
				const pair = (list[i] as number) * texts + (list[j] as number);
				if (seen[pair]) continue;
				seen[pair] = 1;
				sum.all++;
				if (certain[pair]) sum.certain++;
				if (list.length > RARE) continue;
				sum.rare++;
				if (weighed[pair]) sum.hits++;
			}
		}
	}
	return { rare: sum.rare, all: sum.all, recall: sum.hits / sum.rare, certain: sum.certain / sum.all };
}

/** Runs as numbers of 52 bits, so that no two meet by accident. */
function runsOf(keys: Uint32Array): number[] {
	return Array.from({ length: Math.max(0, keys.length - GUARANTEED + 1) }, (_, at) => {
		let [one, other] = [0, 0];
		for (let n = at; n < at + GUARANTEED; n++) {
			one = (Math.imul(one, 0x01000193) + (keys[n] as number)) | 0;
			other = Math.imul(other ^ (keys[n] as number), 0x5bd1e995) | 0;
		}
		return (one >>> 0) * 2 ** 20 + (other >>> 12);
	});
}

/** The first texts of some megabytes: all pairs with spans, beside Dolos. */
async function besideDolos(texts: readonly string[], say: (line: string) => void): Promise<Measures> {
	const measures: Measures = {};
	for (const megabytes of SAMPLES) {
		const some = texts.slice(0, ending(texts, megabytes * 1_000_000));
		const peer = await dolos(some, PATIENCE);
		const rounds: number[] = [];
		for (let round = 0; round < ROUNDS; round++)
			rounds.push(
				await timed(() => {
					const corpus = corpusOf(some);
					aligned(preparedOf(corpus), allCandidates(postingsOf(corpus.prints)), WORTH_ALIGNING);
				}),
			);
		measures[`pairs_${megabytes}_mb`] = tell(
			median(rounds),
			`ms, ${some.length} texts with spans${peer ? '; peer: Dolos' : ''}`,
			peer?.whole ?? null,
		);
		if (peer)
			say(
				`Dolos on ${some.length} texts of ${megabytes} MB: read in ${Math.round(peer.read)} ms, ${peer.done} of ${peer.pairs} pairs in ${Math.round(peer.whole)} ms${peer.done < peer.pairs ? ', where its time ended' : ''}`,
			);
	}
	return measures;
}

/** How many of the first texts have so many characters. */
function ending(texts: readonly string[], characters: number): number {
	let left = characters;
	for (const [n, text] of texts.entries()) {
		if (left <= 0) return n;
		left -= text.length;
	}
	return texts.length;
}

/** Time of all candidates at a quarter, a half and the whole of the texts, taken evenly, and the exponent of its growth. */
async function growth(texts: readonly string[]): Promise<Measures> {
	const sizes = [4, 2, 1];
	const times: number[] = [];
	for (const every of sizes) {
		const some = texts.filter((_, n) => n % every === 0);
		const rounds: number[] = [];
		for (let round = 0; round < ROUNDS; round++)
			rounds.push(await timed(() => allCandidates(postingsOf(corpusOf(some).prints))));
		times.push(median(rounds));
	}
	const [first = 1, second = 1, last = 1] = times;
	return {
		pairs_growth: tell(
			Math.log2(last / first) / 2,
			`exponent of candidates over 1x, 2x, 4x: ${[first, second, last].map((ms) => Math.round(ms)).join(', ')} ms`,
		),
	};
}

/** One bill more: cut, fingerprinted, compared with all, aligned, and the postings grown by it. */
async function imports(texts: readonly string[], corpus: Corpus): Promise<Measures> {
	const made = preparedOf(corpus);
	const postings = postingsOf(corpus.prints);
	const times: number[] = [];
	const sum = { short: 0, left: 0 };
	for (let n = 0; n < IMPORTS; n++) {
		const text = texts[Math.floor((n * texts.length) / IMPORTS)] ?? '';
		times.push(
			await timed(() => {
				const one = corpusOf([text], corpus.weighing);
				const [own] = preparedOf(one);
				const [prints] = one.prints;
				if (!own || !prints) return;
				const { near, cut } = candidatesOf(prints, postings, { least: WORTH_ALIGNING });
				const beside = against(own);
				for (const { text: other } of near) beside(made[other] ?? EMPTY);
				if (cut > 0) sum.short++;
				sum.left += cut;
				withText(postings, prints);
			}),
		);
	}
	const sorted = times.toSorted((a, b) => a - b);
	return {
		import_median: tell(median(times), 'ms, one bill more among all'),
		import_p95: demand(sorted[Math.floor(IMPORTS * 0.95)] ?? 0, `ms, the same, of ${IMPORTS} bills`, { most: 300 }),
		import_slowest: tell(sorted.at(-1) ?? 0, 'ms, the same'),
		import_left_out: tell(sum.left, `neighbours beyond the limit, of ${sum.short} of ${IMPORTS} bills`),
	};
}

const EMPTY = prepared(new Uint32Array(0), new Float32Array(0), { hashes: new Uint32Array(0), at: new Uint32Array(0) });
