import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIELDS, fieldOf, meant, written } from '#adoption/packet/field.ts';
import { type Filling, filledIn } from '#adoption/packet/fill.ts';
import { ownTemplate } from '#adoption/packet/own-template.ts';
import { packed, readTemplate, reportOf, type Template } from '#adoption/packet/template.ts';
import { scan } from '#kernel/xml.ts';
import { PLANTED, p, r, rels, templateOf, textsOf, uglyTemplate, wordsOf } from './templates.ts';

const FILLING: Filling = {
	lines: {
		title: 'On <warrants> & "holds"',
		number: '2027-3',
		date: 'March 3, 2027',
		city: 'Alder Falls',
		office: 'Clerk',
		sponsor: 'Reyes',
	},
	blocks: {
		text: [
			{ runs: [{ text: 'Section 1. Name', bold: true }], level: 0, heads: true },
			{ runs: [{ text: '(a)' }, { text: '\t' }, { text: 'No hold & no “wait”.' }], level: 1, hangs: true },
			{ runs: [{ text: 'new', look: { underline: true } }], level: 0 },
		],
		summary: [{ runs: [{ text: 'In short.' }], level: 0 }],
	},
	before: [{ runs: [{ text: 'SAMPLE' }], level: 0 }],
	behind: [{ runs: [{ text: 'Sources', bold: true }], level: 0, turns: true }],
	title: 'On warrants',
	author: 'Office of the Clerk',
};

function read(bytes: Uint8Array): Template {
	const made = readTemplate(bytes);
	if ('faults' in made) throw new Error(JSON.stringify(made.faults));
	return made;
}
const faults = (bytes: Uint8Array) => {
	const made = readTemplate(bytes);
	return 'faults' in made ? made.faults.map(({ why, detail }) => [why, detail].join(' ').trim()) : [];
};
describe('a field', () => {
	test('is known in both languages, whatever the size of its letters, its accents and blanks', () => {
		for (const typed of [
			'Ordinance Number',
			'ordinance\u00a0number',
			'NÚMERO DE ORDENANZA',
			'numero de ordenanza',
			'ordinance_number',
		])
			expect([typed, fieldOf(typed)]).toEqual([typed, 'number']);
		for (const field of FIELDS)
			for (const language of ['en', 'es'] as const) expect(fieldOf(written(field, language).slice(1, -1))).toBe(field);
		expect([fieldOf('seal'), fieldOf('')]).toEqual([null, null]);
	});
	test('that was mistyped is guessed, and what is near to none is not', () => {
		expect([
			meant('{tittle}'),
			meant('{sumary}'),
			meant('{recitales}'),
			meant('{fical note}'),
			meant('{texto}'),
		]).toEqual([...['title', 'summary', 'recitals', 'fiscal', 'text']]);
		expect([meant('{seal of the county}'), meant('{x}')]).toEqual([null, null]);
	});
	test('is found in whatever runs Word cut it, and the words around it stay in theirs', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 8 }), fc.boolean(), (cuts, looks) => {
				const text = 'No. {ordinance number} of {date}, {sponsor}';
				const at = [...new Set([0, ...cuts.filter((one) => one < text.length), text.length])].sort((a, b) => a - b);
				const runs = at.slice(1).map((end, n) => r(text.slice(at[n], end), looks && n % 2 === 0 ? '<w:b/>' : ''));
				const made = filledIn(read(templateOf(p('Body', ...runs))), { ...FILLING, before: [], behind: [] });
				expect(wordsOf(made)).toEqual(['No. 2027-3 of March 3, 2027, Reyes']);
				expect(
					textsOf(made)
						.get('word/document.xml')
						?.match(/<w:r[ >]/g),
				).toHaveLength(runs.length);
			}),
			{ numRuns: 100 },
		);
	});
});

describe('a template', () => {
	test('of ours in both languages has every field but one that is left to the city, and nothing stands against it', () => {
		for (const language of ['en', 'es'] as const) {
			const report = reportOf(read(ownTemplate(language)));
			expect(FIELDS.filter((field) => !report.found.includes(field))).toEqual(['office']);
			expect([report.unknown, report.homeless, report.stripped, report.enacts]).toEqual([[], [], [], false]);
			expect(ownTemplate(language)).toEqual(ownTemplate(language));
		}
	});
	test('says what it has, what is no field, and what has no place', () => {
		const report = reportOf(
			read(
				templateOf(p('Body', 'BE IT ORDAINED {tittle} {city} { } {1} {}') + p('Body', '{texto}') + p('Body', '{seal}')),
			),
		);
		expect(report).toMatchObject({ found: ['city', 'text'], unknown: ['{tittle}', '{seal}'], enacts: true });
		expect(report.homeless).toEqual(['recitals', 'enacting', 'redline', 'summary', 'fiscal', 'sources']);
	});
	test.each([
		['words beside the field', p('Body', 'See {text} below'), 'crowded text'],
		['a picture beside it', `<w:p><w:r><w:t>{summary}</w:t><w:drawing/></w:r></w:p>`, 'crowded summary'],
		['none of the fields', p('Body', 'Agenda'), 'no_fields text'],
		['tracked changes', p('Body', '{title}', `<w:ins w:id="1" w:author="A">${r('x')}</w:ins>`), 'tracked'],
		['a field that names its user', p('Body', '{title}', '<w:fldSimple w:instr=" AUTHOR "/>'), 'field AUTHOR'],
		[
			'a field of another file, cut in two',
			p(
				'Body',
				'{title}',
				'<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>INCLUDE</w:instrText><w:instrText>TEXT "x"</w:instrText><w:fldChar w:fldCharType="end"/></w:r>',
			),
			'field INCLUDETEXT',
		],
		['an object of a program', p('Body', '{title}', '<w:r><w:object/></w:r>'), 'embedded object'],
		['another file as text', `${p('Body', '{title}')}<w:altChunk r:id="rId9"/>`, 'embedded altChunk'],
	])('with %s is refused, and it is said why', (_, body, why) => {
		expect(faults(templateOf(body))).toEqual([why]);
	});
	test('is refused with a sentence for each: macros, links, other pictures, and a block in a margin', () => {
		const body = p('Body', '{title}');
		const main = 'word/_rels/document.xml.rels';
		const drawn = `<w:document xmlns:w="w" xmlns:r="r"><w:body>${body}<w:p><w:r><w:pict r:id="rId1"/></w:r></w:p></w:body></w:document>`;
		const with_ = (more: Record<string, string | Uint8Array>) => faults(templateOf(body, more));
		expect(with_({ 'word/vbaProject.bin': 'x' })).toEqual(['macros']);
		expect(with_({ [main]: rels([['image', 'https://elsewhere.example/a.png', true]]) })).toEqual(['linked image']);
		expect(with_({ 'word/document.xml': drawn, [main]: rels([['oleObject', 'embeddings/a.bin']]) })).toEqual([
			'embedded oleObject',
		]);
		expect(with_({ [main]: rels([['image', 'media/a.png']]), 'word/media/a.png': 'no picture' })).toEqual([
			'picture a.png',
		]);
		expect(
			with_({
				[main]: rels([
					['intelligence', 'intelligence2.xml'],
					['frame', 'https://x.example', true],
				]),
			}),
		).toEqual([]);
		const margin = { 'word/header1.xml': `<w:hdr xmlns:w="w">${p('Body', '{text}')}</w:hdr>` };
		expect(with_({ [main]: rels([['header', 'header1.xml']]), ...margin })).toEqual(['margin text']);
		expect(with_({ [main]: rels([['header', 'header1.xml']]), 'word/header1.xml': '<w:hdr' })).toEqual(['damaged']);
	});
	test('is refused where it is no Word file, an old or locked one, too large or a bomb', () => {
		const text = (words: string) => new TextEncoder().encode(words);
		expect(faults(text('{title}'))).toEqual(['no_word']);
		expect(faults(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]))).toEqual(['old_word']);
		expect(faults(new Uint8Array(5_000_001))).toEqual(['too_large']);
		expect(faults(templateOf(p('Body', '{title}')).subarray(0, 600))).toEqual(['damaged']);
		expect(faults(templateOf(p('Body', '{title}'), { 'word/big.xml': new Uint8Array(40_000_000) }))).toEqual(['bomb']);
		expect(faults(templateOf('', { '[Content_Types].xml': '<Types/>' }))).toEqual(['no_word']);
		expect(faults(templateOf('<!DOCTYPE x [<!ENTITY a "b">]>'))).toEqual(['damaged']);
	});
	test('is refused with more paragraphs than a template has, however small each is', () => {
		expect(faults(templateOf(p('Body', '{title}') + '<w:p/>'.repeat(20_000)))).toEqual(['bomb']);
		expect(read(templateOf(p('Body', '{title}') + '<w:p/>'.repeat(2_000))).stories.size).toBe(1);
	});
	test('is refused where its text is missing, and has each part once however it is spelled', () => {
		const missing = { '_rels/.rels': rels([['officeDocument', 'word/gone.xml']]) };
		const types =
			textsOf(templateOf('')).get('[Content_Types].xml')?.replace('/word/document.xml', '/word/gone.xml') ?? '';
		expect(faults(templateOf(p('Body', '{title}'), { ...missing, '[Content_Types].xml': types }))).toEqual(['damaged']);
		const headers = rels([
			['header', 'header1.xml'],
			['header', 'Header1.XML'],
		]);
		const header = `<w:hdr xmlns:w="w">${p('Body', '{city}')}</w:hdr>`;
		const twice = { 'word/_rels/document.xml.rels': headers, 'word/header1.xml': header };
		const kept = packed(read(templateOf(p('Body', '{title}'), twice)).parts);
		expect(packed(read(kept).parts)).toEqual(kept);
	});
	test('of a long text that refers to thousands of parts is read in one pass over it', () => {
		const words = Array.from({ length: 400_000 }, (_, n) => `word${n}`).join(' ');
		const parts = Array.from({ length: 20_000 }, (_, n) => ['comment', `comment${n}.xml`] as const);
		const long = templateOf(p('Body', '{title}') + p('Body', words), { 'word/_rels/document.xml.rels': rels(parts) });
		expect(read(long).stripped).toEqual(['ids', 'data']);
	});
	test('loses what names its makers, and nothing that a page shows', () => {
		const before = textsOf(uglyTemplate());
		expect([...before].filter(([, text]) => text.includes('lantada')).length).toBeGreaterThan(6);
		const template = read(uglyTemplate());
		expect([...template.stripped].sort()).toEqual([
			...['comments', 'data', 'hidden', 'ids', 'links', 'paths', 'picture_data', 'properties'],
		]);
		const kept = packed(template.parts);
		for (const [name, text] of textsOf(kept)) {
			expect(text, name).not.toMatch(/lantada|rsid|paraId|docId|docVar|clerk\.example|commentR|External|<!--|vanish/);
		}
		// Word calls a picture without a name damaged.
		expect(textsOf(kept).get('word/header1.xml')).toContain('<pic:cNvPr id="0" name=""/>');
		expect(wordsOf(kept)).toEqual(wordsOf(uglyTemplate()).map((line) => (line.startsWith('Hidden') ? '' : line)));
		// What is kept is kept again as it is.
		expect(packed(read(kept).parts)).toEqual(kept);
	});
});

describe('a filled template', () => {
	test('has the words in their places, and everything else byte for byte', () => {
		const template = read(uglyTemplate());
		const made = filledIn(template, FILLING);
		expect(filledIn(template, FILLING)).toEqual(made);
		const [is, was] = [textsOf(made), textsOf(packed(template.parts))];
		for (const name of ['word/styles.xml', 'word/settings.xml', 'word/footer1.xml', 'word/media/seal.png'])
			expect(is.get(name), name).toBe(was.get(name));
		const lines = wordsOf(made);
		expect(lines.slice(0, 6)).toEqual([
			...['SAMPLE', 'File No. 2027-3', '', 'AGENDA ITEM', 'City of Alder Falls', 'ORDINANCE NO. 2027-3, March 3, 2027'],
		]);
		expect(lines).toEqual(
			expect.arrayContaining(['On <warrants> & "holds"', 'Section 1. Name', '(a)No hold & no “wait”.', 'In short.']),
		);
		expect(lines.at(-1)).toBe('Sources');
		expect(lines.join()).not.toMatch(/[{}]/);
		const xml = is.get('word/document.xml') ?? '';
		// The style at the field, what is further in hanging, and the bookmark around the field.
		expect(xml).toContain(
			'<w:pPr><w:pStyle w:val="Body"/><w:keepNext/></w:pPr><w:bookmarkStart w:id="7" w:name="body"/><w:bookmarkEnd w:id="7"/><w:r><w:rPr><w:b/></w:rPr>',
		);
		expect(xml).toContain('<w:pStyle w:val="Body"/><w:ind w:left="900" w:hanging="540"/></w:pPr>');
		expect(xml).toContain('<w:rPr><w:u w:val="single"/></w:rPr><w:t xml:space="preserve">new</w:t>');
		expect(is.get('word/header1.xml')).toContain('Alder Falls');
		expect(is.get('docProps/core.xml')).toMatch(/<dc:creator>Office of the Clerk<\/dc:creator><\/cp:coreProperties>$/);
		for (const [name, text] of is) expect(text, name).not.toContain(PLANTED);
	});
	test('leaves an empty paragraph where a part was left out, also in a cell of a table', () => {
		const cell = `<w:tbl><w:tr><w:tc>${p('Small', '{summary}')}</w:tc></w:tr></w:tbl>`;
		const made = filledIn(read(templateOf(cell + p('Body', '{title}'))), {
			...FILLING,
			blocks: {},
			before: [],
			behind: [],
		});
		expect(textsOf(made).get('word/document.xml')).toContain(
			'<w:tc><w:p><w:pPr><w:pStyle w:val="Small"/></w:pPr></w:p></w:tc>',
		);
	});
	test('turns the page where the template did, before the first paragraph and behind the last', () => {
		const page = '<w:r><w:br w:type="page"/></w:r>';
		const xml =
			textsOf(filledIn(read(templateOf(p('Body', page, '{text}', page))), FILLING)).get('word/document.xml') ?? '';
		const at = [xml.indexOf(page), xml.indexOf('Section 1. Name'), xml.indexOf('>new<'), xml.lastIndexOf(page)];
		expect(at).toEqual(at.toSorted((a, b) => a - b));
		expect(xml.split(page)).toHaveLength(3);
	});
	test('ends a section where its field did, and makes no list of what stands in one', () => {
		const section = '<w:sectPr><w:lnNumType w:countBy="1"/></w:sectPr>';
		const body = `<w:p><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr><w:jc w:val="both"/>${section}</w:pPr>${r('{text}')}</w:p>`;
		const xml = textsOf(filledIn(read(templateOf(body)), FILLING)).get('word/document.xml') ?? '';
		expect(xml.split(section)).toHaveLength(2);
		expect(xml.indexOf(section)).toBeGreaterThan(xml.indexOf('No hold'));
		expect(xml).not.toContain('<w:numId w:val="3"/>');
	});
	test.each([
		['a paragraph without a style', `<w:p>${r('{text}')}</w:p>`],
		['a style that is based on another', p('Clause', '{text}')],
	])('goes by the styles at %s: further in than they are, and counted by no list of theirs', (_, body) => {
		const shape = '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr><w:ind w:left="360"/></w:pPr>';
		const styles = `<w:styles xmlns:w="w"><w:style w:type="paragraph" w:default="1" w:styleId="Normal">${shape}</w:style><w:style w:type="paragraph" w:styleId="Clause"><w:basedOn w:val="Normal"/></w:style></w:styles>`;
		const bytes = templateOf(body, {
			'word/styles.xml': styles,
			'word/_rels/document.xml.rels': rels([['styles', 'styles.xml']]),
		});
		const xml = textsOf(filledIn(read(bytes), FILLING)).get('word/document.xml') ?? '';
		expect(xml).toContain('<w:ind w:left="900" w:hanging="540"/>');
		// The three paragraphs of the field.
		expect(xml.match(/<w:numId w:val="0"\/>/g)).toHaveLength(3);
	});
	test('is well-formed whatever was done to the template, or it is refused', () => {
		const [whole, plain] = [uglyTemplate(), textsOf(uglyTemplate()).get('word/document.xml') ?? ''];
		const survives = (bytes: Uint8Array) => {
			const template = readTemplate(bytes);
			if ('faults' in template) return expect(template.faults.length).toBeGreaterThan(0);
			const made = filledIn(template, FILLING);
			for (const [name, text] of textsOf(made))
				if (/\.(?:xml|rels)$/.test(name)) scan(text, name, { open() {}, close() {}, text() {} }, 300);
		};
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }), (marks) => {
				const bytes = whole.slice();
				for (const [at, byte] of marks) bytes[at % bytes.length] = byte;
				survives(bytes);
			}),
			{ numRuns: 300 },
		);
		fc.assert(
			fc.property(
				fc.nat(),
				fc.nat(400),
				fc.constantFrom('', '<w:p>', '</w:p>', '{text}', '<w:t>{', '}', '"', '&', '<w:r/>'),
				(at, cut, put) => {
					const from = at % plain.length;
					survives(
						templateOf('', {
							'word/document.xml': Buffer.from(plain.slice(0, from) + put + plain.slice(from + cut), 'latin1'),
						}),
					);
				},
			),
			{ numRuns: 500 },
		);
	});
});
