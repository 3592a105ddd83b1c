import type { TextLanguage } from '#library/policy.ts';
import type { ProvisionKind } from '#library/provision.ts';

/** A word by which drafters speak of a level. */
export interface Unit {
	readonly kind: ProvisionKind;
	readonly language: TextLanguage;
	readonly plural: boolean;
	/** `§`, which is of both languages and never in words. */
	readonly sign: boolean;
}

interface Names {
	readonly one: string;
	readonly many: string;
	readonly female?: true;
}

/** What each level is called in a reference; the first name of a kind is the one that is written. */
const NAMES: Readonly<Record<TextLanguage, readonly (readonly [ProvisionKind, Names])[]>> = {
	en: [
		['title', { one: 'title', many: 'titles' }],
		['chapter', { one: 'chapter', many: 'chapters' }],
		['article', { one: 'article', many: 'articles' }],
		['part', { one: 'part', many: 'parts' }],
		['section', { one: 'section', many: 'sections' }],
		['section', { one: 'sec.', many: 'secs.' }],
		['subsection', { one: 'subsection', many: 'subsections' }],
		['subsection', { one: 'subdivision', many: 'subdivisions' }],
		['paragraph', { one: 'paragraph', many: 'paragraphs' }],
		['subparagraph', { one: 'subparagraph', many: 'subparagraphs' }],
		['clause', { one: 'clause', many: 'clauses' }],
		['item', { one: 'item', many: 'items' }],
	],
	es: [
		['title', { one: 'título', many: 'títulos' }],
		['chapter', { one: 'capítulo', many: 'capítulos' }],
		['article', { one: 'artículo', many: 'artículos' }],
		['part', { one: 'parte', many: 'partes', female: true }],
		['section', { one: 'sección', many: 'secciones', female: true }],
		['subsection', { one: 'inciso', many: 'incisos' }],
		['subsection', { one: 'apartado', many: 'apartados' }],
		['subsection', { one: 'subsección', many: 'subsecciones', female: true }],
		['paragraph', { one: 'párrafo', many: 'párrafos' }],
		['paragraph', { one: 'numeral', many: 'numerales' }],
		['subparagraph', { one: 'subpárrafo', many: 'subpárrafos' }],
		['clause', { one: 'cláusula', many: 'cláusulas', female: true }],
		['item', { one: 'ítem', many: 'ítems' }],
	],
};

const SIGN = /^§{1,2}$/;
const BY_WORD: ReadonlyMap<string, Unit> = new Map(
	(['en', 'es'] as const).flatMap((language) =>
		NAMES[language].flatMap(([kind, { one, many }]): [string, Unit][] => [
			[one, { kind, language, plural: false, sign: false }],
			[many, { kind, language, plural: true, sign: false }],
		]),
	),
);

/** Every word of a level, the longest first, for a pattern; and the sign. */
export const UNIT_WORDS = [...BY_WORD.keys()]
	.sort((one, other) => other.length - one.length)
	.map((word) => word.replace('.', '\\.'))
	.join('|')
	.concat('|§{1,2}');

/** The unit that a word of `UNIT_WORDS` names, in whatever case. */
export function unitOf(word: string): Unit {
	if (SIGN.test(word)) return { kind: 'section', language: 'en', plural: word.length === 2, sign: true };
	return BY_WORD.get(word.toLowerCase()) as Unit;
}

/** Spanish articles by gender and number, alone and run together with `de` and `a`. */
const ARTICLES = {
	'': ['el', 'los', 'la', 'las'],
	de: ['del', 'de los', 'de la', 'de las'],
	a: ['al', 'a los', 'a la', 'a las'],
} as const;

/** Every Spanish article, the longest first, for a pattern. */
export const ARTICLE_WORDS = Object.values(ARTICLES)
	.flat()
	.sort((one, other) => other.length - one.length)
	.join('|');

/** A unit as it was written where the words change: its article, its word. */
export interface Written {
	readonly article: string;
	readonly word: string;
}

/** The words for one or more provisions of a kind, as like those that stood there as can be: `del inciso` makes `de la sección`. */
export function named(kind: ProvisionKind, many: boolean, was: Written): string {
	const unit = unitOf(was.word);
	if (unit.sign && kind === 'section') return many ? '§§ ' : '§ ';
	const names = nameOf(kind, unit.language);
	const gender = names.female ? 2 : 0;
	const preposition = Object.entries(ARTICLES).find(([, forms]) =>
		(forms as readonly string[]).includes(was.article.toLowerCase()),
	)?.[0] as keyof typeof ARTICLES | undefined;
	const article = preposition === undefined ? '' : `${ARTICLES[preposition][gender + Number(many)]} `;
	const word = many ? names.many : names.one;
	const shouted = was.word.length > 2 && was.word === was.word.toUpperCase();
	const capital = /^\p{Lu}/u.test(was.word);
	const made = shouted ? word.toUpperCase() : capital ? sentence(word) : word;
	return `${/^\p{Lu}/u.test(was.article) ? sentence(article) : article}${made} `;
}

/** `this subsection`, where `this section` stood. */
export function thisNamed(kind: ProvisionKind, was: Written): string {
	const { language } = unitOf(was.word);
	const names = nameOf(kind, language);
	const demonstrative = language === 'en' ? 'this' : names.female ? 'esta' : 'este';
	return `${/^\p{Lu}/u.test(was.article) ? sentence(demonstrative) : demonstrative} ${names.one}`;
}

function nameOf(kind: ProvisionKind, language: TextLanguage): Names {
	return (NAMES[language].find(([name]) => name === kind)?.[1] ?? { one: 'section', many: 'sections' }) as Names;
}

function sentence(word: string): string {
	return word.charAt(0).toUpperCase() + word.slice(1);
}
