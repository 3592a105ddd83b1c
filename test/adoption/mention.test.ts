import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mentions } from '#adoption/structure/mention.ts';

/** Each mention as its words, with what it names in order: `section 3(c)` is `section 3.c`. */
function said(words: string): readonly string[] {
	return mentions(words).map(({ start, end, links }) => {
		const named = links.map(({ unit, pins }) => {
			const of = pins.map(({ head, signs, ranges }) => (ranges ? '..' : '') + [head ?? '', ...signs].join('.'));
			return `${unit.kind} ${of.join(' ') || 'this'}`;
		});
		return `${words.slice(start, end)} = ${named.join(' < ')}`;
	});
}

describe('words name provisions of the same text', () => {
	test.each([
		['under section 3(c) or section 5(a) beyond', ['section 3(c) = section 3.c', 'section 5(a) = section 5.a']],
		['Subsection (a) does not apply', ['Subsection (a) = subsection .a']],
		['the notice in subsection (b), agrees', ['subsection (b) = subsection .b']],
		['sections 3 and 4 apply', ['sections 3 and 4 = section 3 4']],
		['sections 3, 4, and 5(a)(2) apply', ['sections 3, 4, and 5(a)(2) = section 3 4 5.a.2']],
		['sections 3 through 6', ['sections 3 through 6 = section 3 ..6']],
		['sections 3–6', ['sections 3–6 = section 3 ..6']],
		['section 3(a) or (d) says', ['section 3(a) or (d) = section 3.a .d']],
		['subsections (a) to (c)', ['subsections (a) to (c) = subsection .a ...c']],
		['paragraph (2) of subsection (a)', ['paragraph (2) of subsection (a) = paragraph .2 < subsection .a']],
		['paragraph (2) of this subsection', ['paragraph (2) of this subsection = paragraph .2 < subsection this']],
		['subsection (b) of section 4 of this ordinance', ['subsection (b) of section 4 = subsection .b < section 4']],
		['§ 4(b) and §§ 4 and 5', ['§ 4(b) = section 4.b', '§§ 4 and 5 = section 4 5']],
		[
			'as this section says. Section 9.40.030(a) too.',
			['this section = section this', 'Section 9.40.030(a) = section 9.40.030.a'],
		],
		['subdivision b of this section', ['subdivision b of this section = subsection .b < section this']],
		['UNDER SECTION 4 OF THIS ORDINANCE', ['SECTION 4 = section 4']],
		['The City acts. Section 5 applies.', ['Section 5 = section 5']],
		['conforme a la sección 3(c) de esta ordenanza', ['a la sección 3(c) = section 3.c']],
		['los artículos 4 y 5', ['los artículos 4 y 5 = article 4 5']],
		['artículos 3 a 6', ['artículos 3 a 6 = article 3 ..6']],
		['el párrafo (2) del inciso (a)', ['el párrafo (2) del inciso (a) = paragraph .2 < subsection .a']],
		['el inciso b) de este artículo', ['el inciso b) de este artículo = subsection .b < article this']],
		['en esta sección', ['esta sección = section this']],
		['sections 5 through 8, or (ii) a person', ['sections 5 through 8 = section 5 ..8']],
		['section 4 and 30 days later', ['section 4 = section 4']],
		['within section 4, 2026 or not', ['section 4 = section 4']],
	])('%s', (words, named) => {
		expect(said(words)).toEqual(named);
	});
});

describe('words name other law', () => {
	test.each([
		'8 U.S.C. 1373 and 8 U.S.C. § 1644',
		'section 9–131',
		'sections 1 and 2 of title 8 of the United States Code',
		'Section 3 of the Charter',
		'Government Code section 3',
		'Penal Code sections 1 and 2',
		'Gov. Code § 4',
		'section 3, Penal Code',
		'Article III of the Constitution',
		'an Article III judge',
		'section 3 of the Immigration and Nationality Act',
		'INA § 3(g)',
		'8 C.F.R. section 3.1',
		'subsection (a) of section 3 of the penal law',
		'section 3 et seq.',
		'section 3 of this State',
		'the Charter, section 4',
		'el artículo 3 de la Constitución',
		'las secciones 1373 y 1644 del título 8 del Código',
		'la Ley de Armas, artículo 3',
		'Ordinance No. 1121, section 3',
		'a clause a court may strike, and any part I of it',
		'el inciso a que se refiere la ley',
		'this title, these sections and a section',
		'a 4-section form and section 4-year terms',
	])('%s', (words) => {
		expect(said(words).filter((one) => !/this$/.test(one))).toEqual([]);
	});
});

test('any words are read to the end, in order, without overlap', () => {
	const piece = fc.constantFrom(
		...'section sections § subsection paragraph de la del artículo inciso of this and or through , ( ) . 3 4 (a) (b) b) IV 9.40.030 {{city}} Code'.split(
			' ',
		),
	);
	fc.assert(
		fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 30 }), (parts) => {
			const words = parts.join(' ');
			let from = 0;
			for (const { start, end, links } of mentions(words)) {
				expect(start).toBeGreaterThanOrEqual(from);
				expect(end).toBeGreaterThan(start);
				expect(end).toBeLessThanOrEqual(words.length);
				for (const link of links)
					for (const pin of link.pins)
						expect(words.slice(pin.start, pin.end).trim()).toBe(words.slice(pin.start, pin.end));
				from = end;
			}
		}),
		{ numRuns: 300 },
	);
});
