import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anchored, chosen, placed, type Span, wordsOf } from '#adoption/remark/anchor.ts';
import type { Blank } from '#library/view.ts';

const CLAUSE =
	'An officer shall not arrest, detain, or prolong the detention of any person on the basis of a civil immigration detainer, unless the request is accompanied by a judicial warrant for that person.';

function spanOf(text: string, words: string): Span {
	const start = text.indexOf(words);
	if (start < 0) throw new Error(`No ${words}.`);
	return { start, end: start + words.length };
}

function now(then: string, words: string, is: string): string | null {
	const found = anchored(spanOf(then, words), then, is);
	return found && is.slice(found.start, found.end);
}

/** Words of laws, and a sign between two of them now and then. */
const WORDS = ['the', 'city', 'shall', 'not', 'a', 'of', 'officer', 'detain', 'record', 'warrant', 'person,', 'judge;'];
const word = fc.constantFrom(...WORDS);
const phrase = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));

describe('words of a comment', () => {
	test('stay themselves through every edit around them, if they stand once in the text', () => {
		fc.assert(
			fc.property(
				phrase,
				fc.array(fc.constantFrom('blanket', 'civil', 'prolong', 'the', 'city'), { minLength: 1, maxLength: 5 }),
				phrase,
				phrase,
				phrase,
				(before, words, after, newBefore, newAfter) => {
					const quote = ['unlike', ...words, 'any'].join(' ');
					const then = `${before} ${quote} ${after}`.trim();
					const is = `${newBefore} ${quote} ${newAfter}`.trim();
					expect(now(then, quote, is)).toBe(quote);
				},
			),
			{ numRuns: 2_000 },
		);
	});

	test('are found the same where they stand, whatever random edits leave them alone', () => {
		fc.assert(
			fc.property(
				fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat(30), put: phrase }), {
					maxLength: 6,
				}),
				fc.constantFrom('prolong the detention', 'a judicial warrant for that person', 'An officer shall', 'civil'),
				(edits, words) => {
					let text = CLAUSE;
					for (const { at, cut, put } of edits) {
						const start = Math.floor(at * text.length);
						const next = `${text.slice(0, start)} ${put} ${text.slice(start + cut)}`;
						if (next.split(words).length === 2) text = next;
					}
					const found = anchored(spanOf(CLAUSE, words), CLAUSE, text);
					const whole = new RegExp(`(?<![\\p{L}\\p{N}])${words}(?![\\p{L}\\p{N}])`, 'u').test(text);
					if (whole) expect(found && text.slice(found.start, found.end)).toBe(words);
					else expect(found === null || found.end <= text.length).toBe(true);
				},
			),
			{ numRuns: 2_000 },
		);
	});

	test.each([
		[
			'said of one of two alike, stay with that one',
			'the city and the city',
			[13, 21],
			'the town and the city',
			'the city',
		],
		['deleted with their sentence, are gone', 'It ends. It begins.', [0, 8], 'It begins.', null],
		[
			'moved to the end are followed',
			'First this. Then that. Then more.',
			[0, 11],
			'Then that. Then more. First this.',
			'First this.',
		],
		[
			'with a word written into them keep it',
			'a civil detainer alone',
			[2, 16],
			'a civil immigration detainer alone',
			'civil immigration detainer',
		],
		['cut short are what is left', 'a civil immigration detainer', [2, 28], 'a civil detainer', 'civil detainer'],
		[
			'replaced by others are gone, though the small ones stay',
			'of a warrant signed by a judge',
			[5, 30],
			'of a letter',
			null,
		],
		[
			'of which another copy stays do not jump there',
			'employees may go. Other employees stay.',
			[0, 9],
			'Officers may go. Other employees stay.',
			null,
		],
	] as const)('%s', (_, then, [start, end], is, reads) => {
		const found = anchored({ start, end }, then, is);
		expect(found && is.slice(found.start, found.end)).toBe(reads);
	});

	test('are never outside of the text, and say no more than is kept', () => {
		fc.assert(
			fc.property(phrase, phrase, fc.nat(60), fc.nat(60), (then, is, one, other) => {
				const [start, end] = [Math.min(one, other, then.length), Math.min(Math.max(one, other), then.length)];
				fc.pre(start < end);
				const found = anchored({ start, end }, then, is);
				if (!found) return;
				expect([found.start >= 0, found.start < found.end, found.end <= is.length]).toEqual([true, true, true]);
				expect(found.kept === 1).toBe(is.slice(found.start, found.end) === then.slice(start, end));
			}),
			{ numRuns: 2_000 },
		);
	});
});

describe('a comment', () => {
	const then = new Map([
		['p1', 'Definitions\nA detainer is a request.'],
		['p2', CLAUSE],
		['p3', 'The clerk keeps a record of every request.'],
	]);
	const on = (provision: string, words: string) => ({ provision, span: spanOf(then.get(provision) ?? '', words) });
	const cut = CLAUSE.indexOf('unless');

	test('goes with the part that has its words when a provision is split', () => {
		const parts: [string, string][] = [
			['p1', then.get('p1') ?? ''],
			['p2', CLAUSE.slice(0, cut).trim()],
			['n1', CLAUSE.slice(cut)],
			['p3', then.get('p3') ?? ''],
		];
		expect(placed(on('p2', 'judicial warrant'), then, new Map(parts))).toMatchObject({
			...{ kind: 'stands', provision: 'n1', changed: false },
		});
		expect(placed(on('p2', 'An officer'), then, new Map(parts))).toMatchObject({ provision: 'p2', changed: false });
	});

	test('goes with the words when its provision is joined to another', () => {
		const joined = new Map([
			['p1', then.get('p1') ?? ''],
			['p2', `${CLAUSE} ${then.get('p3')}`],
		]);
		expect(placed(on('p3', 'every request'), then, joined)).toMatchObject({ kind: 'stands', provision: 'p2' });
		expect(placed({ provision: 'p3', span: null }, then, joined)).toMatchObject({ kind: 'stands', provision: 'p2' });
	});

	test('on words that are gone says so, at its provision while that is there', () => {
		const without = new Map(then).set('p3', 'The clerk reports in March.');
		expect(placed(on('p3', 'a record of every request'), then, without)).toEqual({ kind: 'gone', provision: 'p3' });
		without.delete('p3');
		expect(placed(on('p3', 'a record of every request'), then, without)).toEqual({ kind: 'gone', provision: null });
	});

	test('does not go to another provision that always had the words', () => {
		const is = new Map(then).set('p3', 'The clerk reports.').set('p1', 'Definitions\nA detainer is a mere request.');
		expect(placed(on('p3', 'request'), then, is)).toEqual({ kind: 'gone', provision: 'p3' });
	});

	test('on the whole of a provision stays with it', () => {
		const is = new Map([...then].reverse()).set('p2', 'Repealed.');
		expect(placed({ provision: 'p2', span: null }, then, is)).toEqual({
			...{ kind: 'stands', provision: 'p2', span: null, changed: true },
		});
	});
});

describe('words that somebody typed', () => {
	const blanks = [
		{ id: 'city', kind: 'text', label: { en: 'name of the city', es: 'nombre de la ciudad' } },
	] as unknown as readonly Blank[];
	const view = (answers: Record<string, string>) => ({ blanks, answers, draft: { language: 'en' } }) as never;
	const one = { heading: 'Scope', text: '{{if records}}No employee of {{city}} may ask for a “paper” - ever.' };
	const marked = (typed: string, answers = {}) => {
		const span = chosen(typed, one, view(answers));
		return span && wordsOf(one).slice(span.start, span.end);
	};

	test.each([
		['employee', {}, 'employee'],
		['employ', {}, 'employee'],
		['EMPLOYEE  of\nPort Ellery', { city: 'Port Ellery' }, 'employee of {{city}}'],
		['Ellery may', { city: 'Port Ellery' }, '{{city}} may'],
		['[name of the city]', {}, '{{city}}'],
		['a "paper" – ever', {}, 'a “paper” - ever'],
		['Scope No', {}, 'Scope\n{{if records}}No'],
		['.*', {}, null],
		['“', {}, null],
		['employer', {}, null],
		['', {}, null],
	] as const)('%s are found where they stand', (typed, answers, words) => {
		expect(marked(typed, answers)).toBe(words);
	});

	test('are found whatever signs they have', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
				const own = text.replaceAll(/[{}]/g, '').replaceAll(/\s+/g, ' ').trim();
				fc.pre(/^[\p{L}\p{N}].*[\p{L}\p{N}]$/u.test(own));
				const span = chosen(own, { heading: null, text: `Before ${own} after` }, view({}));
				expect(span).not.toBeNull();
			}),
		);
	});
});
