import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DraftProvision, State } from '#adoption/draft.ts';
import { exported } from '#adoption/out/export.ts';
import { readRevisions } from '#adoption/word/revision.ts';
import { sentOf, sentPart, withPart } from '#adoption/word/sent.ts';
import { suggestionsOf } from '#adoption/word/suggest.ts';
import { diceOf } from '../library/mutant.ts';
import { told } from './counsel.ts';
import { copied, edited } from './edits.ts';
import { leaving } from './leaving.ts';
import { answering, MODELS } from './models.ts';

/** A draft of a model that somebody worked on, and how it goes out. */
function worked(
	model: (typeof MODELS)[number],
	edits: number,
	seed: number,
	answers: Readonly<Record<string, string>>,
) {
	const provisions = edited(copied(model.provisions), edits, diceOf(seed)).map(
		(one, at): DraftProvision => ({ ...one, id: `p${at}` }),
	);
	const out = leaving(model, provisions, { answers });
	return { out, state: { provisions, blanks: model.blanks, answers, draft: out.draft } as unknown as State };
}

describe.each(MODELS)('$name', (model) => {
	test('sent out and sent back as it was, clean or as a redline, suggests nothing', () => {
		fc.assert(
			fc.property(
				answering(model.blanks),
				fc.integer({ min: 0, max: 6 }),
				fc.nat(),
				fc.constantFrom('clean' as const, 'marked' as const),
				(answers, edits, seed, what) => {
					const { out, state } = worked(model, edits, seed, answers);
					const { bytes } = exported(out, { form: 'docx', what, profile: 'tracked' });
					const found = suggestionsOf(readRevisions(bytes, [out.office]), sentOf(state), out.draft.title);
					expect(told(found)).toEqual([]);
				},
			),
			{ numRuns: 8 },
		);
	});

	test('keeps its blanks where words beside them are taken', () => {
		fc.assert(
			fc.property(answering(model.blanks), fc.nat(), (answers, seed) => {
				const { state } = worked(model, 0, seed, answers);
				const at = seed % state.provisions.length;
				const provision = state.provisions[at] as DraftProvision;
				for (const part of ['heading', 'text'] as const) {
					const words = sentPart(provision, part, state);
					expect(withPart(provision, part, words, state)).toEqual(provision);
					if (words === '') continue;
					const made = withPart(provision, part, `${words} Behind it all.`, state);
					expect(sentPart(made, part, state)).toBe(`${words} Behind it all.`);
				}
			}),
			{ numRuns: 30 },
		);
	});
});
