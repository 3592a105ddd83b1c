import { describe, expect, test } from 'vitest';
import { type Suggestion, standing, taken } from '#adoption/word/suggestion.ts';

const BASIS = 'No officer shall hold a person on the basis of a detainer alone.';
const OTHER: Suggestion = {
	id: '1',
	kind: 'words',
	provision: 'p5',
	behind: null,
	part: 'text',
	at: BASIS.indexOf('hold'),
	basis: BASIS,
	before: 'hold',
	after: 'detain or hold',
	author: 'Ada',
	day: null,
	tracked: true,
};
const at = (before: string, change: Partial<Suggestion>): Suggestion => ({
	...OTHER,
	at: BASIS.indexOf(before),
	before,
	...change,
});

describe('taking words', () => {
	test('moves what is open along', () => {
		const open = [at('person', { id: '2', after: 'human being' }), at('officer', { id: '3', after: '' })];
		const made = taken(BASIS, OTHER, open);
		if (made.kind === 'clash') throw new Error('Nothing met.');
		expect(made.words).toBe('No officer shall detain or hold a person on the basis of a detainer alone.');
		for (const { basis, at, before } of made.others) {
			expect(basis).toBe(made.words);
			expect(basis.slice(at, at + before.length)).toBe(before);
		}
	});

	test('leaves what is about another part or provision', () => {
		const open = [at('person', { provision: 'p6' }), at('person', { part: 'heading' }), { ...OTHER, part: null }];
		expect(taken(BASIS, OTHER, open)).toMatchObject({ kind: 'taken', others: open });
	});

	test('merges it into words that somebody edited since', () => {
		const now = 'No officer or agent shall hold a person on the basis of a detainer alone.';
		expect(taken(now, OTHER, [])).toEqual({
			kind: 'taken',
			words: 'No officer or agent shall detain or hold a person on the basis of a detainer alone.',
			others: [],
		});
	});

	test('takes nothing where both changed the same words', () => {
		const now = 'No officer shall arrest a person on the basis of a detainer alone.';
		expect(taken(now, OTHER, [])).toEqual({
			kind: 'clash',
			ours: now,
			theirs: 'No officer shall detain or hold a person on the basis of a detainer alone.',
		});
	});

	test('keeps a comment on the words that it is on, as far as they are still there', () => {
		const remark = at('hold a person', { id: '4', kind: 'comment', after: 'Why?' });
		const before = taken(BASIS, at('officer', { after: 'officer or agent' }), [remark]);
		expect(before).toMatchObject({ others: [{ before: 'hold a person' }] });
		const inside = taken(BASIS, at('a person', { after: 'anybody' }), [remark]);
		expect(inside).toMatchObject({ others: [{ before: 'hold anybody' }] });
		const whole = taken(BASIS, at('shall hold a person on', { after: '' }), [remark]);
		expect(whole).toMatchObject({ others: [{ before: '' }] });
	});
});

const NEW: Suggestion = { ...OTHER, kind: 'added', part: null, basis: '', at: 0, before: '', after: 'New.' };

describe('the place of what is added or moved', () => {
	test.each([
		['behind the provision that it names', { ...NEW, provision: 'b' }, 'b'],
		['before all', { ...NEW, provision: null }, null],
		['at the end where that provision is gone', { ...NEW, provision: 'z' }, 'c'],
		['where it is, of one that would stand behind itself', { ...NEW, kind: 'moved', provision: 'b', behind: 'b' }, 'a'],
	] as const)('is %s', (_, suggestion, behind) => {
		expect(standing(suggestion, ['a', 'b', 'c'], [], 'new').behind).toBe(behind);
	});

	test('follows when the provision it stands behind goes', () => {
		const gone: Suggestion = { ...NEW, kind: 'removed', provision: 'b', after: '' };
		const { others } = standing(gone, ['a', 'b', 'c'], [{ ...NEW, id: '2', provision: 'b' }], null);
		expect(others).toMatchObject([{ provision: 'a' }]);
	});
});
