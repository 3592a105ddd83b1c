import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerOf, written } from '#adoption/answer.ts';
import { filled, usesOf } from '#adoption/fill.ts';
import type { Blank } from '#library/view.ts';
import { answering, MODELS } from './models.ts';

describe.each(MODELS)('$name', ({ blanks, provisions }) => {
	test('has no blank left with an answer for each, and no provision without what it lies in', () => {
		fc.assert(
			fc.property(answering(blanks), (answers) => {
				const made = filled(provisions, blanks, answers, 'en');
				expect(usesOf(made)).toEqual([]);
				expect(made.map(({ heading, text }) => `${heading} ${text}`).join('\n')).not.toMatch(/\{\{|\}\}| {2}| [,.;]/);
				made.forEach(({ parent, at }, n) => {
					if (parent !== null) expect(parent).toBeLessThan(n);
					expect(parent === null ? null : made[parent]?.at).toBe(provisions[at]?.parent);
				});
			}),
			{ numRuns: 40 },
		);
	});

	test('stays as it is while nobody answers', () => {
		const made = filled(provisions, blanks, {}, 'en');
		expect(made.map(({ text }) => text)).toEqual(provisions.map(({ text }) => text));
		expect(usesOf(made)).toEqual(usesOf(provisions));
	});

	test('is the same in whatever order it was answered', () => {
		fc.assert(
			fc.property(answering(blanks), fc.integer({ min: 0, max: blanks.length }), (answers, cut) => {
				const first = Object.fromEntries(Object.entries(answers).slice(0, cut));
				const before = filled(provisions, blanks, first, 'en');
				const words = (list: readonly { heading: string | null; text: string }[]) =>
					list.map(({ heading, text }) => [heading, text]);
				expect(words(filled(before, blanks, answers, 'en'))).toEqual(words(filled(provisions, blanks, answers, 'en')));
			}),
			{ numRuns: 20 },
		);
	});
});

test('a provision goes with all that lies in it, and a word is chosen of two', () => {
	const open: Blank = { ...BLANK, id: 'open', kind: 'yes_no' };
	const provisions = [
		{ parent: null, heading: 'Meetings', text: 'The body meets {{open ? "in public" : ""}}.' },
		{ parent: null, heading: null, text: '{{if not open}} It gives notice.' },
		{ parent: 1, heading: null, text: 'By mail.' },
	];
	expect(filled(provisions, [open], { open: 'yes' }, 'en').map(({ text }) => text)).toEqual([
		'The body meets in public.',
	]);
	expect(filled(provisions, [open], { open: 'no' }, 'en').map(({ text }) => text)).toEqual([
		'The body meets.',
		'It gives notice.',
		'By mail.',
	]);
});

test.each([
	['BE IT ORDAINED BY THE {{city}}:', 'BE IT ORDAINED BY THE CIUDAD DE PEÑA:'],
	['WHEREAS, the {{city}} finds', 'WHEREAS, the Ciudad de Peña finds'],
	['ICE {{city}}', 'ICE Ciudad de Peña'],
	['{{city}}', 'Ciudad de Peña'],
	['8 U.S.C. {{city}} 1373', '8 U.S.C. Ciudad de Peña 1373'],
])('what fills %s is in capitals where all words around it are', (text, reads) => {
	const city: Blank = { ...BLANK, id: 'city', kind: 'text' };
	const [made] = filled([{ parent: null, heading: null, text }], [city], { city: 'Ciudad de Peña' }, 'es');
	expect(made?.text).toBe(reads);
});

const BLANK = { label: { en: '', es: '' }, help: { en: '', es: '' }, default: null } as const;

describe('an answer', () => {
	test.each([
		['number', '1,200', { answer: '1200' }],
		['number', '0', { wrong: 'no_number' }],
		['number', 'three', { wrong: 'no_number' }],
		['date', 'December 3, 2026', { answer: '2026-12-03' }],
		['date', 'soon', { wrong: 'no_day' }],
		['yes_no', 'maybe', { wrong: 'no_choice' }],
		['choice', 'March', { wrong: 'no_choice' }],
		['office', '  City\n Attorney ', { answer: 'City Attorney' }],
		['office', '—', { wrong: 'no_words' }],
		['text', '{{city}}', { wrong: 'no_words' }],
		['text', 'a'.repeat(301), { wrong: 'too_long' }],
		['office', 'a'.repeat(600), { wrong: 'too_long' }],
		['text', ' ', { answer: '' }],
	] as const)('of the kind %s that reads %j is %j', (kind, typed, made) => {
		expect(answerOf({ kind }, typed, 'en')).toEqual(made);
	});

	test('that is a day is written as its language writes it', () => {
		expect(written({ kind: 'date' }, '2026-12-03', 'en')).toBe('December 3, 2026');
		expect(written({ kind: 'date' }, '2026-12-03', 'es')).toBe('3 de diciembre de 2026');
	});
});
