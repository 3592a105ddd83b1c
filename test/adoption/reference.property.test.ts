import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DraftProvision } from '#adoption/draft.ts';
import { lookup } from '#adoption/structure/lookup.ts';
import { meantBy, rangesOf } from '#adoption/structure/meaning.ts';
import { mentions } from '#adoption/structure/mention.ts';
import { added, moved, type Place, removed } from '#adoption/structure/outline.ts';
import { restructured } from '#adoption/structure/restructure.ts';
import type { ProvisionKind } from '#library/provision.ts';

type Text = readonly DraftProvision[];

const KINDS = [
	'chapter',
	'article',
	'section',
	'section',
	'subsection',
	'subsection',
	'paragraph',
	'quoted',
	'text',
] as const;
const NUMBERS: Readonly<Partial<Record<ProvisionKind, readonly string[]>>> = {
	chapter: ['Chapter 1', 'Chapter 2'],
	article: ['Artículo 1.', 'Artículo 2.'],
	section: ['Section 1.', 'Section 2.', 'Section 3.', '§ 9.40.010', '§ 9.40.020'],
	subsection: ['(a)', '(b)', '(c)'],
	paragraph: ['(1)', '(2)', '(i)'],
};
const PIECES = [
	...[
		'section 1',
		'section 2(a)',
		'Sections 1 and 2',
		'sections 1 through 3',
		'section 1(a) or (b)',
		'§ 3',
		'§§ 1 and 2(b)',
	],
	...[
		'subsection (a)',
		'subsections (a) and (b)',
		'paragraph (1) of subsection (a)',
		'paragraphs (1) to (3)',
		'this section',
	],
	...[
		'subsection (b) of section 2',
		'this chapter',
		'chapter 2',
		'el artículo 1',
		'del inciso (b) de este artículo',
		'esta sección',
	],
	...[
		'los artículos 1 y 2(a)',
		'section 9.40.010(b)',
		'of the Charter',
		'words',
		'{{open ? "under section 1" : ""}}',
		'(a)',
		'2',
		'.',
	],
];

/** Texts as no drafter writes them: any level in any other, numbers twice, missing and out of order. */
const TEXTS: fc.Arbitrary<Text> = fc
	.array(
		fc.record({
			kind: fc.constantFrom(...KINDS),
			depth: fc.nat(4),
			number: fc.nat(5),
			words: fc.array(fc.constantFrom(...PIECES), { maxLength: 6 }),
		}),
		{ minLength: 1, maxLength: 12 },
	)
	.map((drawn) => {
		const open: number[] = [];
		return drawn.map(({ kind, depth, number, words }, at) => {
			open.length = Math.min(open.length, depth);
			const parent = open.at(-1) ?? null;
			open.push(at);
			const text = words.join(' ');
			return { id: `p${at}`, kind, parent, number: NUMBERS[kind]?.[number] ?? null, heading: null, text, from: null };
		});
	});

/** What the words of each provision name, as ids. */
function meanings(text: Text): ReadonlyMap<string, readonly (readonly string[])[]> {
	const found = lookup(text);
	return new Map(
		text.map(({ id, text: words }, at) => [
			id,
			mentions(words).map(({ links: [link, ...outer] }) =>
				link === undefined
					? []
					: rangesOf(link, meantBy([link, ...outer], at, found), found)
							.flat()
							.flatMap((one) => text[one]?.id ?? []),
			),
		]),
	);
}

test('in any text a reference names after a change what it named before, or is told of', () => {
	fc.assert(
		fc.property(
			TEXTS,
			fc.nat(11),
			fc.nat(11),
			fc.constantFrom('add', 'remove', 'after', 'first'),
			(text, which, where, act) => {
				const [one, to] = [text[which % text.length]?.id ?? '', text[where % text.length]?.id ?? ''];
				const place: Place = act === 'first' ? { first: to } : { after: to };
				const change =
					act === 'add'
						? added(text, { id: 'n', kind: null, heading: null, words: 'New.' }, place)
						: act === 'remove'
							? removed(text, one)
							: moved(text, one, place);
				if ('refused' in change) return;
				const { text: after, dangling } = restructured(text, change, 'en');
				const [was, is] = [meanings(text), meanings(after)];
				const quoted = (id: string) => {
					const at = after.findIndex((provision) => provision.id === id);
					return lookup(after)
						.over(at)
						.some((over) => after[over]?.kind === 'quoted');
				};
				for (const [id, named] of was) {
					if (!is.has(id) || quoted(id)) continue;
					const told = new Set(dangling.filter(({ in: holder }) => holder === id).map(({ meant }) => meant));
					const now = new Set((is.get(id) ?? []).flat());
					// What lies in another that is named is named with it.
					const covers = (meant: string) =>
						lookup(after)
							.over(after.findIndex((one) => one.id === meant))
							.some((over) => now.has(after[over]?.id ?? ''));
					const lost = named.filter(
						(meant) => !meant.every((one) => covers(one) || !is.has(one)) && !meant.some((one) => told.has(one)),
					);
					expect(lost).toEqual([]);
				}
			},
		),
		{ numRuns: 400 },
	);
});
