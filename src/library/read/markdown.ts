import { fromMarkdown } from 'mdast-util-from-markdown';
import { Unreadable } from '#kernel/unreadable.ts';
import type { Blocks } from './block.ts';
import { decodeUnknown } from './codepage.ts';
import { blockOf, type Gatherer, gatherer, type Look, rowOf, type Shape } from './gather.ts';
import { htmlBlocks } from './html.ts';
import { type InsideGatherer, insideGatherer } from './inside.ts';

/** A model ordinance has 60,000 characters; the parser's time grows faster than its input. */
const MAX_MARKDOWN = 5_000_000;
const LIST_POINTS = 36;
/** Quotes and lists in each other; a text has three. */
const MAX_DEPTH = 60;

type Tree = ReturnType<typeof fromMarkdown>;
type Node = Tree | Tree['children'][number];

interface Page {
	readonly source: string;
	readonly out: Gatherer;
	readonly inside: InsideGatherer;
}

/**
 * Reads CommonMark: headings, paragraphs, lists with the number they are written with, and `~~struck~~`, `<u>`, `<ins>`,
 * `<del>`. What is no mark of CommonMark, `{{blanks}}` and `(a)` among it, is words and stays as it stands.
 */
export function readMarkdown(bytes: Uint8Array): Blocks {
	const source = decodeUnknown(bytes)
		.text.replace(/^\ufeff/, '')
		.replace(/\r\n?/g, '\n');
	if (source.length > MAX_MARKDOWN)
		throw new Unreadable('too_large', 'The text is larger than any policy. Cut it into its parts.');
	const page: Page = { source, out: gatherer(), inside: insideGatherer() };
	for (const node of fromMarkdown(source).children) block(node, page, {}, 0);
	return { format: 'markdown', blocks: page.out.blocks, inside: page.inside.inside, problems: page.out.problems };
}

function block(node: Node, page: Page, shape: Shape, depth: number): void {
	const { out, inside, source } = page;
	if (depth > MAX_DEPTH) throw new Unreadable('damaged', 'The text nests its lists too deep.');
	switch (node.type) {
		case 'heading':
			inline(node, page, {}, { look: {} });
			out.close({ ...shape, heading: node.depth });
			return;
		case 'paragraph':
			if (isTable(text(node, source))) {
				for (const row of tableRows(text(node, source))) out.keep(blockOf(rowOf(row), { ...shape, role: 'row' }));
				return;
			}
			inline(node, page, {}, { look: {} });
			out.close(shape);
			return;
		case 'list':
			for (const item of node.children) {
				const mark = /^\s*(\d{1,9}[.)])/.exec(text(item, source))?.[1];
				const label = mark ?? '•';
				const indent = (shape.indent ?? 0) + LIST_POINTS;
				item.children.forEach((child, n) => {
					block(child, page, { indent, label: n === 0 ? label : null }, depth + 1);
				});
			}
			return;
		case 'blockquote':
			for (const child of node.children)
				block(child, page, { ...shape, indent: (shape.indent ?? 0) + LIST_POINTS }, depth + 1);
			return;
		case 'code':
			for (const line of node.value.split('\n')) {
				out.write(line);
				out.close(shape);
			}
			return;
		case 'html': {
			const read = htmlBlocks(node.value);
			for (const one of read.blocks) out.keep(one);
			for (const comment of read.inside.comments) inside.comment(null, comment.text);
			for (const words of read.inside.hidden) inside.hide(words);
			return;
		}
		case 'definition':
		case 'thematicBreak':
			return;
		default:
			out.write(text(node, source));
			out.close(shape);
	}
}

/** The words inside a node. Tags in the text turn marks on and off, for the rest of their paragraph at most. */
function inline(node: Node, page: Page, look: Look, tags: { look: Look }): void {
	const { out, inside } = page;
	if (!('children' in node)) return;
	for (const child of node.children as Node[]) {
		const now = { ...look, ...tags.look };
		if (child.type === 'text') words(child.value, out, now);
		else if (child.type === 'emphasis') inline(child, page, { ...look, italic: true }, tags);
		else if (child.type === 'strong') inline(child, page, { ...look, bold: true }, tags);
		else if (child.type === 'inlineCode') out.write(child.value, now);
		else if (child.type === 'break') out.write('\n', now);
		else if (child.type === 'image' || child.type === 'imageReference')
			out.problem('picture', child.alt || 'A picture stands here.', out.blocks.length);
		else if (child.type === 'html') {
			const comment = /^<!--([\s\S]*)-->$/.exec(child.value)?.[1];
			if (comment !== undefined) inside.comment(null, comment);
			else if (/^<br\b/i.test(child.value)) out.write('\n', now);
			else tags.look = tagged(child.value, tags.look);
		} else inline(child, page, look, tags);
	}
}

function tagged(tag: string, look: Look): Look {
	const [, end, name] = /^<(\/?)([a-z]+)/i.exec(tag) ?? [];
	const on = end === '';
	if (name === 'u') return { ...look, underline: on };
	if (name === 's' || name === 'strike') return { ...look, strike: on };
	if (name === 'ins') return { ...look, tracked: on ? 'added' : null };
	if (name === 'del') return { ...look, tracked: on ? 'removed' : null };
	return look;
}

function words(value: string, out: Gatherer, look: Look): void {
	value
		.replace(/\s*\n\s*/g, ' ')
		.split('~~')
		.forEach((piece, n, all) => {
			const struck = n % 2 === 1 && n < all.length - 1;
			if (n % 2 === 1 && !struck) out.write('~~', look);
			out.write(piece, struck ? { ...look, strike: true } : look);
		});
}

function text(node: Node, source: string): string {
	return source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
}

function isTable(source: string): boolean {
	const lines = source.split('\n');
	return lines.length > 1 && lines.every((line) => /^\s*\|.*\|\s*$/.test(line));
}

function tableRows(source: string): { text: string }[][][] {
	return source
		.split('\n')
		.filter((line) => !/^[\s|:-]+$/.test(line))
		.map((line) =>
			line
				.trim()
				.slice(1, -1)
				.split('|')
				.map((cell) => [{ text: cell.trim() }]),
		);
}
