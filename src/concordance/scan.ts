/** Tokens of a text in typed arrays: made for texts that are compared many times a second. */
export interface Scan {
	readonly text: string;
	readonly count: number;
	/** Stretch of each token, [start, end), without the space before it. */
	readonly start: Int32Array;
	readonly end: Int32Array;
	/** Tokens with the same id read alike: quotation marks, dashes and space inside a citation are folded. */
	readonly id: Int32Array;
	/** 1 where it is a word, number or citation, 0 for signs. */
	readonly word: Uint8Array;
	/** Tokens that begin a line, rising; the first is 0 where there are tokens. */
	readonly lines: readonly number[];
}

/** Gives equal tokens of several texts equal numbers; ids below `joints` are words that say nothing alone. */
export interface Lexicon {
	readonly size: number;
	readonly joints: number;
	/** Number of the token that stands in `text` from `start` to `end`. */
	intern(text: string, start: number, end: number): number;
}

/** Words that hold sentences together and say nothing alone; English and Spanish. */
const JOINTS =
	'a an and any as at be by for from in is it no not of on or such that the this to with al con de del el en la las lo los no o para por que se su un una y'.split(
		' ',
	);
/** Slots of an empty lexicon: a power of two, doubled whenever it is half full. */
const FIRST_SLOTS = 4_096;
/** Characters up to here are looked up in a table; the rest is rare and asks a regular expression. */
const TABLE = 0x250;
const LETTER = /[\p{L}\p{N}\p{M}]/u;
const SPACE = /\s/;
const CLASS = Uint8Array.from({ length: TABLE }, (_, code) => classOf(String.fromCharCode(code)));
/**
 * Citations are one token, so that a changed number is one change. Every repetition is bounded: a list of a million
 * numbers would otherwise be read anew at each of them.
 */
const CITATION =
	/\d{1,6}\s(?:U\.\s?S\.\s?C\.|C\.\s?F\.\s?R\.)(?:\s§{1,2})?\s?\d[\w.-]{0,40}(?:\([a-z0-9]{1,4}\)){0,9}|§{1,2}\s?\d[\w.-]{0,40}\w(?:\([a-z0-9]{1,4}\)){0,9}|\d[\d.,-]{0,40}(?:\([a-z0-9]{1,4}\)){1,9}|\{\{[^{}]{1,200}\}\}/y;

/** Tokens of a text in order; linear in its length, whatever it is. */
export function scan(text: string, lexicon: Lexicon): Scan {
	let room = Math.max(16, text.length >> 2);
	let [start, end, id] = [new Int32Array(room), new Int32Array(room), new Int32Array(room)];
	let word = new Uint8Array(room);
	const lines: number[] = [];
	const citation = new RegExp(CITATION.source, 'y');
	let fresh = true;
	let count = 0;
	for (let at = 0; at < text.length; ) {
		const code = text.charCodeAt(at);
		const kind = code < TABLE ? (CLASS[code] as number) : classAt(text, at);
		if (kind === 0) {
			if (code === 10 || code === 13) fresh = true;
			at++;
			continue;
		}
		const upTo = tokenEnd(text, at, code, kind, citation);
		if (count === room) {
			room *= 2;
			start = grown(start, room);
			end = grown(end, room);
			id = grown(id, room);
			const more = new Uint8Array(room);
			more.set(word);
			word = more;
		}
		if (fresh) lines.push(count);
		fresh = false;
		start[count] = at;
		end[count] = upTo;
		id[count] = lexicon.intern(text, at, upTo);
		word[count] = kind === 1 || upTo - at > 2 ? 1 : 0;
		count++;
		at = upTo;
	}
	return {
		text,
		count,
		start: start.subarray(0, count),
		end: end.subarray(0, count),
		id: id.subarray(0, count),
		word: word.subarray(0, count),
		lines,
	};
}

/** An empty lexicon that knows the joints. */
export function lexicon(): Lexicon {
	let slots = new Int32Array(FIRST_SLOTS).fill(-1);
	let mask = FIRST_SLOTS - 1;
	const [texts, starts, ends, hashes]: [string[], number[], number[], number[]] = [[], [], [], []];
	const made = {
		size: 0,
		joints: 0,
		intern(text: string, from: number, to: number): number {
			let hash = 0x811c9dc5;
			for (let at = from; at < to; at++) hash = Math.imul(hash ^ folded(text.charCodeAt(at)), 0x01000193);
			hash ^= hash >>> 15;
			let slot = hash & mask;
			for (; ; slot = (slot + 1) & mask) {
				const known = slots[slot] as number;
				if (known < 0) break;
				if (hashes[known] === hash && alike(text, from, to, known)) return known;
			}
			const id = made.size++;
			slots[slot] = id;
			texts.push(text);
			starts.push(from);
			ends.push(to);
			hashes.push(hash);
			if (made.size * 2 > mask) rehash();
			return id;
		},
	};
	function alike(text: string, from: number, to: number, known: number): boolean {
		const [other, begin] = [texts[known] as string, starts[known] as number];
		if ((ends[known] as number) - begin !== to - from) return false;
		for (let at = from, to2 = begin; at < to; at++, to2++) {
			const [one, two] = [text.charCodeAt(at), other.charCodeAt(to2)];
			if (one !== two && folded(one) !== folded(two)) return false;
		}
		return true;
	}
	function rehash(): void {
		mask = mask * 2 + 1;
		slots = new Int32Array(mask + 1).fill(-1);
		for (let id = 0; id < made.size; id++) {
			let slot = (hashes[id] as number) & mask;
			while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask;
			slots[slot] = id;
		}
	}
	for (const joint of JOINTS)
		for (const form of [joint, joint.charAt(0).toUpperCase() + joint.slice(1)]) made.intern(form, 0, form.length);
	made.joints = made.size;
	return made;
}

/** How many tokens two lists share, each as often as it stands in both; `times` has a zero for every id, and is left so. */
export function shared(one: Int32Array, other: Int32Array, times: Int32Array): number {
	let count = 0;
	for (let at = 0; at < one.length; at++) (times[one[at] as number] as number)++;
	for (let at = 0; at < other.length; at++) if ((times[other[at] as number] as number)-- > 0) count++;
	for (let at = 0; at < one.length; at++) times[one[at] as number] = 0;
	for (let at = 0; at < other.length; at++) times[other[at] as number] = 0;
	return count;
}

function tokenEnd(text: string, from: number, code: number, kind: number, citation: RegExp): number {
	const digit = code >= 48 && code <= 57;
	if (digit || code === 0xa7 || code === 0x7b) {
		citation.lastIndex = from;
		if (citation.test(text)) return citation.lastIndex;
	}
	if (kind !== 1) return from + (code >= 0xd800 && code < 0xdc00 && from + 1 < text.length ? 2 : 1);
	let at = from + unit(text, from);
	while (at < text.length) {
		const next = text.charCodeAt(at);
		if ((next < TABLE ? CLASS[next] : classAt(text, at)) === 1) {
			at += unit(text, at);
			continue;
		}
		// An apostrophe, hyphen or full stop inside a word, and the comma of a number, belong to it.
		if (at + 1 >= text.length || !inner(text, at, next)) return at;
		const after = text.charCodeAt(at + 1);
		if ((after < TABLE ? CLASS[after] : classAt(text, at + 1)) !== 1) return at;
		at++;
	}
	return at;
}

function inner(text: string, at: number, code: number): boolean {
	if (code === 44) return isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at + 1));
	return code === 39 || code === 45 || code === 46 || code === 0x2019;
}

function isDigit(code: number): boolean {
	return code >= 48 && code <= 57;
}

function unit(text: string, at: number): number {
	const code = text.charCodeAt(at);
	return code >= 0xd800 && code < 0xdc00 && at + 1 < text.length ? 2 : 1;
}

/** 0 for space, 1 for what words are made of, 2 for signs. */
function classOf(sign: string): number {
	return SPACE.test(sign) ? 0 : LETTER.test(sign) ? 1 : 2;
}

function classAt(text: string, at: number): number {
	return classOf(String.fromCodePoint(text.codePointAt(at) ?? 0));
}

/** One code for quotation marks, one for dashes, one for space. */
function folded(code: number): number {
	if (code < 0x60) return code === 10 || code === 9 || code === 13 ? 32 : code;
	if (code === 0x60 || code === 0x2018 || code === 0x2019 || code === 0x2bc) return 39;
	if (code === 0xa0) return 32;
	if (code < 0x2000) return code;
	if (code === 0x201c || code === 0x201d || code === 0x201e) return 34;
	return code === 0x2010 || code === 0x2011 || code === 0x2013 || code === 0x2014 ? 45 : code;
}

function grown(list: Int32Array, room: number): Int32Array<ArrayBuffer> {
	const more = new Int32Array(room);
	more.set(list);
	return more;
}
