import type { TextLanguage } from '#library/policy.ts';

/**
 * How hard a text is to read. English: the school grade of Flesch and Kincaid (1975), lower is easier. Spanish: the scale
 * of Fernández Huerta (1959), of 100, higher is easier; 60 and above is ordinary.
 */
export function readingEase(text: string, language: TextLanguage): number {
	const words = text.match(/\p{L}[\p{L}\d'’-]*|\d[\d.,()a-z]*/gu) ?? [];
	const sentences = text.split(/[.!?:]+(?=\s|$)/).filter((one) => /\p{L}/u.test(one)).length;
	const count = language === 'en' ? englishSyllables : spanishSyllables;
	const syllables = words.reduce((sum, word) => sum + count(word.toLowerCase()), 0);
	return language === 'en'
		? 0.39 * (words.length / sentences) + 11.8 * (syllables / words.length) - 15.59
		: 206.84 - 60 * (syllables / words.length) - 1.02 * (words.length / sentences);
}

/** Groups of vowels that are heard; a silent ending is none. */
function englishSyllables(word: string): number {
	const heard = word.replace(/(?:[^laeiouy]es|[^dt]ed|[^laeiouy]e)$/, (ending) => ending[0] ?? '');
	return Math.max(1, heard.match(/[aeiouy]+/g)?.length ?? 1);
}

/** Vowels, where a weak one beside another is heard with it unless it bears an accent. */
function spanishSyllables(word: string): number {
	const heard = word.replace(/(?<=[qg])u(?=[eiéí])/g, '').replace(/y$/, 'i');
	const vowels = heard.match(/[iuü]?[aeoáéó][iuü]?|[íú]|[iuü]{1,2}/g);
	return Math.max(1, vowels?.length ?? 1);
}
