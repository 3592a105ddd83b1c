/** The languages of every page, at parity. The first is the one of addresses without a prefix. */
export const LANGUAGES = ['en', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What each language calls itself. */
export const OWN_NAME: Readonly<Record<Language, string>> = { en: 'English', es: 'Español' };

/** Answers for machines have one form and no language. */
const WITHOUT_LANGUAGE = /^\/(api|healthz|readyz)(\/|$)/;

/** Splits an address path into its language and the path without the prefix: `/es/watch` is Spanish `/watch`. */
export function splitPath(pathname: string): { language: Language; path: string } {
	const match = /^\/es(\/.*)?$/.exec(pathname);
	const rest = match?.[1] ?? '/';
	if (!match || WITHOUT_LANGUAGE.test(rest)) return { language: 'en', path: pathname };
	return { language: 'es', path: rest };
}

/** The address of `path` (which has no prefix) in a language; query and fragment stay as they are. */
export function addressIn(language: Language, path: string): string {
	if (language === 'en') return path;
	return path === '/' ? '/es' : `/es${path.startsWith('/?') || path.startsWith('/#') ? path.slice(1) : path}`;
}
