import { COUNTY_WORD } from './match.ts';
import { writingsOf } from './name.ts';
import type { Place } from './place.ts';

/** How a text calls a place. */
export interface Called {
	/** Without the word that says what it is: Alder Falls, Walker of Walker County, Abington of Abington township. */
	readonly name: string;
	/** That word as a text writes it: County, Parish, Township; null where the name of a city has none. */
	readonly word: string | null;
	/** Places of one sort are called alike, so that one name may stand for the other: a city and a town are, a city and a county are not. */
	readonly sort: 'city' | 'township' | 'county' | 'state';
}

/** What the gazetteers print behind a name in lower case, Kansas City keeps its own; and what stands in parentheses there. */
const TAIL = /((?: [a-z]+)*)(?: \([^)]*\))?$/;

/** A place as texts call it, from its name as the gazetteer has it. */
export function calledOf({ kind, name }: Pick<Place, 'kind' | 'name'>): Called {
	const [tail = '', words = ''] = TAIL.exec(name) ?? [];
	const bare = name.slice(0, name.length - tail.length);
	if (kind === 'state') return { name: bare, word: null, sort: 'state' };
	const county = kind === 'county' ? COUNTY_WORD.exec(name.replace(/ \([^)]*\)$/, ''))?.[1] : undefined;
	if (county !== undefined)
		return {
			name: name.slice(0, name.toLowerCase().lastIndexOf(` ${county.toLowerCase()}`)),
			word: county,
			sort: 'county',
		};
	const last = words.split(' ').at(-1) ?? '';
	const word = /^(?:city|town|village|borough|township)$/.test(last) ? last[0]?.toUpperCase() + last.slice(1) : null;
	return { name: bare, word, sort: word === 'Township' ? 'township' : 'city' };
}

const LETTERS: Readonly<Record<string, string>> = {
	...{ a: '[aáàâäã]', e: '[eéèêë]', i: '[iíìîï]', o: '[oóòôöō]', u: '[uúùûüū]', n: '[nñ]', c: '[cç]' },
	...{ A: '[AÁÀÂÄÃ]', E: '[EÉÈÊË]', I: '[IÍÌÎÏ]', O: '[OÓÒÔÖŌ]', U: '[UÚÙÛÜŪ]', N: '[NÑ]', C: '[CÇ]' },
};

/**
 * Source of a regular expression for a name as a text may write it, in the case of the name or all in capitals: with or without
 * accents, apostrophes and full stops, Saint as St. and the like, and with any space between its words.
 */
export function patternOf(name: string): string {
	const [plain, capitals] = [name, name.toUpperCase()].map((one) =>
		one
			.split(/\s+/)
			.map((word) => `(?:${writingsOf(word).map(looselyWritten).join('|')})`)
			.join('\\s+'),
	);
	return `(?:${plain}|${capitals})`;
}

function looselyWritten(word: string): string {
	return [...word.normalize('NFD').replaceAll(/\p{M}/gu, '')]
		.map((letter) => {
			if (/['’‘ʻʼ`´]/.test(letter)) return "['’‘ʻʼ`´]?";
			if (letter === '.') return '\\.?';
			return LETTERS[letter] ?? letter.replace(/[\^$\\*+?()[\]{}|/]/, '\\$&');
		})
		.join('');
}
