import latin from '@fontsource/source-serif-4/files/source-serif-4-latin-400-normal.woff?inline';
import latinBold from '@fontsource/source-serif-4/files/source-serif-4-latin-700-normal.woff?inline';
import extended from '@fontsource/source-serif-4/files/source-serif-4-latin-ext-400-normal.woff?inline';
import extendedBold from '@fontsource/source-serif-4/files/source-serif-4-latin-ext-700-normal.woff?inline';
import ranges from '@fontsource/source-serif-4/unicode.json' with { type: 'json' };
import PDFDocument from 'pdfkit';
import { type Speech, speech } from '#i18n/message.ts';
import { Invalid } from '#kernel/error.ts';
import { legend } from '#library/export/legend.ts';
import type { Paper, Written } from '#library/export/outgoing.ts';
import { partsOf } from '#library/export/parts.ts';
import { ADDED_COLOUR, enclosed, lookOf as markOf, type Stretch, stretches } from '#library/export/stretch.ts';
import { depths } from '#library/export/tree.ts';
import type { TextLanguage } from '#library/policy.ts';
import { PROFILES, type Profile } from '#library/redline/profile.ts';
import { exported, fileName, lookOf, type Sent, type Way } from './export.ts';
import { draftPaper, type Outgoing } from './outgoing.ts';
import { type Ink, type Placed, setInLines, type Words } from './pdf-line.ts';

/** Letter paper and its margins, in points. */
const PAGE = { width: 612, height: 792, side: 72, top: 72, foot: 40 } as const;
/** A number hangs half an inch, each level lies as far in; a page is no wider. */
const HANG = 36;
const DEEPEST = 6;
const SIZE = { title: 16, words: 11, notice: 9, foot: 7.5 } as const;
/** Lines that a heading needs below it. */
const HEADED = 3;
/** Of a line, in letters' sizes. */
const LEADING = 1.35;
const PLAIN: Ink = { bold: false, italic: false, underline: false, strike: false, coloured: false };
const BOLD: Ink = { ...PLAIN, bold: true };

/** Its types know the subsets for archives only. */
const SUBSET = 'PDF/UA' as unknown as PDFKit.Mixins.PDFSubsets;

/** A draft as a file of any form; PDF among them. Throws `Invalid` where the PDF's typeface has no sign for a letter. */
export async function taken(out: Outgoing, way: Way): Promise<Sent> {
	const { form } = way;
	if (form !== 'pdf') return exported(out, { ...way, form });
	// Ink on paper tracks nothing: underlined and struck.
	const look = lookOf(way) ?? PROFILES.chicago;
	const bytes = await written(draftPaper(out, way.what, look), look);
	return { bytes, mediaType: 'application/pdf', name: fileName(out, way) };
}

/** Tagged PDF 1.7 that says it keeps PDF/UA-1: typefaces inside, language and title, every paragraph in the structure. */
async function written(paper: Paper, look: Profile): Promise<Uint8Array> {
	const { head, language, day, provisions } = paper;
	const t = speech(language);
	const doc = new PDFDocument({
		...{ size: [PAGE.width, PAGE.height], margin: 0, autoFirstPage: false, bufferPages: true, font: '' },
		...{ pdfVersion: '1.7', subset: SUBSET, tagged: true, displayTitle: true, lang: `${language}-US` },
		// The day, and no hour: the same draft is the same bytes.
		info: {
			...{ Title: unmarked(head.title, language), CreationDate: new Date(`${day}T00:00:00Z`) },
			...{ Producer: 'City Compact', Creator: 'City Compact' },
		},
	});
	const chunks: Uint8Array[] = [];
	const done = new Promise<void>((resolve, reject) => doc.on('end', resolve).on('error', reject));
	doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
	for (const [name, data] of Object.entries({ latin, latinBold, extended, extendedBold }))
		doc.registerFont(name, Buffer.from(data.slice(data.indexOf(',') + 1), 'base64'));

	const foot = footOf(doc, head.notices.join(' '));
	const sheet: Sheet = { doc, t, bottom: PAGE.height - PAGE.foot - foot.height, y: PAGE.top, widths: new Map() };
	doc.addPage();
	const root = doc.struct('Document');
	doc.addStructure(root);
	paragraph(
		sheet,
		root,
		'H1',
		[{ op: 'same', words: [{ text: head.title, ink: BOLD, stretch: 0 }] }],
		SIZE.title,
		0,
		8,
	);
	const marked = provisions.some(({ redline }) => redline !== null);
	for (const notice of [
		...head.notices,
		...(marked ? [legend(look, language)] : []),
		...head.origin.map(({ name, value }) => `${name}: ${value}`),
	]) {
		paragraph(sheet, root, 'P', [{ op: 'same', words: [{ text: notice, ink: PLAIN, stretch: 0 }] }], SIZE.notice, 0, 2);
	}
	sheet.y += 10;
	const depth = depths(provisions);
	for (const [at, one] of provisions.entries()) provision(sheet, root, one, Math.min(depth[at] ?? 0, DEEPEST), look);
	root.end();
	foot.write(t);
	doc.end();
	await done;
	return Buffer.concat(chunks);
}

/** The title as pdfkit may put it into markup, which it does as it is. */
function unmarked(title: string, language: TextLanguage): string {
	const and = language === 'es' ? ' y ' : ' and ';
	return title
		.replaceAll(/\s*&\s*/g, and)
		.replaceAll('<', '‹')
		.replaceAll('>', '›');
}

/** Where the next line goes. */
interface Sheet {
	readonly doc: PDFKit.PDFDocument;
	readonly t: Speech;
	/** No line goes below. */
	readonly bottom: number;
	y: number;
	/** Of words that were measured: most come again. */
	readonly widths: Map<string, number>;
}

/** What of a paragraph stands in one element of the structure. */
interface Part {
	readonly op: Stretch['op'];
	readonly words: readonly Words[];
}

function provision(sheet: Sheet, root: PDFKit.PDFStructureElement, one: Written, depth: number, look: Profile): void {
	const row = enclosed(stretches(partsOf(one)), look);
	if (row.length === 0) return;
	const parts = partsIn(row, look);
	const wordless = row.every(({ part }) => part !== 'text');
	const left = depth * HANG;
	paragraph(sheet, root, wordless ? 'H2' : 'P', parts, SIZE.words, left, 6);
}

/** Stretches of one kind side by side are one element; a tab is as wide as two blanks. */
function partsIn(row: readonly Stretch[], look: Profile): readonly Part[] {
	const parts: { op: Stretch['op']; words: Words[] }[] = [];
	for (const { op, part, text } of row) {
		if (parts.at(-1)?.op !== op) parts.push({ op, words: [] });
		parts
			.at(-1)
			?.words.push({ text: text.replaceAll('\t', '  '), ink: inkOf(op, part, look), stretch: parts.length - 1 });
	}
	return parts;
}

function inkOf(op: Stretch['op'], part: Stretch['part'], look: Profile): Ink {
	const has = markOf(op, look);
	return {
		bold: part === 'heading',
		italic: has.italic ?? false,
		underline: has.underline ?? false,
		strike: has.strike ?? false,
		coloured: has.color ?? false,
	};
}

/** Sets a paragraph and puts it into the structure: what is added and removed as a span that a voice can tell. */
function paragraph(
	sheet: Sheet,
	root: PDFKit.PDFStructureElement,
	tag: string,
	parts: readonly Part[],
	size: number,
	left: number,
	after: number,
): void {
	const { doc, t } = sheet;
	const width = PAGE.width - 2 * PAGE.side - left;
	const set = setInLines(
		parts.flatMap(({ words }) => words),
		width,
		(text, { bold }) => known(sheet.widths, `${bold} ${size} ${text}`, () => widthOf(doc, text, bold, size)),
	);
	const leading = size * LEADING;
	// A heading never stands last on a page.
	if (sheet.y + leading * (tag === 'P' ? 1 : HEADED) > sheet.bottom) turn(sheet);
	let line = 0;
	const draw = (one: Placed): void => {
		sheet.y += (one.line - line) * leading;
		line = one.line;
		if (sheet.y + leading > sheet.bottom) turn(sheet);
		ink(doc, one, PAGE.side + left + one.x, sheet.y, size);
	};
	const element = doc.struct(tag);
	root.add(element);
	parts.forEach(({ op, words }, nth) => {
		const mine = set.filter(({ stretch }) => stretch === nth);
		if (mine.length === 0) return;
		const content = (): void => mine.forEach(draw);
		if (op === 'same') element.add(content);
		else {
			const said = words.map(({ text }) => text).join('');
			element.add(doc.struct('Span', { alt: t.say(`takeout.pdf.${op}`, { words: said.trim() }) }, [content]));
		}
	});
	element.end();
	sheet.y += leading + after;
}

function turn(sheet: Sheet): void {
	sheet.doc.continueOnNewPage();
	sheet.y = PAGE.top;
}

/** Words of one look, in as many typefaces as their letters need. */
function ink(doc: PDFKit.PDFDocument, { text, ink: look }: Words, x: number, y: number, size: number): void {
	doc.fillColor(look.coloured ? `#${ADDED_COLOUR}` : '#000000');
	let at = x;
	for (const { face, letters } of faces(text, look.bold)) {
		doc.font(face).fontSize(size);
		const { underline, strike } = look;
		doc.text(letters, at, y, { lineBreak: false, underline, strike, oblique: look.italic });
		at += doc.widthOfString(letters);
	}
}

function known(widths: Map<string, number>, key: string, measure: () => number): number {
	const found = widths.get(key) ?? measure();
	widths.set(key, found);
	return found;
}

function widthOf(doc: PDFKit.PDFDocument, text: string, bold: boolean, size: number): number {
	return faces(text, bold).reduce(
		(sum, { face, letters }) => sum + doc.font(face).fontSize(size).widthOfString(letters),
		0,
	);
}

const RANGES = [ranges.latin, ranges['latin-ext']].map((list) =>
	list.split(',').map((range) =>
		range
			.slice(2)
			.split('-')
			.map((code) => Number.parseInt(code, 16)),
	),
);

/** The typeface of each letter: Latin, or the rest of Latin. Throws `Invalid` for a letter of another script. */
function faces(text: string, bold: boolean): readonly { readonly face: string; readonly letters: string }[] {
	const made: { face: string; letters: string }[] = [];
	for (const letter of text) {
		const code = letter.codePointAt(0) ?? 0;
		const found = RANGES.findIndex((list) => list.some(([from = 0, to = from]) => code >= from && code <= to));
		if (found < 0) {
			throw new Invalid(
				`PDF files are set in Latin letters, and this draft has “${letter}”. Take it out as Word or as a web page.`,
			);
		}
		const face = `${found === 0 ? 'latin' : 'extended'}${bold ? 'Bold' : ''}`;
		const last = made.at(-1);
		if (last?.face === face) last.letters += letter;
		else made.push({ face, letters: letter });
	}
	return made;
}

/** The foot of every page: notices and its number, outside the structure. */
function footOf(doc: PDFKit.PDFDocument, notices: string): { readonly height: number; write(t: Speech): void } {
	const measure = (text: string, { bold }: Ink): number => widthOf(doc, text, bold, SIZE.foot);
	const set = setInLines([{ text: notices, ink: PLAIN, stretch: 0 }], PAGE.width - 2 * PAGE.side, measure);
	const leading = SIZE.foot * LEADING;
	const height = ((set.at(-1)?.line ?? 0) + 3) * leading;
	const write = (t: Speech): void => {
		const { count } = doc.bufferedPageRange();
		for (let page = 0; page < count; page++) {
			doc.switchToPage(page);
			doc.markContent('Artifact', { type: 'Pagination' });
			const top = PAGE.height - PAGE.foot - height + leading;
			for (const one of set) ink(doc, one, PAGE.side + one.x, top + one.line * leading, SIZE.foot);
			const number = t.say('takeout.pdf.page', { n: page + 1, of: count });
			ink(doc, { text: number, ink: PLAIN, stretch: 0 }, PAGE.side, top + height - 2 * leading, SIZE.foot);
			doc.endMarkedContent();
		}
	};
	return { height, write };
}
