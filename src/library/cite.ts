import type { Instrument, TextLanguage } from './policy.ts';
import type { Provision } from './provision.ts';
import type { VersionLine, WorkLine } from './view.ts';

/** A citation to copy, in each of three manners. */
export interface Citation {
	/** After The Bluebook, 21st ed., rules 12.9.2 (ordinances), 14 (executive materials) and 18.2 (internet). */
	readonly bluebook: string;
	/** Words anybody understands. */
	readonly plain: string;
	/** One entry, `@legislation` or `@misc`, every sign of TeX's own escaped. */
	readonly bibtex: string;
}

/** What is cited. */
export interface Cited {
	readonly work: Pick<WorkLine, 'title' | 'number' | 'instrument' | 'place' | 'sample'>;
	readonly version: Pick<VersionLine, 'address' | 'day' | 'language' | 'official' | 'title'>;
	/** The provisions the cited one lies in, outermost first, itself last; empty: the whole. */
	readonly chain: readonly Pick<Provision, 'kind' | 'number' | 'eId'>[];
	/** Where this library is, without a path. */
	readonly origin: string;
}

/** Table T10 of The Bluebook, states; others by their name. */
const STATES: Readonly<Record<string, string>> = {
	AL: 'Ala.',
	AK: 'Alaska',
	AZ: 'Ariz.',
	AR: 'Ark.',
	CA: 'Cal.',
	CO: 'Colo.',
	CT: 'Conn.',
	DE: 'Del.',
	DC: 'D.C.',
	FL: 'Fla.',
	GA: 'Ga.',
	HI: 'Haw.',
	ID: 'Idaho',
	IL: 'Ill.',
	IN: 'Ind.',
	IA: 'Iowa',
	KS: 'Kan.',
	KY: 'Ky.',
	LA: 'La.',
	ME: 'Me.',
	MD: 'Md.',
	MA: 'Mass.',
	MI: 'Mich.',
	MN: 'Minn.',
	MS: 'Miss.',
	MO: 'Mo.',
	MT: 'Mont.',
	NE: 'Neb.',
	NV: 'Nev.',
	NH: 'N.H.',
	NJ: 'N.J.',
	NM: 'N.M.',
	NY: 'N.Y.',
	NC: 'N.C.',
	ND: 'N.D.',
	OH: 'Ohio',
	OK: 'Okla.',
	OR: 'Or.',
	PA: 'Pa.',
	PR: 'P.R.',
	RI: 'R.I.',
	SC: 'S.C.',
	SD: 'S.D.',
	TN: 'Tenn.',
	TX: 'Tex.',
	UT: 'Utah',
	VT: 'Vt.',
	VA: 'Va.',
	WA: 'Wash.',
	WV: 'W. Va.',
	WI: 'Wis.',
	WY: 'Wyo.',
};
const MONTHS = ['Jan.', 'Feb.', 'Mar.', 'Apr.', 'May', 'June', 'July', 'Aug.', 'Sept.', 'Oct.', 'Nov.', 'Dec.'];
/** What a number is called in The Bluebook; the longest word first. */
const SHORT: readonly (readonly [RegExp, string])[] = [
	[/\bordinance\b/gi, 'Ordinance'],
	[/\bresolution\b/gi, 'Res.'],
	[/\bexecutive order\b/gi, 'Exec. Order'],
	[/\bnumber\b/gi, 'No.'],
];
const COALITION = 'City Compact';
const WORDS = { translation: 'unofficial translation', sample: 'SAMPLE', model: 'model' } as const;
const PLAIN = {
	en: { version: (day: string) => `version of ${day}`, note: (note: string) => note },
	es: {
		version: (day: string) => `versión del ${day}`,
		note: (note: string) =>
			note === WORDS.translation ? 'traducción no oficial' : note === WORDS.model ? 'modelo' : 'MUESTRA',
	},
} as const;
type PinWords = Readonly<Partial<Record<Provision['kind'], string>>> & {
	readonly formula: string;
	readonly quoted: string;
	readonly words: string;
};
/** What a pinpoint calls the parts of a text. */
const PIN: Readonly<Record<TextLanguage, PinWords>> = {
	en: {
		title: 'tit.',
		chapter: 'ch.',
		article: 'art.',
		part: 'pt.',
		recital: 'recital',
		preface: 'preface',
		conclusion: 'conclusion',
		formula: 'enacting clause',
		quoted: 'quoted',
		words: 'words',
	},
	es: {
		title: 'tít.',
		chapter: 'cap.',
		article: 'art.',
		part: 'pte.',
		recital: 'considerando',
		preface: 'preámbulo',
		conclusion: 'cierre',
		formula: 'fórmula de promulgación',
		quoted: 'texto citado',
		words: '',
	},
};

/**
 * How a policy, a version of it or a provision is cited: names, pinpoint, day and permanent address.
 * @param words language of whoever cites, for the plain words alone
 */
export function cite(cited: Cited, words: TextLanguage = 'en'): Citation {
	const pin = pinpoint(cited.chain);
	const address = `${cited.origin}/library/${cited.version.address}${fragment(cited)}`;
	return {
		bluebook: bluebook(cited, pin, address),
		plain: plain(cited, address, words),
		bibtex: bibtex(cited, pin, address),
	};
}

/**
 * Where in the text: `§ 9-131(b)(1)`, `ch. 2, § 4`, `recital 3`. From the section down numbers run together in parentheses
 * as lawyers write them; quoted words are cited by their own number. Null where nothing in the chain has a number.
 */
export function pinpoint(chain: Cited['chain'], words: TextLanguage = 'en'): string | null {
	const say = PIN[words];
	const quoted = chain.findLastIndex(({ kind }) => kind === 'quoted');
	const own = chain.slice(quoted + 1);
	if (quoted >= 0 && !own.some(({ kind, number }) => kind === 'section' && number !== null)) {
		return `${pinpoint(chain.slice(0, quoted), words) ?? ''}, ${say.quoted} ${parts(own) ?? say.words}`.replace(
			/^, /,
			'',
		);
	}
	const from = own;
	const section = from.findIndex(({ kind }) => kind === 'section');
	const above = (section < 0 ? from : from.slice(0, section)).flatMap((at) =>
		say[at.kind] && ABOVE.includes(at.kind) ? [`${say[at.kind]} ${signOf(at)}`] : [],
	);
	if (section < 0) {
		const last = from.at(-1);
		const sign = last ? signOf(last) : '';
		const flat = last && ['recital', 'preface', 'conclusion'].includes(last.kind);
		if (last?.kind === 'formula') return say.formula;
		return flat ? `${say[last.kind]} ${sign}`.trim() : above.join(', ') || parts(from);
	}
	const whole = from[section] as Cited['chain'][number];
	const pin = `§ ${signOf(whole)}${parts(from.slice(section + 1)) ?? ''}`;
	// A division of a code stands before its sections only where their numbers do not say it.
	return /[-.:]/.test(signOf(whole)) ? pin : [...above, pin].join(', ');
}

/** Divisions that are named before a section. */
const ABOVE: readonly Provision['kind'][] = ['title', 'chapter', 'article', 'part'];

function parts(below: Cited['chain']): string | null {
	const signs = below.map((at) => (at.number === null ? '' : bare(at.number))).filter((sign) => sign !== '');
	return signs.length > 0 ? signs.map((sign) => `(${sign})`).join('') : null;
}

/** `Section 1.` and `§ 1.` are 1; without a printed number what the eId counts. */
function signOf({ number, eId }: Cited['chain'][number]): string {
	return number === null ? (eId.split('__').at(-1)?.split('_')[1] ?? '') : bare(number);
}

function bare(number: string): string {
	return number
		.replace(/^\s*(?:\p{L}{3,}\.?|secs?\.?|art\.|ch\.|§+)\s*(?=[\p{L}\p{N}(])/iu, '')
		.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}

function bluebook(cited: Cited, pin: string | null, address: string): string {
	const { work, version } = cited;
	const where = pin === null ? '' : `, ${pin}`;
	const day = `(${month(version.day)})`;
	const notes = notesOf(cited)
		.map((note) => ` (${note})`)
		.join('');
	return `${nameOf(work, version)}${where} ${day}${notes}, ${address}.`;
}

/** `City, St., Ordinance 123`; codes by their own name, models and papers of the coalition by author and title. */
function nameOf(work: Cited['work'], version: Cited['version']): string {
	const place = placeOf(work, true);
	const number = work.number ? shortened(work.number) : null;
	switch (work.instrument) {
		case 'code_chapter':
			return `${place} ${number ?? version.title}`;
		case 'ordinance':
		case 'resolution':
		case 'executive_order':
		case 'statute':
			return `${place}, ${number ?? version.title}`;
		default:
			return [place, version.title, work.number].filter(Boolean).join(', ');
	}
}

function plain(cited: Cited, address: string, words: TextLanguage): string {
	const { work, version } = cited;
	const pin = pinpoint(cited.chain, words);
	const parts = [
		placeOf(work, false),
		work.number,
		version.title,
		pin,
		PLAIN[words].version(version.day),
		...notesOf(cited).map((note) => PLAIN[words].note(note)),
	];
	return `${parts.filter((part) => part !== null && part !== '').join(', ')}. ${address}`;
}

function bibtex(cited: Cited, pin: string | null, address: string): string {
	const { work, version } = cited;
	const law: readonly Instrument[] = ['ordinance', 'code_chapter', 'resolution', 'executive_order', 'statute'];
	const note = [pin, ...notesOf(cited)].filter((part) => part !== null).join('; ');
	const fields: readonly (readonly [string, string])[] = [
		['title', `{${tex(version.title)}}`],
		['author', `{${tex(placeOf(work, false))}}`],
		['number', tex(work.number ?? '')],
		['date', version.day],
		['year', version.day.slice(0, 4)],
		['language', LANGUAGES[version.language]],
		['note', tex(note)],
		['url', address.replaceAll(/[\s{}\\%#]/g, (sign) => encodeURIComponent(sign))],
	];
	const lines = fields.filter(([, value]) => value !== '').map(([name, value]) => `  ${name} = {${value}},`);
	return `@${law.includes(work.instrument) ? 'legislation' : 'misc'}{${keyOf(version)},\n${lines.join('\n')}\n}`;
}

const LANGUAGES: Readonly<Record<TextLanguage, string>> = { en: 'english', es: 'spanish' };

/** A key of letters, digits and hyphens: the last pieces of the address. */
function keyOf({ address }: Cited['version']): string {
	return address
		.split('/')
		.slice(-3)
		.join('-')
		.replaceAll(/[^A-Za-z0-9-]+/g, '-');
}

/** TeX's own signs written so that they print; controls and lone halves of characters go. */
function tex(text: string): string {
	return text
		.toWellFormed()
		.replaceAll(/\p{Cc}+/gu, ' ')
		.replaceAll(/[\\{}$&#%_^~]/g, (sign) => TEX[sign] ?? `\\${sign}`)
		.trim();
}

const TEX: Readonly<Record<string, string>> = {
	'\\': '\\textbackslash{}',
	'^': '\\textasciicircum{}',
	'~': '\\textasciitilde{}',
};

function notesOf({ work, version }: Cited): readonly string[] {
	return [
		...(work.sample ? [WORDS.sample] : []),
		...(work.instrument === 'model' ? [WORDS.model] : []),
		...(version.official ? [] : [WORDS.translation]),
	];
}

function placeOf({ place }: Cited['work'], short: boolean): string {
	if (!place) return COALITION;
	const state = short ? (STATES[place.stateCode] ?? place.stateCode) : place.stateCode;
	if (place.kind === 'state') return short ? state : place.name;
	return `${place.name}, ${state}`;
}

function shortened(number: string): string {
	return SHORT.reduce((text, [long, short]) => text.replaceAll(long, short), number);
}

function month(day: string): string {
	const [year, at, date] = day.split('-').map(Number);
	return `${MONTHS[(at ?? 1) - 1]} ${date}, ${year}`;
}

function fragment({ chain }: Cited): string {
	const last = chain.at(-1);
	return last ? `/${last.eId}` : '';
}
