import { type Background, FEWEST_HOLDERS } from './background.ts';

/** Raise it with any change of what the bytes mean; how a term becomes a key is such a change. */
const FORMAT = 1;
/** What such a file begins with. */
const MARK = [0x43, 0x43, 0x42, FORMAT];
const HEAD = MARK.length + 4;

/**
 * A background as bytes, some four a term: mark and format, a check sum, how many texts and terms, then for each term the step from
 * the key before it and how many texts hold it. Numbers are seven bits a byte, the lowest first. The same table gives the same bytes.
 */
export function writeBackground({ texts, keys, holders }: Background): Uint8Array {
	const out = new Uint8Array(HEAD + 10 + keys.length * 10);
	let at = HEAD;
	const put = (number: number) => {
		let left = number;
		for (; left > 0x7f; left = Math.floor(left / 0x80)) out[at++] = (left & 0x7f) | 0x80;
		out[at++] = left;
	};
	put(texts);
	put(keys.length);
	keys.forEach((key, n) => {
		put(key - (n > 0 ? (keys[n - 1] as number) : 0));
		put((holders[n] as number) - FEWEST_HOLDERS);
	});
	out.set(MARK);
	new DataView(out.buffer).setUint32(MARK.length, sumOf(out.subarray(HEAD, at)));
	return out.slice(0, at);
}

/** The background in such bytes. Throws where they are of another format, or not as they were written. */
export function readBackground(bytes: Uint8Array): Background {
	if (MARK.some((byte, n) => n < 3 && bytes[n] !== byte)) throw new Error('This is no background of terms.');
	if (bytes[3] !== FORMAT)
		throw new Error(`This background of terms has format ${bytes[3]}; format ${FORMAT} is read here. Make it anew.`);
	if (bytes.length < HEAD || sumOf(bytes.subarray(HEAD)) !== sumIn(bytes))
		throw new Error('This background of terms is damaged: its check sum is another.');
	let at = HEAD;
	const next = () => {
		let [number, unit] = [0, 1];
		for (; (bytes[at] as number) > 0x7f; unit *= 0x80) number += ((bytes[at++] as number) & 0x7f) * unit;
		return number + (bytes[at++] as number) * unit;
	};
	const texts = next();
	const count = next();
	const keys = new Uint32Array(count);
	const holders = new Uint32Array(count);
	for (let n = 0, key = 0; n < count; n++) {
		key += next();
		keys[n] = key;
		holders[n] = next() + FEWEST_HOLDERS;
	}
	return { texts, keys, holders };
}

/**
 * Name of the table in such bytes, eight digits: record it beside fingerprints, because those that were weighed by another cannot be
 * compared.
 */
export function editionOf(bytes: Uint8Array): string {
	return sumIn(bytes).toString(16).padStart(8, '0');
}

function sumIn(bytes: Uint8Array): number {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(MARK.length);
}

/** FNV-1a. */
function sumOf(bytes: Uint8Array): number {
	let sum = 0x811c9dc5;
	for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193);
	return sum >>> 0;
}
