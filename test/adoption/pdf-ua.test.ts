import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LOOKS, type Way } from '#adoption/out/export.ts';
import { taken } from '#adoption/out/pdf.server.ts';
import { readMarkdown } from '#library/read/markdown.ts';
import { readBytes } from '#library/read/read.ts';
import { structure } from '#library/structure/structure.ts';
import { diceOf } from '../library/mutant.ts';
import { copied, edited } from './edits.ts';
import { leaving } from './leaving.ts';
import { MODELS } from './models.ts';
import { at, type Dict, dictOf, got, isStream, listOf, opened, type Pdf, type Value } from './pdf-objects.ts';
import { elementsOf, pagesOf, rootOf, wordsIn } from './pdf-tree.ts';
import { faults, RULES, type Rule } from './pdf-ua.ts';

const SHELF = join(import.meta.dirname, '..', '..', 'seeds', 'library');
const ENGLISH = MODELS.find(({ name }) => name === 'police-directive') as (typeof MODELS)[number];
const SPANISH = {
	...ENGLISH,
	provisions: structure(readMarkdown(readFileSync(join(SHELF, ENGLISH.name, 'summary.es.md')))).provisions,
};
const WAYS: readonly Way[] = [
	{ form: 'pdf', what: 'clean', profile: 'tracked' },
	...LOOKS.map((profile): Way => ({ form: 'pdf', what: 'marked', profile })),
];

describe.each(['en', 'es'] as const)('a draft in %s', (language) => {
	const model = language === 'en' ? ENGLISH : SPANISH;
	const out = leaving(model, edited(copied(model.provisions), 12, diceOf(5)));
	const draft = { ...out.draft, language };
	test.each(WAYS)('taken out $what, $profile, breaks no rule of PDF/UA-1 that a machine can tell', async (way) => {
		expect(faults(opened((await taken({ ...out, draft }, way)).bytes))).toEqual({});
	});
});

test('signs that the typeface lacks are set as what they look like, and what nobody sees is left out', async () => {
	const title = 'Sub\u00adsection\u20021\u20112\u00a0\u200bof the\u2028An\u0303o\ton\u202f“Nin\u0303o”\u0007\u200f';
	const out = leaving(ENGLISH, copied(ENGLISH.provisions).slice(0, 1));
	const { bytes } = await taken({ ...out, draft: { ...out.draft, title } }, WAYS[0] as Way);
	expect(faults(opened(bytes))).toEqual({});
	const read = await readBytes(bytes, 'a.pdf');
	if ('refused' in read) throw new Error(read.detail);
	expect(read.blocks[0]?.runs.map(({ text }) => text).join('')).toBe('Subsection 1-2 of the Año on “Niño”');
});

test('what holds no words is not in the structure', async () => {
	const [one] = copied(ENGLISH.provisions);
	const blank = { ...one, number: null, heading: null, text: ' \u2003' } as ReturnType<typeof copied>[number];
	const out = leaving(ENGLISH, [blank, ...copied(ENGLISH.provisions).slice(0, 2)]);
	for (const way of WAYS) expect(faults(opened((await taken(out, way)).bytes))).toEqual({});
});

test('notices in English are said to be so in a draft in Spanish', async () => {
	const out = leaving(SPANISH, copied(SPANISH.provisions), { lawSentence: null });
	const { bytes } = await taken({ ...out, draft: { ...out.draft, language: 'es' } }, WAYS[0] as Way);
	const pdf = opened(bytes);
	const told = elementsOf(pdf).map(({ dict }) => wordsIn(pdf, dict, 'Lang'));
	// The title; that it is a sample and a draft, in two languages each; then place and day.
	expect(told.slice(1, 8)).toEqual([null, 'en-US', null, 'en-US', null, null, null]);
	expect(wordsIn(pdf, rootOf(pdf), 'Lang')).toBe('es-US');
});

/** One fault of each kind, made in a file that has none. */
const SPOILED: Readonly<Record<Rule, (pdf: Pdf) => void>> = {
	'5 identification': (pdf) => replace(at(pdf, rootOf(pdf), 'Metadata'), 'pdfuaid:part>1', 'pdfuaid:part>2'),
	'6.1 header': (pdf) => Object.assign(pdf, { header: '%PDF-2.0' }),
	'6.2 marked': (pdf) => rootOf(pdf).delete('MarkInfo'),
	'7.1 suspects': (pdf) => dictOf(pdf, at(pdf, rootOf(pdf), 'MarkInfo')).set('Suspects', true),
	'7.1 tagged or artifact': (pdf) => replace(page(pdf, 0), /$/, '\n0 0 9 9 re f'),
	'7.1 roles': (pdf) => first(pdf, '/P').set('S', '/Clause'),
	'7.1 title': (pdf) => dictOf(pdf, at(pdf, rootOf(pdf), 'ViewerPreferences')).set('DisplayDocTitle', false),
	'7.1 tree': (pdf) => first(pdf, '/Span').delete('P'),
	'7.2 language': (pdf) => rootOf(pdf).set('Lang', { words: 'English' }),
	'7.2 nesting': (pdf) => first(pdf, '/P').set('S', '/LBody'),
	'7.3 figures': (pdf) => first(pdf, '/P').set('S', '/Figure'),
	'7.4 headings': (pdf) => first(pdf, '/H1').set('S', '/H2'),
	'7.5 tables': (pdf) => first(pdf, '/P').set('S', '/TH'),
	'7.9 notes': (pdf) => first(pdf, '/P').set('S', '/Note'),
	'7.10 to 7.20 nothing else': (pdf) => rootOf(pdf).set('AcroForm', new Map()),
	'7.18 annotations': (pdf) =>
		pagesOf(pdf)[0]?.set('Annots', [new Map<string, Value>([['Subtype', '/Link']]) satisfies Dict]),
	'7.21.3 composite typefaces': (pdf) => below(pdf).delete('CIDToGIDMap'),
	'7.21.4 embedded': (pdf) => dictOf(pdf, below(pdf).get('FontDescriptor')).delete('FontFile2'),
	'7.21.5 widths': (pdf) => below(pdf).set('W', [0, Array.from({ length: 200 }, () => 77)]),
	'7.21.7 unicode': (pdf) => replace(at(pdf, face(pdf), 'ToUnicode'), /<[0-9a-f]{4}>(?=\]|\s*<)/g, '<0000>'),
	'7.21.8 no .notdef': (pdf) => replace(page(pdf, 0), /\[<[0-9a-f]{4}/, '[<0000'),
	'no empty element': (pdf) => first(pdf, '/H1').set('K', []),
	'what only the eye tells is said': (pdf) => first(pdf, '/Span').delete('Alt'),
};

test.each(Object.entries(SPOILED))('a file that breaks %s is found out', async (rule, spoil) => {
	const out = leaving(SPANISH, edited(copied(SPANISH.provisions), 12, diceOf(5)));
	const pdf = opened((await taken(out, { form: 'pdf', what: 'marked', profile: 'chicago' })).bytes);
	spoil(pdf);
	expect(Object.keys(faults(pdf))).toContain(rule);
});

test('every rule has a file that breaks it', () => {
	expect(Object.keys(SPOILED)).toEqual(Object.keys(RULES));
});

test('a typeface whose list of glyphs lacks one is found out', async () => {
	const pdf = opened((await taken(leaving(SPANISH, copied(SPANISH.provisions)), WAYS[0] as Way)).bytes);
	dictOf(pdf, below(pdf).get('FontDescriptor')).set('CIDSet', { dict: new Map(), bytes: Uint8Array.of(0xff, 0xef) });
	expect(faults(pdf)['7.21.4 embedded']).toContain('its CIDSet lacks glyph 11');
});

function first(pdf: Pdf, role: string): Dict {
	return elementsOf(pdf).find((element) => element.role === role)?.dict as Dict;
}

function page(pdf: Pdf, nth: number): Value {
	return got(pdf, listOf(pdf, pagesOf(pdf)[nth]?.get('Contents'))[0]);
}

function face(pdf: Pdf): Dict {
	const fonts = dictOf(pdf, at(pdf, pagesOf(pdf)[0] as Dict, 'Resources', 'Font'));
	return dictOf(pdf, [...fonts.values()][0]);
}

function below(pdf: Pdf): Dict {
	return dictOf(pdf, listOf(pdf, face(pdf).get('DescendantFonts'))[0]);
}

function replace(stream: Value, what: string | RegExp, by: string): void {
	if (!isStream(stream)) throw new Error('That is no stream.');
	stream.bytes = Buffer.from(Buffer.from(stream.bytes).toString('latin1').replace(what, by), 'latin1');
}
