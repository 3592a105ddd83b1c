import type { Weighing } from './background.ts';
import { sorted } from './posting.ts';
import { finished, type Terms } from './term.ts';

/** What a text is about: its words and rows of two and three words, the rare ones heavy; a vector of length 1. */
export interface Profile {
	/** Every different row of words, rising. */
	readonly grams: Uint32Array;
	readonly weights: Float32Array;
}

/** A text of a shelf and how near it is, from 0 to 1. */
export interface Kin {
	readonly text: number;
	readonly kinship: number;
}

/** Profiles turned round, so that one text is compared with all at once. */
export interface Shelf {
	readonly texts: number;
	readonly grams: Uint32Array;
	readonly starts: Uint32Array;
	readonly of: Uint32Array;
	readonly weights: Float32Array;
}

/** The mean of the profiles of many texts: what a text shares with texts of the trade by chance. */
export interface Centre extends Profile {
	readonly texts: number;
}

/** How much more a rare row says than a common one: 1 is plain idf; more finds a bill brought in again better, and families no worse. */
const RARITY = 1.5;
/** Words in the longest row. */
const LONGEST_ROW = 3;

/** The rows of words of a text as numbers, from `shortest` to `longest`; of n terms some n a length. Kinship is told by a background of these. */
export function gramsOf({ keys }: Pick<Terms, 'keys'>, shortest = 1, longest = LONGEST_ROW): Uint32Array {
	const grams = new Uint32Array(keys.length * (longest - shortest + 1));
	let at = 0;
	for (let n = 0; n < keys.length; n++) {
		let row = 0;
		for (let length = 1; length <= longest && n + length <= keys.length; length++) {
			row = Math.imul(row, ROW) ^ (keys[n + length - 1] as number);
			// A word is its own number, so that a background of words knows it.
			if (length >= shortest) grams[at++] = length === 1 ? row >>> 0 : finished(row);
		}
	}
	return grams.slice(0, at);
}

/** Odd, and no factor of the hash of a term. */
const ROW = 0x9e3779b1 | 0;

/** The profile of a text from its grams: how often a row stands there counts by its logarithm, and how rare it is elsewhere. */
export function profileOf(grams: Uint32Array, background: Weighing): Profile {
	const all = grams.slice().sort();
	const kept = new Uint32Array(all.length);
	const weights = new Float32Array(all.length);
	let [count, square] = [0, 0];
	for (let from = 0; from < all.length; ) {
		let to = from + 1;
		while (to < all.length && all[to] === all[from]) to++;
		const weight = (1 + Math.log(to - from)) * background.of(all[from] as number) ** RARITY;
		if (weight > 0) {
			kept[count] = all[from] as number;
			weights[count++] = weight;
			square += weight * weight;
		}
		from = to;
	}
	const length = Math.sqrt(square);
	return {
		grams: kept.slice(0, count),
		weights: weights.slice(0, count).map((weight) => weight / length),
	};
}

/**
 * One profile of two, each with the same voice: their kinship is the mean of the kinships of either. Of words beside rows of two it
 * finds what a text brings in again, where in one profile of all rows a long definition quoted from the code outvotes the subject.
 */
export function together(one: Profile, other: Profile): Profile {
	const split = one.grams.length;
	const keys = new Uint32Array(split + other.grams.length);
	keys.set(one.grams);
	keys.set(other.grams, split);
	const places = keys.map((_, n) => n);
	const [grams, order] = sorted(keys, places);
	const voice = Math.sqrt(1 / Math.max(1, Math.sign(split) + Math.sign(other.grams.length)));
	return {
		grams,
		weights: Float32Array.from(
			order,
			(n) => voice * ((n < split ? one.weights[n] : other.weights[n - split]) as number),
		),
	};
}

/** How near two texts are in their subject: the cosine of their profiles, from 0 to 1; 0 where one says nothing. */
export function kinship(one: Profile, other: Profile): number {
	let [i, j, sum] = [0, 0, 0];
	while (i < one.grams.length && j < other.grams.length) {
		const [left, right] = [one.grams[i] as number, other.grams[j] as number];
		if (left === right) sum += (one.weights[i++] as number) * (other.weights[j++] as number);
		else if (left < right) i++;
		else j++;
	}
	return Math.min(1, sum);
}

/** Profiles of many texts, ready for `nearest`; texts are numbered from 0 in the order given. */
export function shelfOf(profiles: readonly Profile[]): Shelf {
	const total = profiles.reduce((sum, { grams }) => sum + grams.length, 0);
	const grams = new Uint32Array(total);
	const places = new Uint32Array(total);
	const texts = new Uint32Array(total);
	const weights = new Float32Array(total);
	let at = 0;
	profiles.forEach((profile, text) => {
		grams.set(profile.grams, at);
		weights.set(profile.weights, at);
		texts.fill(text, at, at + profile.grams.length);
		at += profile.grams.length;
	});
	for (let n = 0; n < total; n++) places[n] = n;
	const [keys, order] = sorted(grams, places);
	const different = new Uint32Array(total);
	const starts = new Uint32Array(total + 1);
	let groups = 0;
	keys.forEach((key, n) => {
		if (n > 0 && key === keys[n - 1]) return;
		different[groups] = key;
		starts[groups++] = n;
	});
	starts[groups] = total;
	return {
		texts: profiles.length,
		grams: different.slice(0, groups),
		starts: starts.slice(0, groups + 1),
		of: order.map((place) => texts[place] as number),
		weights: Float32Array.from(order, (place) => weights[place] as number),
	};
}

/** The mean of the profiles on a shelf. */
export function centreOf({ texts, grams, starts, weights }: Shelf): Centre {
	return {
		texts,
		grams,
		weights: Float32Array.from(grams, (_, group) => {
			let sum = 0;
			for (let at = starts[group] as number; at < (starts[group + 1] as number); at++) sum += weights[at] as number;
			return sum / texts;
		}),
	};
}

/**
 * How many times nearer two texts are than either is to a text of the trade on average. What is much kinship differs with the
 * subject, the length and how common the words are; this has one measure for all, so that one threshold serves all.
 */
export function beyondChance(one: Profile, other: Profile, centre: Centre): number {
	return kinship(one, other) / Math.sqrt(chanceOf(one, centre) * chanceOf(other, centre));
}

/** A text counts among the texts of the trade itself, so that none is without a chance. */
function chanceOf(profile: Profile, centre: Centre): number {
	return (kinship(profile, centre) * centre.texts + 1) / (centre.texts + 1);
}

/** The texts of a shelf nearest to a profile, at most `most`, nearest first; those without anything in common are left out. */
export function nearest(profile: Profile, shelf: Shelf, most: number): Kin[] {
	const sums = new Float64Array(shelf.texts);
	let group = 0;
	profile.grams.forEach((gram, n) => {
		group = from(shelf.grams, gram, group);
		if (shelf.grams[group] !== gram) return;
		const own = profile.weights[n] as number;
		const end = shelf.starts[group + 1] as number;
		for (let at = shelf.starts[group] as number; at < end; at++) {
			const text = shelf.of[at] as number;
			sums[text] = (sums[text] as number) + own * (shelf.weights[at] as number);
		}
	});
	const kin: Kin[] = [];
	sums.forEach((sum, text) => {
		if (sum > 0) kin.push({ text, kinship: Math.min(1, sum) });
	});
	return kin.sort((one, other) => other.kinship - one.kinship || one.text - other.text).slice(0, most);
}

/** First place at or behind `low` whose value is not smaller; doubles its steps, as the next value mostly stands near. */
function from(list: Uint32Array, value: number, low: number): number {
	let step = 1;
	let [left, right] = [low, low];
	while (right < list.length && (list[right] as number) < value) {
		left = right + 1;
		right += step;
		step *= 2;
	}
	right = Math.min(right, list.length);
	while (left < right) {
		const half = (left + right) >> 1;
		if ((list[half] as number) < value) left = half + 1;
		else right = half;
	}
	return left;
}
