import type { Provision } from './provision.ts';

type Named = Pick<Provision, 'eId' | 'number' | 'heading' | 'text'>;

/**
 * What provisions are called now that lost their eId because the same file is read otherwise: the one with the same words,
 * else the one with the same number and the most words in common at the start. Old eIds that still stand, or of which
 * nothing is left, are not in the answer: nothing is ever led to a clause that says something else.
 */
export function renamed(before: readonly Named[], now: readonly Named[]): Map<string, string> {
	const standing = new Set(now.map(({ eId }) => eId));
	const byWords = new Map<string, string>();
	for (const one of now) {
		const key = words(one);
		if (key !== '' && !byWords.has(key)) byWords.set(key, one.eId);
	}
	const found = new Map<string, string>();
	for (const one of before) {
		if (standing.has(one.eId)) continue;
		const eId = byWords.get(words(one)) ?? now.find((other) => begins(one, other))?.eId;
		if (eId !== undefined) found.set(one.eId, eId);
	}
	return found;
}

/** Letters at the start that make two clauses of one number the same clause, cut elsewhere. */
const BEGINNING = 40;

function begins(one: Named, other: Named): boolean {
	const [a, b] = [words(one), words(other)];
	if (one.number === null || one.number !== other.number || Math.min(a.length, b.length) < BEGINNING) return false;
	return a.slice(0, BEGINNING) === b.slice(0, BEGINNING);
}

function words({ heading, text }: Named): string {
	return `${heading ?? ''} ${text}`.replace(/\s+/g, ' ').trim().toLowerCase();
}
