import type { Entry } from './entry.ts';

/** The entry of a provision, and where in its version it stands. */
export interface Placed extends Entry {
	/** As `library_provision` counts. */
	readonly position: number;
	/** How many entries before it stands what it lies in; 0 where it lies in nothing that has words. */
	readonly up: number;
}

/** A version as it is kept: whatever is found in it, and where. */
export interface Pack {
	readonly provisions: readonly Omit<Placed, 'places'>[];
	/** Each with the provisions that have it, still packed; `readPostings` opens them. */
	readonly lexemes: ReadonlyMap<string, Uint8Array>;
}

/** Numbers from 0, small ones in one byte: seven bits each, the highest says that more follow. */
export class Numbers {
	#bytes: Uint8Array;
	#length = 0;

	constructor(room = 16) {
		this.#bytes = new Uint8Array(room);
	}

	get bytes(): Uint8Array {
		return this.#bytes.subarray(0, this.#length);
	}

	add(number: number): void {
		this.#makeRoom(5);
		let rest = number;
		for (; rest > 0x7f; rest >>>= 7) this.#bytes[this.#length++] = (rest & 0x7f) | 0x80;
		this.#bytes[this.#length++] = rest;
	}

	addAll(bytes: Uint8Array): void {
		this.#makeRoom(bytes.length);
		this.#bytes.set(bytes, this.#length);
		this.#length += bytes.length;
	}

	#makeRoom(more: number): void {
		const least = this.#length + more;
		if (least <= this.#bytes.length) return;
		const larger = new Uint8Array(Math.max(least, this.#bytes.length * 2));
		larger.set(this.bytes);
		this.#bytes = larger;
	}
}

/** Reads numbers in the order they were added; 0 where there are no more. */
export class NumberReader {
	readonly #bytes: Uint8Array;
	#at = 0;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	get done(): boolean {
		return this.#at >= this.#bytes.length;
	}

	next(): number {
		let number = 0;
		for (let shift = 0; ; shift += 7) {
			const byte = this.#bytes[this.#at++] ?? 0;
			number |= (byte & 0x7f) << shift;
			if (byte < 0x80) return number;
		}
	}

	/** The next bytes as they are. */
	take(length: number): Uint8Array {
		const from = this.#at;
		this.#at += length;
		return this.#bytes.subarray(from, this.#at);
	}
}

/**
 * Packs the provisions of a version, in order: their number, then each one's distance to the last, how far up it lies in
 * another, words above and words in all; the length of the lexemes in UTF-8, and them, a line each; for each lexeme the length of its postings, and them.
 */
export function pack(entries: readonly Placed[]): Uint8Array {
	const out = new Numbers(1024);
	out.add(entries.length);
	let last = 0;
	for (const { position, up, above, length } of entries) {
		out.add(position - last);
		out.add(up);
		out.add(above);
		out.add(length);
		last = position;
	}
	const lexemes = new Map<string, { nth: number; places: readonly number[] }[]>();
	for (const [nth, { places }] of entries.entries())
		for (const [lexeme, at] of places) {
			const known = lexemes.get(lexeme);
			if (known) known.push({ nth, places: at });
			else lexemes.set(lexeme, [{ nth, places: at }]);
		}
	const names = new TextEncoder().encode([...lexemes.keys()].join('\n'));
	out.add(names.length);
	out.addAll(names);
	for (const having of lexemes.values()) {
		const postings = packPostings(having);
		out.add(postings.length);
		out.addAll(postings);
	}
	return out.bytes;
}

/** How many provisions have the lexeme; of each its distance to the last, how many places, and their distances. */
function packPostings(having: readonly { readonly nth: number; readonly places: readonly number[] }[]): Uint8Array {
	const out = new Numbers();
	out.add(having.length);
	let last = 0;
	for (const { nth, places } of having) {
		out.add(nth - last);
		out.add(places.length);
		let before = 0;
		for (const place of places) {
			out.add(place - before);
			before = place;
		}
		last = nth;
	}
	return out.bytes;
}

/** Opens what `pack` made; the postings are views of it. */
export function unpack(bytes: Uint8Array): Pack {
	const from = new NumberReader(bytes);
	const provisions: Omit<Placed, 'places'>[] = [];
	let position = 0;
	for (let left = from.next(); left > 0; left--) {
		position += from.next();
		provisions.push({ position, up: from.next(), above: from.next(), length: from.next() });
	}
	const names = new TextDecoder().decode(from.take(from.next()));
	const lexemes = new Map<string, Uint8Array>();
	if (names !== '') for (const lexeme of names.split('\n')) lexemes.set(lexeme, from.take(from.next()));
	return { provisions, lexemes };
}
