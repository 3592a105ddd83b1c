import { Tokenizer } from 'htmlparser2';
import type { ListKind } from '../list.ts';
import { unwrap } from '../read/address.ts';
import { foldSpace } from '../read/text.ts';

/** The addresses of the two lists, or in which way the page is not the one we know. */
export type Found =
	| { readonly found: true; readonly addresses: readonly [string, string] }
	| { readonly found: false; readonly shape: Shape; readonly spreadsheets: number };

/**
 * `none`: no link to a spreadsheet. `one`: a single one. `missing`: links to one of the lists only. `many`: more than can
 * be told apart.
 */
export type Shape = 'none' | 'one' | 'missing' | 'many';

/** A link to a spreadsheet and the words that may say which one it is, the most telling first. */
interface Candidate {
	readonly address: string;
	readonly words: readonly [own: string, name: string, before: string, after: string, heading: string];
}

/** The page has some hundred links. One with more than this is another page, and is not read to its end. */
const MAX_LINKS = 20_000;
/** Words around a link beyond this distance belong to something else. */
const MAX_AROUND = 300;
const SPREADSHEET = /\.xlsx$/i;
const HEADING = /^h[1-6]$/;
/** Elements inside a sentence; every other begins a new one. */
const INLINE = new Set([
	'a',
	'abbr',
	'b',
	'em',
	'font',
	'i',
	'img',
	'mark',
	'small',
	'span',
	'strong',
	'sub',
	'sup',
	'u',
]);
/** Elements that part words and leave them together: the name in one cell of a row, its link in the next. */
const BESIDE = new Set(['td', 'th', 'dt', 'dd', 'br', 'label']);
/** What stands inside is not shown. */
const UNSEEN = new Set(['script', 'style', 'title', 'template', 'textarea']);
/** Attributes that lead somewhere or speak. */
const WANTED = new Set(['href', 'title', 'aria-label']);

const WORDS: Readonly<Record<ListKind, RegExp>> = {
	participating: /particip/i,
	pending: /pending|applica|applied|prospective/i,
};
const FORMER = /\b(archiv\w*|previous\w*|earlier|former\w*|older|old|past|prior|histor\w*|superseded)\b/i;

/**
 * Finds the two published lists on the publisher's page, whatever the files are called: links to a spreadsheet, told
 * apart by their own words, the file's name, the sentence around and the heading above, in this order. Exactly two
 * spreadsheets are taken even where nothing tells which is which: the reader knows by their columns. Time grows with the
 * length of the page and with nothing else.
 * @param address where the page was found in the end: relative links start from there
 */
export function findLists(html: string, address: string): Found {
	const all = distinct(candidates(html, address));
	const problem = (shape: Shape): Found => ({ found: false, shape, spreadsheets: all.length });
	if (all.length === 0) return problem('none');
	if (all.length === 1) return problem('one');
	const of = (kind: ListKind | null): Candidate[] => all.filter((candidate) => kindOf(candidate) === kind);
	const [participating, pending, untold] = [of('participating'), of('pending'), of(null)];
	if (all.length === 2 && (untold.length > 0 || participating.length === pending.length)) {
		const [first, second] = [...participating, ...untold, ...pending] as [Candidate, Candidate];
		return { found: true, addresses: [first.address, second.address] };
	}
	if ((participating.length === 0 || pending.length === 0) && untold.length === 0) return problem('missing');
	const [one, other] = [newest(participating), newest(pending)];
	return one && other ? { found: true, addresses: [one.address, other.address] } : problem('many');
}

/** Which list the words say, each place on its own; null where none says, or says both. */
function kindOf({ words }: Candidate): ListKind | null {
	for (const text of words) {
		const participating = WORDS.participating.test(text);
		const pending = WORDS.pending.test(text);
		if (participating !== pending) return participating ? 'participating' : 'pending';
	}
	return null;
}

/**
 * The current one of several: the only one that is not called old, or the one whose name carries the latest day, if it
 * stands first too. Days in names have been wrong by a year: where order and name disagree nobody can tell.
 */
function newest(candidates: readonly Candidate[]): Candidate | null {
	const current = candidates.filter(({ words }) => !words.some((text) => FORMER.test(text)));
	const [first, ...others] = current.length > 0 ? current : candidates;
	if (!first) return null;
	const day = dayInName(first);
	return others.every((other) => day > dayInName(other) && dayInName(other) !== '') ? first : null;
}

/** `20260924` of a name with 09242026, 092426 or 2026-09-24 in it; empty without one. */
function dayInName({ words: [, name] }: Candidate): string {
	const iso = /(?<!\d)(20\d\d)[-_]?([01]\d)[-_]?([0-3]\d)(?!\d)/.exec(name);
	if (iso) return `${iso[1]}${iso[2]}${iso[3]}`;
	const american = /(?<!\d)([01]\d)[-_]?([0-3]\d)[-_]?(?:20)?(\d\d)(?!\d)/.exec(name);
	return american ? `20${american[3]}${american[1]}${american[2]}` : '';
}

/** One for each address; the words of every link to it count. */
function distinct(all: readonly Candidate[]): Candidate[] {
	const found = new Map<string, Candidate>();
	for (const candidate of all) {
		const before = found.get(candidate.address);
		if (!before || kindOf(before) === null) found.set(candidate.address, candidate);
	}
	return [...found.values()];
}

/** Every link to a spreadsheet, in the order of the page. */
function candidates(html: string, page: string): Candidate[] {
	const found: Link[] = [];
	let base = page;
	let links = 0;
	let sentence = '';
	let heading = '';
	let inHeading = false;
	let unseen: string | null = null;
	let inside: Link | null = null;
	/** The link that what follows it in the sentence belongs to. */
	let behind: Link | null = null;

	const say = (text: string): void => {
		if (unseen) return;
		sentence = (sentence + text).slice(-MAX_AROUND);
		if (inHeading) heading = (heading + text).slice(0, MAX_AROUND);
		if (inside) inside.own = (inside.own + text).slice(0, MAX_AROUND);
		else if (behind) behind.after = (behind.after + text).slice(0, MAX_AROUND);
	};
	const part = (name: string): void => {
		if (BESIDE.has(name)) say(' ');
		else if (!INLINE.has(name)) {
			sentence = '';
			behind = null;
		}
	};
	const open = (name: string, { href = '', title = '', 'aria-label': label = '' }: Attributes): void => {
		part(name);
		if (UNSEEN.has(name)) unseen = name;
		if (HEADING.test(name)) {
			inHeading = true;
			heading = '';
		}
		if (name === 'base' && URL.canParse(href, page)) base = new URL(href, page).href;
		if (name !== 'a') return;
		inside = null;
		const address = unseen || ++links > MAX_LINKS ? null : spreadsheetAt(href, base);
		if (address === null) return;
		inside = { address, own: `${title} ${label} `.slice(0, MAX_AROUND), before: sentence, after: '', heading };
		behind = inside;
		found.push(inside);
	};
	const close = (name: string): void => {
		if (unseen === name) unseen = null;
		if (HEADING.test(name)) inHeading = false;
		// What stands before a link belongs to it and not to the next one.
		if (name === 'a' && inside) {
			inside = null;
			sentence = '';
		}
		part(name);
	};
	read(html, { text: say, open, close });
	return found.map(({ address, own, before, after, heading: above }) => ({
		address,
		words: [foldSpace(own), pieceOf(address), foldSpace(before), foldSpace(after), foldSpace(above)],
	}));
}

interface Link {
	readonly address: string;
	own: string;
	readonly before: string;
	after: string;
	readonly heading: string;
}

type Attributes = Readonly<Partial<Record<string, string>>>;

/** The address of a spreadsheet that a link leads to, without fragment and mail wrapper; null for anything else. */
function spreadsheetAt(href: string, base: string): string | null {
	const target = foldSpace(href);
	if (!URL.canParse(target, base)) return null;
	const address = unwrap(new URL(target, base).href).href;
	if (address === null || !SPREADSHEET.test(pieceOf(address))) return null;
	const url = new URL(address);
	url.hash = '';
	return url.href;
}

/** The last piece of an address's path, decoded where it can be: the name of the file. */
export function pieceOf(address: string): string {
	const piece = new URL(address).pathname.split('/').at(-1) ?? '';
	try {
		return decodeURIComponent(piece);
	} catch {
		return piece;
	}
}

interface Reader {
	text(text: string): void;
	open(name: string, attributes: Attributes): void;
	close(name: string): void;
}

/**
 * Tags and texts one by one. The tokenizer alone, without a stack of open elements: closing tags looked up in a stack of
 * a million would take the square of it.
 */
function read(html: string, reader: Reader): void {
	let name = '';
	let attributes: Record<string, string> = {};
	let attribute = '';
	let value: string[] = [];
	const nothing = (): void => undefined;
	const tokenizer = new Tokenizer(
		{ decodeEntities: true },
		{
			ontext: (from, to) => reader.text(html.slice(from, to)),
			ontextentity: (code) => reader.text(String.fromCodePoint(code)),
			onopentagname(from, to) {
				name = html.slice(from, to).toLowerCase();
				attributes = {};
			},
			onattribname(from, to) {
				attribute = html.slice(from, to).toLowerCase();
				value = [];
			},
			onattribdata: (from, to) => void value.push(html.slice(from, to)),
			onattribentity: (code) => void value.push(String.fromCodePoint(code)),
			onattribend() {
				if (WANTED.has(attribute) && !(attribute in attributes)) attributes[attribute] = value.join('');
			},
			onopentagend: () => reader.open(name, attributes),
			onselfclosingtag: () => reader.open(name, attributes),
			onclosetag: (from, to) => reader.close(html.slice(from, to).toLowerCase()),
			oncdata: nothing,
			oncomment: nothing,
			ondeclaration: nothing,
			onprocessinginstruction: nothing,
			onend: nothing,
		},
	);
	tokenizer.write(html);
	tokenizer.end();
}
