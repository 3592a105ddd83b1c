import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DraftProvision } from '#adoption/draft.ts';
import { between, labelOf, signIn } from '#adoption/structure/label.ts';
import { renumbered } from '#adoption/structure/number.ts';
import { added, type Change, moved, removed } from '#adoption/structure/outline.ts';
import type { ProvisionKind } from '#library/provision.ts';

/** Sections with the numbers given, at the top: ids are `s0`, `s1`. */
function sections(numbers: readonly (string | null)[], kind: ProvisionKind = 'section'): readonly DraftProvision[] {
	return numbers.map((number, at) => ({
		id: `s${at}`,
		kind,
		parent: null,
		number,
		heading: null,
		text: 'Words.',
		from: null,
	}));
}

const NEW = { id: 'n', kind: null, heading: null, words: 'New.' } as const;

function numbers(text: readonly DraftProvision[], change: unknown, language: 'en' | 'es' = 'en') {
	return renumbered(text, change as Change, language).map(({ number }) => number);
}

describe('numbers that rise by one count on', () => {
	test.each<[readonly string[], readonly string[]]>([
		[
			['Section 1.', 'Section 2.'],
			['Section 1.', 'Section 2.', 'Section 3.'],
		],
		[
			['SECTION 1.', 'SECTION 2.'],
			['SECTION 1.', 'SECTION 2.', 'SECTION 3.'],
		],
		[
			['SECTION 1.', 'SEC. 2.', 'SEC. 3.'],
			['SECTION 1.', 'SEC. 2.', 'SEC. 3.', 'SEC. 4.'],
		],
		[
			['Section 1.', '§ 2.', '§ 3.'],
			['Section 1.', '§ 2.', '§ 3.', '§ 4.'],
		],
		[
			['§ 4', '§ 5'],
			['§ 4', '§ 5', '§ 6'],
		],
		[['Sec. 3.'], ['Sec. 3.', 'Sec. 4.']],
		[
			['1.', '2.'],
			['1.', '2.', '3.'],
		],
		[
			['(a)', '(b)'],
			['(a)', '(b)', '(c)'],
		],
		[['(i)'], ['(i)', '(ii)']],
		[
			['(h)', '(i)'],
			['(h)', '(i)', '(j)'],
		],
		[['(A)'], ['(A)', '(B)']],
		[
			['a)', 'b)'],
			['a)', 'b)', 'c)'],
		],
		[
			['Article I.', 'Article II.'],
			['Article I.', 'Article II.', 'Article III.'],
		],
		[['Artículo 3.'], ['Artículo 3.', 'Artículo 4.']],
		[
			['Sección 1.', 'Sección 2.'],
			['Sección 1.', 'Sección 2.', 'Sección 3.'],
		],
	])('%j with one at its beginning and without it again', (before, after) => {
		const text = sections(before);
		const more = added(text, NEW, { first: null }) as Change;
		expect(numbers(text, more)).toEqual(after);
		const grown = renumbered(text, more, 'en');
		expect(numbers(grown, removed(grown, 'n'))).toEqual(before);
	});
});

describe('numbers with gaps, and typed ones', () => {
	test.each<[readonly (string | null)[], number, readonly (string | null)[]]>([
		[['§ 9.40.030.', '§ 9.40.040.'], 0, ['§ 9.40.030.', '§ 9.40.035.', '§ 9.40.040.']],
		[['9-131', '9-132'], 0, ['9-131', '9-131A', '9-132']],
		[['9.40.010', '9.40.020'], 1, ['9.40.010', '9.40.020', '9.40.030']],
		[['Section 1.', 'Section 4.'], 0, ['Section 1.', 'Section 2.', 'Section 4.']],
		[['(a)', '(b)', '(d)'], 0, ['(a)', '(a-1)', '(b)', '(d)']],
		[['Section 3.', 'Section 4.', 'Section 7.'], 0, ['Section 3.', 'Section 3-a.', 'Section 4.', 'Section 7.']],
		[['First.', 'Second.'], 0, ['First.', null, 'Second.']],
		[[null, null], 0, [null, null, null]],
	])('%j with one after the place %i is %j', (before, place, after) => {
		const text = sections(before);
		expect(numbers(text, added(text, NEW, { after: `s${place}` }))).toEqual(after);
	});

	test('stay where others go, and what moves gets one of its new place', () => {
		const text = sections(['9.1.10', '9.1.20', '9.1.30', '9.1.40']);
		expect(numbers(text, removed(text, 's1'))).toEqual(['9.1.10', '9.1.30', '9.1.40']);
		expect(numbers(text, moved(text, 's3', { after: 's0' }))).toEqual(['9.1.10', '9.1.15', '9.1.20', '9.1.30']);
	});
});

test('what begins a list is numbered as others are, else as drafters do; recitals are not', () => {
	const text = sections(['Artículo 1.'], 'article');
	const one = renumbered(text, added(text, NEW, { first: 's0' }) as Change, 'es');
	expect(one.map(({ kind, number }) => [kind, number])).toEqual([
		['article', 'Artículo 1.'],
		['subsection', '(a)'],
	]);
	const none = added([], NEW, 'end') as Change;
	expect(numbers([], none, 'es')).toEqual(['Sección 1.']);
	const recital = added(text, { ...NEW, kind: 'recital' }, { first: null });
	expect(numbers(text, recital)).toEqual([null, 'Artículo 1.']);
});

test('sections go on from one chapter to the next where they did, and begin anew where they did', () => {
	const chapters = (second: readonly string[]): readonly DraftProvision[] => {
		const made = sections(['Chapter 1', 'Section 1.', 'Section 2.', 'Chapter 2', ...second]);
		return made.map((one, at) =>
			at === 0 || at === 3 ? { ...one, kind: 'chapter' } : { ...one, parent: at < 3 ? 0 : 3 },
		);
	};
	const [on, anew] = [chapters(['Section 3.', 'Section 4.']), chapters(['Section 1.', 'Section 2.'])];
	const after = { after: 's1' };
	expect(numbers(on, added(on, NEW, after))).toEqual([
		'Chapter 1',
		'Section 1.',
		'Section 2.',
		'Section 3.',
		'Chapter 2',
		'Section 4.',
		'Section 5.',
	]);
	expect(numbers(anew, added(anew, NEW, after)).slice(3)).toEqual([
		'Section 3.',
		'Chapter 2',
		'Section 1.',
		'Section 2.',
	]);
});

test('what an act quotes keeps the numbers of the other text', () => {
	const quoted = sections(['Section 1.', null, '§ 9-131', 'Section 2.']).map((one, at) =>
		at === 1 ? { ...one, kind: 'quoted' as const, parent: 0, text: '' } : at === 2 ? { ...one, parent: 1 } : one,
	);
	expect(numbers(quoted, added(quoted, NEW, { first: null }))).toEqual([
		'Section 1.',
		'Section 2.',
		null,
		'§ 9-131',
		'Section 3.',
	]);
});

test('a printed number is what stands around its sign', () => {
	const style = fc.constantFrom('1', 'a', 'A', 'i', 'I');
	// The roman 38 has seven letters, more than a sign that is read.
	const most = fc.integer({ min: 1, max: 37 });
	const around = fc.constantFrom(['(', ')'], ['Section ', '.'], ['§ ', ''], ['', '.'], ['Artículo ', '.'], ['', ')']);
	fc.assert(
		fc.property(style, most, around, (by, value, [open = '', close = '']) => {
			const label = labelOf(open + signIn(by as '1', value) + close);
			expect(label && label.open + label.sign + label.close).toBe(open + signIn(by as '1', value) + close);
			expect(label?.ways).toContainEqual({ style: by, value });
		}),
	);
});

test('what is put between two numbers lies between them, each once', () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 900 }),
			fc.integer({ min: 1, max: 90 }),
			fc.integer({ min: 1, max: 9 }),
			(low, gap, count) => {
				const write = (value: number) => `9.40.${String(value).padStart(3, '0')}`;
				const made = between(write(low), write(low + gap), count, 10);
				const order = [write(low), ...made, write(low + gap)];
				expect(new Set(order).size).toBe(count + 2);
				expect(order.toSorted()).toEqual(order);
			},
		),
	);
});
