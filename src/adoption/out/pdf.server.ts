import PDFDocument from 'pdfkit';
import { type Speech, speech } from '#i18n/message.ts';
import { legend } from '#library/export/legend.ts';
import type { Paper, Written } from '#library/export/outgoing.ts';
import { partsOf } from '#library/export/parts.ts';
import { enclosed, lookOf as markOf, type Stretch, stretches } from '#library/export/stretch.ts';
import { depths } from '#library/export/tree.ts';
import type { TextLanguage } from '#library/policy.ts';
import { PROFILES, type Profile } from '#library/redline/profile.ts';
import { exported, fileName, lookOf, type Sent, type Way } from './export.ts';
import { draftPaper, type Outgoing } from './outgoing.ts';
import { type Ink, type Placed, setInLines, type Words } from './pdf-line.ts';
import { type Type, type as typeOf } from './pdf-type.server.ts';

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

/** Written here, because pdfkit's own `subset` adds a list of glyphs to each typeface that lacks some, which PDF/UA forbids. */
const KEEPS_UA = `
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about=""><pdfuaid:part>1</pdfuaid:part></rdf:Description>
`;

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
		...{ pdfVersion: '1.7', tagged: true, displayTitle: true, lang: `${language}-US` },
		// The day, and no hour: the same draft is the same bytes.
		info: {
			...{ Title: unmarked(head.title, language), CreationDate: new Date(`${day}T00:00:00Z`) },
			...{ Producer: 'City Compact', Creator: 'City Compact' },
		},
	});
	doc.appendXML(KEEPS_UA);
	const chunks: Uint8Array[] = [];
	const done = new Promise<void>((resolve, reject) => doc.on('end', resolve).on('error', reject));
	doc.on('data', (chunk: Uint8Array) => chunks.push(chunk));
	const type = typeOf(doc);

	const foot = footOf(doc, type, head.notices.join(' '));
	const sheet: Sheet = { doc, type, t, bottom: PAGE.height - PAGE.foot - foot.height, y: PAGE.top, widths: new Map() };
	doc.addPage();
	const root = doc.struct('Document');
	doc.addStructure(root);
	const plain = (text: string, ink: Ink): readonly Part[] => [{ op: 'same', words: [{ text, ink, stretch: 0 }] }];
	paragraph(sheet, root, plain(head.title, BOLD), { tag: 'H1', size: SIZE.title, left: 0, after: 8 });
	const marked = provisions.some(({ redline }) => redline !== null);
	for (const notice of [
		...head.notices,
		...(marked ? [legend(look, language)] : []),
		...head.origin.map(({ name, value }) => `${name}: ${value}`),
	]) {
		const lang = head.english.has(notice) ? { lang: 'en-US' } : {};
		paragraph(sheet, root, plain(notice, PLAIN), { tag: 'P', ...lang, size: SIZE.notice, left: 0, after: 2 });
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
		.replaceAll(/\p{Cc}/gu, ' ')
		.replaceAll(/\s*&\s*/g, and)
		.replaceAll('<', '‹')
		.replaceAll('>', '›');
}

/** Where the next line goes. */
interface Sheet {
	readonly doc: PDFKit.PDFDocument;
	readonly type: Type;
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

/** How a paragraph is set; measures in points. */
interface Manner {
	readonly tag: 'H1' | 'H2' | 'P';
	/** Where it is not that of the file. */
	readonly lang?: string;
	readonly size: number;
	readonly left: number;
	readonly after: number;
}

function provision(sheet: Sheet, root: PDFKit.PDFStructureElement, one: Written, depth: number, look: Profile): void {
	const row = enclosed(stretches(partsOf(one)), look);
	if (row.length === 0) return;
	const parts = partsIn(row, look);
	const wordless = row.every(({ part }) => part !== 'text');
	const left = depth * HANG;
	paragraph(sheet, root, parts, { tag: wordless ? 'H2' : 'P', size: SIZE.words, left, after: 6 });
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
	parts: readonly Part[],
	{ tag, size, left, after, ...language }: Manner,
): void {
	const { doc, type, t } = sheet;
	const width = PAGE.width - 2 * PAGE.side - left;
	const set = setInLines(
		parts.flatMap(({ words }) => words),
		width,
		(text, { bold }) => known(sheet.widths, `${bold} ${size} ${text}`, () => type.width(text, bold, size)),
	);
	if (set.length === 0) return;
	const leading = size * LEADING;
	// A heading never stands last on a page.
	if (sheet.y + leading * (tag === 'P' ? 1 : HEADED) > sheet.bottom) turn(sheet);
	let line = 0;
	const draw = (one: Placed): void => {
		sheet.y += (one.line - line) * leading;
		line = one.line;
		if (sheet.y + leading > sheet.bottom) turn(sheet);
		type.set(one, PAGE.side + left + one.x, sheet.y, size);
	};
	const element = doc.struct(tag, language);
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

function known(widths: Map<string, number>, key: string, measure: () => number): number {
	const found = widths.get(key) ?? measure();
	widths.set(key, found);
	return found;
}

/** The foot of every page: notices and its number, outside the structure. */
function footOf(
	doc: PDFKit.PDFDocument,
	type: Type,
	notices: string,
): { readonly height: number; write(t: Speech): void } {
	const measure = (text: string, { bold }: Ink): number => type.width(text, bold, SIZE.foot);
	const set = setInLines([{ text: notices, ink: PLAIN, stretch: 0 }], PAGE.width - 2 * PAGE.side, measure);
	const leading = SIZE.foot * LEADING;
	const height = ((set.at(-1)?.line ?? 0) + 3) * leading;
	const write = (t: Speech): void => {
		const { count } = doc.bufferedPageRange();
		for (let page = 0; page < count; page++) {
			doc.switchToPage(page);
			doc.markContent('Artifact', { type: 'Pagination' });
			const top = PAGE.height - PAGE.foot - height + leading;
			for (const one of set) type.set(one, PAGE.side + one.x, top + one.line * leading, SIZE.foot);
			const number = t.say('takeout.pdf.page', { n: page + 1, of: count });
			type.set({ text: number, ink: PLAIN, stretch: 0 }, PAGE.side, top + height - 2 * leading, SIZE.foot);
			doc.endMarkedContent();
		}
	};
	return { height, write };
}
