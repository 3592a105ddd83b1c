import { getDocumentProxy, getResolvedPDFJS } from 'unpdf';
import { Unreadable } from '#kernel/unreadable.ts';
import type { Blocks, Refusal } from './block.ts';
import { cleaned, type Gatherer, gatherer } from './gather.ts';
import { type InsideGatherer, insideGatherer } from './inside.ts';
import { paragraphsOf } from './pdf-flow.ts';
import { type Operators, rulesOf } from './pdf-ink.ts';
import { type Glyphs, type Line, linesOf } from './pdf-line.ts';
import { withoutMargins } from './pdf-margin.ts';

/** The longest chapters on record have some 2,000 pages; one page takes a few milliseconds. */
const MAX_PAGES = 3_000;
/** Fewer letters than this on a page, on average, and the words are in pictures. */
const LETTERS_A_PAGE = 25;
/** Turned further than this, words are a stamp or a mark in the margin. */
const TURNED = 0.2;

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;
type Page = Awaited<ReturnType<Document['getPage']>>;

/**
 * Reads a PDF that holds its words: lines put together to paragraphs, column after column, without heads, page numbers
 * and line numbers; underlines and strikes from the strokes drawn at the words. A scanned or locked one is refused.
 */
export async function readPdf(bytes: Uint8Array): Promise<Blocks | Refusal> {
	const out = gatherer();
	const inside = insideGatherer();
	let document: Document;
	mendBuffers();
	try {
		// The parser takes the bytes for itself; scripts, forms and fonts are never run or fetched.
		document = await getDocumentProxy(new Uint8Array(bytes), { ...QUIET });
	} catch (cause) {
		return refusalOf(cause);
	}
	try {
		if (document.numPages > MAX_PAGES) {
			throw new Unreadable(
				'too_large',
				`The PDF has ${document.numPages} pages; ${MAX_PAGES} can be read. Offer its parts as files of their own.`,
			);
		}
		const { OPS } = await getResolvedPDFJS();
		await properties(document, inside);
		const pages: Line[][] = [];
		let letters = 0;
		for (let n = 1; n <= document.numPages; n++) {
			const page = await document.getPage(n);
			const lines = await linesOn(page, n, OPS as unknown as Operators, out);
			const own = lines.reduce((sum, line) => sum + (line.text.match(/\p{L}/gu)?.length ?? 0), 0);
			if (own === 0) out.problem('page_without_words', `Page ${n} holds no words.`);
			letters += own;
			pages.push(lines);
			await comments(page, inside);
			page.cleanup();
		}
		if (letters < LETTERS_A_PAGE * Math.max(1, Math.ceil(document.numPages / 4))) return SCANNED;
		if (pages.some((page) => page.some((line) => line.column > 0)))
			out.problem('columns', 'The text stands in two columns; they were read one after the other.');
		for (const block of paragraphsOf(withoutMargins(pages, out).flat())) out.keep(block);
		return { format: 'pdf', blocks: out.blocks, inside: inside.inside, problems: out.problems };
	} finally {
		await document.cleanup().catch(() => undefined);
		await document.destroy().catch(() => undefined);
	}
}

/**
 * pdf.js makes fonts with `ArrayBuffer.transferToFixedLength`, which Node has from 21 on; without it a page's drawing
 * ends at its first words, and with it its underlines. A copy does the same.
 */
function mendBuffers(): void {
	if ('transferToFixedLength' in ArrayBuffer.prototype) return;
	Object.defineProperty(ArrayBuffer.prototype, 'transferToFixedLength', {
		value(this: ArrayBuffer, length = this.byteLength): ArrayBuffer {
			const copy = new ArrayBuffer(length);
			new Uint8Array(copy).set(new Uint8Array(this, 0, Math.min(length, this.byteLength)));
			return copy;
		},
		configurable: true,
		writable: true,
	});
}

async function linesOn(page: Page, n: number, ops: Operators, out: Gatherer): Promise<Line[]> {
	const [left = 0, low = 0, right = 612] = page.view;
	const drawing = await page.getOperatorList();
	const { items } = await page.getTextContent();
	const fonts = new Map<string, string>();
	const nameOf = (id: string): string => {
		const known = fonts.get(id);
		if (known !== undefined) return known;
		const name = fontName(page, id);
		fonts.set(id, name);
		if (/glyphless/i.test(name))
			out.problem('ocr_layer', `The words of page ${n} were recognised from a picture; check them against it.`);
		return name;
	};
	const glyphs: Glyphs[] = [];
	let turned = '';
	for (const item of items) {
		if (!('str' in item) || item.str === '') continue;
		const [a = 1, b = 0, c = 0, d = 1, x = 0, y = 0] = item.transform as number[];
		if (Math.abs(b) > Math.abs(a) * TURNED) {
			turned += item.str;
			continue;
		}
		const name = nameOf(item.fontName);
		glyphs.push({
			text: cleaned(item.str.replace(/\u00ad\s*$/, '-')),
			x: x - left,
			y: y - low,
			width: item.width,
			size: Math.max(1, Math.hypot(c, d)),
			bold: /bold|black|heavy|demi/i.test(name),
			italic: /italic|oblique/i.test(name),
		});
	}
	if (turned.trim() !== '') out.problem('set_apart', `Turned words on page ${n}: ${turned.trim().slice(0, 150)}`);
	const rules = rulesOf(drawing, ops).map((rule) => ({
		left: rule.left - left,
		right: rule.right - left,
		y: rule.y - low,
	}));
	return linesOf(glyphs, rules, n, right - left);
}

function fontName(page: Page, id: string): string {
	try {
		const font = page.commonObjs.has(id) ? (page.commonObjs.get(id) as { name?: unknown }) : null;
		return typeof font?.name === 'string' ? font.name : '';
	} catch {
		return '';
	}
}

async function comments(page: Page, inside: InsideGatherer): Promise<void> {
	const annotations = (await page.getAnnotations().catch(() => [])) as Record<string, unknown>[];
	for (const note of annotations) {
		const author = said(note.titleObj);
		if (note.subtype === 'Link' || note.subtype === 'Widget' || note.subtype === 'Popup') continue;
		inside.comment(author, said(note.contentsObj) ?? '');
		inside.author(author);
	}
}

function said(value: unknown): string | null {
	const text = typeof value === 'object' && value !== null && 'str' in value ? value.str : null;
	return typeof text === 'string' && text !== '' ? text : null;
}

async function properties(document: Document, inside: InsideGatherer): Promise<void> {
	const found = (await document.getMetadata().catch(() => null))?.info as Record<string, unknown> | undefined;
	for (const [key, name] of PROPERTIES) {
		const value = found?.[key];
		if (typeof value === 'string') inside.property(name, value);
		if (typeof value === 'string' && key === 'Author') inside.author(value);
	}
}

function refusalOf(cause: unknown): Refusal {
	const name = cause instanceof Error ? cause.name : '';
	if (name === 'PasswordException') {
		return {
			refused: 'encrypted',
			detail: 'The PDF is protected by a password. Save it without one, or print it to a new PDF.',
		};
	}
	return {
		refused: 'damaged',
		detail: 'The PDF is damaged and cannot be opened. Download it again, or print it to a new PDF.',
	};
}

const SCANNED: Refusal = {
	refused: 'scanned',
	detail:
		'The PDF holds pictures of pages and no words. Run OCR first, for example `ocrmypdf in.pdf out.pdf`, and offer the result.',
};

const QUIET = {
	verbosity: 0,
	isEvalSupported: false,
	disableFontFace: true,
	useSystemFonts: false,
	disableAutoFetch: true,
	disableStream: true,
	enableXfa: false,
	stopAtErrors: false,
} as const;

const PROPERTIES: readonly (readonly [string, string])[] = [
	['Title', 'title'],
	['Author', 'author'],
	['Subject', 'subject'],
	['Keywords', 'keywords'],
	['Creator', 'program'],
	['Producer', 'producer'],
	['CreationDate', 'created'],
	['ModDate', 'saved'],
];
