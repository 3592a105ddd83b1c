import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Merged, merged } from '#concordance/merge.ts';
import { substituted } from '#concordance/substitute.ts';

const WORD = fc.constantFrom('the', 'city', 'shall', 'not', ',', '.', '§ 9-131', '(a)', 'or', '“x”', '\n', '\n(b)', '');
const TEXT = fc.oneof(
	fc.array(WORD, { maxLength: 40 }).map((words) => words.join(' ')),
	fc.string({ maxLength: 40, unit: 'grapheme' }),
	fc.string({ maxLength: 30, unit: fc.constantFrom(' ', '\n', 'a', '.', '1') }),
);
const LAW = `§ 1. No officer of the city shall arrest any person on a civil detainer without a warrant.
(a) The commissioner shall report each year how many requests came in and from whom they came.
(b) The report shall be published on the website of the department within thirty days.
§ 2. This local law takes effect ninety days after it becomes law.`;

function clean(found: Merged): string | null {
	return found.kind === 'clean' ? found.text : null;
}

describe('laws of merging', () => {
	test('a side that changed nothing leaves the other as it is', () => {
		fc.assert(
			fc.property(TEXT, TEXT, (base, x) => {
				expect(clean(merged(base, x, base))).toBe(x);
				expect(clean(merged(base, base, x))).toBe(x);
				expect(clean(merged(base, x, x))).toBe(x);
			}),
			{ numRuns: 500 },
		);
	});

	test('the order of the sides changes the order of the readings alone', () => {
		fc.assert(
			fc.property(TEXT, TEXT, TEXT, (base, x, y) => {
				const [one, other] = [merged(base, x, y), merged(base, y, x)];
				expect(turned(other)).toEqual(one);
			}),
			{ numRuns: 500 },
		);
	});

	test('the readings of a clash, put together, are the three texts wherever one side has all of them', () => {
		fc.assert(
			fc.property(TEXT, TEXT, (base, x) => {
				// Ours changed every word of the base: what is not a clash is what both have.
				const found = merged(base, x, `${base} end`);
				if (found.kind !== 'clash') return;
				for (const one of found.passages)
					if (typeof one !== 'string') expect(new Set([one.base, one.ours, one.theirs]).size).toBe(3);
			}),
		);
	});
});

/**
 * Independent of the merge: every word of the three texts is another, so that where a word must be follows from who has it.
 * Kept by both: in the result. New on one side: in the result. Struck by one side: not in a clean result.
 */
test('no word of either side is lost, and none that was struck comes back', () => {
	const edit = fc.record({ at: fc.nat(39), strike: fc.nat(3), write: fc.nat(3) });
	fc.assert(
		fc.property(
			fc.nat(40),
			fc.array(edit, { maxLength: 5 }),
			fc.array(edit, { maxLength: 5 }),
			fc.nat(9),
			(size, one, other, line) => {
				const base = Array.from({ length: size }, (_, n) => `${n % 10 === line ? '\n' : ''}base${n}`);
				const [ours, theirs] = [edited(base, one, 'ours'), edited(base, other, 'theirs')];
				const found = merged(base.join(' '), ours.join(' '), theirs.join(' '));
				if (found.kind === 'too long') throw new Error('not at this length');
				const passages = found.kind === 'clean' ? [found.text] : found.passages;
				const settled = words(passages.map((one) => (typeof one === 'string' ? one : '')).join(' '));
				const clashing = words(
					passages.map((one) => (typeof one === 'string' ? '' : `${one.ours} ${one.theirs}`)).join(' '),
				);
				const [a, b, root] = [words(ours.join(' ')), words(theirs.join(' ')), words(base.join(' '))];
				for (const word of new Set([...a, ...b])) {
					const due = !root.has(word) || (a.has(word) && b.has(word));
					if (due) expect(settled.has(word) || clashing.has(word)).toBe(true);
				}
				for (const word of settled) expect((a.has(word) && b.has(word)) || !root.has(word)).toBe(true);
			},
		),
		{ numRuns: 500 },
	);
});

function edited(
	base: readonly string[],
	edits: readonly { at: number; strike: number; write: number }[],
	name: string,
): string[] {
	const list = [...base];
	edits.forEach(({ at, strike, write }, n) => {
		list.splice(at % (list.length + 1), strike, ...Array.from({ length: write }, (_, m) => `${name}${n}x${m}`));
	});
	return list;
}

function words(text: string): Set<string> {
	return new Set(text.split(/\s+/).filter(Boolean));
}

function turned(found: Merged): Merged {
	if (found.kind !== 'clash') return found;
	return {
		kind: 'clash',
		passages: found.passages.map((one) =>
			typeof one === 'string' ? one : { ...one, ours: one.theirs, theirs: one.ours },
		),
	};
}

describe('what one side changed is taken', () => {
	const later = LAW.replace('thirty', 'sixty').replace('ninety', 'thirty');
	test('edits in different provisions, and in one', () => {
		const ours = LAW.replace('officer', 'officer or employee').replace('website', 'page');
		expect(clean(merged(LAW, ours, later))).toBe(
			later.replace('officer', 'officer or employee').replace('website', 'page'),
		);
	});
	test('new spacing on one side and new words on the other', () => {
		expect(clean(merged(LAW, LAW.replaceAll('\n', '\n\n   '), later))).toBe(later.replaceAll('\n', '\n\n   '));
	});
	test('a provision that one side put in and one that the other struck', () => {
		const lines = LAW.split('\n');
		const ours = [lines[0], lines[1], lines[2], '(c) The council may hold a hearing on it.', lines[3]].join('\n');
		const theirs = [lines[0], lines[2], lines[3]].join('\n');
		expect(clean(merged(LAW, ours, theirs))).toBe(
			[lines[0], lines[2], '(c) The council may hold a hearing on it.', lines[3]].join('\n'),
		);
	});
});

describe('where both changed the same words nothing is decided', () => {
	test.each([
		['another word each', LAW.replace('thirty', 'sixty'), LAW.replace('thirty', 'ninety')],
		[
			'a word changed here and struck with its sentence there',
			LAW.replace('thirty', 'sixty'),
			LAW.replace(/\(b\).*\n/, ''),
		],
		['words side by side', LAW.replace('civil', 'federal'), LAW.replace('detainer', 'request')],
		[
			'two insertions at one place',
			LAW.replace('officer', 'officer or employee'),
			LAW.replace('officer', 'officer or agent'),
		],
	])('%s', (_, ours, theirs) => {
		const found = merged(LAW, ours, theirs);
		if (found.kind !== 'clash') throw new Error('decided silently');
		const clashes = found.passages.filter((one) => typeof one !== 'string');
		expect(clashes).toHaveLength(1);
		for (const clash of clashes) {
			expect(LAW).toContain(clash.base);
			expect(ours).toContain(clash.ours);
			expect(theirs).toContain(clash.theirs);
		}
	});
});

describe("a city's own words for blanks are no change", () => {
	const parameters = [
		{ words: 'commissioner', value: 'chief' },
		{ words: 'the department', value: 'the bureau' },
		{ words: '{{days}}', value: '30' },
	];
	test('the newer model comes in with them', () => {
		const theirs = LAW.replace('how many', 'how often').replace('thirty', 'sixty');
		expect(clean(merged(LAW, substituted(LAW, parameters), theirs, parameters))).toBe(substituted(theirs, parameters));
		expect(merged(LAW, substituted(LAW, parameters), LAW.replace('The commissioner', 'A commissioner')).kind).toBe(
			'clash',
		);
	});
	test.each([
		['the commissioners', 'the commissioners'],
		['{{days}} days, the department', '30 days, the bureau'],
		['', ''],
	])('%s', (text, expected) => {
		expect(substituted(text, parameters)).toBe(expected);
	});
	test('a value is never read again', () => {
		const turned = [
			{ words: 'a', value: 'b' },
			{ words: 'b', value: 'a' },
		];
		expect(substituted('a b', turned)).toBe('b a');
	});
});

describe('a provision that has two places', () => {
	const PLACES = [
		'Section 1. The clerk keeps a record of every request and shows it to whoever asks.',
		'Section 2. No officer holds a person on a paper that no judge has signed.',
		'Section 3. The council hears a report on the first Monday of every month.',
		'Section 4. A department answers a complaint within ten days of receiving it.',
		'Section 5. This ordinance takes effect thirty days after the mayor has signed it.',
	] as const;
	const inOrder = (...order: readonly number[]) => order.map((n) => PLACES[n - 1]).join('\n');
	const base = inOrder(1, 2, 3, 4, 5);

	test.each([
		['both sides moved it, each elsewhere', inOrder(2, 1, 3, 4, 5), inOrder(1, 3, 4, 5, 2)],
		['one moved what the other struck', inOrder(1, 3, 4, 2, 5), inOrder(1, 3, 4, 5)],
	])('is a clash: %s', (_, ours, theirs) => {
		for (const [one, other] of [
			[ours, theirs],
			[theirs, ours],
		] as const) {
			expect(merged(base, one, other).kind).toBe('clash');
		}
	});

	test('stands once where both moved it to one place', () => {
		const moved = inOrder(1, 3, 4, 2, 5);
		expect(merged(base, moved, moved)).toEqual({ kind: 'clean', text: moved });
	});
});
