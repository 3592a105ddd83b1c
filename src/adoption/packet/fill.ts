import { scan } from '#kernel/xml.ts';
import { escaped } from '#library/export/markup.ts';
import { MAX_NESTING } from '#library/read/docx-package.ts';
import { type ParaProps, paraProperty, readStyles, type Styles } from '#library/read/docx-style.ts';
import { DECLARED } from './bare.ts';
import type { BlockField, LineField } from './field.ts';
import { type PacketParagraph, paragraphXml, type Setting, wordsXml } from './paragraph.ts';
import type { Block, Lines, Span, Story } from './story.ts';
import { packed, type Template } from './template.ts';

/** What goes into a template. */
export interface Filling {
	readonly lines: Readonly<Record<LineField, string>>;
	/** Paragraphs at each field; a field that is left out leaves its paragraph empty. */
	readonly blocks: Readonly<Partial<Record<BlockField, readonly PacketParagraph[]>>>;
	/** What stands before everything, and behind the end. */
	readonly before: readonly PacketParagraph[];
	readonly behind: readonly PacketParagraph[];
	/** Said in the properties of the file, and nothing else is. */
	readonly title: string;
	readonly author: string;
}

interface Edit extends Span {
	readonly xml: string;
}

const PLAIN = { shape: [], look: [], left: 0, counted: false } as const;

/**
 * The template with everything in its place, as a Word file. What is no field stays as it is in the template, byte for byte. The
 * same filling gives the same bytes.
 */
export function filledIn(template: Template, filling: Filling): Uint8Array {
	const parts = new Map(template.parts);
	const styles = readStyles(template.styles === null ? null : (parts.get(template.styles) as string));
	for (const [path, story] of template.stories) {
		const xml = parts.get(path) as string;
		const edits = [
			...story.lines.flatMap((lines) => linesIn(lines, filling.lines, story.prefix)),
			...story.blocks.map((block) => blockIn(block, filling.blocks[block.field] ?? [], xml, story.prefix, styles)),
			...(path === template.main ? around(story, filling) : []),
		];
		parts.set(path, edited(xml, edits));
	}
	return packed(withProperties(parts, filling));
}

/** New words for each element that a field stands in: the value goes where its field begins. */
function linesIn({ words, fields }: Lines, values: Filling['lines'], w: string): readonly Edit[] {
	const edits: Edit[] = [];
	let passed = 0;
	for (const { from, to, text } of words) {
		const end = passed + text.length;
		const mine = fields.filter(({ at, length }) => at < end && at + length > passed);
		if (mine.length > 0) {
			let [made, kept] = ['', passed];
			for (const { field, at, length } of mine) {
				made += text.slice(kept - passed, Math.max(kept, at) - passed) + (at >= passed ? values[field] : '');
				kept = Math.min(end, at + length);
			}
			made += text.slice(kept - passed);
			edits.push({ from, to, xml: wordsXml(made, w) });
		}
		passed = end;
	}
	return edits;
}

function blockIn(
	{ paragraph, shape, look, marks, breaks }: Block,
	paragraphs: readonly PacketParagraph[],
	xml: string,
	prefix: string,
	styles: Styles,
): Edit {
	const cut = (span: Span | null) => (span === null ? '' : xml.slice(span.from, span.to));
	const children = elementsIn(inside(cut(shape)));
	const own: ParaProps = {};
	for (const { name, xml } of children) paraProperty(own, name, xml);
	const style = styles.paragraph(own.style);
	const setting: Setting = {
		prefix,
		shape: children,
		look: elementsIn(inside(cut(look))),
		left: own.left ?? style.left ?? 0,
		counted: (style.numbering ?? '0') !== '0',
	};
	const section = children.find(({ name }) => name === 'sectPr')?.xml ?? '';
	const all = paragraphs.length > 0 ? paragraphs : [{ runs: [], level: 0 }];
	const turn = (spans: readonly Span[]) => spans.map((span) => `<${prefix}r>${cut(span)}</${prefix}r>`).join('');
	const made = all.map((one, at) => {
		const [first, last] = [at === 0, at === all.length - 1];
		return paragraphXml(one, setting, {
			before: first ? marks.map(cut).join('') + turn(breaks.before) : '',
			behind: last ? turn(breaks.behind) : '',
			// A section ends with the last of them.
			section: last ? section : '',
		});
	});
	return { ...paragraph, xml: made.join('') };
}

function around({ prefix, start, end }: Story, { before, behind }: Filling): readonly Edit[] {
	const plain = (paragraphs: readonly PacketParagraph[]) =>
		paragraphs.map((one) => paragraphXml(one, { ...PLAIN, prefix })).join('');
	return [
		...(start === null || before.length === 0 ? [] : [{ from: start, to: start, xml: plain(before) }]),
		...(end === null || behind.length === 0 ? [] : [{ from: end, to: end, xml: plain(behind) }]),
	];
}

function edited(xml: string, edits: readonly Edit[]): string {
	let [made, at] = ['', 0];
	for (const { from, to, xml: put } of edits.toSorted((one, other) => one.from - other.from || one.to - other.to)) {
		made += xml.slice(at, from) + put;
		at = to;
	}
	return made + xml.slice(at);
}

function inside(xml: string): string {
	return xml.slice(xml.indexOf('>') + 1, Math.max(xml.indexOf('>') + 1, xml.lastIndexOf('<')));
}

/** The elements of a row of elements. */
function elementsIn(row: string): readonly { readonly name: string; readonly xml: string }[] {
	const found: { name: string; xml: string }[] = [];
	const open: number[] = [];
	const whole = `<a>${row}</a>`;
	scan(
		whole,
		'a paragraph',
		{
			open: (_name, _attributes, from) => void open.push(from),
			close(name, _, to) {
				const from = open.pop() ?? 0;
				if (open.length === 1) found.push({ name, xml: whole.slice(from, to) });
			},
			text: () => undefined,
		},
		MAX_NESTING,
	);
	return found;
}

const CORE = 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties';

/** Title and office are all that the properties say. */
function withProperties(
	parts: ReadonlyMap<string, string | Uint8Array>,
	{ title, author }: Filling,
): ReadonlyMap<string, string | Uint8Array> {
	const core = `${DECLARED}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped(title)}</dc:title><dc:creator>${escaped(author)}</dc:creator></cp:coreProperties>`;
	const types = (parts.get('[Content_Types].xml') as string).replace(
		'</Types>',
		'<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
	);
	const relations = (parts.get('_rels/.rels') as string).replace(
		'</Relationships>',
		`<Relationship Id="r2" Type="${CORE}" Target="/docProps/core.xml"/></Relationships>`,
	);
	return new Map([...parts, ['[Content_Types].xml', types], ['_rels/.rels', relations], ['docProps/core.xml', core]]);
}
