import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Cited, cite, pinpoint } from '#library/cite.ts';
import { chain } from '#library/export/tree.ts';
import type { Instrument } from '#library/policy.ts';
import type { ProvisionKind } from '#library/provision.ts';
import { textBlocks } from '#library/read/text.ts';
import { structure } from '#library/structure/structure.ts';
import { outgoing } from './outgoing.ts';

const { work, version } = outgoing({ text: '', provisions: [], amendments: [], problems: [] });
const TEXAS = {
	...(work.place as NonNullable<typeof work.place>),
	kind: 'state',
	name: 'Texas',
	stateCode: 'TX',
} as const;

/** A chain as `kind number`, outermost first. */
function chainOf(...steps: readonly string[]): Cited['chain'] {
	let eId = '';
	return steps.map((step) => {
		const [kind, ...number] = step.split(' ');
		eId += `${eId === '' ? '' : '__'}${kind}_1`;
		return { kind: kind as ProvisionKind, number: number.join(' ') || null, eId };
	});
}

describe('a pinpoint', () => {
	test.each([
		[['section § 9-131.', 'subsection b.', 'paragraph 1.'], '§ 9-131(b)(1)'],
		[['section § 9-131.', 'subsection b.', 'paragraph 1.', 'subparagraph (ii)'], '§ 9-131(b)(1)(ii)'],
		[['section Section 1.'], '§ 1'],
		[['section Sec. 2-173-010'], '§ 2-173-010'],
		[['section SECTION 4.', 'subsection (a)', 'paragraph (1)', 'subparagraph (A)', 'clause (i)'], '§ 4(a)(1)(A)(i)'],
		[['chapter Chapter 2', 'section Section 4.'], 'ch. 2, § 4'],
		[['chapter CHAPTER 2-173', 'section 2-173-010.'], '§ 2-173-010'],
		[['title Title 9', 'chapter Chapter 1'], 'tit. 9, ch. 1'],
		[['article ARTICLE IV'], 'art. IV'],
		[['part Part B', 'section Section 3.', 'subsection (a)'], 'pt. B, § 3(a)'],
		[['section § 1.', 'quoted', 'section § 9-131', 'subsection b.'], '§ 9-131(b)'],
		[['section § 1.', 'quoted', 'subsection a.', 'paragraph 2.'], '§ 1, quoted (a)(2)'],
		[['section § 1.', 'quoted'], '§ 1, quoted words'],
		[['recital'], 'recital 1'],
		[['formula'], 'enacting clause'],
		[['section Sección 3.', 'subsection a)'], '§ 3(a)'],
		[['section § 2.', 'definition'], '§ 2'],
		[[], null],
	] as const)('of %j is %s', (steps, pin) => {
		expect(pinpoint(chainOf(...steps))).toBe(pin);
	});
});

test('a provision of a text that was read is found in its own numbers', () => {
	const text = structure(
		textBlocks(
			'Section 1. Detainers. No officer shall:\n(a) hold a person;\n(b) ask:\n(1) by form; or\n(2) by letter.',
		),
	);
	const at = text.provisions.findIndex(({ eId }) => eId === 'sec_1__subsec_b__para_2');
	expect(pinpoint(chain(text.provisions, at))).toBe('§ 1(b)(2)');
});

describe('after The Bluebook', () => {
	const at = 'https://compact.example/library/ny/place/new-york/local-law-58-of-2014/2014-11-14';
	test.each([
		['ordinance', { number: 'Ordinance Number 118' }, 'New York, N.Y., Ordinance No. 118 (Nov. 14, 2014)'],
		['ordinance', {}, 'New York, N.Y., Local Law 58 of 2014 (Nov. 14, 2014)'],
		['ordinance', { number: null }, 'New York, N.Y., A local law in relation to detainers (Nov. 14, 2014)'],
		[
			'code_chapter',
			{ number: 'Administrative Code ch. 9' },
			'New York, N.Y. Administrative Code ch. 9 (Nov. 14, 2014)',
		],
		['resolution', { number: 'Resolution 12' }, 'New York, N.Y., Res. 12 (Nov. 14, 2014)'],
		['executive_order', { number: 'Executive Order No. 41' }, 'New York, N.Y., Exec. Order No. 41 (Nov. 14, 2014)'],
		['statute', { number: 'S.B. 4', place: TEXAS }, 'Tex., S.B. 4 (Nov. 14, 2014)'],
		[
			'police_directive',
			{ number: 'General Order 2' },
			'New York, N.Y., A local law in relation to detainers, General Order 2 (Nov. 14, 2014)',
		],
		[
			'model',
			{ number: null, place: null },
			'City Compact, A local law in relation to detainers (Nov. 14, 2014) (model)',
		],
		['toolkit', { number: null, place: null }, 'City Compact, A local law in relation to detainers (Nov. 14, 2014)'],
		['letter', { number: null, place: null }, 'City Compact, A local law in relation to detainers (Nov. 14, 2014)'],
		['ordinance', { sample: true }, 'New York, N.Y., Local Law 58 of 2014 (Nov. 14, 2014) (SAMPLE)'],
	] as const)('%s %j', (instrument, given, begins) => {
		const cited = { work: { ...work, instrument, ...given }, version, chain: [], origin: 'https://compact.example' };
		expect(cite(cited).bluebook).toBe(`${begins}, ${at}.`);
	});
});

test('a provision is cited with its pinpoint and its own address, in every manner', () => {
	const chain = chainOf('section § 9-131.', 'subsection b.');
	const { bluebook, plain, bibtex } = cite({ work, version, chain, origin: 'https://compact.example' });
	const address = `https://compact.example/library/${version.address}/section_1__subsection_1`;
	expect(bluebook).toBe(`New York, N.Y., Local Law 58 of 2014, § 9-131(b) (Nov. 14, 2014), ${address}.`);
	expect(plain).toBe(
		`New York, NY, Local Law 58 of 2014, A local law in relation to detainers, § 9-131(b), version of 2014-11-14. ${address}`,
	);
	expect(bibtex).toContain('@legislation{new-york-local-law-58-of-2014-2014-11-14,\n');
	expect(bibtex).toContain('  note = {§ 9-131(b)},\n');
	expect(bibtex).toContain(`  url = {${address}},\n`);
});

test('a translation is called unofficial', () => {
	const cited = {
		work,
		version: { ...version, official: false, language: 'es' as const },
		chain: [],
		origin: 'https://x.example',
	};
	expect(cite(cited).plain).toContain('unofficial translation');
	expect(cite(cited).bibtex).toContain('language = {spanish}');
});

describe('TeX prints', () => {
	test.each([
		['A & B', 'A \\& B'],
		['100 % of #4', '100 \\% of \\#4'],
		['{x}_y^z~', '\\{x\\}\\_y\\textasciicircum{}z\\textasciitilde{}'],
		['a\\b', 'a\\textbackslash{}b'],
		['$5\u0000', '\\$5'],
	])('%s', (words, written) => {
		const cited = { work, version: { ...version, title: words }, chain: [], origin: 'https://x.example' };
		expect(cite(cited).bibtex).toContain(`  title = {{${written}}},\n`);
	});
	test('whatever a title holds, the braces of an entry pair', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (title) => {
				const { bibtex } = cite({
					work: { ...work, number: title },
					version: { ...version, title },
					chain: [],
					origin: 'https://x.example',
				});
				const bare = bibtex.replaceAll(/\\[\\{}$&#%_]/g, '');
				expect(bare.split('{').length).toBe(bare.split('}').length);
			}),
		);
	});
});

test('every kind of paper has a citation', () => {
	const kinds: readonly Instrument[] = [
		'ordinance',
		'code_chapter',
		'resolution',
		'executive_order',
		'police_directive',
		'statute',
		'model',
		'toolkit',
		'letter',
	];
	for (const instrument of kinds) {
		const made = cite({ work: { ...work, instrument }, version, chain: [], origin: 'https://x.example' });
		expect(made.bibtex.startsWith('@')).toBe(true);
		expect(made.plain).toContain(work.title);
	}
});
