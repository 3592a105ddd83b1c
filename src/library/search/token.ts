/** A word or number of a text. */
export interface Token {
	/** Where it stands, [start, end). */
	readonly start: number;
	readonly end: number;
	/** In lower case, accents kept; of a number the whole of it without spaces. */
	readonly word: string;
	/**
	 * What it is found by beside its stem. For a number or a legal token: itself, most exact first (`14-101(a)(2)`,
	 * `14-101(a)`, `14-101`); for the first part of a hyphenated word: the word in one (`nonpublic`). Empty for plain words.
	 */
	readonly forms: readonly string[];
	/** False for numbers and legal tokens, which have no stem. */
	readonly plain: boolean;
}

/** Raised when the same text would be cut otherwise: what was indexed before is then indexed anew. */
export const TOKENS_VERSION = 2;

/** Longer runs of letters are no words; the index keeps this much of them. */
const LONGEST_WORD = 60;

/** `(a)`, `(2)`, `(iii)` behind a number, with one space at most. */
const BEHIND = '(?:[ \\u00a0]?\\([a-z0-9]{1,4}\\)){0,6}';
/** The hyphens and dashes that people put into numbers. */
const DASH = '[-\\u2010-\\u2013]';
const NUMBER = `\\d{1,9}(?:,\\d{3})*(?:(?:${DASH}|[.:])\\d{1,9}[a-z]?){0,6}[a-z]{0,2}`;
const PATTERN = new RegExp(
	[
		// 8 U.S.C. § 1373(a), 22 CFR 41.12
		`(?<title>\\d{1,3})[ \\u00a0]*(?<code>u\\.?[ \\u00a0]?s\\.?[ \\u00a0]?c\\.?|c\\.?[ \\u00a0]?f\\.?[ \\u00a0]?r\\.?)(?:[ \\u00a0]*(?:[§\\ufffd]{1,2}|sections?|secs?\\.?))?[ \\u00a0]*(?<cited>${NUMBER}${BEHIND})`,
		// § 1373, and the sign damaged
		`(?<sign>[§\\ufffd]+)(?=[ \\u00a0]?\\d)`,
		// I-247A, I247A, HB-12
		`(?<form>[a-z]{1,4}${DASH}?\\d{1,6}[a-z]?(?:${DASH}\\d{1,4})?)(?![\\p{L}\\p{N}])`,
		`(?<number>${NUMBER}(?![\\p{L}\\p{N}])${BEHIND}|\\d{1,30})`,
		// U.S., N.Y.P.D.
		`(?<dotted>(?:\\p{L}\\.){2,10}(?:\\p{L}(?![\\p{L}\\p{N}]))?)`,
		`(?<word>\\p{L}[\\p{L}\\p{M}]{0,200}(?:['’ʼ]\\p{L}{1,20})*)`,
	].join('|'),
	'giu',
);
/** Between the parts of a hyphenated word. */
const HYPHEN = /^[-\u2010\u2011]$/;

/**
 * The words, numbers and legal tokens of a text in order: what the index holds and what a question asks for are cut by this
 * alone, so they cannot disagree. `§`, its damaged form, `Sec.` and `section` are one word, so that a section is found
 * however it is written. Linear in the length of the text.
 * @param most no more than so many are wanted
 */
export function tokens(text: string, most = Number.POSITIVE_INFINITY): Token[] {
	const found: Token[] = [];
	let cited = false;
	for (const match of text.matchAll(PATTERN)) {
		const { title, code, cited: target, sign, form, number, dotted, word } = match.groups as Groups;
		const start = match.index;
		const end = start + match[0].length;
		if (sign) found.push({ start, end, word: SECTION, forms: [], plain: true });
		else if (title && code && target) {
			const bare = numberOf(target);
			const name = `${Number(title)}${code.replace(/[^a-z]/gi, '').toLowerCase()}`;
			const forms = basesOf(bare).flatMap((base) => [`${name}${base}`, `§${base}`, base]);
			found.push({ start, end, word: `${name}${bare}`, forms, plain: false });
		} else if (form) {
			const bare = form.toLowerCase().replace(/[^a-z0-9]/g, '');
			found.push({ start, end, word: bare, forms: [bare], plain: false });
		} else if (number) {
			const bare = numberOf(number);
			const bases = basesOf(bare);
			const forms = cited ? bases.flatMap((base) => [`§${base}`, base]) : bases;
			found.push({ start, end, word: bare, forms, plain: false });
		} else if (dotted) {
			const bare = dotted.replaceAll('.', '').toLowerCase();
			found.push({ start, end, word: bare, forms: [], plain: true });
		} else if (word) {
			const plain = plainOf(word);
			found.push({ start, end, word: SECTIONS.includes(plain) ? SECTION : plain, forms: [], plain: true });
			joinHyphenated(found, text);
		}
		cited = found.at(-1)?.word === SECTION;
		if (found.length >= most) break;
	}
	return found;
}

/** What every way to write "section" is cut to. */
export const SECTION = 'section';
const SECTIONS = ['section', 'sections', 'sec', 'secs'];

interface Groups {
	readonly title?: string;
	readonly code?: string;
	readonly cited?: string;
	readonly sign?: string;
	readonly form?: string;
	readonly number?: string;
	readonly dotted?: string;
	readonly word?: string;
}

function plainOf(word: string): string {
	const lower = word.normalize('NFC').toLowerCase();
	return lower
		.replace(/['’ʼ]s$/, '')
		.replace(/['’ʼ]/g, '')
		.slice(0, LONGEST_WORD);
}

/** Dashes as hyphens, without spaces and thousands' commas: `9–131 (a)` is `9-131(a)`. */
function numberOf(text: string): string {
	return text
		.toLowerCase()
		.replace(/[\u2010-\u2013]/g, '-')
		.replace(/[ \u00a0,]/g, '');
}

/** The number, and what it lies in: `14-101(a)(2)`, `14-101(a)`, `14-101`. */
function basesOf(number: string): string[] {
	const bases = [number];
	for (let rest = number; rest.endsWith(')'); bases.push(rest)) rest = rest.slice(0, rest.lastIndexOf('('));
	return bases;
}

/** Lets the first part of `non-public` be found by `nonpublic` too. */
function joinHyphenated(found: Token[], text: string): void {
	const last = found.at(-1);
	const first = found.at(-2);
	if (!last || !first?.plain || first.forms.length > 0) return;
	if (last.start - first.end !== 1 || !HYPHEN.test(text.slice(first.end, last.start))) return;
	found[found.length - 2] = { ...first, forms: [`${first.word}${last.word}`.slice(0, LONGEST_WORD)] };
}

/** Without accents: what is typed without them finds what is written with them. */
export function unaccented(text: string): string {
	return text.normalize('NFD').replace(/\p{M}+/gu, '');
}
