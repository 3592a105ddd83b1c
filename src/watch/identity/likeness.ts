import { bits, distance } from '#kernel/spelling.ts';
import type { Seen } from '../trail/track.ts';
import { type Bodies, type Body, sharedLists } from './body.ts';
import { documentFile } from './document.ts';
import { QUALIFIERS } from './name.ts';
import { neighbours } from './neighbour.ts';

/** Slips that one misspelling takes: Berrian to Berrien one, Indialantic to Indiatlantic one, a doubled syllable two. */
const SLIPS = 2;
/** Below this length two slips make another name: Lee, Lake; Bay, Clay. */
const SHORT = 6;
/** A spelling on a tenth of the lists of the other, beside it, is the misprint of the two. */
const RARER = 10;

/**
 * Spellings within two slips of each other, with equal numbers, or one cut off inside a word of the other: may be a
 * misprint. Says nothing about whether they are. Two counties of the state, each spelled right, are none.
 */
export function nearSpelling(a: Body, b: Body): boolean {
	const [x, y] = [a.name, b.name];
	if (x.digits !== y.digits || neighbours(a, b)) return false;
	const short = Math.min(x.place.join('').length, y.place.join('').length) < SHORT;
	const most = short ? 1 : SLIPS;
	// As printed too: a space that slipped into the wrong place changes more than one word of the canonical form.
	return (
		(bits(x.keyLetters ^ y.keyLetters) <= 2 * most && distance(x.key, y.key, most) <= most) ||
		(bits(x.foldLetters ^ y.foldLetters) <= 2 * most && distance(x.fold, y.fold, most) <= most) ||
		cutOff(x.fold, y.fold)
	);
}

function cutOff(a: string, b: string): boolean {
	const [short, long] = a.length < b.length ? [a, b] : [b, a];
	return short.length >= LEGIBLE && long.startsWith(short) && /[a-z]/.test(long[short.length] ?? '');
}

/** As much of a name as says which body is meant. */
const LEGIBLE = 15;

/**
 * One name's words hold all of the other's, and what is more is no word that makes it another place: `... / THP` dropped
 * is the same body, Beach dropped is not.
 */
export function containedName(a: Body, b: Body): boolean {
	const [small, large] = a.name.words.length <= b.name.words.length ? [a.name, b.name] : [b.name, a.name];
	if (small.digits !== large.digits || small.key === large.key) return false;
	const inLarge = new Set(large.words);
	if (!small.words.every((word) => inLarge.has(word))) return false;
	const inSmall = new Set(small.words);
	const more = large.words.filter((word) => !inSmall.has(word));
	// A state body may be printed with State and without; a university may not.
	const school = inLarge.has('university') || inLarge.has('college');
	const another = more.some((word) => QUALIFIERS.has(word) && (word !== 'state' || school));
	return more.length <= MOST_MORE && !another && small.words.length > 1;
}

/** Words that a longer form of the same name adds. */
const MOST_MORE = 4;

/** The same place or institution, whatever kind of body: University of West Florida Board of Trustees, Police Department. */
export function samePlace(a: Body, b: Body): boolean {
	return a.name.digits === b.name.digits && a.name.place.join('') === b.name.place.join('');
}

/** A word of four letters or more that says which body it is, and is no Beach or North, stands in both names. */
export function sharedWord(a: Body, b: Body): boolean {
	const words = new Set(b.name.place);
	return a.name.place.some((word) => word.length >= 4 && !QUALIFIERS.has(word) && words.has(word));
}

/** More than half of the words that say which body it is stand in both names. */
function mostlyShared(a: Body, b: Body): boolean {
	const words = new Set(b.name.place);
	const shared = a.name.place.filter((word) => words.has(word)).length;
	return shared * 2 > Math.min(a.name.place.length, b.name.place.length) && shared > 1;
}

/** The same document file on both rows. */
export function sameDocument(a: Seen, b: Seen): boolean {
	const file = documentFile(a.row.moa?.href);
	return file !== null && file === documentFile(b.row.moa?.href);
}

/** The same county printed on both rows. */
export function sameCounty(a: Seen, b: Seen): boolean {
	const county = countyName(a.row.county);
	return county !== null && county === countyName(b.row.county);
}

/** What a COUNTY cell names, without County or Parish and what no reader would call a difference; null for nothing. */
export function countyName(cell: string | null): string | null {
	const name = (cell ?? '')
		.toLowerCase()
		.replace(/\b(county|parish)\b/g, '')
		.replaceAll(/[^a-z]+/g, '');
	return name === '' || name === 'na' ? null : name;
}

/** Too little for a rule, too much to call the one gone and the other new. */
export function resembles(old: Seen, next: Seen): boolean {
	if (old.model !== next.model) return false;
	const [a, b] = [old.spelling.body, next.spelling.body];
	if (sameDocument(old, next) || nearSpelling(a, b)) return true;
	if (neighbours(a, b) && !sameCounty(old, next)) return false;
	if (old.signed === null || next.signed === null) return samePlace(a, b);
	if (old.signed !== next.signed) return false;
	return samePlace(a, b) || sharedWord(a, b) || mostlyShared(a, b) || sameCounty(old, next);
}

/** Never on one list, or one plainly the rarer: nothing says that they are two bodies. */
export function mayBeOne(a: Body, b: Body, bodies: Bodies): boolean {
	for (const x of bodies.root(a).members) {
		for (const y of bodies.root(b).members) {
			const rarer = Math.min(x.lists.length, y.lists.length);
			const most = Math.max(x.lists.length, y.lists.length) >= rarer * RARER ? rarer : 0;
			if (sharedLists(x, y, most + 1) > most) return false;
		}
	}
	return true;
}
