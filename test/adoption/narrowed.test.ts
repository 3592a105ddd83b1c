import { expect, test } from 'vitest';
import type { DraftProvision } from '#adoption/draft.ts';
import { keptWords } from '#adoption/narrowed.ts';
import type { Coding } from '#library/protection.ts';

const WORDS = 'shall not enter into, renew, or carry out an immigration agreement';
const coding = (changes: Partial<Coding> = {}) =>
	({
		id: 'c',
		eId: 'sec_5',
		code: 'AGR-NONE',
		polarity: 'gives',
		state: 'confirmed',
		words: WORDS,
		...changes,
	}) as Coding;
const provision = (text: string, id = 'p5'): DraftProvision => ({
	...{ id, kind: 'section', parent: null, number: 'Section 5.', heading: 'Agreements', text },
	from: { source: 1, eId: 'sec_5' },
});
const COPIED = new Set(['sec_5']);
const kept = (draft: readonly DraftProvision[], codings = [coding()]) => keptWords(codings, draft, 1, COPIED)[0];

test('words that stand as they were read are kept', () => {
	expect(kept([provision(`The City ${WORDS}, ever.`)])).toMatchObject({ provision: 'p5', missing: [], exact: true });
});

test('words that are gone are named, the others are not', () => {
	const { missing, exact } = kept([provision('The City shall not enter into an immigration agreement.')]) ?? {};
	expect(exact).toBe(false);
	expect(missing?.join(' ')).toMatch(/renew, or carry out/);
	expect(missing?.join(' ')).not.toMatch(/enter|agreement/);
});

test('words that were put between are told as no longer exact, and nothing is missing', () => {
	expect(
		kept([provision('The City shall not knowingly enter into, renew, or carry out an immigration agreement.')]),
	).toMatchObject({ missing: [], exact: false });
});

test('a provision that was split keeps what both parts say', () => {
	const parts = [
		provision('The City shall not enter into, renew,'),
		provision('or carry out an immigration agreement.', 'p6'),
	];
	expect(kept(parts)).toMatchObject({ provision: 'p5', missing: [] });
});

test('a provision that was taken out misses all of it', () => {
	expect(kept([])).toMatchObject({ provision: null, missing: [WORDS] });
});

test('what nobody confirmed, what denies a protection and what was never copied says nothing', () => {
	const draft = [provision('Other words.')];
	expect(kept(draft, [coding({ state: 'proposed' })])).toBeUndefined();
	expect(kept(draft, [coding({ polarity: 'denies' })])).toBeUndefined();
	expect(keptWords([coding()], draft, 1, new Set(['sec_1']))).toEqual([]);
});
