import type { Fingerprints } from './fingerprint.ts';

/** Which texts hold which fingerprint; texts are numbered from 0 in the order given. */
export interface Postings {
	/** How many texts there are. */
	readonly texts: number;
	/** Every different fingerprint, rising. */
	readonly hashes: Uint32Array;
	/** The texts of fingerprint n are `of[starts[n]]` to `of[starts[n + 1] - 1]`, rising, each once. */
	readonly starts: Uint32Array;
	readonly of: Uint32Array;
}

/** Bits sorted by in one pass of a radix sort: three passes order 32 bits. */
const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/** Postings of all texts; time and memory linear in the number of fingerprints. */
export function postingsOf(list: readonly Fingerprints[]): Postings {
	const total = list.reduce((sum, { hashes }) => sum + hashes.length, 0);
	let keys = new Uint32Array(total);
	let texts = new Uint32Array(total);
	let at = 0;
	list.forEach(({ hashes }, text) => {
		keys.set(hashes, at);
		texts.fill(text, at, at + hashes.length);
		at += hashes.length;
	});
	[keys, texts] = sorted(keys, texts);
	return grouped(keys, texts, list.length);
}

/** The same with one more text, numbered last; linear in what is there, a few milliseconds for thousands of texts. */
export function withText(before: Postings, { hashes }: Fingerprints): Postings {
	const own = Uint32Array.from(new Set(hashes)).sort();
	const text = before.texts;
	const made = {
		hashes: new Uint32Array(before.hashes.length + own.length),
		starts: new Uint32Array(before.hashes.length + own.length + 1),
		of: new Uint32Array(before.of.length + own.length),
	};
	let [at, written, next] = [0, 0, 0];
	const open = (hash: number) => {
		made.hashes[at] = hash;
		made.starts[at++] = written;
	};
	for (let n = 0; n < before.hashes.length; n++) {
		const hash = before.hashes[n] as number;
		for (; next < own.length && (own[next] as number) < hash; next++) {
			open(own[next] as number);
			made.of[written++] = text;
		}
		open(hash);
		const end = before.starts[n + 1] as number;
		for (let from = before.starts[n] as number; from < end; from++) made.of[written++] = before.of[from] as number;
		if (next < own.length && own[next] === hash) {
			made.of[written++] = text;
			next++;
		}
	}
	for (; next < own.length; next++) {
		open(own[next] as number);
		made.of[written++] = text;
	}
	made.starts[at] = written;
	return {
		texts: text + 1,
		hashes: made.hashes.slice(0, at),
		starts: made.starts.slice(0, at + 1),
		of: made.of.slice(0, written),
	};
}

/** Index of a fingerprint among the postings, -1 where no text holds it. */
export function find({ hashes }: Postings, hash: number): number {
	let [low, high] = [0, hashes.length - 1];
	while (low <= high) {
		const half = (low + high) >> 1;
		const value = hashes[half] as number;
		if (value === hash) return half;
		if (value < hash) low = half + 1;
		else high = half - 1;
	}
	return -1;
}

/** Keys in rising order with what belongs to them; equal keys keep their order. */
export function sorted(
	keys: Uint32Array<ArrayBuffer>,
	values: Uint32Array<ArrayBuffer>,
): [Uint32Array<ArrayBuffer>, Uint32Array<ArrayBuffer>] {
	let from = { keys, values };
	let to = { keys: new Uint32Array(keys.length), values: new Uint32Array(keys.length) };
	const count = new Uint32Array(DIGITS);
	for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
		count.fill(0);
		for (let i = 0; i < keys.length; i++) {
			const digit = ((from.keys[i] as number) >>> shift) & (DIGITS - 1);
			count[digit] = (count[digit] as number) + 1;
		}
		let place = 0;
		for (let digit = 0; digit < DIGITS; digit++) {
			const here = count[digit] as number;
			count[digit] = place;
			place += here;
		}
		for (let i = 0; i < keys.length; i++) {
			const key = from.keys[i] as number;
			const digit = (key >>> shift) & (DIGITS - 1);
			const at = count[digit] as number;
			count[digit] = at + 1;
			to.keys[at] = key;
			to.values[at] = from.values[i] as number;
		}
		[from, to] = [to, from];
	}
	return [from.keys, from.values];
}

function grouped(keys: Uint32Array, values: Uint32Array, texts: number): Postings {
	const hashes = new Uint32Array(keys.length);
	const starts = new Uint32Array(keys.length + 1);
	const of = new Uint32Array(keys.length);
	let [groups, written] = [0, 0];
	for (let i = 0; i < keys.length; i++) {
		const fresh = i === 0 || keys[i] !== keys[i - 1];
		if (fresh) {
			hashes[groups] = keys[i] as number;
			starts[groups++] = written;
		} else if (values[i] === values[i - 1]) continue;
		of[written++] = values[i] as number;
	}
	starts[groups] = written;
	return {
		texts,
		hashes: hashes.slice(0, groups),
		starts: starts.slice(0, groups + 1),
		of: of.slice(0, written),
	};
}
