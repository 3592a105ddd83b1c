import type { Naming, Worded } from './naming.ts';

/** A place that stays, as it is found again: its provision, the words before it, and its own with those behind. */
export interface KeptName {
	readonly in: string;
	readonly before: string;
	readonly words: string;
}

/** Letters on either side by which a place is found again. */
const AROUND = 24;

/** Whether a place is one of those that stay: the words around it stand as they did. */
export function isKept(place: Naming, one: Worded | undefined, kept: readonly KeptName[]): boolean {
	const words = wordsOf(place.part, one);
	const before = words.slice(0, place.at);
	return kept.some(
		(it) => it.in === place.provision && before.endsWith(it.before) && words.startsWith(it.words, place.at),
	);
}

/** Places that stay while others of the same text get another name, as they stand in the text after that. */
export function keptAfter(
	kept: readonly Naming[],
	put: readonly Naming[],
	after: readonly Worded[],
): readonly KeptName[] {
	const texts = new Map(after.map((one) => [one.id, one]));
	return kept.map(({ provision, part, at, was }) => {
		const before = put.filter((one) => one.provision === provision && one.part === part && one.at < at);
		const now = before.reduce((sum, one) => sum + one.now.length - one.was.length, at);
		const words = wordsOf(part, texts.get(provision));
		return {
			in: provision,
			before: words.slice(Math.max(0, now - AROUND), now),
			words: words.slice(now, now + was.length + AROUND),
		};
	});
}

function wordsOf(part: Naming['part'], one: Worded | undefined): string {
	return (part === 'heading' ? one?.heading : one?.text) ?? '';
}
