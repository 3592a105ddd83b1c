import { ARTICLE_WORDS, UNIT_WORDS, type Unit, unitOf, type Written } from './unit.ts';

/** A provision as words name it: `3(c)`, `(b)`, and in a list `(d)` for what stands beside the one before. */
export interface Pin {
	/** In the words, [start, end). */
	readonly start: number;
	readonly end: number;
	/** Number of the section or what is larger; null for what is named from where the words stand. */
	readonly head: string | null;
	/** Signs of what lies in it, the outermost first. */
	readonly signs: readonly string[];
	/** How a sign is written: `(b)`, `b)`, `b`. */
	readonly wrap: '()' | ')' | '';
	/** Whether it ends a range: `through 6`. */
	readonly ranges: boolean;
}

/** One level of a reference: `paragraphs (1) and (2)`; without pins `this section`. */
export interface Link extends Written {
	/** In the words, [start, end): its article, its word, its pins. */
	readonly start: number;
	readonly end: number;
	readonly unit: Unit;
	readonly pins: readonly Pin[];
}

/** A reference to provisions of the same text, as far as words tell: innermost level first, `paragraph (2) of subsection (a)`. */
export interface Mention {
	readonly start: number;
	readonly end: number;
	readonly links: readonly Link[];
}

const BEGINS = new RegExp(
	`(?<![\\p{L}\\p{N}])(?:(this|est[ea])\\s+|(${ARTICLE_WORDS})\\s+)?(${UNIT_WORDS})(?![\\p{L}])\\s*`,
	'giu',
);
/** What joins two levels; a Spanish article belongs to the second. */
const LINKS = new RegExp(
	`(\\s+(?:of|in)\\s+|\\s+(?=de(?:l|\\s+las?|\\s+los)\\s)|\\s+de\\s+(?=est[ea]\\s))(?:(this|est[ea])\\s+|(de\\s+las?|de\\s+los|del)\\s+)?(${UNIT_WORDS})(?![\\p{L}])\\s*`,
	'iuy',
);
/** Of a list: `(2)`, `(aa)`, `(xxviii)`, `(a-1)`; `section 3 (officers)` has none. */
const SIGN = '(?:\\d{1,3}|[A-Za-z]{1,3}|[ivxlc]{1,7}|[IVXLC]{1,7})(?:-[0-9a-z]{1,2})?';
const SIGNS = new RegExp(`(?:\\s?\\(${SIGN}\\))+`, 'uy');
const HEAD =
	/(?:\d+[A-Za-z]{0,2}(?:[-.:]\d+[A-Za-z]{0,2})*(?:-[A-Za-z]{1,2})?|[IVXLC]{1,7})(?![\p{L}\p{N}]|[-.]\d|\.\p{L})/uy;
/** `b)` of Spanish drafters, and in English `subdivision b of`, `paragraph 2`; `a clause a court` names none. */
const HALF = new RegExp(`(${SIGN})\\)`, 'uy');
const BARE = /(?:\d{1,2}|(?:[a-z]|[ivx]{2,5})(?=$|[.,;:)\]]|\s+(?:of|and|or|through)\b))(?![\p{L}\p{N}(]|[-–.,]\d)/uy;
const SEPARATOR =
	/\s*,\s*(?:(?:and|or|y|o|e|u)\s+)?|\s+(?:and\/or|and|or|y\/o|y|o|e|u)\s+|\s+(through|thru|to|a|al|hasta)\s+(?:(?:el|la)\s+)?|\s?([-–—])\s?/iuy;
/** Behind a number these are counted by it: `section 4 and 30 days`. */
const COUNTED =
	/^\s+(?:(?:calendar|business|working)\s+)?(?:days?|hours?|minutes?|weeks?|months?|years?|percent|dollars?|persons?|people|officers?|members?|copies|d[ií]as|horas|semanas|meses|años|personas)\b|^\s?[%$°]/iu;
/** After one section, a number alone goes on the list only where nothing follows that it could count. */
const LIST_GOES_ON =
	/^(?:$|[.,;:)\]"”’]|\s+(?:of|and|or|is|are|do|does|shall|may|must|applies|apply|y|o|de|del|es|son|se)\b)/iu;

/** Every reference in words that may be to the same text. What other law is named in, before it or after, is left out. */
export function mentions(words: string): readonly Mention[] {
	const found: Mention[] = [];
	let from = 0;
	for (const begin of words.matchAll(BEGINS)) {
		const { index: start } = begin;
		if (start < from) continue;
		const mention = mentionAt(words, begin);
		if (!mention) continue;
		from = mention.end;
		if (!foreignBefore(words.slice(0, start)) && !foreignAfter(words.slice(mention.end))) found.push(mention);
	}
	return found;
}

function mentionAt(words: string, begin: RegExpExecArray): Mention | null {
	const [all, self = '', article = '', word = ''] = begin;
	const { index: start } = begin;
	const links: Link[] = [];
	let end = start;
	let link = linkAt(words, start, all, self, article, word);
	while (link) {
		links.push(link);
		end = link.end;
		const next = isThis(link) ? null : at(LINKS, words, end);
		const [whole = '', joint = '', own = '', of = '', outer = ''] = next ?? [];
		link = next && linkAt(words, end + joint.length, whole.slice(joint.length), own, of, outer);
	}
	return links.length > 0 ? { start, end, links } : null;
}

/** Whether a link says `this section`. */
export function isThis({ pins }: Link): boolean {
	return pins.length === 0;
}

function linkAt(words: string, start: number, begin: string, self: string, article: string, word: string): Link | null {
	const unit = unitOf(word);
	const from = start + begin.length;
	if (self !== '') {
		const end = start + begin.trimEnd().length;
		return unit.plural || unit.sign ? null : { start, end, unit, word, article: self, pins: [] };
	}
	const pins = pinsAt(words, from, unit);
	const last = pins.at(-1);
	return last ? { start, end: last.end, unit, word, article, pins } : null;
}

function pinsAt(words: string, from: number, unit: Unit): Pin[] {
	const first = pinAt(words, from, unit, false);
	if (!first || COUNTED.test(words.slice(first.end))) return [];
	const pins = [first];
	for (let end = first.end; ; end = (pins.at(-1) as Pin).end) {
		const separator = at(SEPARATOR, words, end);
		if (!separator) return pins;
		const ranges = (separator[1] ?? separator[2]) !== undefined;
		const pin = pinAt(words, end + separator[0].length, unit, true);
		if (!pin || COUNTED.test(words.slice(pin.end))) return pins;
		// `section 5, or (ii) a person` goes on with a list of its own.
		if (heads(unit) && pin.head === null && (pins.at(-1) as Pin).signs.length === 0) return pins;
		const alone = !unit.plural && pin.wrap !== '()';
		if (alone && (ranges || /^\s*,\s*$/.test(separator[0]) || !LIST_GOES_ON.test(words.slice(pin.end)))) return pins;
		pins.push({ ...pin, ranges });
	}
}

/** Levels at which a provision is named by its number alone, without what it lies in. */
function heads({ kind }: Unit): boolean {
	return ['title', 'chapter', 'article', 'part', 'section'].includes(kind);
}

function pinAt(words: string, start: number, unit: Unit, goesOn: boolean): Pin | null {
	const made = (head: string | null, text: string, wrap: Pin['wrap'], end: number): Pin => {
		const signs = [...text.matchAll(/[^\s()]+/g)].map(([sign]) => sign);
		return { start, end, head, signs, wrap: head !== null && signs.length === 0 ? '' : wrap, ranges: false };
	};
	if (heads(unit)) {
		const head = at(HEAD, words, start)?.[0];
		if (head === undefined && !goesOn) return null;
		const behind = start + (head?.length ?? 0);
		const signs = at(SIGNS, words, behind)?.[0] ?? '';
		if (head === undefined && signs === '') return null;
		return made(head ?? null, signs, '()', behind + signs.length);
	}
	const signs = at(SIGNS, words, start)?.[0];
	if (signs !== undefined) return made(null, signs, '()', start + signs.length);
	const half = at(HALF, words, start);
	if (half) return made(null, half[1] as string, ')', start + half[0].length);
	// In Spanish `inciso a` may go on `a que se refiere`.
	const bare = unit.language === 'en' ? at(BARE, words, start)?.[0] : undefined;
	return bare === undefined ? null : made(null, bare, '', start + bare.length);
}

function at(pattern: RegExp, words: string, index: number): RegExpExecArray | null {
	pattern.lastIndex = index;
	return pattern.exec(words);
}

const LAW =
	'(?:Codes?|Acts?|Laws?|Charter|Constitution|Statutes?|Rules?|Regulations?|Ordinance|Resolution|Order|Directive|Compact|Manual|Policy|Amendment|Código|Ley|Constitución|Carta|Reglamento|Ordenanza)';
const FOREIGN_BEFORE: readonly RegExp[] = [
	new RegExp(`\\b${LAW}(?:\\s+(?:of|de)\\s+\\p{Lu}\\p{L}+|\\s+(?:No\\.|núm\\.)?\\s*[\\d-]+)?,?\\s*$`, 'u'),
	/(?:\bU\.?\s?S\.?\s?C\.?(?:\s?A\.?)?|\bC\.?\s?F\.?\s?R\.?|\b(?:INA|RCW|ORS|NRS|ILCS|MCL|HRS)|\b(?:Gov|Govt|Pen|Admin|Civ|Mun|Rev|Gen|Stat|Stats|Comp|Const|Ann|Cal|Tex|Fla|Ill|Wash|Pub\. L|L\.P\.R\.A)\.)(?:\s+Code)?,?\s*$/u,
	/\b(?:title|chapter|part|article|volume|título|capítulo|parte)\s+[\dIVXLC][\w.-]*,\s*$/iu,
];
const OWN_BEFORE = /\b(?:this|est[ea]|la presente|el presente)\s+\p{L}+,?\s*$/iu;
const OWN_AFTER =
	/^\s+(?:(?:of|in|to)\s+(?:this|the\s+present)\s+(?!state\b|country\b|nation\b)|de(?:l|\s+la)?\s+(?:est[ea]|presente)\s+(?!estado\b|país\b))/iu;
const FOREIGN_AFTER: readonly RegExp[] = [
	/^\s+of\s/iu,
	/^\s+del?\s/iu,
	/^,?\s+et\s+seq\b/iu,
	new RegExp(`^,?\\s+(?:of\\s+)?(?:the\\s+)?(?:\\p{Lu}[\\p{L}.&]*\\s+){0,5}${LAW}\\b`, 'u'),
	/^,?\s+(?:title|chapter|article)\s+[\dIVXLC]/iu,
	/^,?\s+(?:INA|U\.?\s?S\.?\s?C|C\.?\s?F\.?\s?R)\b/u,
	/^\s+(?:federal\s+)?(?:courts?|judges?|magistrates?|powers?)\b/iu,
	/^\s*-\s?\p{L}|^[-–]\d/u,
];

function foreignBefore(words: string): boolean {
	const near = words.slice(-80);
	return FOREIGN_BEFORE.some((pattern) => pattern.test(near)) && !OWN_BEFORE.test(near);
}

function foreignAfter(words: string): boolean {
	const near = words.slice(0, 120);
	return !OWN_AFTER.test(near) && FOREIGN_AFTER.some((pattern) => pattern.test(near));
}
