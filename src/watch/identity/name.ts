import { distance, letters } from '#kernel/spelling.ts';

/** A printed name, read. */
export interface Name {
	/** The printed name without what no reader would call a difference: case, kind of quotes, white space. */
	readonly fold: string;
	/** Equal for names that mean the same body by the way they are written. */
	readonly key: string;
	/** Words of the key, expanded and in order. */
	readonly words: readonly string[];
	/** The words that say where or which, without those that say what kind of body or name the state. */
	readonly place: readonly string[];
	/** Numbers in the name: Precinct 1 is not Precinct 2. */
	readonly digits: string;
	/** Letters of the key and of the fold, for a quick refusal before any distance is counted. */
	readonly keyLetters: number;
	readonly foldLetters: number;
}

/** Short forms seen on the lists and in document names. */
const EXPANDED: Readonly<Record<string, string>> = {
	'&': '',
	ft: 'fort',
	st: 'saint',
	ste: 'sainte',
	mt: 'mount',
	twp: 'township',
	twsp: 'township',
	boro: 'borough',
	dept: '',
	dpt: '',
	pd: 'police',
	so: 'sheriff',
	co: 'county',
	cnty: 'county',
	cty: 'county',
	pct: 'precinct',
	prec: 'precinct',
	bocc: 'board county commissioner',
	dps: 'public safety',
	doc: 'correction',
	bd: 'board',
	comm: 'commission',
	commish: 'commissioner',
	univ: 'university',
	hwy: 'highway',
	natl: 'national',
	nat: 'national',
	div: 'division',
	enf: 'enforcement',
	auth: 'authority',
	ctr: 'center',
	det: 'detention',
	reg: 'regional',
	corr: 'correction',
	atty: 'attorney',
	intl: 'international',
	sheriffs: 'sheriff',
	constables: 'constable',
	corrections: 'correction',
	correctional: 'correction',
	commissioners: 'commissioner',
	attorneys: 'attorney',
	generals: 'general',
	troopers: 'trooper',
	services: 'service',
	parish: 'county',
	marshals: 'marshal',
	the: '',
	of: '',
	and: '',
	for: '',
	s: '',
	department: '',
	office: '',
	offices: '',
	departments: '',
};

const SIDES: Readonly<Record<string, string>> = { n: 'north', s: 'south', e: 'east', w: 'west' };

/** Words that misspell easily and never name a place; with how many slips they are still meant. */
const VOCABULARY: readonly (readonly [string, number])[] = [
	['sheriff', 2],
	['sheriffs', 2],
	['department', 2],
	['police', 1],
	['county', 1],
	['office', 1],
	['township', 1],
	['constable', 1],
	['corrections', 2],
	['correctional', 2],
	['university', 2],
	['commissioners', 2],
];
/** Within those slips of the vocabulary, and meant as they stand. */
const MEANT: ReadonlySet<string> = new Set(['country', 'counts', 'polite', 'connections', 'sheridan']);

/** Words that say what kind of body it is, not which. */
const BODY: ReadonlySet<string> = new Set(
	'sheriff police constable county board trustee trustees commissioner commission correction public safety jail detention center facility bureau division district authority law enforcement service state regional marshal attorney general rehabilitation patrol trooper highway'.split(
		' ',
	),
);

/** With one of these more or less, it is another place: Melbourne, Melbourne Beach; Lake, Lake City. */
export const QUALIFIERS: ReadonlySet<string> = new Set(
	'north south east west northern southern eastern western new old upper lower beach city county township borough village town airport port international university college school state heights hills hill springs spring park lake lakes island islands shores shore harbor river creek grove gardens valley point falls bay isle isles saint fort mount first second third fourth fifth deaf'.split(
		' ',
	),
);

/** Reads a printed name in a state, given by its USPS code and name. Total; the same text always reads the same. */
export function readName(printed: string, state: { readonly code: string; readonly name: string }): Name {
	const fold = foldName(printed);
	const words = canonical(wordsOf(withStateInFull(withoutState(printed, state), state)));
	const key = words.join('');
	const ofState = new Set(state.name.toLowerCase().split(' '));
	const place = words.filter((word) => !BODY.has(word) && !ofState.has(word));
	return {
		fold,
		key,
		words,
		place: place.length > 0 ? place : words,
		digits: key.replaceAll(/\D+/g, ' ').trim(),
		keyLetters: letters(key),
		foldLetters: letters(fold),
	};
}

/** What no reader would call a difference is taken out: case, kind and doubling of quotes, white space. */
export function foldName(printed: string): string {
	return printed
		.toLowerCase()
		.replaceAll(/[’‘`´ʼ′]/g, "'")
		.replaceAll(/'{2,}/g, "'")
		.replaceAll(/\s+/g, ' ')
		.trim();
}

/** `East Donegal Township, PA`: the state is printed beside the name, not part of it. */
function withoutState(printed: string, state: { readonly code: string; readonly name: string }): string {
	const bare = printed
		.trim()
		.replace(/\s*\(?\b([A-Z]{2})\)?\.?$/, (tail, code: string) => (code === state.code ? '' : tail));
	const comma = bare.lastIndexOf(',');
	return comma > 0 &&
		bare
			.slice(comma + 1)
			.trim()
			.toUpperCase() === state.name
		? bare.slice(0, comma)
		: bare;
}

/** `FL Fish and Wildlife`: the state's code stands for its name at the start, unless all is in capitals (`LA SALLE`). */
function withStateInFull(name: string, state: { readonly code: string; readonly name: string }): string {
	const start = name.replace(/^([A-Z])\.([A-Z])\.(?= )/, '$1$2');
	return start.startsWith(`${state.code} `) && /[a-z]/.test(start) ? state.name + start.slice(2) : name;
}

function wordsOf(text: string): string[] {
	return foldName(text)
		.replaceAll(/\b([a-z])\.([a-z])\b\.?/g, '$1$2')
		.replaceAll(/\b([nsew])\. (?=[a-z]{2})/g, (_, side: string) => `${SIDES[side]} `)
		.replaceAll("'", '')
		.split(/[^\p{L}\p{N}]+/u)
		.filter(Boolean);
}

/** The words in full, in one form each, without what the same body is printed with and without. */
export function canonical(raw: readonly string[]): string[] {
	const prefix =
		/^(city|town|village|borough)$/.test(raw[raw[0] === 'the' ? 1 : 0] ?? '') && raw.includes('of')
			? raw.indexOf('of')
			: -1;
	const town = prefix >= 1 && prefix <= 2 ? raw[prefix - 1] : null;
	const own = town ? raw.slice(prefix + 1) : raw;
	const words = own.flatMap((word, i) => expand(completed(word, i, own)).split(' ')).filter(Boolean);
	const sheriff = words.indexOf('sheriff');
	if (sheriff < 0) return words;
	// A sheriff is a county's: County may be left out. In Virginia cities have sheriffs too: Roanoke City is not Roanoke County.
	const kept = words.filter((word, i) => word !== 'county' || i > sheriff);
	if (town === 'city' && !kept.includes('city')) kept.splice(kept.indexOf('sheriff'), 0, 'city');
	return kept;
}

function expand(word: string): string {
	const known = EXPANDED[word];
	if (known !== undefined) return known;
	if (word.length < 5 || BODY.has(word) || QUALIFIERS.has(word) || MEANT.has(word)) return word;
	for (const [meant, slips] of VOCABULARY) {
		if (word[0] === meant[0] && distance(word, meant, slips) <= slips) return EXPANDED[meant] ?? meant;
	}
	return word;
}

/** A name cut off by the width of its cell: Sheriff's Offic, Police Depart. */
function completed(word: string, at: number, words: readonly string[]): string {
	if (at === 0 || at < words.length - 1 || word.length < 3) return word;
	const after = words[at - 1] ?? '';
	if (!/^(sheriff|police|pd|constable|correction)/.test(after)) return word;
	return 'department'.startsWith(word) || 'office'.startsWith(word) ? '' : word;
}
