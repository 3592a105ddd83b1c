import { NumberReader, Numbers } from './pack.ts';

/** Provisions that have something, in ascending order, and where in each it stands. */
export interface Postings {
	/** Numbers of the provisions in memory. */
	readonly docs: Int32Array;
	/** Of the nth provision the places are `places[starts[n]]` up to `places[starts[n + 1]]`, ascending. */
	readonly starts: Int32Array;
	readonly places: Int32Array;
}

export const NOWHERE: Postings = { docs: new Int32Array(0), starts: new Int32Array(1), places: new Int32Array(0) };

/** The postings of one lexeme over all versions, packed. */
export class PackedPostings {
	readonly #numbers = new Numbers();
	#provisions = 0;
	#base = 0;

	/** How many provisions have it. */
	get provisions(): number {
		return this.#provisions;
	}

	get bytes(): number {
		return this.#numbers.bytes.length;
	}

	/** Adds those of a version whose first provision has the number `base`; versions come in ascending order. */
	add(base: number, packed: Uint8Array): void {
		this.#numbers.add(base - this.#base);
		this.#numbers.addAll(packed);
		this.#base = base;
		this.#provisions += new NumberReader(packed).next();
	}

	open(): Postings {
		const from = new NumberReader(this.#numbers.bytes);
		const docs = new Int32Array(this.#provisions);
		const starts = new Int32Array(this.#provisions + 1);
		// Every place takes a byte at least.
		const places = new Int32Array(this.bytes);
		let nth = 0;
		let end = 0;
		let base = 0;
		while (!from.done) {
			base += from.next();
			let doc = base;
			for (let having = from.next(); having > 0; having--) {
				doc += from.next();
				docs[nth++] = doc;
				let place = 0;
				for (let left = from.next(); left > 0; left--) {
					place += from.next();
					places[end++] = place;
				}
				starts[nth] = end;
			}
		}
		return { docs, starts, places: places.subarray(0, end) };
	}
}

/** Collects postings in ascending order. */
class Collector {
	readonly #docs: Int32Array;
	readonly #starts: Int32Array;
	readonly #places: Int32Array;
	#nth = 0;
	#end = 0;

	constructor(docs: number, places: number) {
		this.#docs = new Int32Array(docs);
		this.#starts = new Int32Array(docs + 1);
		this.#places = new Int32Array(places);
	}

	place(place: number): void {
		this.#places[this.#end++] = place;
	}

	/** Ends a provision; one without places is left out. */
	close(doc: number): void {
		if (this.#end === this.#starts[this.#nth]) return;
		this.#docs[this.#nth++] = doc;
		this.#starts[this.#nth] = this.#end;
	}

	get postings(): Postings {
		return {
			docs: this.#docs.subarray(0, this.#nth),
			starts: this.#starts.subarray(0, this.#nth + 1),
			places: this.#places.subarray(0, this.#end),
		};
	}
}

/** Whatever is in one of them or in several. */
export function either(all: readonly Postings[]): Postings {
	if (all.length <= 1) return all[0] ?? NOWHERE;
	const half = all.length >> 1;
	const a = either(all.slice(0, half));
	const b = either(all.slice(half));
	const out = new Collector(a.docs.length + b.docs.length, a.places.length + b.places.length);
	let i = 0;
	let j = 0;
	while (i < a.docs.length || j < b.docs.length) {
		const left = a.docs[i] ?? Number.POSITIVE_INFINITY;
		const right = b.docs[j] ?? Number.POSITIVE_INFINITY;
		let p = left <= right ? (a.starts[i] ?? 0) : 0;
		let q = right <= left ? (b.starts[j] ?? 0) : 0;
		const pEnd = left <= right ? (a.starts[++i] ?? 0) : 0;
		const qEnd = right <= left ? (b.starts[++j] ?? 0) : 0;
		while (p < pEnd || q < qEnd) {
			const one = p < pEnd ? (a.places[p] ?? 0) : Number.POSITIVE_INFINITY;
			const other = q < qEnd ? (b.places[q] ?? 0) : Number.POSITIVE_INFINITY;
			if (one <= other) p++;
			if (other <= one) q++;
			out.place(Math.min(one, other));
		}
		out.close(Math.min(left, right));
	}
	return out.postings;
}

/** Places of `after` that stand so many words behind one of `before`. */
export function behind(before: Postings, after: Postings, distance: number): Postings {
	const out = new Collector(Math.min(before.docs.length, after.docs.length), after.places.length);
	for (let i = 0, j = 0; i < before.docs.length && j < after.docs.length; ) {
		const left = before.docs[i] ?? 0;
		const right = after.docs[j] ?? 0;
		if (left === right) {
			let p = before.starts[i] ?? 0;
			let q = after.starts[j] ?? 0;
			const pEnd = before.starts[i + 1] ?? 0;
			const qEnd = after.starts[j + 1] ?? 0;
			while (p < pEnd && q < qEnd) {
				const gap = (after.places[q] ?? 0) - (before.places[p] ?? 0) - distance;
				if (gap === 0) out.place(after.places[q] ?? 0);
				if (gap <= 0) q++;
				if (gap >= 0) p++;
			}
			out.close(right);
		}
		if (left <= right) i++;
		if (right <= left) j++;
	}
	return out.postings;
}

/** Numbers that stand in both. */
export function both(a: Int32Array, b: Int32Array): Int32Array {
	const out = new Int32Array(Math.min(a.length, b.length));
	let length = 0;
	for (let i = 0, j = 0; i < a.length && j < b.length; ) {
		const left = a[i] ?? 0;
		const right = b[j] ?? 0;
		if (left === right) out[length++] = left;
		if (left <= right) i++;
		if (right <= left) j++;
	}
	return out.subarray(0, length);
}

/** Numbers of the first that do not stand in the second. */
export function without(a: Int32Array, b: Int32Array): Int32Array {
	const out = new Int32Array(a.length);
	let length = 0;
	let j = 0;
	for (const one of a) {
		while (j < b.length && (b[j] ?? 0) < one) j++;
		if (b[j] !== one) out[length++] = one;
	}
	return out.subarray(0, length);
}

/** Where in its places a provision begins and ends; both 0 where it is not among them. */
export function stretchOf({ docs, starts }: Postings, doc: number): readonly [from: number, to: number] {
	let low = 0;
	let high = docs.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((docs[middle] ?? 0) < doc) low = middle + 1;
		else high = middle;
	}
	return docs[low] === doc ? [starts[low] ?? 0, starts[low + 1] ?? 0] : [0, 0];
}
