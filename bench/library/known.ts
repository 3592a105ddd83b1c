import type { Cut } from './corpus.ts';

/** A sentence of a provision, as somebody remembers it: three words are others. */
export interface Item {
	readonly asked: string;
	readonly text: string;
}

const SHORTEST = 12;
const LONGEST = 30;
const CHANGED = 3;

/** Draws sentences from provisions and changes three words of each to words of other provisions. */
export function knownItems(cuts: readonly Cut[], count: number, random: () => number): Item[] {
	const pick = <T>(of: readonly T[]): T | undefined => of[Math.floor(random() * of.length)];
	const items: Item[] = [];
	while (items.length < count) {
		const text = pick(cuts)?.text ?? '';
		const words = (pick(text.split(/(?<=[.;])\s+/)) ?? '')
			.split(/\s+/)
			.map((word) => word.replace(/["“”*|]|^[-−]+/g, ''));
		if (words.length < SHORTEST || words.length > LONGEST) continue;
		for (let changed = 0; changed < CHANGED; ) {
			const other = pick((pick(cuts)?.text ?? '').match(/\p{L}{4,}/gu) ?? []);
			if (!other) continue;
			words[Math.floor(random() * words.length)] = other;
			changed++;
		}
		items.push({ asked: words.join(' '), text });
	}
	return items;
}

/** A text but for its spaces: the same provision came in several sessions of the council, and any of them is the one. */
export function hide(text: string): string {
	return text.replace(/\s+/g, ' ').trim();
}
