import { describe, expect, test } from 'vitest';
import type { DraftProvision } from '#adoption/draft.ts';
import { added, type Change, joined, moved, type Refused, removed, split } from '#adoption/structure/outline.ts';
import { restructured } from '#adoption/structure/restructure.ts';
import { draftOf, outlined, shelved } from './shelf.ts';

type Text = readonly DraftProvision[];

/** A provision by its numbers from the section down: `Section 7.`, `(a)`, `(2)`. */
function the(text: Text, ...numbers: readonly string[]): string {
	const at = numbers.reduce<number | null | undefined>((parent, number) => {
		const found = text.findIndex((one) => one.number === number && (parent === undefined || one.parent === parent));
		return found < 0 ? undefined : found;
	}, undefined);
	return text[at ?? -1]?.id ?? 'none';
}

/** What reads in another way now, and what dangles. */
function news(before: Text, change: Change | Refused, language: 'en' | 'es' = 'en') {
	if ('refused' in change) return change;
	const { text, dangling } = restructured(before, change, language);
	const old = new Set(outlined(before).split('\n'));
	const lines = outlined(text).split('\n');
	return { lines: lines.filter((line) => !old.has(line)).map((line) => line.trim()), dangling };
}

const DETAINERS = shelved('detainers');
const costs = (two: string) =>
	`The City shall not spend money or paid time on a hold or transfer under ${two} beyond what the warrant or order requires, and the {{chief_executive}} shall ask the federal government to repay the cost.`;

describe('the model on detainers', () => {
	test('counts on after a section that is added, and its costs follow', () => {
		const made = news(
			DETAINERS,
			added(
				DETAINERS,
				{ id: 'n1', kind: null, heading: 'Scope', words: 'As section 5(b) says.' },
				{ after: the(DETAINERS, 'Section 2.') },
			),
		);
		expect(made).toMatchObject({ dangling: [] });
		expect('lines' in made && made.lines).toEqual([
			'Section 3. | Scope | As section 6(b) says.',
			'Section 4. | No hold without a judicial warrant',
			'Section 5. | No arrest on an administrative warrant',
			'Section 6. | Transfer',
			'Section 7. | Release information',
			'Section 8. | Interviews in custody',
			'Section 9. | Notice to the person',
			'Section 10. | Records and report',
			`Section 11. | Costs | ${costs('section 4(c) or section 6(a)')}`,
			'Section 12. | Training and discipline',
			'Section 13. | Relation to other law',
			expect.stringContaining('Section 14. | Enforcement'),
			expect.stringContaining('Section 15. | Severability'),
			'Section 16. | Effective date | This ordinance takes effect on {{effective_date}}.',
		]);
	});

	test('leaves a reference to what is removed, and tells of it', () => {
		const made = news(DETAINERS, removed(DETAINERS, the(DETAINERS, 'Section 3.', '(c)')));
		expect(made).toEqual({
			lines: [expect.stringMatching(/^\(c\) \| City personnel shall not delay bail/)],
			dangling: [
				{ in: the(DETAINERS, 'Section 10.'), words: 'section 3(c)', meant: the(DETAINERS, 'Section 3.', '(c)') },
			],
		});
	});

	test('names a subsection by its section once the words stand in another', () => {
		const made = news(
			DETAINERS,
			moved(DETAINERS, the(DETAINERS, 'Section 6.', '(b)'), { after: the(DETAINERS, 'Section 5.', '(a)') }),
		);
		expect(made).toMatchObject({
			lines: [
				expect.stringMatching(/^\(b\) \| Section 6\(a\) does not apply to information/),
				expect.stringMatching(/^\(c\) \| City personnel shall not carry out a release/),
				expect.stringMatching(/^\(b\) \| \{\{if notice_on_conviction\}\} City personnel may answer/),
			],
			dangling: [],
		});
	});

	test('takes up a whole section as a subsection, with all levels in it one lower', () => {
		const made = news(
			DETAINERS,
			moved(DETAINERS, the(DETAINERS, 'Section 7.'), { after: the(DETAINERS, 'Section 5.', '(a)') }),
		);
		expect('lines' in made && made.lines.slice(0, 7)).toEqual([
			'(b) | Interviews in custody',
			expect.stringMatching(/^\(1\) \| City personnel shall not give .* unless:$/),
			'(A) | the authority presents a judicial warrant or court order for the access; or',
			expect.stringMatching(/^\(B\) \| the person, after receiving the notice in paragraph \(2\), agrees/),
			expect.stringMatching(/^\(2\) \| Before the person decides/),
			expect.stringMatching(/^\(3\) \| City personnel shall read the notice aloud/),
			expect.stringMatching(/^\(c\) \| City personnel shall not carry out a release/),
		]);
	});

	test('makes a section of a subsection, and what spoke of it says so', () => {
		const made = news(
			DETAINERS,
			moved(DETAINERS, the(DETAINERS, 'Section 7.', '(b)'), { after: the(DETAINERS, 'Section 7.') }),
		);
		expect('lines' in made && made.lines.slice(0, 3)).toEqual([
			expect.stringMatching(/^\(2\) \| the person, after receiving the notice in section 8, agrees/),
			expect.stringMatching(/^\(b\) \| City personnel shall read the notice aloud/),
			expect.stringMatching(/^Section 8\. \| Before the person decides/),
		]);
	});

	test('joins sections: one heading of two, one list of two, and references to both', () => {
		const made = news(DETAINERS, joined(DETAINERS, the(DETAINERS, 'Section 4.')));
		expect(made).toMatchObject({ dangling: [] });
		expect('lines' in made && made.lines.slice(0, 3)).toEqual([
			'Section 4. | No arrest on an administrative warrant; Transfer',
			expect.stringMatching(/^\(c\) \| City personnel shall not transfer/),
			expect.stringMatching(/^\(d\) \| City personnel shall not carry out/),
		]);
		expect('lines' in made && made.lines).toContain(`Section 9. | Costs | ${costs('section 3(c) or section 4(c)')}`);
	});

	test('puts a section of words at the end of the list of the one that it is joined to', () => {
		const made = news(DETAINERS, joined(DETAINERS, the(DETAINERS, 'Section 9.')));
		expect('lines' in made && made.lines[0]).toBe(`(d) | Costs | ${costs('section 3(c) or section 5(a)')}`);
	});

	test('says of two that are one now what it said of both', () => {
		const text = draftOf(
			'## Section 1. One\n\n(a) Words of one.\n\n(b) Words of two.\n\n(c) Words of three.\n\n## Section 2. Two\n\nSections 1(a) and 1(b) apply, and section 1(b) or (c) too.\n',
		);
		expect(news(text, joined(text, the(text, 'Section 1.', '(a)')))).toEqual({
			lines: [
				'(a) | Words of one. Words of two.',
				'(b) | Words of three.',
				'Section 2. | Two | Section 1(a) apply, and section 1(a) or (b) too.',
			],
			dangling: [],
		});
	});

	test('splits words in two, and what lies in them goes with the second', () => {
		const id = the(DETAINERS, 'Section 3.', '(c)');
		const words = DETAINERS.find((one) => one.id === id)?.text ?? '';
		const made = news(DETAINERS, split(DETAINERS, id, words.indexOf('The {{custody_head}}'), 'n1'));
		expect(made).toEqual({
			lines: [
				expect.stringMatching(/^\(c\) \| City personnel may keep .* for the arrest of that person\.$/),
				expect.stringMatching(/^\(d\) \| The \{\{custody_head\}\}, or a supervisor/),
				expect.stringMatching(/^\(e\) \| City personnel shall not delay bail/),
			],
			dangling: [],
		});
		const lead = the(DETAINERS, 'Section 7.', '(a)');
		const at = DETAINERS.find((one) => one.id === lead)?.text.indexOf('unless:') ?? -1;
		const halved = split(DETAINERS, lead, at, 'n1');
		const after = 'refused' in halved ? [] : halved.text;
		const half = after.findIndex(({ id: one }) => one === 'n1');
		expect(after.filter(({ parent }) => parent === half).map(({ number }) => number)).toEqual(['(1)', '(2)']);
	});
});

const TEXT = draftOf(`## Section 1. Purpose

This ordinance follows 8 U.S.C. 1373(a), section 3 of the Charter, section 1373 of title 8, chapter 2, and Government Code section 3.

## Section 2. Duties

(a) A person named in sections 3 through 5 shall act.

(b) Paragraph (1) of subsection (c) applies to this section, and to section 3(b).

(c) The clerk shall:

(1) write under subsection (a);

(2) post under paragraph (1); and

(3) file within section 4 and 5 days.

## Section 3. Rooms

(a) One.

(b) Two.

## Section 4. Doors

Words of this section, §§ 2(b) and 3.

## Section 5. Ends

IT ENDS UNDER SECTION 4 OF THIS ORDINANCE. {{open ? "Under section 3(a)" : ""}} it is so.
`);

describe('a text', () => {
	test('leaves other law alone, whatever its numbers', () => {
		const made = restructured(TEXT, removed(TEXT, the(TEXT, 'Section 5.')) as Change, 'en');
		expect(made.text[1]).toBe(TEXT[1]);
		const first = restructured(
			TEXT,
			added(TEXT, { id: 'n', kind: null, heading: null, words: 'New.' }, { first: null }) as Change,
			'en',
		).text;
		expect(first[1]?.number).toBe('Section 2.');
		expect(first[1]?.text).toBe(TEXT[0]?.text);
	});

	test('takes into a range what is added within it, and takes out what goes', () => {
		const after = { after: the(TEXT, 'Section 3.') };
		const made = news(TEXT, added(TEXT, { id: 'n', kind: null, heading: 'New', words: '' }, after));
		expect('lines' in made && made.lines[0]).toBe('(a) | A person named in sections 3 through 6 shall act.');
		const gone = news(TEXT, moved(TEXT, the(TEXT, 'Section 4.'), { first: null }));
		expect('lines' in gone && gone.lines[3]).toBe('(a) | A person named in sections 1, 4 and 5 shall act.');
	});

	test('follows levels, signs, choices and capitals', () => {
		const made = news(TEXT, moved(TEXT, the(TEXT, 'Section 3.'), { first: null }));
		expect(made).toMatchObject({ dangling: [] });
		expect('lines' in made && made.lines).toEqual([
			'Section 1. | Rooms',
			expect.stringMatching(/^Section 2\. \| Purpose/),
			'Section 3. | Duties',
			'(a) | A person named in sections 1, 4 and 5 shall act.',
			'(b) | Paragraph (1) of subsection (c) applies to this section, and to section 1(b).',
			'Section 4. | Doors | Words of this section, §§ 3(b) and 1.',
			'Section 5. | Ends | IT ENDS UNDER SECTION 4 OF THIS ORDINANCE. {{open ? "Under section 1(a)" : ""}} it is so.',
		]);
	});

	test('says subsection for a section that is one now', () => {
		const made = news(TEXT, moved(TEXT, the(TEXT, 'Section 4.'), { first: the(TEXT, 'Section 3.') }));
		expect('lines' in made && made.lines).toEqual([
			'(a) | A person named in sections 3 and 4 shall act.',
			'(b) | Paragraph (1) of subsection (c) applies to this section, and to section 3(c).',
			'(3) | file within section 3(a) and 5 days.',
			'(a) | Doors | Words of this subsection, §§ 2(b) and 3.',
			'(b) | One.',
			'(c) | Two.',
			'Section 4. | Ends | IT ENDS UNDER SECTION 3(a) OF THIS ORDINANCE. {{open ? "Under section 3(b)" : ""}} it is so.',
		]);
	});

	test('says in which section when a paragraph leaves its subsection', () => {
		const paragraph = the(TEXT, 'Section 2.', '(c)', '(1)');
		const made = news(TEXT, moved(TEXT, paragraph, { after: the(TEXT, 'Section 3.', '(a)') }));
		expect('lines' in made && made.lines).toEqual([
			'(b) | Section 3(b) applies to this section, and to section 3(c).',
			'(1) | post under section 3(b); and',
			'(2) | file within section 4 and 5 days.',
			'(b) | write under section 2(a);',
			'(c) | Two.',
		]);
	});
});

const ORDENANZA = draftOf(`## Artículo 1. Fines

Salvo lo que dispone el inciso (b) del artículo 2, rige el artículo 3, y no el artículo 3 de la Constitución ni la sección 1373 del título 8.

## Artículo 2. Deberes

(a) Según el inciso (b), nadie pregunta.

(b) Según los artículos 3 y 4, alguien responde.

## Artículo 3. Salas

Palabras de este artículo.

## Artículo 4. Vigencia

Conforme al artículo 2(a) de esta ordenanza.
`);

describe('un texto en español', () => {
	test('sigue contando y sigue diciendo lo mismo', () => {
		const made = news(
			ORDENANZA,
			added(ORDENANZA, { id: 'n', kind: null, heading: 'Nuevo', words: '' }, { after: the(ORDENANZA, 'Artículo 1.') }),
			'es',
		);
		expect(made).toEqual({
			lines: [
				'Artículo 1. | Fines | Salvo lo que dispone el inciso (b) del artículo 3, rige el artículo 4, y no el artículo 3 de la Constitución ni la sección 1373 del título 8.',
				'Artículo 2. | Nuevo',
				'Artículo 3. | Deberes',
				'(b) | Según los artículos 4 y 5, alguien responde.',
				'Artículo 4. | Salas | Palabras de este artículo.',
				'Artículo 5. | Vigencia | Conforme al artículo 3(a) de esta ordenanza.',
			],
			dangling: [],
		});
	});

	test('nombra el artículo cuando el inciso está en otro', () => {
		const inciso = the(ORDENANZA, 'Artículo 2.', '(b)');
		const made = news(ORDENANZA, moved(ORDENANZA, inciso, { after: the(ORDENANZA, 'Artículo 3.') }), 'es');
		expect('lines' in made && made.lines).toEqual([
			'Artículo 1. | Fines | Salvo lo que dispone el artículo 4, rige el artículo 3, y no el artículo 3 de la Constitución ni la sección 1373 del título 8.',
			'(a) | Según el artículo 4, nadie pregunta.',
			'Artículo 4. | Según los artículos 3 y 5, alguien responde.',
			'Artículo 5. | Vigencia | Conforme al artículo 2(a) de esta ordenanza.',
		]);
	});

	test('llama inciso al artículo que se hizo uno', () => {
		const made = news(
			ORDENANZA,
			moved(ORDENANZA, the(ORDENANZA, 'Artículo 3.'), { after: the(ORDENANZA, 'Artículo 2.', '(a)') }),
			'es',
		);
		expect('lines' in made && made.lines).toEqual([
			'Artículo 1. | Fines | Salvo lo que dispone el inciso (c) del artículo 2, rige el artículo 2(b), y no el artículo 3 de la Constitución ni la sección 1373 del título 8.',
			'(a) | Según el inciso (c), nadie pregunta.',
			'(b) | Salas | Palabras de este inciso.',
			'(c) | Según los artículos 2(b) y 3, alguien responde.',
			'Artículo 3. | Vigencia | Conforme al artículo 2(a) de esta ordenanza.',
		]);
	});
});

describe('a chapter of a code', () => {
	const chapter = shelved('sample-alder-falls-chapter-9-40');
	const sections = (change: Change | Refused) =>
		'refused' in change
			? change
			: restructured(chapter, change, 'en')
					.text.filter(({ kind }) => kind === 'section')
					.map(({ number }) => number);
	const words = { kind: null, heading: 'New', words: 'Words.' } as const;

	test('keeps its numbers and gives what is new one between, or the next', () => {
		const one = added(chapter, { ...words, id: 'n1' }, { after: the(chapter, '9.40.030') });
		expect(sections(one)).toEqual([
			'9.40.010',
			'9.40.020',
			'9.40.030',
			'9.40.035',
			'9.40.040',
			'9.40.050',
			'9.40.060',
			'9.40.070',
		]);
		const last = added(chapter, { ...words, id: 'n1' }, { after: the(chapter, '9.40.070') });
		expect(sections(last)).toContain('9.40.080');
		const first = added(chapter, { ...words, id: 'n1' }, { first: the(chapter, 'Chapter 9.40') });
		expect(sections(first)).toContain('9.40.005');
		expect(sections(removed(chapter, the(chapter, '9.40.030')))).toEqual([
			'9.40.010',
			'9.40.020',
			'9.40.040',
			'9.40.050',
			'9.40.060',
			'9.40.070',
		]);
		expect(sections(moved(chapter, the(chapter, '9.40.060'), { after: the(chapter, '9.40.010') }))).toEqual([
			'9.40.010',
			'9.40.015',
			'9.40.020',
			'9.40.030',
			'9.40.040',
			'9.40.050',
			'9.40.070',
		]);
	});
});
