/** Fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2), made as the standard defines them. */
const K = roots(64, 1 / 3);
/** Fractional parts of the square roots of the first 8 primes (FIPS 180-4, 5.3.3). */
const H0 = roots(8, 1 / 2);

const UTF8 = new TextEncoder();
const BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const SHIFTS = [24, 16, 8, 0] as const;

/**
 * 128 bits of SHA-256 (FIPS 180-4) over the parts, as 32 hex digits: ids of public ledger data. Written out here because
 * the platform's own are either not pure (node:crypto) or not synchronous (WebCrypto). Parts are joined by a unit
 * separator, so `ab, c` and `a, bc` differ.
 */
export function digest(...parts: readonly (string | number | null)[]): string {
	let text = '';
	for (const part of parts) text += `${part ?? '\u0000'}\u001f`;
	return hex(hashed(text), 4);
}

/** SHA-256 of a text in UTF-8, as 64 hex digits. */
export function sha256(text: string): string {
	return hex(hashed(text), 8);
}

function hashed(text: string): Int32Array {
	const message = UTF8.encode(text);
	const { length } = message;
	const words = new Int32Array((((length + 8) >> 6) + 1) << 4);
	for (let i = 0; i < length; i++)
		words[i >> 2] = word(words, i >> 2) | ((message[i] as number) << (24 - ((i & 3) << 3)));
	words[length >> 2] = word(words, length >> 2) | (0x80 << (24 - ((length & 3) << 3)));
	words[words.length - 2] = Math.floor(length / 2 ** 29);
	words[words.length - 1] = length << 3;
	const state = new Int32Array(H0);
	const w = new Int32Array(64);
	for (let at = 0; at < words.length; at += 16) compress(state, words, at, w);
	return state;
}

function hex(words: Int32Array, count: number): string {
	let text = '';
	for (let i = 0; i < count; i++) {
		const w = word(words, i);
		for (const shift of SHIFTS) text += BYTES[(w >>> shift) & 255];
	}
	return text;
}

function compress(state: Int32Array, words: Int32Array, at: number, w: Int32Array): void {
	for (let t = 0; t < 16; t++) w[t] = word(words, at + t);
	for (let t = 16; t < 64; t++) {
		const x = word(w, t - 15);
		const y = word(w, t - 2);
		const low = turn(x, 7) ^ turn(x, 18) ^ (x >>> 3);
		const high = turn(y, 17) ^ turn(y, 19) ^ (y >>> 10);
		w[t] = word(w, t - 16) + low + word(w, t - 7) + high;
	}
	let a = word(state, 0);
	let b = word(state, 1);
	let c = word(state, 2);
	let d = word(state, 3);
	let e = word(state, 4);
	let f = word(state, 5);
	let g = word(state, 6);
	let h = word(state, 7);
	for (let t = 0; t < 64; t++) {
		const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + word(K, t) + word(w, t);
		const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
		h = g;
		g = f;
		f = e;
		e = (d + one) | 0;
		d = c;
		c = b;
		b = a;
		a = (one + two) | 0;
	}
	state[0] = word(state, 0) + a;
	state[1] = word(state, 1) + b;
	state[2] = word(state, 2) + c;
	state[3] = word(state, 3) + d;
	state[4] = word(state, 4) + e;
	state[5] = word(state, 5) + f;
	state[6] = word(state, 6) + g;
	state[7] = word(state, 7) + h;
}

function word(words: Int32Array, at: number): number {
	return words[at] as number;
}

function turn(x: number, by: number): number {
	return (x >>> by) | (x << (32 - by));
}

function roots(count: number, power: number): Int32Array {
	const words = new Int32Array(count);
	for (let n = 2, found = 0; found < count; n++) {
		let prime = true;
		for (let d = 2; d * d <= n; d++) prime &&= n % d !== 0;
		if (prime) words[found++] = (n ** power % 1) * 2 ** 32;
	}
	return words;
}
