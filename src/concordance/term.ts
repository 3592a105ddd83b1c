import { APOSTROPHE, BREAK, classOf, DIGIT, folded, HYPHEN, LETTER, NOTHING, SECTION } from './letter.ts';

/**
 * A text as a row of terms, for the parts of the engine that compare thousands of texts: a term is a word, a number or a
 * whole citation as a number of 32 bits, equal for all ways of writing it. Two different terms share a number once in some
 * thousand vocabularies of a city, which no run of words notices.
 */
export interface Terms {
	readonly keys: Uint32Array;
	/** Stretch of the text that the term stands for: [starts[i], ends[i]), in UTF-16 units. */
	readonly starts: Uint32Array;
	readonly ends: Uint32Array;
}

const SEED = 0x811c9dc5 | 0;
const ZERO = 48;
const LOWER_A = 97;
/** What a dash and a parenthesis inside a citation count as. */
const INNER = 45;
/** Longest run of letters or digits in one pair of parentheses that belongs to a citation: `287(g)(1)`, `(viii)`. */
const LONGEST_PART = 5;
/** How far a number may stand behind the word or sign that makes it a citation. */
const LONGEST_GAP = 3;

/**
 * Cuts a text into terms. Case, accents, quotation marks, apostrophes and soft hyphens are folded away; a word that a
 * line break hyphenated is one word, a hyphen between letters otherwise parts two. `§ 9-131`, `section 9-131` and `Sec. 9-131` are
 * one term, as are `8 U.S.C. § 1373`, `287(g)` and `1,000`. Letters and digits that scanners take for each other (l, i and 1;
 * o and 0; rn and m) count as one in words. Linear in the length of the text; memory is twelve bytes a term.
 */
export function termsOf(text: string): Terms {
	const scan = new Scan(text);
	scan.run();
	return scan.made();
}

/** The number of a single term as `termsOf` would give it; 0 where the text holds none. */
export function termOf(text: string): number {
	return termsOf(text).keys[0] ?? 0;
}

const SECTION_WORDS = new Set(['section', 'sections', 'sec', 'secs', 'seccion', 'articulo', 'art'].map(hashOf));
const CODE_WORDS = new Set(['usc', 'cfr'].map(hashOf));

/** Holds what is written while a text is read; lives for one call. */
class Scan {
	readonly #text: string;
	#keys: Uint32Array;
	#starts: Uint32Array;
	#ends: Uint32Array;
	#count = 0;
	#at = 0;

	constructor(text: string) {
		this.#text = text;
		const room = 16 + (text.length >> 2);
		this.#keys = new Uint32Array(room);
		this.#starts = new Uint32Array(room);
		this.#ends = new Uint32Array(room);
	}

	run(): void {
		const text = this.#text;
		while (this.#at < text.length) {
			const kind = classOf(text.charCodeAt(this.#at));
			if (kind === LETTER) this.#word();
			else if (kind === DIGIT) this.#number(this.#at);
			else if (kind === SECTION) this.#section();
			else this.#at++;
		}
	}

	made(): Terms {
		return {
			keys: this.#keys.slice(0, this.#count),
			starts: this.#starts.slice(0, this.#count),
			ends: this.#ends.slice(0, this.#count),
		};
	}

	#push(key: number, start: number, end: number): void {
		if (this.#count === this.#keys.length) {
			this.#keys = grown(this.#keys);
			this.#starts = grown(this.#starts);
			this.#ends = grown(this.#ends);
		}
		this.#keys[this.#count] = key;
		this.#starts[this.#count] = start;
		this.#ends[this.#count++] = end;
	}

	/** A word, from its first letter; digits inside are read as the letters that they look like. */
	#word(): void {
		const text = this.#text;
		const start = this.#at;
		let at = start;
		let end = start;
		let hash = SEED;
		let held = 0;
		for (; at < text.length; at++) {
			const unit = text.charCodeAt(at);
			const kind = classOf(unit);
			if (kind === LETTER || kind === DIGIT) {
				if (unit >= 0xfb00 && unit <= 0xfb04) {
					// ff, fi, fl, ffi, ffl
					if (held !== 0) hash = mixed(hash, held);
					held = 0;
					hash = mixed(hash, 102);
					if (unit === 0xfb00 || unit >= 0xfb03) hash = mixed(hash, 102);
					if (unit !== 0xfb00) hash = mixed(hash, 108);
				} else {
					const letter = seen(folded(unit), kind);
					if (held === 114 && letter === 110) {
						held = 109;
					} else {
						if (held !== 0) hash = mixed(hash, held);
						held = letter;
					}
				}
				end = at + 1;
			} else if (kind === APOSTROPHE || kind === NOTHING) {
				if (!isWord(text, at + 1)) break;
			} else if (kind === HYPHEN) {
				const next = joined(text, at);
				if (next < 0) break;
				at = next - 1;
			} else if (unit === 46 && end - at === 0 && dotted(text, start, at)) {
				// `U.S.C.`: letters with full stops between are one word.
			} else break;
		}
		if (held !== 0) hash = mixed(hash, held);
		this.#at = Math.max(at, start + 1);
		hash = finished(hash);
		if (SECTION_WORDS.has(hash) && this.#cites(start)) return;
		if (CODE_WORDS.has(hash) && this.#code(hash)) return;
		this.#push(hash, start, end);
	}

	/** After a word for section: the number behind it, as one term with it. False where none stands there. */
	#cites(start: number): boolean {
		const text = this.#text;
		let at = this.#at;
		if (text.charCodeAt(at) === 46) at++;
		const to = gap(text, at);
		if (to < 0 || to === at) return false;
		this.#at = to;
		this.#number(start);
		return true;
	}

	/** After `U.S.C.` or `C.F.R.`: title, code and section, as one term. False where no title and number stand there. */
	#code(hash: number): boolean {
		const text = this.#text;
		const last = this.#count - 1;
		const title = last >= 0 ? (this.#ends[last] as number) : -1;
		if (title < 0 || classOf(text.charCodeAt(this.#starts[last] as number)) !== DIGIT) return false;
		let at = this.#at;
		if (text.charCodeAt(at) === 46) at++;
		at = spaces(text, at);
		while (classOf(text.charCodeAt(at)) === SECTION || text.charCodeAt(at) === 46) at++;
		if (text.startsWith('Section', at) || text.startsWith('section', at)) at += 7;
		at = spaces(text, at);
		if (at >= text.length || classOf(text.charCodeAt(at)) !== DIGIT) return false;
		const start = this.#starts[last] as number;
		const first = this.#keys[last] as number;
		this.#count--;
		this.#at = at;
		this.#number(start, mixed(mixed(SEED, first & 0xffff), hash & 0xffff));
		return true;
	}

	/** A section sign with its number; nothing where it has none. */
	#section(): void {
		const text = this.#text;
		const start = this.#at;
		let at = start;
		while (classOf(text.charCodeAt(at)) === SECTION) at++;
		this.#at = at;
		const to = gap(text, at);
		if (to < 0) return;
		this.#at = to;
		this.#number(start);
	}

	/** A number with its dashes, decimals and parts in parentheses, from a digit at the place reached. */
	#number(start: number, seed = SEED): void {
		const text = this.#text;
		let at = this.#at;
		let hash = seed;
		for (; at < text.length; at++) {
			const unit = text.charCodeAt(at);
			const kind = classOf(unit);
			if (kind === DIGIT || kind === LETTER) hash = mixed(hash, folded(unit));
			else if (unit === 44 && isThousand(text, at)) continue;
			else if ((unit === 46 || kind === HYPHEN || unit === 0x2013) && isNumeral(text, at + 1))
				hash = mixed(hash, INNER);
			else break;
		}
		while (text.charCodeAt(at) === 40) {
			const close = part(text, at);
			if (close < 0) break;
			hash = mixed(hash, 40);
			for (at++; at < close; at++) hash = mixed(hash, folded(text.charCodeAt(at)));
			at++;
		}
		this.#at = at;
		this.#push(finished(hash), start, at);
	}
}

function mixed(hash: number, unit: number): number {
	return Math.imul(hash ^ unit, 0x01000193);
}

/** Spreads a hash over all 32 bits (the finaliser of MurmurHash3); never 0. */
export function finished(hash: number): number {
	let h = hash;
	h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
	h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
	return (h ^ (h >>> 16)) >>> 0 || 1;
}

function hashOf(word: string): number {
	let hash = SEED;
	for (let at = 0; at < word.length; at++) hash = mixed(hash, seen(word.charCodeAt(at), LETTER));
	return finished(hash);
}

/** A letter as a scanner may have read it. */
function seen(letter: number, kind: number): number {
	if (kind === DIGIT) {
		if (letter === ZERO) return 111;
		if (letter === 49) return 108;
		if (letter === 53) return 115;
		return letter;
	}
	return letter === LOWER_A + 8 ? 108 : letter;
}

function isWord(text: string, at: number): boolean {
	return at < text.length && classOf(text.charCodeAt(at)) === LETTER;
}

/** A digit, or the letter of a numbering (`20-a`) that is no word. */
function isNumeral(text: string, at: number): boolean {
	if (at >= text.length) return false;
	const kind = classOf(text.charCodeAt(at));
	if (kind === DIGIT) return true;
	if (kind !== LETTER || at + 1 > text.length) return false;
	const next = at + 1 < text.length ? classOf(text.charCodeAt(at + 1)) : 0;
	return next !== LETTER;
}

function isThousand(text: string, at: number): boolean {
	for (let on = 1; on <= 3; on++)
		if (at + on >= text.length || classOf(text.charCodeAt(at + on)) !== DIGIT) return false;
	return at + 4 >= text.length || classOf(text.charCodeAt(at + 4)) !== DIGIT;
}

/** Whether the full stop at `at` parts single letters: `U.S.C`, not the end of a sentence. */
function dotted(text: string, start: number, at: number): boolean {
	if (!isWord(text, at + 1)) return false;
	const lone = at - 1 === start || text.charCodeAt(at - 2) === 46;
	const next = at + 2 >= text.length || classOf(text.charCodeAt(at + 2)) !== LETTER;
	return lone && next;
}

/** Where the word goes on behind a hyphen at the end of a line; -1 where it does not. */
function joined(text: string, hyphen: number): number {
	let at = spaces(text, hyphen + 1);
	if (classOf(text.charCodeAt(at)) !== BREAK) return -1;
	while (at < text.length && (classOf(text.charCodeAt(at)) === BREAK || isSpace(text.charCodeAt(at)))) at++;
	const unit = text.charCodeAt(at);
	// A capital behind the break begins a name of its own: `Nassau-\nSuffolk`.
	return at < text.length && classOf(unit) === LETTER && folded(unit) === unit ? at : -1;
}

function isSpace(unit: number): boolean {
	return unit === 32 || unit === 9 || unit === 0xa0;
}

function spaces(text: string, from: number): number {
	let at = from;
	while (at < text.length && isSpace(text.charCodeAt(at))) at++;
	return at;
}

/** Where a digit stands at `at` or a few spaces on; -1 where none does. */
function gap(text: string, at: number): number {
	let to = at;
	while (to < text.length && to - at <= LONGEST_GAP && isSpace(text.charCodeAt(to))) to++;
	return to < text.length && classOf(text.charCodeAt(to)) === DIGIT ? to : -1;
}

/** Closing parenthesis of a part such as `(g)`, `(12)`, `(viii)`; -1 where it is none. */
function part(text: string, open: number): number {
	for (let at = open + 1; at < text.length && at - open <= LONGEST_PART + 1; at++) {
		if (text.charCodeAt(at) === 41) return at > open + 1 ? at : -1;
		const kind = classOf(text.charCodeAt(at));
		if (kind !== LETTER && kind !== DIGIT) return -1;
	}
	return -1;
}

function grown(of: Uint32Array): Uint32Array {
	const more = new Uint32Array(of.length * 2);
	more.set(of);
	return more;
}
