import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blanksIn, filledOf, isOpenBlank } from '#adoption/blanks-in.ts';
import { filled, usesOf } from '#adoption/fill.ts';
import type { Blank } from '#library/view.ts';
import { answering, MODELS } from './models.ts';

const both = (text: string) => ({ en: text, es: text });
const blank = (id: string, kind: Blank['kind'] = 'text'): Blank => ({
	...{ id, kind, label: both(id), help: both(''), default: null },
});
const blanks = [blank('city'), blank('open', 'yes_no'), blank('years', 'number'), blank('late', 'yes_no')];
const provisions = [
	{ parent: null, heading: null, text: 'The {{city}} meets.' },
	{ parent: null, heading: null, text: '{{if open}} For {{years}} years the {{city}} meets in public.' },
	{ parent: 1, heading: null, text: '{{if not late}} Not after {{years}}.' },
];

test.each([
	[{}, ['city: open in 0,1', 'open: open in 1', 'years: open in 1,2', 'late: open in 2'], '0 of 4'],
	[
		{ open: 'no' },
		['city: open in 0', 'open: no in 1', 'years: left out by open in 1,2', 'late: left out by open in 2'],
		'1 of 2',
	],
	[
		{ open: 'yes', late: 'yes' },
		['city: open in 0,1', 'open: yes in 1', 'years: open in 1', 'late: yes in 2'],
		'2 of 4',
	],
	[
		{ open: 'no', years: '5', city: 'Dunmere' },
		['city: Dunmere in 0', 'open: no in 1', 'years: left out by open in 1,2', 'late: left out by open in 2'],
		'2 of 2',
	],
])('answered with %j a text has the blanks %j, %s filled', (answers: Record<string, string>, read, counted) => {
	const found = blanksIn({ provisions, blanks, answers });
	expect(
		found.map(({ blank, answer, at, leftOutBy }) => {
			const left = leftOutBy.length > 0 ? `left out by ${leftOutBy.map(({ id }) => id).join()}` : null;
			return `${blank.id}: ${left ?? (answer || 'open')} in ${at.join()}`;
		}),
	).toEqual(read);
	const { filled, of } = filledOf(found);
	expect(`${filled} of ${of}`).toBe(counted);
});

describe.each(MODELS)('$name', ({ blanks, provisions }) => {
	test('has as many open blanks as stand in it unfilled, whatever was answered', () => {
		fc.assert(
			fc.property(answering(blanks), fc.subarray(blanks.map(({ id }) => id)), (all, ids) => {
				const answers = Object.fromEntries(ids.map((id) => [id, all[id] ?? '']));
				const found = blanksIn({ provisions, blanks, answers });
				const standing = usesOf(filled(provisions, blanks, answers, 'en'));
				const open = found.filter(isOpenBlank);
				expect(open.map(({ blank }) => blank.id).toSorted()).toEqual(standing.map(({ id }) => id).toSorted());
				const { filled: n, of } = filledOf(found);
				expect(of - n).toBe(open.length);
				for (const { at } of found) expect(at.length).toBeGreaterThan(0);
			}),
			{ numRuns: 40 },
		);
	});
});
