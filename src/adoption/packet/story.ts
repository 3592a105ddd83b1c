import { Unreadable } from '#kernel/unreadable.ts';
import { attribute, scan } from '#kernel/xml.ts';
import { MAX_NESTING } from '#library/read/docx-package.ts';
import { type BlockField, fieldOf, isBlock, type LineField } from './field.ts';

/** A stretch [from, to) of a part of a Word file. */
export interface Span {
	readonly from: number;
	readonly to: number;
}

/** Words of a paragraph in one element of the file. */
interface Words extends Span {
	/** Without markup. */
	readonly text: string;
	/** The look of their run, `<w:rPr>…</w:rPr>`; null where it has none. */
	readonly look: Span | null;
}

/** A paragraph with fields in its lines. Word cuts words at will, so one field may stand in several elements. */
export interface Lines {
	readonly words: readonly Words[];
	/** Each with its place in the words one after the other. */
	readonly fields: readonly { readonly field: LineField; readonly at: number; readonly length: number }[];
}

/** A field that stands alone in its paragraph. */
export interface Block {
	readonly field: BlockField;
	readonly paragraph: Span;
	/** `<w:pPr>…</w:pPr>`; null where it has none. */
	readonly shape: Span | null;
	/** Of the run that the field begins in. */
	readonly look: Span | null;
	/** Begins and ends of bookmarks in it, whose other ends may stand elsewhere. */
	readonly marks: readonly Span[];
	/** Page breaks before the field and behind it. */
	readonly breaks: { readonly before: readonly Span[]; readonly behind: readonly Span[] };
}

/** What a part of a template has: fields, names in braces that are none, and fields that cannot be used where they stand. */
export interface Story {
	/** What its tags begin with: `w:`. */
	readonly prefix: string;
	readonly lines: readonly Lines[];
	readonly blocks: readonly Block[];
	/** As they stand: `{tittle}`. */
	readonly unknown: readonly string[];
	/** Fields for paragraphs that have other words, a picture or a field of Word's beside them. */
	readonly crowded: readonly BlockField[];
	/** All words, a paragraph a line. */
	readonly words: string;
	/** Where the first paragraph begins, and where one behind the last goes: before the last section's properties. Null without a body. */
	readonly start: number | null;
	readonly end: number | null;
}

/** A name between braces: letters, blanks and a few signs; what is longer is no name. */
const NAMED = /\{([\p{L}\p{N} \u00a0.,_'’-]{1,60})\}/gu;
/** What makes a paragraph more than its words. */
const BESIDE: readonly string[] = [
	...['drawing', 'pict', 'object', 'fldChar', 'fldSimple', 'footnoteReference', 'endnoteReference', 'br'],
];

/** A template has some hundred; half a million take seconds and a gigabyte. */
const MOST_PARAGRAPHS = 20_000;

interface Paragraph {
	readonly from: number;
	shape: Span | null;
	readonly words: Words[];
	readonly marks: Span[];
	readonly breaks: Span[];
	beside: boolean;
}

/** Reads a part of a Word file for its fields. Throws `Unreadable` where it is not well-formed, or has too much. */
export function storyOf(xml: string, part: string): Story {
	const prefix = /<(\w+:)?(?:document|hdr|ftr|footnotes|endnotes)[\s>]/.exec(xml)?.[1] ?? '';
	/** Tags that are open: name, or none where it is of another vocabulary, and where each began. */
	const path: { readonly name: string | null; readonly from: number }[] = [];
	const open: Paragraph[] = [];
	const done: (Paragraph & Span)[] = [];
	const place = { start: null as number | null, end: null as number | null };
	let begun = 0;
	let look: Span | null = null;
	let text: string | null = null;
	const inside = (name: string) => path.at(-2)?.name === name;
	scan(
		xml,
		part,
		{
			open(local, attributes, from, to) {
				const name = xml.startsWith(prefix + local, from + 1) ? local : null;
				path.push({ name, from });
				const paragraph = open.at(-1);
				if (name === 'p') {
					if (++begun > MOST_PARAGRAPHS)
						throw new Unreadable('too_large', 'A part has more paragraphs than a template needs.');
					place.start ??= from;
					open.push({ from, shape: null, words: [], marks: [], breaks: [], beside: false });
				} else if (name === 'r') look = null;
				else if (name === 't') text = '';
				// The last one in the body itself; those in paragraphs end earlier sections.
				else if (name === 'sectPr' && inside('body')) place.end = from;
				else if (name === 'bookmarkStart' || name === 'bookmarkEnd') paragraph?.marks.push({ from, to });
				else if (paragraph && name === 'br' && attribute(attributes, 'type') === 'page')
					paragraph.breaks.push({ from, to });
				else if (paragraph && name !== null && BESIDE.includes(name)) paragraph.beside = true;
			},
			text(words) {
				if (text !== null) text += words;
			},
			close(_, from, to) {
				const { name, from: began } = path.at(-1) ?? { name: null, from };
				const paragraph = open.at(-1);
				if (name === 'body') place.end ??= from;
				else if (name === 'rPr' && inside('r')) look = { from: began, to };
				else if (paragraph && name === 'pPr' && inside('p')) paragraph.shape ??= { from: began, to };
				else if (paragraph && name === 't' && text !== null) paragraph.words.push({ from: began, to, text, look });
				else if (paragraph && name === 'p') done.push({ ...(open.pop() as Paragraph), to });
				if (name === 't') text = null;
				path.pop();
			},
		},
		MAX_NESTING,
	);
	const found = done.toSorted((one, other) => one.from - other.from).map(fieldsIn);
	return {
		prefix,
		lines: found.flatMap(({ lines }) => (lines.fields.length > 0 ? [lines] : [])),
		blocks: found.flatMap(({ blocks }) => blocks),
		unknown: [...new Set(found.flatMap(({ unknown }) => unknown))],
		crowded: [...new Set(found.flatMap(({ crowded }) => crowded))],
		words: done.map(({ words }) => words.map((one) => one.text).join('')).join('\n'),
		...(/<(?:\w+:)?body[\s>]/.test(xml) ? place : { start: null, end: null }),
	};
}

function fieldsIn({ words, shape, marks, breaks, beside, from, to }: Paragraph & Span) {
	const text = words.map((one) => one.text).join('');
	const fields: Lines['fields'][number][] = [];
	const [blocks, unknown, crowded]: [Block[], string[], BlockField[]] = [[], [], []];
	for (const { 0: whole, 1: name = '', index: at } of text.matchAll(NAMED)) {
		const field = fieldOf(name);
		if (field === null) unknown.push(...(/\p{L}/u.test(name) ? [whole] : []));
		else if (!isBlock(field)) fields.push({ field, at, length: whole.length });
		else if (beside || text.trim() !== whole) crowded.push(field);
		else {
			const place = words.find(({ text }) => text.trim() !== '')?.from ?? from;
			const cut = {
				before: breaks.filter((one) => one.from < place),
				behind: breaks.filter((one) => one.from > place),
			};
			blocks.push({ field, paragraph: { from, to }, shape, look: lookAt(words, at), marks, breaks: cut });
		}
	}
	return { lines: { words, fields }, blocks, unknown, crowded };
}

function lookAt(words: readonly Words[], at: number): Span | null {
	let passed = 0;
	for (const { text, look } of words) {
		passed += text.length;
		if (at < passed) return look;
	}
	return null;
}
