import {
	INSTRUMENTS,
	type Instrument,
	STANDINGS,
	type Standing,
	TEXT_LANGUAGES,
	type TextLanguage,
} from '../policy.ts';
import { protectionOf } from '../taxonomy/taxonomy.ts';
import { LONGEST_QUERY } from './query.ts';

/** What somebody asks the library for; an empty list narrows nothing, several values of one list are alternatives. */
export interface Asked {
	/** As typed; empty: the policies themselves. */
	readonly q: string;
	/** Postal codes. */
	readonly state: readonly string[];
	/** OCD ids. */
	readonly place: readonly string[];
	readonly instrument: readonly Instrument[];
	/** On the day that is asked for. */
	readonly standing: readonly Standing[];
	/** Of the day of a version. */
	readonly year: readonly number[];
	/** Codes of protections that a version gives, confirmed by a second person. */
	readonly protection: readonly string[];
	readonly language: readonly TextLanguage[];
	/** Invented ones only, real ones only, or both. */
	readonly sample: boolean | null;
	/** Also versions that a newer one has taken the place of. */
	readonly allVersions: boolean;
	/** From 1. */
	readonly page: number;
}

/** Lists that a search is narrowed by, in the order of the page. */
export const FACETS = ['state', 'place', 'instrument', 'standing', 'year', 'protection', 'language'] as const;
export type Facet = (typeof FACETS)[number];

/** Values of one list; nobody ticks more. */
const MOST_VALUES = 60;
const LONGEST_PLACE = 250;
/** Far beyond the last page there is. */
const MOST_PAGES = 1_000;
const FIRST_YEAR = 1600;
const LAST_YEAR = 2200;

/** Nothing typed, nothing narrowed. */
export const NOTHING_ASKED: Asked = {
	q: '',
	state: [],
	place: [],
	instrument: [],
	standing: [],
	year: [],
	protection: [],
	language: [],
	sample: null,
	allVersions: false,
	page: 1,
};

/** Reads what an address asks for. What it does not take is left out, so that an old or mangled address still finds something. */
export function readAsked(query: URLSearchParams): Asked {
	const many = <T>(name: Facet, read: (text: string) => T | null): readonly T[] => {
		const values = query.getAll(name).map((text) => read(text.trim()));
		return [...new Set(values.filter((value) => value !== null))].slice(0, MOST_VALUES) as T[];
	};
	const page = Number(/^[1-9]\d{0,5}$/.exec(query.get('page') ?? '')?.[0] ?? 1);
	return {
		q: (query.get('q') ?? '').replace(/\s+/g, ' ').trim().slice(0, LONGEST_QUERY).trim().toWellFormed(),
		state: many('state', (text) => (/^[a-z]{2}$/i.test(text) ? text.toUpperCase() : null)),
		place: many('place', (text) => (isPlace(text) ? text.toWellFormed() : null)),
		instrument: many('instrument', (text) => INSTRUMENTS.find((one) => one === text) ?? null),
		standing: many('standing', (text) => STANDINGS.find((one) => one === text) ?? null),
		year: many('year', (text) => (/^\d{4}$/.test(text) && inTime(Number(text)) ? Number(text) : null)),
		protection: many('protection', (text) => protectionOf(text)?.code ?? null),
		language: many('language', (text) => TEXT_LANGUAGES.find((one) => one === text) ?? null),
		sample: query.get('sample') === '1' ? true : query.get('sample') === '0' ? false : null,
		allVersions: query.get('versions') === 'all',
		page: Math.min(page, MOST_PAGES),
	};
}

/** The address parameters that ask for this; whatever is as usual is left out. `readAsked` gives it back. */
export function writeAsked(asked: Asked): URLSearchParams {
	const query = new URLSearchParams();
	if (asked.q !== '') query.set('q', asked.q);
	for (const facet of FACETS) for (const value of asked[facet]) query.append(facet, String(value));
	if (asked.sample !== null) query.set('sample', asked.sample ? '1' : '0');
	if (asked.allVersions) query.set('versions', 'all');
	if (asked.page > 1) query.set('page', String(asked.page));
	return query;
}

/** PostgreSQL takes no sign of number zero, and no place has a control in its name. */
function isPlace(text: string): boolean {
	return text !== '' && text.length <= LONGEST_PLACE && !/\p{Cc}/u.test(text);
}

function inTime(year: number): boolean {
	return year >= FIRST_YEAR && year <= LAST_YEAR;
}
