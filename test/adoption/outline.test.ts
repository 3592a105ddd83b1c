import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DraftProvision } from '#adoption/draft.ts';
import {
	added,
	type Change,
	joined,
	moved,
	type Place,
	placesFor,
	type Refused,
	removed,
	split,
} from '#adoption/structure/outline.ts';
import type { ProvisionKind } from '#library/provision.ts';

/** `section one` is a section with that word; two blanks deeper it lies in the line above. Ids are the words. */
function drawn(picture: string): readonly DraftProvision[] {
	const lines = picture.split('\n').filter((line) => line.trim() !== '');
	const depths = lines.map((line) => line.search(/\S/));
	return lines.map((line, at) => {
		const [kind = '', ...words] = line.trim().split(' ');
		const parent = depths.slice(0, at).findLastIndex((depth) => depth < (depths[at] as number));
		return {
			id: words[0] ?? '',
			kind: kind as ProvisionKind,
			parent: parent < 0 ? null : parent,
			number: null,
			heading: null,
			text: words.join(' '),
			from: null,
		};
	});
}

function picture(change: Change | Refused): string {
	if ('refused' in change) return change.refused;
	const depth = (at: number | null): number => (at === null ? 0 : 1 + depth(change.text[at]?.parent ?? null));
	return change.text.map(({ kind, parent, text }) => `${'  '.repeat(depth(parent))}${kind} ${text}`).join('\n');
}

const TEXT = drawn(`
preface Title
recital Whereas
section One
  subsection Alpha
    paragraph First
    paragraph Second
  subsection Beta
section Two
  definition Term
section Three {{if open}} words
conclusion Signed
`);
const NEW = { id: 'n', kind: null, heading: null, words: 'New' } as const;

describe('a change that cannot be', () => {
	test.each<[string, Change | Refused, Refused['refused']]>([
		['of what is not there', removed(TEXT, 'none'), 'not_there'],
		['after what is not there', moved(TEXT, 'One', { after: 'none' }), 'not_there'],
		['with an id that is taken', added(TEXT, { ...NEW, id: 'One' }, 'end'), 'taken'],
		['into itself', moved(TEXT, 'One', { first: 'First' }), 'into_itself'],
		['right after itself', moved(TEXT, 'One', { after: 'One' }), 'into_itself'],
		['of a recital into a section', moved(TEXT, 'Whereas', { first: 'One' }), 'no_place'],
		['into signatures', added(TEXT, NEW, { first: 'Signed' }), 'no_place'],
		['of a section among subsections', added(TEXT, { ...NEW, kind: 'section' }, { after: 'Alpha' }), 'no_place'],
		['of the last with the next', joined(TEXT, 'Beta'), 'nothing_next'],
		['of two kinds', joined(TEXT, 'Whereas'), 'nothing_next'],
		['of a word', split(drawn('section One two'), 'One', 5, 'n'), 'inside_word'],
		['at the beginning', split(TEXT, 'One', 0, 'n'), 'no_words'],
		['inside a blank', split(drawn('section One {{city}} two'), 'One', 8, 'n'), 'inside_blank'],
		['that leaves a condition alone', split(drawn('section {{if x}} two'), '{{if', 8, 'n'), 'no_words'],
	])('%s', (_, change, refused) => {
		expect(change).toEqual({ refused });
	});

	test('below an item, or of what stands under another condition', () => {
		const deep = drawn(
			'section a\n  subsection b\n    paragraph c\n      subparagraph d\n        clause e\n          item f',
		);
		expect(moved([...deep, ...drawn('section g')], 'g', { first: 'f' })).toEqual({ refused: 'too_deep' });
		const pair = drawn('section One\nsection Two').map((one, at) =>
			at === 1 ? { ...one, text: '{{if x}} Two' } : one,
		);
		expect(joined(pair, 'One')).toEqual({ refused: 'other_condition' });
	});
});

describe('a provision', () => {
	test.each<[string, Change | Refused, string]>([
		[
			'at the end stands before the signatures',
			added(TEXT, NEW, 'end'),
			'section Three {{if open}} words\nsection New\nconclusion Signed',
		],
		[
			'after another stands behind all that lies in it',
			added(TEXT, NEW, { after: 'Alpha' }),
			'    paragraph Second\n  subsection New\n  subsection Beta',
		],
		[
			'first in what holds none is of the level below',
			added(TEXT, NEW, { first: 'Beta' }),
			'  subsection Beta\n    paragraph New',
		],
		[
			'that moves up is what its new siblings are',
			moved(TEXT, 'Alpha', { after: 'Two' }),
			'  definition Term\nsection Alpha\n  subsection First\n  subsection Second\nsection Three',
		],
		[
			'that moves down takes its levels along',
			moved(TEXT, 'One', { first: 'Two' }),
			'section Two\n  subsection One\n    paragraph Alpha\n      subparagraph First\n      subparagraph Second\n    paragraph Beta\n  definition Term',
		],
		['that is removed takes along what lies in it', removed(TEXT, 'Alpha'), 'section One\n  subsection Beta'],
		[
			'joined to one with a list becomes its last piece',
			joined(TEXT, 'Alpha'),
			'    paragraph Second\n    paragraph Beta',
		],
		[
			'joined to words goes on with them',
			joined(TEXT, 'First'),
			'  subsection Alpha\n    paragraph First Second\n  subsection Beta',
		],
	])('%s', (_, change, part) => {
		expect(picture(change)).toContain(part);
	});

	test('keeps its condition in both parts, and its list in the second', () => {
		const text = drawn('section One {{if open}} words: then\n  subsection Alpha').map((one, at) =>
			at === 0 ? { ...one, text: '{{if open}} Some words: then' } : one,
		);
		const made = split(text, 'One', 23, 'n');
		expect(picture(made)).toBe('section {{if open}} Some words:\nsection {{if open}} then\n  subsection Alpha');
		expect('cut' in made && made.cut).toEqual({ from: 'One', into: 'n' });
		expect(picture(joined('text' in made ? made.text : [], 'One'))).toBe(
			'section {{if open}} Some words: then\n  subsection Alpha',
		);
	});
});

test('what a change does not touch stays the same object, and a move back restores the text', () => {
	const at = fc.integer({ min: 0, max: TEXT.length - 1 });
	fc.assert(
		fc.property(at, at, fc.constantFrom('after', 'first'), (which, where, how) => {
			const [one, to] = [TEXT[which] as DraftProvision, TEXT[where] as DraftProvision];
			const place: Place = how === 'after' ? { after: to.id } : { first: to.id };
			const made = moved(TEXT, one.id, place);
			if ('refused' in made) return;
			// Before the first of both places nothing shifts.
			const from = Math.min(which, where);
			for (let before = 0; before < from; before++) expect(made.text[before]).toBe(TEXT[before]);
			const row = TEXT.filter(({ parent }) => parent === one.parent);
			const before = row[row.indexOf(one) - 1];
			const over = one.parent === null ? null : (TEXT[one.parent] as DraftProvision).id;
			const back = moved(made.text, one.id, before ? { after: before.id } : { first: over });
			expect('text' in back && back.text.map(({ id }) => id)).toEqual(TEXT.map(({ id }) => id));
			expect('text' in back && back.text.map(({ parent }) => parent)).toEqual(TEXT.map(({ parent }) => parent));
		}),
	);
});

describe('the places offered to a provision', () => {
	test.each(TEXT.map(({ id }) => id))('%s are those that take it, without the one where it is', (id) => {
		const every: readonly Exclude<Place, 'end'>[] = [
			{ first: null },
			...TEXT.flatMap((one) => [{ after: one.id }, { first: one.id }]),
		];
		const now = picture({ text: TEXT, placed: [], merged: null, cut: null });
		const taking = every.filter((place) => {
			const made = picture(moved(TEXT, id, place));
			return made !== now && made.includes('\n');
		});
		expect(placesFor(TEXT, id)).toEqual(taking);
	});

	test('are none for what is not there', () => {
		expect(placesFor(TEXT, 'none')).toEqual([]);
	});
});
