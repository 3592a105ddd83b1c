import latin from '@fontsource/source-serif-4/files/source-serif-4-latin-400-normal.woff?inline';
import latinBold from '@fontsource/source-serif-4/files/source-serif-4-latin-700-normal.woff?inline';
import extended from '@fontsource/source-serif-4/files/source-serif-4-latin-ext-400-normal.woff?inline';
import extendedBold from '@fontsource/source-serif-4/files/source-serif-4-latin-ext-700-normal.woff?inline';
import { Invalid } from '#kernel/error.ts';
import { ADDED_COLOUR } from '#library/export/stretch.ts';
import type { Ink, Words } from './pdf-line.ts';

/** The typefaces of a PDF. Both throw `Invalid` for a letter that none of them has. */
export interface Type {
	/** In points. */
	width(text: string, bold: boolean, size: number): number;
	/** Sets words of one look with their top at a place of the page, in points. */
	set(words: Words, x: number, y: number, size: number): void;
}

/** Letters of one face side by side. */
interface Row {
	readonly face: string;
	letters: string;
}

const REGULAR = { latin, extended };
const BOLD = { latinBold, extendedBold };
/** Signs that the typeface lacks and another stands for: hyphens and blanks of a width of their own, the bar before a quotation. */
const INSTEAD: readonly (readonly [RegExp, string])[] = [
	[/[\u2010\u2011]/g, '-'],
	[/\u2015/g, '—'],
	[/[\t\v\f\p{Zs}\p{Zl}\p{Zp}]/gu, ' '],
	// Nothing of these is seen in print: marks of direction, places where a word may break.
	[/[\p{Cc}\p{Cf}]/gu, ''],
];

/** Puts the typefaces into a file and sets its letters: those of Latin, or of the rest of Latin. */
export function type(doc: PDFKit.PDFDocument): Type {
	for (const [name, data] of Object.entries({ ...REGULAR, ...BOLD }))
		doc.registerFont(name, Buffer.from(data.slice(data.indexOf(',') + 1), 'base64'));
	const known = { regular: new Map<string, string>(), bold: new Map<string, string>() };

	function faceOf(letter: string, bold: boolean): string {
		const faces = bold ? known.bold : known.regular;
		const face = faces.get(letter) ?? Object.keys(bold ? BOLD : REGULAR).find((name) => has(doc.font(name), letter));
		if (face === undefined) {
			throw new Invalid(
				`The typeface of PDF files has Latin letters, and this draft has “${letter}”. Take it out as Word or as a web page.`,
			);
		}
		faces.set(letter, face);
		return face;
	}
	function rows(text: string, bold: boolean): readonly Row[] {
		const made: Row[] = [];
		for (const letter of INSTEAD.reduce((words, [sign, by]) => words.replaceAll(sign, by), text.normalize('NFC'))) {
			const face = faceOf(letter, bold);
			const last = made.at(-1);
			if (last?.face === face) last.letters += letter;
			else made.push({ face, letters: letter });
		}
		return made;
	}
	return {
		width: (text, bold, size) =>
			rows(text, bold).reduce(
				(sum, { face, letters }) => sum + doc.font(face).fontSize(size).widthOfString(letters),
				0,
			),
		set({ text, ink }, x, y, size) {
			doc.fillColor(ink.coloured ? `#${ADDED_COLOUR}` : '#000000');
			let at = x;
			for (const { face, letters } of rows(text, ink.bold)) {
				doc.font(face).fontSize(size).text(letters, at, y, lookOf(ink));
				at += doc.widthOfString(letters);
			}
		},
	};
}

/** Whether the typeface in use has a letter: what pdfkit knows and its types do not tell. */
function has(doc: PDFKit.PDFDocument, letter: string): boolean {
	const { _font } = doc as unknown as { _font: { font: { hasGlyphForCodePoint(code: number): boolean } } };
	return _font.font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0);
}

function lookOf({ underline, strike, italic }: Ink): PDFKit.Mixins.TextOptions {
	return { lineBreak: false, underline, strike, oblique: italic };
}
