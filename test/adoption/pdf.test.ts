import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { unzlibSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { Way } from '#adoption/out/export.ts';
import { draftPaper, type Outgoing } from '#adoption/out/outgoing.ts';
import { taken } from '#adoption/out/pdf.server.ts';
import { type Ink, setInLines } from '#adoption/out/pdf-line.ts';
import { Invalid } from '#kernel/error.ts';
import { partsOf } from '#library/export/parts.ts';
import { stretches } from '#library/export/stretch.ts';
import { readBytes } from '#library/read/read.ts';
import { diceOf } from '../library/mutant.ts';
import { copied, edited } from './edits.ts';
import { leaving } from './leaving.ts';
import { MODELS } from './models.ts';

const MODEL = MODELS.find(({ name }) => name === 'detainers') as (typeof MODELS)[number];
const OUT = leaving(MODEL, edited(copied(MODEL.provisions), 12, diceOf(5)));
const WAYS: readonly Way[] = [
	{ form: 'pdf', what: 'clean', profile: 'tracked' },
	{ form: 'pdf', what: 'marked', profile: 'tracked' },
	{ form: 'pdf', what: 'marked', profile: 'new-york-city' },
];
const POPPLER = spawnSync('pdfinfo', ['-v']).status === 0;
if (!POPPLER) console.log('pdfinfo is not installed: the structure of the PDF is not looked at.');

describe.each(WAYS)('a draft taken out as $form, $what, $profile', (way) => {
	test('has every word of it, in its order', async () => {
		const { bytes, name, mediaType } = await taken(OUT, way);
		const read = await readBytes(bytes, name);
		if ('refused' in read) throw new Error(read.detail);
		const found = bare(read.blocks.map(({ runs }) => runs.map(({ text }) => text).join('')).join(''));
		let from = 0;
		for (const words of paragraphsOf(OUT, way)) {
			const at = found.indexOf(words, from);
			expect(at, words).toBeGreaterThanOrEqual(0);
			from = at;
		}
		expect(mediaType).toBe('application/pdf');
		expect(name).toMatch(/^SAMPLE-.*\.pdf$/);
	});
	test('holds no name, no address that is fetched, no script and nothing to open', async () => {
		const whole = inflated((await taken(OUT, way)).bytes);
		expect(whole).not.toMatch(/\/Author|\/URI|\/JavaScript|\/EmbeddedFile|\/Annot|\/OpenAction|\/AcroForm|dc:creator/);
		expect(whole).toMatch(/<pdfuaid:part>1<\/pdfuaid:part>/);
	});
});

test('the same draft is the same bytes', async () => {
	const way = WAYS[1] as Way;
	expect((await taken(OUT, way)).bytes).toEqual((await taken(OUT, way)).bytes);
});

test.each(['条', '‡', 'ǅ'])('a letter that the typeface has not is said, and not left out: %s', async (letter) => {
	const out = { ...OUT, draft: { ...OUT.draft, title: `An ordinance ${letter}` } };
	await expect(taken(out, WAYS[0] as Way)).rejects.toThrow(Invalid);
	await expect(taken(out, WAYS[0] as Way)).rejects.toThrow(`this draft has “${letter}”`);
});

test.skipIf(!POPPLER)(
	'another reader finds language, title and every paragraph in the structure, what is struck with its word',
	async () => {
		const folder = mkdtempSync(join(tmpdir(), 'compact-pdf-'));
		try {
			const way = WAYS[1] as Way;
			writeFileSync(join(folder, 'a.pdf'), (await taken(OUT, way)).bytes);
			const info = spawnSync('pdfinfo', [join(folder, 'a.pdf')], { encoding: 'utf8' });
			expect(info.stderr).toBe('');
			expect(info.stdout).toMatch(/^Tagged: +yes$/m);
			expect(info.stdout).toMatch(/^Title: +An ordinance on “detainers” and warrants$/m);
			const { stdout } = spawnSync('pdfinfo', ['-struct-text', join(folder, 'a.pdf')], { encoding: 'utf8' });
			const text = bare([...stdout.matchAll(/^ *"(.*)"$/gm)].map(([, words]) => words).join(''));
			expect(text).toContain(paragraphsOf(OUT, way).join(''));
			expect(stdout).toMatch(/^ +Span /m);
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	},
);

describe('words set in lines', () => {
	const ink: Ink = { bold: false, italic: false, underline: false, strike: false, coloured: false };
	const other: Ink = { ...ink, bold: true };
	const measure = (text: string): number => [...text].length;

	test('lose no letter, and no line is wider than it may be', () => {
		const words = fc.array(fc.record({ text: fc.string(), ink: fc.constantFrom(ink, other) }), { maxLength: 6 });
		fc.assert(
			fc.property(words, fc.integer({ min: 1, max: 20 }), (list, width) => {
				const set = setInLines(
					list.map((one, stretch) => ({ ...one, stretch })),
					width,
					measure,
				);
				expect(bare(set.map(({ text }) => text).join(''))).toBe(bare(list.map(({ text }) => text).join('')));
				for (const { x, text } of set) expect(x + measure(text.trimEnd())).toBeLessThanOrEqual(width);
				expect(set.map(({ line }) => line)).toEqual(set.map(({ line }) => line).toSorted((a, b) => a - b));
			}),
		);
	});
	test('a word that goes on in another look is not broken there', () => {
		const set = setInLines(
			[
				{ text: 'no hold', ink, stretch: 0 },
				{ text: 'ing', ink: other, stretch: 1 },
			],
			8,
			measure,
		);
		expect(set.map(({ text, line }) => [text, line])).toEqual([
			['no ', 0],
			['hold', 1],
			['ing', 1],
		]);
	});
});

/** Each provision without its blanks and signs of a look. */
function paragraphsOf(out: Outgoing, { what }: Way): readonly string[] {
	return draftPaper(out, what, null)
		.provisions.map((one) =>
			bare(
				stretches(partsOf(one))
					.map(({ text }) => text)
					.join(''),
			),
		)
		.filter((words) => words !== '');
}

/** Without blanks, and without the signs by which a look tells what is struck and what is open. */
function bare(text: string): string {
	return text.replaceAll(/[\s()[\]‹›]/g, '');
}

function inflated(bytes: Uint8Array): string {
	const raw = Buffer.from(bytes).toString('latin1');
	const streams = [...raw.matchAll(/stream\n([\s\S]*?)\nendstream/g)].map(([, stream = '']) => {
		try {
			return Buffer.from(unzlibSync(Buffer.from(stream, 'latin1'))).toString('latin1');
		} catch {
			return stream;
		}
	});
	return [raw, ...streams].join('\n');
}
