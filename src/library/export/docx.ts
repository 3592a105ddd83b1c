import { strToU8, zipSync } from 'fflate';
import type { TextLanguage } from '../policy.ts';
import type { Piece } from '../provision.ts';
import { NOTICE_STYLE, PAGE_STYLE, styleName, TITLE_STYLE, UNMARKED_STYLE } from '../read/own-style.ts';
import type { Profile } from '../redline/profile.ts';
import { legend } from './legend.ts';
import { escaped } from './markup.ts';
import type { Paper } from './outgoing.ts';
import { type Paragraph, paragraphs } from './own.ts';
import { ADDED_COLOUR, enclosed, lookOf, type Stretch, stretches } from './stretch.ts';

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPES = 'application/vnd.openxmlformats-officedocument.wordprocessingml';
const DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
/** Zip has no earlier day; one and the same makes one version the same bytes whenever it is written. */
const ZIP_DAY = new Date(1980, 0, 1);
/** Twentieths of a point: a number hangs half an inch, each level lies as far in, and no page is wide enough for more than nine. */
const HANG = 720;
const DEEPEST = 9;
/** Word names bookmarks in letters, digits and underscores, at most 40. */
const BOOKMARK = 40;

/** Behind a text whose last paragraph is all added or all removed: the end of a file's last paragraph cannot be tracked. */
export const END: Readonly<Record<TextLanguage, string>> = { en: 'End of the text.', es: 'Fin del texto.' };
/** What stands before the number of a page, and before how many there are. */
const PAGE_OF: Readonly<Record<TextLanguage, readonly [string, string]>> = {
	en: ['Page ', ' of '],
	es: ['Página ', ' de '],
};

/**
 * The text as a Word file: a paragraph a provision, its style named after kind and level, numbers hanging, what an act
 * adds and removes as tracked changes that Word can accept, or in the look of a clerk's office. The same text gives the same
 * bytes: nothing in the file is of the hour it was made.
 */
export function toDocx({ head, language, day, provisions, changedBy, look, properties }: Paper): Uint8Array {
	const styles = new Map<string, Paragraph['style']>();
	const hand: Hand = { tracks: tracker(day, changedBy), look };
	const marked = look !== null && provisions.some(({ redline }) => redline !== null);
	const notices = marked ? [...head.notices, legend(look, language)] : head.notices;
	const body: string[] = [
		paragraph('LibraryTitle', run(head.title)),
		...notices.map((notice) => paragraph('LibraryNotice', run(notice))),
		...(head.unmarked ? [paragraph('LibraryUnmarked', run(head.unmarked))] : []),
		...head.origin.map(({ name, value }) => paragraph('LibraryNotice', run(`${name}: ${value}`))),
	];
	let nth = 0;
	let whole = false;
	for (const one of paragraphs(provisions)) {
		const name = styleName(one.style);
		if (!styles.has(name)) styles.set(name, one.style);
		const end = mark(one, hand);
		whole = end !== '';
		body.push(paragraph(idOf(name), bookmarked(one.eId, nth, runs(one, nth, hand)), end));
		nth++;
	}
	if (whole) body.push(paragraph('LibraryNotice', run(END[language])));
	const files: Readonly<Record<string, string>> = {
		'[Content_Types].xml': contentTypes(properties),
		'_rels/.rels': relationships([
			[`${OFFICE}/officeDocument`, 'word/document.xml'],
			...(properties ? [[`${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'] as const] : []),
		]),
		'word/_rels/document.xml.rels': relationships([
			[`${OFFICE}/styles`, 'styles.xml'],
			[`${OFFICE}/footer`, 'footer.xml'],
		]),
		'word/document.xml': `<w:document xmlns:w="${W}" xmlns:r="${OFFICE}"><w:body>${body.join('')}${PAGE}</w:body></w:document>`,
		'word/styles.xml': stylesXml(styles, language),
		'word/footer.xml': `<w:ftr xmlns:w="${W}">${paragraph('LibraryNotice', run(head.notices.join(' ')))}${pageLine(language)}</w:ftr>`,
		...(properties ? { 'docProps/core.xml': core(head.title, day, language) } : {}),
	};
	return zipSync(Object.fromEntries(Object.entries(files).map(([name, xml]) => [name, strToU8(DECLARED + xml)])), {
		mtime: ZIP_DAY,
	});
}

interface Tracker {
	/** Attributes of one tracked change: of a whole paragraph with its end, or inside the nth one. */
	next(whole: boolean, nth: number): string;
}

/**
 * The day is known and the hour is not. LibreOffice takes two changes of one author within a minute for one where the end of a
 * paragraph lies between them, and would lose that end when it rejects them: whole paragraphs are at midnight, and inside
 * of paragraphs it is two minutes and four minutes later by turns.
 */
function tracker(day: string, author: string): Tracker {
	let id = 0;
	return {
		next(whole, nth) {
			const minute = whole ? 0 : nth % 2 === 0 ? 2 : 4;
			return `w:id="${++id}" w:author="${escaped(author)}" w:date="${day}T00:0${minute}:00Z"`;
		},
	};
}

/** How changes are written in one file. */
interface Hand {
	readonly tracks: Tracker;
	readonly look: Profile | null;
}

/** The number before a tab, the heading bold, then the words. */
function runs({ parts }: Paragraph, nth: number, { tracks, look }: Hand): string {
	const whole = onlyOp(parts) !== null;
	return enclosed(stretches(parts), look)
		.map((one) =>
			look ? run(one.text, looked(one, look)) : tracked(one, looked(one, null), () => tracks.next(whole, nth)),
		)
		.join('');
}

/** What the schema wants in this order. */
function looked({ part, op }: Stretch, look: Profile | null): string {
	const has = lookOf(op, look);
	const made = [
		part === 'heading' ? '<w:b/>' : '',
		has.italic ? '<w:i/>' : '',
		has.strike ? '<w:strike/>' : '',
		has.color ? `<w:color w:val="${ADDED_COLOUR}"/>` : '',
		has.underline ? '<w:u w:val="single"/>' : '',
	].join('');
	return made === '' ? '' : `<w:rPr>${made}</w:rPr>`;
}

function tracked({ op, text }: Piece, look: string, change: () => string): string {
	if (op === 'same') return run(text, look);
	if (op === 'added') return `<w:ins ${change()}>${run(text, look)}</w:ins>`;
	return `<w:del ${change()}>${run(text, look, 'delText')}</w:del>`;
}

/** The end of a paragraph that is all added or all removed goes with it, so that Word leaves no empty line behind. */
function mark({ parts }: Paragraph, { tracks, look }: Hand): string {
	const op = (look ? null : onlyOp(parts)) ?? 'same';
	return op === 'same' ? '' : `<w:rPr><w:${op === 'added' ? 'ins' : 'del'} ${tracks.next(true, 0)}/></w:rPr>`;
}

/** What all its stretches are; null where they differ. */
function onlyOp({ number, heading, text }: Paragraph['parts']): Piece['op'] | null {
	const ops = new Set([...number, ...heading, ...text].map(({ op }) => op));
	const [op] = ops;
	return ops.size === 1 && op ? op : null;
}

function run(text: string, look = '', element = 't'): string {
	const parts = text.split(/([\t\n])/).filter((part) => part !== '');
	const inner = parts.map((part) => {
		if (part === '\t') return '<w:tab/>';
		return part === '\n' ? '<w:br/>' : `<w:${element} xml:space="preserve">${escaped(part)}</w:${element}>`;
	});
	return `<w:r>${look}${inner.join('')}</w:r>`;
}

function paragraph(style: string, inner: string, markOf = ''): string {
	return `<w:p><w:pPr><w:pStyle w:val="${style}"/>${markOf}</w:pPr>${inner}</w:p>`;
}

/** Word counts the pages itself. */
function pageLine(language: TextLanguage): string {
	const counted = (code: string) => `<w:fldSimple w:instr=" ${code} ">${run('1')}</w:fldSimple>`;
	const [page, of] = PAGE_OF[language];
	return paragraph('LibraryPage', `${run(page)}${counted('PAGE')}${run(of)}${counted('NUMPAGES')}`);
}

function bookmarked(eId: string, id: number, inner: string): string {
	const name = eId.replaceAll(/[^A-Za-z0-9_]/g, '_');
	if (name.length > BOOKMARK) return inner;
	return `<w:bookmarkStart w:id="${id}" w:name="${name}"/>${inner}<w:bookmarkEnd w:id="${id}"/>`;
}

/** A style's id holds no blanks; two names never share one. */
function idOf(name: string): string {
	return escaped(name.replaceAll(' ', '_').replaceAll('+', '-'));
}

function stylesXml(styles: ReadonlyMap<string, Paragraph['style']>, language: string): string {
	const own = [...styles].map(([name, style]) => styleXml(name, style));
	const font = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>';
	return `<w:styles xmlns:w="${W}"><w:docDefaults><w:rPrDefault><w:rPr>${font}<w:sz w:val="24"/><w:lang w:val="${language}-US"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>${plainStyle('LibraryTitle', TITLE_STYLE, '<w:keepNext/><w:spacing w:after="240"/><w:jc w:val="center"/>', '<w:sz w:val="32"/>')}${plainStyle('LibraryNotice', NOTICE_STYLE, '<w:spacing w:after="60"/>', '<w:i/><w:sz w:val="20"/>')}${plainStyle('LibraryUnmarked', UNMARKED_STYLE, '<w:spacing w:after="60"/>', '<w:i/><w:sz w:val="20"/>')}${plainStyle('LibraryPage', PAGE_STYLE, '<w:spacing w:after="0"/>', '<w:sz w:val="20"/>')}${own.join('')}</w:styles>`;
}

function plainStyle(id: string, name: string, shape: string, look: string): string {
	return `<w:style w:type="paragraph" w:customStyle="1" w:styleId="${id}"><w:name w:val="${escaped(name)}"/><w:basedOn w:val="Normal"/><w:pPr>${shape}</w:pPr><w:rPr>${look}</w:rPr></w:style>`;
}

function styleXml(name: string, { kind, depth, numbered }: Paragraph['style']): string {
	const level = Math.min(depth, DEEPEST);
	const left = numbered ? (level + 1) * HANG : level * HANG;
	const hanging = numbered ? ` w:hanging="${HANG}"` : '';
	const centred = ['title', 'chapter', 'article', 'part', 'formula'].includes(kind) && !numbered;
	const shape = `${kind === 'section' ? '<w:keepNext/>' : ''}<w:ind w:left="${centred ? 0 : left}"${hanging}/>${centred ? '<w:jc w:val="center"/>' : ''}`;
	return plainStyle(idOf(name), name, shape, '');
}

const PAGE = `<w:sectPr><w:footerReference w:type="default" r:id="r2"/><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>`;

function contentTypes(properties: boolean): string {
	const parts = [
		['/word/document.xml', `${TYPES}.document.main+xml`],
		['/word/styles.xml', `${TYPES}.styles+xml`],
		['/word/footer.xml', `${TYPES}.footer+xml`],
		...(properties ? [['/docProps/core.xml', 'application/vnd.openxmlformats-package.core-properties+xml']] : []),
	];
	const overrides = parts.map(([part, type]) => `<Override PartName="${part}" ContentType="${type}"/>`);
	return `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`;
}

function relationships(targets: readonly (readonly [string, string])[]): string {
	const made = targets.map(([type, target], at) => `<Relationship Id="r${at + 1}" Type="${type}" Target="${target}"/>`);
	return `<Relationships xmlns="${PACKAGE}/relationships">${made.join('')}</Relationships>`;
}

function core(title: string, day: string, language: string): string {
	return `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(title)}</dc:title><dc:language>${language}</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">${day}T00:00:00Z</dcterms:created></cp:coreProperties>`;
}
