import { worded } from '#concordance/redline.ts';
import type { Coding } from '#library/protection.ts';
import type { DraftProvision } from './draft.ts';

/** A protection that words of a source give, as two people read them, and what became of these words in the draft. */
export interface Kept {
	readonly coding: Coding;
	/** Provision of the draft that came from the one that gives it; null: it was taken out. */
	readonly provision: string | null;
	/** Words of it that are missing; empty where all are there in their order, though others may stand between. */
	readonly missing: readonly string[];
	/** Whether its words stand exactly as they were read. */
	readonly exact: boolean;
}

/**
 * What became of the words that give a protection, of one source. It says which words changed, never what that does in law.
 * @param codings confirmed ones of the version copied; those that deny a protection are left aside
 * @param copied eIds of what was ever copied of it
 */
export function keptWords(
	codings: readonly Coding[],
	draft: readonly DraftProvision[],
	source: number,
	copied: ReadonlySet<string>,
): readonly Kept[] {
	const parts = new Map<string, DraftProvision[]>();
	for (const one of draft)
		if (one.from?.source === source) parts.set(one.from.eId, [...(parts.get(one.from.eId) ?? []), one]);
	return codings
		.filter(({ polarity, state, eId }) => polarity === 'gives' && state === 'confirmed' && copied.has(eId))
		.map((coding) => {
			// A provision that was split has its words in several.
			const own = parts.get(coding.eId) ?? [];
			const words = own
				.flatMap(({ number, heading, text }) => [number, heading, text].filter((one) => one !== null))
				.join(' ');
			const missing = worded(coding.words, words)
				.filter(({ op, text }) => op === 'removed' && /\p{L}/u.test(text))
				.map(({ text }) => text.trim());
			return { coding, provision: own[0]?.id ?? null, missing, exact: words.includes(coding.words) };
		});
}
