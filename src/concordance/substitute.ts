/** Words of a model that a city writes its own way: a blank, an office, a number. */
export interface Parameter {
	readonly words: string;
	readonly value: string;
}

/** Blanks of one model; a longer list is cut here, and the others stay as the model has them. */
const MOST_PARAMETERS = 500;

/** The text with the city's values, each where its words stand whole; longer words first, and a value is never read again. */
export function substituted(text: string, parameters: readonly Parameter[]): string {
	const values = new Map<string, string>();
	for (const { words, value } of parameters.slice(0, MOST_PARAMETERS)) if (words !== '') values.set(words, value);
	if (values.size === 0) return text;
	const any = [...values.keys()].sort((one, other) => other.length - one.length).map(escaped);
	const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${any.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
	return text.replace(pattern, (words) => values.get(words) ?? words);
}

function escaped(words: string): string {
	return words.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
