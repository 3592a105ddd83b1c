import { finished, type Terms } from './term.ts';

/** Recorded beside stored fingerprints: those of another version are not comparable. Raise it with any change of term.ts or of this file. */
export const FINGERPRINT_VERSION = 1;
/** Terms in one fingerprint: fewer are phrases of the trade, more are lost to every changed word. */
export const SHINGLE = 8;
/** Terms of a run that is certain to be found: twelve in a row are no accident. */
export const GUARANTEED = 12;
/** Shingles of which one is always kept, so that each run of GUARANTEED terms holds a whole window. */
const WINDOW = GUARANTEED - SHINGLE + 1;

/** Chosen shingles of a text in their order: hash, and index of the first term. */
export interface Fingerprints {
	readonly hashes: Uint32Array;
	readonly at: Uint32Array;
}

/**
 * Fingerprints by winnowing (S. Schleimer, D. Wilkerson, A. Aiken, "Winnowing: local algorithms for document
 * fingerprinting", 2003): of every WINDOW shingles in a row one is kept, the heaviest, and of equal ones that of the smallest hash.
 * What is kept depends on nothing outside the window, so two texts that share a run of GUARANTEED terms share a
 * fingerprint inside that run, always, as long as both were weighed by one background. A text of fewer terms keeps one, if it has
 * a shingle at all. Without weights all count the same.
 */
export function fingerprints({ keys }: Pick<Terms, 'keys'>, weights?: Float32Array): Fingerprints {
	const count = keys.length - SHINGLE + 1;
	if (count <= 0) return { hashes: new Uint32Array(0), at: new Uint32Array(0) };
	const all = shingles(keys);
	const ranks = weights ? ranked(all, weights) : all;
	const chosen = new Uint32Array(count);
	let kept = 0;
	let least = -1;
	for (let end = Math.min(WINDOW, count) - 1; end < count; end++) {
		const begin = Math.max(0, end - WINDOW + 1);
		if (least < begin) {
			least = begin;
			for (let at = begin + 1; at <= end; at++) if ((ranks[at] as number) <= (ranks[least] as number)) least = at;
		} else if ((ranks[end] as number) < (ranks[least] as number)) least = end;
		else continue;
		chosen[kept++] = least;
	}
	const at = chosen.slice(0, kept);
	return { hashes: at.map((one) => all[one] as number), at };
}

/** Heavy shingles first: eight bits of weight before the first bits of the hash. */
function ranked(all: Uint32Array, weights: Float32Array): Uint32Array {
	const ranks = new Uint32Array(all.length);
	// Weights are added in the same order for every shingle: a running sum would differ in its last bits from text to text.
	for (let at = 0; at < all.length; at++) {
		let sum = 0;
		for (let n = 0; n < SHINGLE; n++) sum += weights[at + n] as number;
		const level = Math.max(0, LEVELS - 1 - Math.floor(sum * STEPS));
		ranks[at] = ((level << 24) | ((all[at] as number) >>> 8)) >>> 0;
	}
	return ranks;
}

const LEVELS = 256;
/** Levels to a nat of weight: five rare terms weigh some forty. */
const STEPS = 4;

/** Hash of every SHINGLE terms in a row, by a rolling polynomial; one fewer than SHINGLE less entries than terms. */
function shingles(keys: Uint32Array): Uint32Array {
	const count = Math.max(0, keys.length - SHINGLE + 1);
	const all = new Uint32Array(count);
	let leading = 1;
	for (let n = 1; n < SHINGLE; n++) leading = Math.imul(leading, BASE);
	let rolling = 0;
	for (let at = 0; at < keys.length; at++) {
		if (at >= SHINGLE) rolling = (rolling - Math.imul(keys[at - SHINGLE] as number, leading)) | 0;
		rolling = (Math.imul(rolling, BASE) + (keys[at] as number)) | 0;
		if (at >= SHINGLE - 1) all[at - SHINGLE + 1] = finished(rolling);
	}
	return all;
}

/** Odd, so that no bit of an early term is lost. */
const BASE = 0x9e3779b1 | 0;
