import { writtenDay } from '#kernel/written-day.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import type { Language } from './language.ts';

export type Key = keyof typeof en;
/** A sentence, or one for each plural form that `{n}` calls for. */
export type Message = string | { readonly one: string; readonly other: string };
export type Values = Readonly<Record<string, string | number>>;

/** The type check fails here when a key is missing in Spanish, is too many, or has another shape. */
type Parity = { [K in Key | keyof typeof es]: K extends Key ? (typeof en)[K] : never };
const CATALOGUE: Readonly<Record<Language, Readonly<Record<Key, Message>>>> = { en, es: es satisfies Parity };

export interface Piece {
	readonly name: string | null;
	readonly text: string;
}

/** Words, numbers and dates in one language. */
export interface Speech {
	readonly language: Language;
	/** The message with its `{placeholders}` filled; numbers are written the language's way and `{n}` chooses the plural form. */
	say(key: Key, values?: Values): string;
	/** The same message in pieces, so that a page can mark a figure in it: each with the name of its placeholder, null for what lies between. */
	pieces(key: Key, values: Values): readonly Piece[];
	number(value: number): string;
	/** Of a share between 0 and 1: `65%`, `65 %`. */
	percent(share: number): string;
	/** `November 28, 2026`, `28 de noviembre de 2026`: on every page of a draft, in its files and its letters. */
	date(iso: string): string;
	/** `18 Nov 2026`, `18 nov 2026`, never broken across lines, of a day or the UTC day of an ISO instant: in tables, drawings and sentences of lists. */
	day(iso: string): string;
	/** `Wednesday 18 November 2026`, `Miércoles 18 de noviembre de 2026`. */
	longDay(iso: string): string;
	/** `November 2026`, `Noviembre de 2026`, of a day or the UTC day of an ISO instant. */
	month(iso: string): string;
	/** `16:05 UTC`. */
	time(iso: string): string;
}

const SPEECH: Readonly<Record<Language, Speech>> = { en: speechOf('en', 'en-US'), es: speechOf('es', 'es-US') };

/** Messages whose keys begin alike, for the script of a page: without the beginning, and with their `{placeholders}`. Those with plural forms are left out. */
export function scripted(language: Language, beginning: string): Readonly<Record<string, string>> {
	const found = Object.entries<Message>(CATALOGUE[language]).flatMap(([key, message]) =>
		key.startsWith(beginning) && typeof message === 'string' ? [[key.slice(beginning.length), message]] : [],
	);
	return Object.fromEntries(found);
}

/** How the site speaks in a language. */
export function speech(language: Language): Speech {
	return SPEECH[language];
}

/** A space that keeps a date or an hour on one line. */
const NO_BREAK = '\u00a0';

function speechOf(language: Language, locale: string): Speech {
	const plural = new Intl.PluralRules(locale);
	const numbers = new Intl.NumberFormat(locale);
	const shares = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
	const short = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' });
	const long = new Intl.DateTimeFormat(locale, {
		timeZone: 'UTC',
		weekday: 'long',
		day: 'numeric',
		month: 'long',
		year: 'numeric',
	});
	const joint = language === 'en' ? ' ' : ' de ';
	const textOf = (key: Key, values: Values) => {
		// A key that is put together of a name may be none.
		const message: Message | undefined = CATALOGUE[language][key];
		if (message === undefined) throw new Error(`There is no message ${key}.`);
		if (typeof message === 'string') return message;
		return plural.select(Number(values.n)) === 'one' ? message.one : message.other;
	};
	const filled = (key: Key, values: Values, name: string) => {
		const value = values[name];
		if (value === undefined) throw new Error(`The message ${key} needs a value for {${name}}.`);
		return typeof value === 'number' ? numbers.format(value) : value;
	};
	return {
		language,
		say: (key, values = {}) =>
			textOf(key, values).replace(/\{(\w+)\}/g, (_, name: string) => filled(key, values, name)),
		pieces: (key, values) =>
			textOf(key, values)
				.split(/\{(\w+)\}/)
				.map((text, i) => (i % 2 === 0 ? { name: null, text } : { name: text, text: filled(key, values, text) })),
		number: (value) => numbers.format(value),
		percent: (share) => shares.format(share),
		date: (iso) => writtenDay(iso, language),
		day(iso) {
			const part = partsOf(short, iso);
			return [part.day, part.month, part.year].join(NO_BREAK);
		},
		longDay(iso) {
			const part = partsOf(long, iso);
			const text = `${part.weekday} ${[part.day, part.month, part.year].join(joint)}`;
			return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
		},
		month(iso) {
			const part = partsOf(long, iso);
			const text = [part.month, part.year].join(joint);
			return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
		},
		time: (iso) => `${iso.slice(11, 16)}${NO_BREAK}UTC`,
	};
}

function partsOf(format: Intl.DateTimeFormat, iso: string): Partial<Record<Intl.DateTimeFormatPartTypes, string>> {
	return Object.fromEntries(format.formatToParts(new Date(iso)).map((part) => [part.type, part.value]));
}
