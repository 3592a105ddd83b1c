import { type Day, parseDay } from '#kernel/day.ts';
import { slugOf } from '#places/name.ts';
import { type Place, placePath } from '#places/place.ts';
import { TEXT_LANGUAGES, type TextLanguage } from './policy.ts';

/** Which version the end of an address names: `2014-11-14`, `2014-11-14.2`, `2014-11-14.es`. */
export interface VersionPart {
	readonly day: Day;
	readonly nth: number;
	/** Null: the language of the policy. */
	readonly language: TextLanguage | null;
}

/** A policy has at most so many pieces in its address: `ny/place/new-york-city/local-law-58-of-2014`. */
export const MOST_PIECES = 4;
/** The longest last piece that is made of a number or a title; whole words are kept. */
const LONGEST_SLUG = 80;
/** Where the coalition's own policies stand. */
export const COALITION = 'coalition';
/** Pieces that lead to what the site shows of a place or of a policy. */
const TAKEN: readonly string[] = ['place', 'compare', 'history', 'coding', 'source'];
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const VERSION = new RegExp(`^(\\d{4}-\\d{2}-\\d{2})(?:\\.([1-9]\\d{0,3}))?(?:\\.(${TEXT_LANGUAGES.join('|')}))?$`);

/** What somebody typed or copied as the address of a text, without the site, the language and `library` before it. */
export function typedPath(address: string): string {
	return address.trim().replace(/^(https?:\/\/[^/]+)?\/?(en\/|es\/)?(library\/)?/, '');
}

/** Reads the piece of an address that names a version; null where it names none. */
export function versionPart(piece: string): VersionPart | null {
	const [whole, day = '', nth = '1', language] = VERSION.exec(piece) ?? [];
	const found = whole === undefined ? null : parseDay(day);
	if (!found) return null;
	return { day: found, nth: Number(nth), language: (language as TextLanguage | undefined) ?? null };
}

/** Address of a version below /library; the first of a day has no number, the language of the policy no ending. */
export function versionAddress(
	work: { readonly address: string; readonly language: TextLanguage },
	version: { readonly day: Day; readonly nth: number; readonly language: TextLanguage },
): string {
	const nth = version.nth === 1 ? '' : `.${version.nth}`;
	const language = version.language === work.language ? '' : `.${version.language}`;
	return `${work.address}/${version.day}${nth}${language}`;
}

/** Address of a policy below /library, from its place (null: the coalition) and the last piece. */
export function workAddress(place: Pick<Place, 'kind' | 'stateCode' | 'slug'> | null, slug: string): string {
	return `${place === null ? COALITION : placePath(place)}/${slug}`;
}

/** The last piece of an address, made of how a policy is counted, else of its title; null where neither has a letter or digit. */
export function policySlug(number: string | null, title: string): string | null {
	for (const name of [number, title]) {
		const slug = cut(slugOf(name ?? ''));
		if (isSlug(slug)) return slug;
	}
	return null;
}

/** Whether a word can be the last piece of a policy's address: small letters, digits, hyphens; no day, which would name a version, and nothing that leads elsewhere. */
export function isSlug(slug: string): boolean {
	return SLUG.test(slug) && slug.length <= LONGEST_SLUG && !TAKEN.includes(slug) && versionPart(slug) === null;
}

function cut(slug: string): string {
	if (slug.length <= LONGEST_SLUG) return slug;
	const end = slug.lastIndexOf('-', LONGEST_SLUG);
	return slug.slice(0, end > 0 ? end : LONGEST_SLUG);
}
