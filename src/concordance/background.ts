import { MASK } from './mask.ts';

/**
 * How common each term is in texts of the trade: what is rare there carries meaning. Made from public texts only, because
 * a table of all texts would tell what private ones are about.
 */
export interface Background {
	/** Texts counted. */
	readonly texts: number;
	/** Every different term, rising, and in how many of the texts it stands. */
	readonly keys: Uint32Array;
	readonly holders: Uint32Array;
}

/** Terms in fewer texts than this are left out of the table: whatever is not there is as rare as that. */
export const FEWEST_HOLDERS = 2;

/** The background of some texts, from the keys of their terms or from their grams; linear in them. */
export function backgroundOf(texts: readonly Uint32Array[]): Background {
	const seen = new Slots(texts.reduce((sum, keys) => Math.max(sum, keys.length), 0) + 1_024);
	texts.forEach((keys, text) => {
		for (let at = 0; at < keys.length; at++) seen.count(keys[at] as number, text + 1);
	});
	return seen.made(texts.length);
}

/** Weight of each term of a text in nats: 0 for what stands in every text, the most for what the background does not know. */
export function weightsOf(keys: Uint32Array, background: Weighing): Float32Array {
	const weights = new Float32Array(keys.length);
	for (let at = 0; at < keys.length; at++) weights[at] = background.of(keys[at] as number);
	return weights;
}

/** A background made ready to be asked for the weight of one term. */
export interface Weighing {
	of(key: number): number;
}

/** Makes a background ready; takes some twenty bytes a term while it is held. */
export function weighing({ texts, keys, holders }: Background): Weighing {
	const size = roomFor(keys.length);
	const mask = size - 1;
	const slots = new Uint32Array(size);
	const weights = new Float32Array(size);
	const full = Math.log(texts + 1);
	keys.forEach((key, n) => {
		let slot = key & mask;
		while (slots[slot] !== 0) slot = (slot + 1) & mask;
		slots[slot] = key;
		weights[slot] = full - Math.log((holders[n] as number) + 1);
	});
	const rarest = full - Math.log(FEWEST_HOLDERS);
	return {
		of(key) {
			if (key === MASK) return 0;
			let slot = key & mask;
			for (;;) {
				const here = slots[slot] as number;
				if (here === key) return Math.max(0, weights[slot] as number);
				if (here === 0) return rarest;
				slot = (slot + 1) & mask;
			}
		},
	};
}

/** At most half of the slots are taken, so that a search ends soon. */
function roomFor(keys: number): number {
	let size = 1_024;
	while (size < keys * 2) size *= 2;
	return size;
}

/** Counts in how many texts each term stands. */
class Slots {
	#taken = 0;
	#keys: Uint32Array;
	#last: Uint32Array;
	#holders: Uint32Array;

	constructor(expected: number) {
		const size = roomFor(expected);
		this.#keys = new Uint32Array(size);
		this.#last = new Uint32Array(size);
		this.#holders = new Uint32Array(size);
	}

	count(key: number, text: number): void {
		const mask = this.#keys.length - 1;
		let slot = key & mask;
		while (this.#keys[slot] !== key && this.#keys[slot] !== 0) slot = (slot + 1) & mask;
		if (this.#keys[slot] === 0) {
			if ((this.#taken + 1) * 2 > this.#keys.length) {
				this.#grow();
				this.count(key, text);
				return;
			}
			this.#taken++;
			this.#keys[slot] = key;
		}
		if (this.#last[slot] === text) return;
		this.#last[slot] = text;
		this.#holders[slot] = (this.#holders[slot] as number) + 1;
	}

	made(texts: number): Background {
		const kept = this.#keys.reduce(
			(sum, _, slot) => sum + ((this.#holders[slot] as number) >= FEWEST_HOLDERS ? 1 : 0),
			0,
		);
		const order = new Float64Array(kept);
		let at = 0;
		// Key and count in one number, so that sorting needs no comparison of its own: 32 bits of key, 20 of count.
		this.#keys.forEach((key, slot) => {
			const holders = this.#holders[slot] as number;
			if (holders >= FEWEST_HOLDERS) order[at++] = key * MOST_HOLDERS + Math.min(holders, MOST_HOLDERS - 1);
		});
		order.sort();
		return {
			texts,
			keys: Uint32Array.from(order, (one) => Math.floor(one / MOST_HOLDERS)),
			holders: Uint32Array.from(order, (one) => one % MOST_HOLDERS),
		};
	}

	#grow(): void {
		const [keys, last, holders] = [this.#keys, this.#last, this.#holders];
		const size = keys.length * 2;
		this.#keys = new Uint32Array(size);
		this.#last = new Uint32Array(size);
		this.#holders = new Uint32Array(size);
		keys.forEach((key, from) => {
			if (key === 0) return;
			let slot = key & (size - 1);
			while (this.#keys[slot] !== 0) slot = (slot + 1) & (size - 1);
			this.#keys[slot] = key;
			this.#last[slot] = last[from] as number;
			this.#holders[slot] = holders[from] as number;
		});
	}
}

const MOST_HOLDERS = 2 ** 20;
