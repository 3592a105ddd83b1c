import type { TextLanguage } from './policy.ts';

/** Words of a beginning that are looked at: a title in another language does not decide. */
const LOOKED_AT = 3_000;
/** Words that every page of a law has, in one of the languages only. */
const COMMON: Readonly<Record<TextLanguage, ReadonlySet<string>>> = {
	en: new Set(['the', 'of', 'and', 'shall', 'any', 'by', 'that', 'be', 'or', 'for']),
	es: new Set(['el', 'la', 'de', 'y', 'que', 'los', 'las', 'del', 'por', 'una']),
};

/** The language a text is written in, by its commonest words; English where it has none of them. */
export function languageOf(text: string): TextLanguage {
	const words =
		text
			.toLowerCase()
			.match(/\p{L}+/gu)
			?.slice(0, LOOKED_AT) ?? [];
	const count = (language: TextLanguage) => words.filter((word) => COMMON[language].has(word)).length;
	return count('es') > count('en') ? 'es' : 'en';
}
