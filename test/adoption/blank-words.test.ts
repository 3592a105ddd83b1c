import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conditionOf, type Shown, shown, typedOver } from '#adoption/blank-words.ts';
import type { Blank } from '#library/view.ts';
import { answering, MODELS } from './models.ts';

const BLANK = { help: { en: '', es: '' }, default: null } as const;
const CITY: Blank = {
	...BLANK,
	id: 'city',
	kind: 'text',
	label: { en: 'Name of the city', es: 'Nombre de la ciudad' },
};
const HEAD: Blank = { ...BLANK, id: 'head', kind: 'office', label: { en: 'Head of custody', es: 'Jefe' } };
const OPEN: Blank = { ...BLANK, id: 'open', kind: 'yes_no', label: { en: 'In public?', es: '¿En público?' } };
const BLANKS = [CITY, HEAD, OPEN];

function said(pieces: readonly Shown[]): string {
	return pieces.map(({ text }) => text).join('');
}

function typing(words: string, typed: string, answers = {}): string {
	return typedOver(shown(words, BLANKS, answers, 'en'), typed, BLANKS, 'en');
}

describe('what is typed over words with blanks', () => {
	const words = 'The {{city}} names a {{head}} who tells the {{city}}.';
	const answers = { city: 'Town of Wexmoor', head: 'Chief of Police' };

	test('keeps every blank that was left alone', () => {
		const typed = 'The Town of Wexmoor names a deputy or a Chief of Police who at once tells the Town of Wexmoor.';
		expect(typing(words, typed, answers)).toBe(
			'The {{city}} names a deputy or a {{head}} who at once tells the {{city}}.',
		);
	});

	test('makes words of a blank that was written over', () => {
		const typed = 'The Town of Wexmoor names a Sheriff who tells the Town of Wexmoor.';
		expect(typing(words, typed, answers)).toBe('The {{city}} names a Sheriff who tells the {{city}}.');
	});

	test('knows a blank again in a sentence that was turned round', () => {
		const typed = 'A Chief of Police, named by the council, tells the Town of Wexmoor of it.';
		expect(typing(words, typed, answers)).toContain('A {{head}}, named by the council, tells the {{city}}');
	});

	test('reads as it was typed where words in capitals get small letters, or small letters go', () => {
		const clause = 'BE IT ORDAINED BY THE {{head}} OF THE {{city}}:';
		expect(said(shown(clause, BLANKS, answers, 'en'))).toBe(
			'BE IT ORDAINED BY THE CHIEF OF POLICE OF THE TOWN OF WEXMOOR:',
		);
		expect(said(shown(clause, BLANKS, { city: 'Town of Wexmoor' }, 'en'))).toBe(
			'BE IT ORDAINED BY THE [Head of custody] OF THE TOWN OF WEXMOOR:',
		);
		const typed = 'BE IT ORDAINED AND ENACTED BY THE CHIEF OF POLICE OF THE TOWN OF WEXMOOR:';
		expect(typing(clause, typed, answers)).toBe('BE IT ORDAINED AND ENACTED BY THE {{head}} OF THE {{city}}:');
		const small = 'BE IT ORDAINED by the CHIEF OF POLICE OF THE TOWN OF WEXMOOR:';
		expect(typing(clause, small, answers)).toBe(small);
		expect(typing('The {{city}} AND ITS {{head}}', 'AND ITS Chief of Police', answers)).toBe('AND ITS Chief of Police');
	});

	test('takes the name of a blank in brackets for the blank', () => {
		expect(shown(words, BLANKS, {}, 'en').filter(({ open }) => open)).toHaveLength(3);
		expect(typing(words, 'The [Name of the city] and its [Head of custody], [sic].')).toBe(
			'The {{city}} and its {{head}}, [sic].',
		);
	});

	test('leaves a choice of no words where it was', () => {
		const choice = 'It meets {{open ? "in public" : ""}}. The {{city}} says when.';
		const before = shown(choice, BLANKS, { open: 'no', city: 'City of Alder Falls' }, 'en');
		expect(said(before)).toBe('It meets. The City of Alder Falls says when.');
		expect(typedOver(before, 'It meets. The City of Alder Falls says how and when.', BLANKS, 'en')).toBe(
			'It meets {{open ? "in public" : ""}}. The {{city}} says how and when.',
		);
	});
});

describe.each(MODELS)('of $name', ({ blanks, provisions }) => {
	test('what is sent back as it was shown changes nothing', () => {
		fc.assert(
			fc.property(answering(blanks), fc.boolean(), (answers, open) => {
				for (const { text } of provisions) {
					const { words } = conditionOf(text);
					const before = shown(words, blanks, open ? {} : answers, 'en');
					expect(typedOver(before, said(before), blanks, 'en')).toBe(words);
				}
			}),
			{ numRuns: 5 },
		);
	});

	test('whatever is typed reads as it was typed', () => {
		const longest = provisions
			.map(({ text }) => text)
			.filter((text) => text.includes('{{') && !text.startsWith('{{if'));
		fc.assert(
			fc.property(
				answering(blanks),
				fc.constantFrom(...longest),
				fc.array(
					fc.tuple(fc.nat(400), fc.nat(40), fc.constantFrom('', ' or volunteer', 'City', ', ', ' the', 'AND OF')),
				),
				(answers, words, edits) => {
					const before = shown(words, blanks, answers, 'en');
					let typed = said(before);
					for (const [at, length, put] of edits) typed = typed.slice(0, at) + put + typed.slice(at + length);
					expect(said(shown(typedOver(before, typed, blanks, 'en'), blanks, answers, 'en'))).toBe(typed);
				},
			),
			{ numRuns: 100 },
		);
	});
});
