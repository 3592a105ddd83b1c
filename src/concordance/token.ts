/** A word, number, citation or sign of a text. */
export interface Token {
	/** What is compared: the token with quotation marks and dashes folded. */
	readonly key: string;
	/** Stretch of the text, [start, end), without the space before it. */
	readonly start: number;
	readonly end: number;
	/** False for punctuation. */
	readonly word: boolean;
}

/**
 * Citations stand as one token: `8 U.S.C. § 1373`, `8 C.F.R. 287.7`, `§ 9-131`, `287(g)(1)`; a changed section number is one
 * change, never a digit. Then words with their inner apostrophes, hyphens and full stops, then single signs.
 */
const TOKEN =
	/\d+\s(?:U\.\s?S\.\s?C\.|C\.\s?F\.\s?R\.)(?:\s§{1,2})?\s?\d[\w.-]*(?:\([a-z0-9]{1,4}\))*|§{1,2}\s?\d[\w.-]*\w(?:\([a-z0-9]{1,4}\))*|\d[\d.,-]*(?:\([a-z0-9]{1,4}\))+|[\p{L}\p{N}]+(?:['’\-.][\p{L}\p{N}]+)*|\{\{[^}]*\}\}|[^\s]/gu;

const WORD = /[\p{L}\p{N}]/u;

/** Tokens of a text in order; linear in its length. */
export function tokens(text: string): Token[] {
	const found: Token[] = [];
	for (const match of text.matchAll(TOKEN)) {
		const start = match.index;
		found.push({ key: folded(match[0]), start, end: start + match[0].length, word: WORD.test(match[0]) });
	}
	return found;
}

function folded(text: string): string {
	return text
		.replace(/[‘’ʼ`]/g, "'")
		.replace(/[“”„]/g, '"')
		.replace(/[‐‑–—]/g, '-')
		.replace(/\s+/g, ' ');
}
