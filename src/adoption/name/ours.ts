import type { Called } from '#places/called.ts';
import { OF_WORD, type Standing } from './doubt.ts';
import type { Naming } from './naming.ts';

/** The word for what a place is, in Spanish. */
const SPANISH: Readonly<Record<string, string>> = {
	...{ City: 'Ciudad', Town: 'Pueblo', Village: 'Villa', Borough: 'Municipio' },
	...{ Township: 'Municipio', County: 'Condado', Parish: 'Parroquia' },
};
const OF_CITIES = /^(?:city|town|village|borough|municipality|ciudad|pueblo|villa|municipio)$/i;
const LONGEST_BEFORE = 40;

/**
 * A place in words that names another city, and what stands there once it names the own one: the name alone where the rest fits both,
 * `City of ~~Alder Falls~~ Dunmere`; with what it is called where that changes too, `~~City of Alder Falls~~ County of Walker`; with the article
 * before it and a possessive where they would not fit the new name. Capitals stay capitals.
 */
export function ours(
	{ words, at, end }: Omit<Standing, 'low'>,
	other: Called,
	own: Called,
): Pick<Naming, 'at' | 'was' | 'now'> {
	const capitals = isCapitals(words.slice(at, end));
	const of = OF_WORD.exec(words.slice(Math.max(0, at - LONGEST_BEFORE), at));
	const suffix =
		other.word === null ? null : new RegExp(`^\\s+${other.word}(?![\\p{L}\\p{N}])`, 'iu').exec(words.slice(end));
	let [from, to, before, name] = [at, end, '', own.name];
	if (of?.[1] && of[2]) {
		const word = wordOver(of[1], own);
		if (word !== null) [from, before] = [at - of[0].length, alike(word, of[1]) + of[2]];
	} else if (suffix ? other.word !== own.word : other.sort !== own.sort) name = inFull(own);
	if (suffix && other.word !== own.word) to += suffix[0].length;
	if (capitals) name = name.toUpperCase();
	const owner = owning(words, from, to, name);
	[to, name] = [owner.to, owner.name];
	const article = before === '' ? articleBefore(words, from, name, capitals) : null;
	if (article) [from, before] = [article.from, article.text];
	return { at: from, was: words.slice(from, to), now: before + name };
}

function isCapitals(name: string): boolean {
	return name === name.toUpperCase() && name !== name.toLowerCase();
}

function inFull({ name, word, sort }: Called): string {
	return sort === 'city' || sort === 'state' || word === null ? name : `${name} ${word}`;
}

/** What is to stand for City before `of`; null where it may stay. */
function wordOver(of: string, { word, sort }: Called): string | null {
	const spanish = Object.values(SPANISH).some((one) => one.toLowerCase() === of.toLowerCase());
	// A city whose word nobody wrote down may be called any of these.
	if (OF_CITIES.test(of) && (word === null || (/^municip/i.test(of) && sort !== 'county'))) return null;
	const wanted = spanish ? (SPANISH[word ?? 'City'] ?? 'Ciudad') : (word ?? 'City');
	return wanted.toLowerCase() === of.toLowerCase() ? null : wanted;
}

/** A word in the case of another. */
function alike(word: string, as: string): string {
	if (as === as.toLowerCase()) return word.toLowerCase();
	return isCapitals(as) ? word.toUpperCase() : word;
}

/** A name that ends in s has an apostrophe alone for a possessive; another needs its s. An apostrophe that closes a quotation is none. */
function owning(words: string, from: number, to: number, name: string): { readonly to: number; readonly name: string } {
	const [mark] = /^['’](?=\s\p{L})/u.exec(words.slice(to, to + 3)) ?? [];
	const quoted = /[‘'][^‘'’]*$/u.test(words.slice(Math.max(0, from - LONGEST_BEFORE), from));
	if (mark === undefined || quoted || !/s$/i.test(words.slice(from, to)) || /s$/i.test(name)) return { to, name };
	return { to: to + 1, name: name + mark + (isCapitals(name) ? 'S' : 's') };
}

/** The article before a name where it is the wrong one for another: `an Alder Falls officer`, `a Dunmere officer`. */
function articleBefore(
	words: string,
	from: number,
	name: string,
	capitals: boolean,
): { readonly from: number; readonly text: string } | null {
	const [found, article = '', space = ''] =
		/(?<![\p{L}\p{N}'’.])(an?)(\s+)$/iu.exec(words.slice(Math.max(0, from - LONGEST_BEFORE), from)) ?? [];
	const wanted = articleOf(name);
	if (found === undefined || wanted === null || wanted === article.toLowerCase()) return null;
	const first = article[0] === 'A' ? 'A' : 'a';
	const text = first + wanted.slice(1);
	return { from: from - found.length, text: (capitals && first === 'A' ? text.toUpperCase() : text) + space };
}

/** By its first letter; null where that does not tell: Utica, Upland. */
function articleOf(name: string): 'a' | 'an' | null {
	if (/^(?:u|one|oui|h[oó]n)/i.test(name)) return null;
	return /^(?!eu)[aeioáéíó]/i.test(name) ? 'an' : 'a';
}
