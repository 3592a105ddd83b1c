import { expect, test } from 'vitest';
import type { State } from '#adoption/draft.ts';
import type { ChangeOffer } from '#adoption/newer.ts';
import { OFFER_FIELDS } from '#adoption/record/newer.ts';
import { toRecord } from '#kernel/field.ts';

test('a program is told which references of the newer words mean nothing in the draft', () => {
	const words = { heading: null, text: 'As section 9 says.' };
	const offer: ChangeOffer = {
		...{ kind: 'changed', change: 'sec_3', provision: 'p1', base: words, ours: words, theirs: words, merged: words },
		...{ passages: [], unnamed: ['section 9'] },
	};
	const state = { blanks: [], answers: {}, draft: { language: 'en' } } as unknown as State;
	const version = { id: 'v', address: 'coalition/warrants', day: '2026-11-26' };
	const record = (of: ChangeOffer) => toRecord(OFFER_FIELDS, { source: 1, version, offer: of, state });
	expect(record(offer).unnamed).toEqual(['section 9']);
	expect(record({ ...offer, unnamed: [] }).unnamed).toEqual([]);
});
