import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { scan } from '#kernel/xml.ts';
import { toAkomaNtoso } from '#library/export/akn.ts';
import { toDocx } from '#library/export/docx.ts';
import { toHtml } from '#library/export/html.ts';
import { paperOf } from '#library/export/outgoing.ts';
import { toPlainText } from '#library/export/text.ts';
import { type Piece, PROVISION_KINDS, type Provision } from '#library/provision.ts';
import { readBytes } from '#library/read/read.ts';
import { outgoing } from '../outgoing.ts';

const SCHEMA = join(import.meta.dirname, '../../../../shared/data/schema');
const SAMPLES = 100;

/** What breaks files: markup, ends of CDATA, controls, halves of characters, right-to-left, entities. */
const HARD = [
	'<script>alert(1)</script>',
	']]>',
	'\u0000\u0001\u000b',
	'\ud800',
	'\udfff x',
	'שלום ‮abc',
	'&amp;&#0;',
	'"\'><img onerror=x>',
	'\ufffe',
	'\t\n',
	'<!--',
	'-->',
	'{{x}}',
	'javascript:alert(1)',
];
const WORDS = fc.oneof(
	fc.constantFrom(...HARD),
	fc.string({ unit: 'binary' }),
	fc.constantFrom('(a)', '§ 1.', 'No hold.'),
);

const PROVISIONS = fc
	.array(
		fc.record({
			kind: fc.constantFrom(...PROVISION_KINDS),
			up: fc.nat(3),
			number: fc.option(WORDS),
			heading: fc.option(WORDS),
			text: WORDS,
			state: fc.constantFrom('same', 'added', 'changed', 'removed'),
			redline: fc.option(
				fc.array(fc.record({ op: fc.constantFrom<Piece['op']>('same', 'added', 'removed'), text: WORDS }), {
					maxLength: 4,
				}),
			),
		}),
		{ maxLength: 12 },
	)
	.map((made) =>
		made.map(
			({ up, ...rest }, index): Provision => ({
				...(rest as Omit<Provision, 'eId' | 'parent' | 'start' | 'end' | 'before'>),
				eId: `p_${index}`,
				parent: index === 0 || up === 0 ? null : Math.max(0, index - up),
				start: 0,
				end: 0,
				before: rest.state === 'removed' ? { number: rest.number, heading: rest.heading, text: rest.text } : null,
			}),
		),
	);

const OUT = fc.tuple(PROVISIONS, WORDS, WORDS).map(([provisions, title, source]) =>
	outgoing(
		{ text: '', provisions, amendments: [], problems: [] },
		{
			work: { number: title },
			version: { title, source: { name: source, address: source, retrieved: null, file: false, published: true } },
			lawSentence: source,
		},
	),
);

test.skipIf(!existsSync(SCHEMA))('Akoma Ntoso is valid by the schema of OASIS, whatever a version holds', async () => {
	const read = (fileName: string) => ({ fileName, contents: readFileSync(join(SCHEMA, fileName), 'utf8') });
	const xml = fc
		.sample(OUT, { numRuns: SAMPLES, seed: 4 })
		.map((out, nth) => ({ fileName: `${nth}.xml`, contents: [...toAkomaNtoso(paperOf(out))].join('') }));
	const options = { schema: [read('akomantoso30.xsd')], preload: [read('xml.xsd')], maxMemoryPages: 8_192 };
	expect((await validateXML({ xml, ...options })).errors).toEqual([]);
});

describe('whatever a version holds', () => {
	test('Akoma Ntoso is well-formed and can be read', async () => {
		await fc.assert(
			fc.asyncProperty(OUT, async (out) => {
				const xml = [...toAkomaNtoso(paperOf(out))].join('');
				wellFormed(xml);
				expect(await readBytes(new TextEncoder().encode(xml), 'a.xml')).toSatisfy(
					(read: object) => !('refused' in read) || read.refused === 'empty',
				);
			}),
		);
	});
	test('every part of the Word file is well-formed, and it can be read', async () => {
		await fc.assert(
			fc.asyncProperty(OUT, async (out) => {
				const bytes = toDocx(paperOf(out));
				for (const part of Object.values(unzipSync(bytes))) wellFormed(strFromU8(part));
				expect('refused' in (await readBytes(bytes, 'a.docx'))).toBe(false);
			}),
		);
	});
	test('HTML has no element and no attribute that its writer did not write', () => {
		fc.assert(
			fc.property(OUT, (out) => {
				const html = [...toHtml(paperOf(out))].join('');
				const tags = new Set([...html.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map((match) => match[1]));
				for (const tag of tags) expect(TAGS).toContain(tag);
				expect(html).not.toMatch(/<[^>]*\s(?:on\w+|src)=|href="(?!https?:)/i);
				expect(html.isWellFormed()).toBe(true);
			}),
		);
	});
	test('plain text is words', () => {
		fc.assert(fc.property(OUT, (out) => typeof [...toPlainText(paperOf(out))].join('') === 'string'));
	});
});

const TAGS = [
	'html',
	'head',
	'meta',
	'title',
	'style',
	'body',
	'main',
	'header',
	'h1',
	'p',
	'dl',
	'div',
	'dt',
	'dd',
	'a',
	'section',
	'span',
	'b',
	'ins',
	'del',
	'pre',
	'footer',
];

function wellFormed(xml: string): void {
	expect(xml.isWellFormed()).toBe(true);
	// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML does not allow
	expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
	scan(
		xml.replace(/^<\?xml[^>]*\?>/, ''),
		'the file',
		{ open: () => undefined, close: () => undefined, text: () => undefined },
		300,
	);
}
