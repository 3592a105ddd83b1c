import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { copiedOf } from '#adoption/copied.ts';
import type { DraftProvision } from '#adoption/draft.ts';
import { filled } from '#adoption/fill.ts';
import { inForce } from '#adoption/in-force.ts';
import { clean, type Drafted } from '#adoption/out/marked.ts';
import { oneLine } from '#kernel/one-line.ts';
import { diceOf } from '../library/mutant.ts';
import { edited } from './edits.ts';
import { answering, MODELS } from './models.ts';

/** How often a model is adopted, corrected on the shelf and begun again. */
const RUNS = 40;
const draft = { language: 'en' } as Parameters<typeof inForce>[0]['draft'];
/** As a draft keeps words: in one line. */
const line = (words: string | null) => oneLine(words ?? '');
const reads = (text: readonly Drafted[]) =>
	clean(text).provisions.map(({ kind, number, heading, text, parent }) => [
		...[kind, number, line(heading), line(text), parent],
	]);
/** Blanks that a correction would write are no words of a law. */
const bare = (words: string) => words.replaceAll('{{city}}', 'it');
const plain = (text: readonly Drafted[]) =>
	text.map((one) => ({ ...one, heading: one.heading === null ? null : bare(one.heading), text: bare(one.text) }));

describe.each(MODELS)('$name, as the shelf has it after corrections', ({ blanks, provisions: model }) => {
	const provisions: readonly DraftProvision[] = copiedOf(1, model, null).map((one, n) => ({ ...one, id: `p${n}` }));

	test('is the draft as it ended, where nothing was corrected', () => {
		fc.assert(
			fc.property(answering(blanks), (answers) => {
				const shelf = clean(filled(provisions, blanks, answers, 'en')).provisions;
				expect(inForce({ provisions, blanks, answers, draft }, shelf, 2, () => '')).toBeNull();
			}),
			{ numRuns: RUNS },
		);
	});

	test('reads as the shelf does, with every blank that was left alone and all that an answer leaves out', () => {
		fc.assert(
			fc.property(answering(blanks), fc.integer({ min: 1, max: 2 ** 31 }), (answers, seed) => {
				const adopted = filled(provisions, blanks, answers, 'en');
				const shelf = clean(plain(edited(adopted, 3, diceOf(seed)))).provisions;
				let made = 0;
				const now = inForce({ provisions, blanks, answers, draft }, shelf, 2, () => `${++made}`.padStart(16, '0'));
				if (now === null) return;
				expect(new Set(now.map(({ id }) => id)).size).toBe(now.length);
				expect(now.every(({ parent }, at) => (parent ?? -1) < at)).toBe(true);
				expect(reads(filled(now, blanks, answers, 'en'))).toEqual(reads(copiedOf(2, shelf, null)));
				const ids = new Set(now.map(({ id }) => id));
				const standing = new Set(adopted.map(({ at }) => at));
				provisions.forEach(({ id, parent, text }, at) => {
					const over = parent === null ? null : (provisions[parent]?.id ?? '');
					if (!standing.has(at) && (over === null || ids.has(over))) expect(ids.has(id)).toBe(true);
					const filledIn = adopted.find((one) => one.at === at)?.text;
					const stays = now.find((one) => one.id === id);
					if (stays && line(filled([stays], blanks, answers, 'en')[0]?.text ?? null) === line(filledIn ?? null))
						expect([stays.text, stays.from]).toEqual([text, { source: 1, eId: provisions[at]?.from?.eId }]);
				});
			}),
			{ numRuns: RUNS },
		);
	});
});
