import { attribute, scan } from '#kernel/xml.ts';
import type { Block } from './block.ts';
import { isLinkBlue, isWhite } from './colour.ts';
import type { Numbering } from './docx-number.ts';
import { MAX_NESTING } from './docx-package.ts';
import { type ParaProps, paraProperty, type RunProps, runProperty, type Styles } from './docx-style.ts';
import { blockOf, type Gatherer, gatherer, type Look } from './gather.ts';
import type { InsideGatherer } from './inside.ts';
import { rowBlocks } from './rows.ts';
import { signOf } from './sign.ts';

/** What a part of a Word file is read with. */
export interface Reading {
	readonly styles: Styles;
	readonly numbering: Numbering;
	readonly inside: InsideGatherer;
	/** Takes problems, and of the document itself the blocks. */
	readonly out: Gatherer;
	/** Footnotes and endnotes by kind and id, read before the document. */
	readonly notes: Map<string, readonly Block[]>;
	/** Notes that were referred to so far, by kind. */
	readonly counted: Map<string, number>;
}

type Tracked = 'added' | 'removed';

interface Container {
	readonly kind: 'story' | 'cell' | 'box' | 'footnote' | 'endnote' | 'comment';
	readonly blocks: Block[];
	readonly id: string;
	readonly author: string | null;
	/** A paragraph whose end was removed, waiting for the one it joins. */
	waiting: Paragraph | null;
}

interface Paragraph {
	readonly gather: Gatherer;
	props: ParaProps;
	mark: RunProps;
	label: string | null;
	/** Words that stay when tracked removals are carried out. */
	stays: boolean;
	seen: boolean;
	readonly behind: Block[];
}

interface Field {
	code: boolean;
	link: boolean;
}

const TWIPS = 20;
const CHANGES = /^(rPr|pPr|sectPr|tblPr|tblGrid|trPr|tcPr|tblPrEx|numbering)Change$/;
const SKIPPED = new Set([
	'Fallback',
	'sectPr',
	'sdtPr',
	'sdtEndPr',
	'tblPr',
	'tblGrid',
	'rt',
	'annotationRef',
	'ffData',
	'oMathParaPr',
]);
const TRACKING: ReadonlyMap<string, Tracked> = new Map(
	Object.entries({
		ins: 'added',
		moveTo: 'added',
		del: 'removed',
		moveFrom: 'removed',
	} as const),
);
const NOTES = ['footnote', 'endnote', 'comment'] as const;

/**
 * Reads a part of a Word file that holds text: the document (whose blocks go to `out`), notes (to `notes`), comments
 * (to `inside`), headers (given back). Tracked changes stay apart, hidden words go inside.
 */
export function readStory(xml: string, part: string, reading: Reading, isDocument: boolean): readonly Block[] {
	const { styles, numbering, inside, out } = reading;
	const story: Container = containerOf('story');
	const names: string[] = [];
	const containers: Container[] = [story];
	const paragraphs: Paragraph[] = [];
	const runs: RunProps[] = [];
	const rows: { cells: (readonly Block[])[]; tracked: Tracked | null }[] = [];
	const tracking: Tracked[] = [];
	const fields: Field[] = [];
	const drawings: number[] = [];
	let target: RunProps | null = null;
	let skipping = 0;
	let drawing = 0;
	let links = 0;
	/** The open drawing held a text box: it is no mere picture. */
	let boxed = false;
	let hidden = '';

	const box = (): Container => containers.at(-1) as Container;
	const at = (): number => out.blocks.length;

	function place(blocks: readonly Block[]): void {
		if (isDocument && box().kind === 'story') for (const block of blocks) out.keep(block);
		else box().blocks.push(...blocks);
	}

	function settleHidden(): void {
		if (hidden.trim() !== '') {
			inside.hide(hidden);
			out.problem('hidden_text', hidden.trim().slice(0, 200), at());
		}
		hidden = '';
	}

	function write(text: string): void {
		const paragraph = paragraphs.at(-1);
		if (!paragraph || drawing > 0 || fields.some((field) => field.code)) return;
		const run = runs.at(-1) ?? {};
		const shown = styles.look(paragraph.props.style, run);
		const changes = [rows.at(-1)?.tracked, ...tracking, run.tracked];
		const removed = changes.includes('removed');
		// Put in by one and taken out by another: it stands in neither reading.
		if (shown.hidden || (removed && changes.includes('added'))) {
			hidden += text;
			return;
		}
		if (hidden !== '') settleHidden();
		const tracked = removed ? 'removed' : changes.includes('added') ? 'added' : null;
		const { color = null } = shown.look;
		if (isWhite(color) && text.trim() !== '') {
			inside.hide(text);
			out.problem('white_text', text.slice(0, 200), at());
		}
		const linked = links > 0 || fields.some((field) => field.link);
		const look: Look = {
			...shown.look,
			...(linked && isLinkBlue(color) && { underline: false, color: null }),
			tracked,
		};
		if (text.trim() !== '') {
			paragraph.seen = true;
			if (!removed) paragraph.stays = true;
		}
		paragraph.gather.write(text, look);
	}

	function openParagraph(): void {
		const { waiting } = box();
		box().waiting = null;
		paragraphs.push(waiting ? { ...waiting, props: {}, mark: {} } : paragraphOf());
	}

	function closeParagraph(): void {
		const paragraph = paragraphs.pop();
		if (!paragraph) return;
		settleHidden();
		const { props, mark } = paragraph;
		const style = styles.paragraph(props.style);
		const list = props.numbering ?? style.numbering;
		const unseen = mark.hidden === true && !paragraph.seen;
		let shape: ParaProps = { ...style, ...props };
		if (list !== undefined && list !== '0' && !unseen) {
			const level = props.level ?? numbering.levelOf(list, props.style) ?? style.level ?? 0;
			paragraph.label ??= numbering.next(list, level);
			const given = numbering.shape(list, level);
			shape = props.numbering === undefined ? { ...given, ...style, ...props } : { ...style, ...given, ...props };
		}
		if (mark.tracked === 'removed' && paragraph.stays) {
			paragraph.gather.write('\n', { tracked: 'removed' });
			box().waiting = paragraph;
			return;
		}
		finish(paragraph, shape);
	}

	function finish(paragraph: Paragraph, shape: ParaProps): void {
		const { label, props } = paragraph;
		const words = paragraph.gather.take();
		const left = (shape.left ?? 0) + (label === null ? (shape.first ?? 0) : 0);
		const outline = props.outline !== undefined && props.outline < 9 ? props.outline + 1 : null;
		const block = blockOf(words, {
			label,
			indent: left / TWIPS,
			heading: props.outline === 9 ? null : (styles.heading(props.style) ?? outline),
			style: styles.name(props.style),
		});
		place(words.length > 0 || label !== null ? [block, ...paragraph.behind] : paragraph.behind);
	}

	function settleWaiting(): void {
		const { waiting } = box();
		box().waiting = null;
		if (waiting) finish(waiting, waiting.props);
	}

	function closeContainer(): void {
		settleWaiting();
		const closed = box();
		if (closed.kind !== 'story') containers.pop();
		if (closed.kind === 'cell') rows.at(-1)?.cells.push(closed.blocks);
		else if (closed.kind === 'box') {
			if (closed.blocks.length > 0) out.problem('set_apart', text(closed.blocks).slice(0, 200), at());
			const around = paragraphs.at(-1);
			if (around) around.behind.push(...closed.blocks);
			else place(closed.blocks);
		} else if (closed.kind === 'comment') inside.comment(closed.author, text(closed.blocks));
		else if (closed.kind !== 'story') reading.notes.set(`${closed.kind} ${closed.id}`, closed.blocks);
	}

	function note(kind: 'footnote' | 'endnote', attributes: string): void {
		const blocks = reading.notes.get(`${kind} ${attribute(attributes, 'id') ?? ''}`) ?? [];
		const own = attribute(attributes, 'customMarkFollows') !== null;
		const count = (reading.counted.get(kind) ?? 0) + (own ? 0 : 1);
		reading.counted.set(kind, count);
		const label = own ? null : String(count);
		paragraphs
			.at(-1)
			?.behind.push(
				...blocks.map((block, n) => ({ ...block, role: 'aside' as const, label: n === 0 ? label : block.label })),
			);
	}

	function field(attributes: string): void {
		const kind = attribute(attributes, 'fldCharType');
		const last = fields.at(-1);
		if (kind === 'begin') fields.push({ code: true, link: false });
		else if (kind === 'separate' && last) last.code = false;
		else if (kind === 'end') fields.pop();
	}

	function open(name: string, attributes: string): void {
		if (skipping > 0) {
			skipping++;
			return;
		}
		const parent = names.at(-1);
		const changed = CHANGES.test(name);
		if (changed) revised(attributes);
		if (changed || SKIPPED.has(name)) {
			skipping = 1;
			return;
		}
		names.push(name);
		const property = parent === 'rPr' && target !== null;
		if (TRACKING.get(name) !== undefined) revised(attributes);
		if (property) runProperty(target as RunProps, name, attributes);
		else if (parent === 'trPr' || parent === 'tcPr') rowProperty(name);
		else if (TRACKING.get(name) !== undefined && parent !== 'numPr') tracking.push(TRACKING.get(name) as Tracked);
		else if (parent === 'pPr' || parent === 'numPr') paragraphPart(name, attributes);
		else if (drawing > 0 && name !== 'txbxContent') drawing += name === 'drawing' || name === 'pict' ? 1 : 0;
		else elements.get(name)?.(attributes, parent);
	}

	function revised(attributes: string): void {
		inside.revise();
		inside.author(attribute(attributes, 'author'));
	}

	function rowProperty(name: string): void {
		const row = rows.at(-1);
		const tracked = TRACKING.get(name) ?? (name === 'cellIns' ? 'added' : name === 'cellDel' ? 'removed' : undefined);
		if (row && tracked !== undefined) row.tracked = tracked;
	}

	function paragraphPart(name: string, attributes: string): void {
		const paragraph = paragraphs.at(-1);
		if (!paragraph) return;
		if (name === 'rPr') target = paragraph.mark;
		else paraProperty(paragraph.props, name, attributes);
	}

	const elements = new Map<string, (attributes: string, parent: string | undefined) => void>(
		Object.entries({
			p: openParagraph,
			r: () => runs.push({}),
			rPr(_, parent) {
				target = parent === 'r' ? (runs.at(-1) ?? null) : {};
			},
			tab: (_, parent) => parent === 'r' && write('\t'),
			ptab: () => write('\t'),
			br: (_, parent) => parent === 'r' && write('\n'),
			cr: () => write('\n'),
			noBreakHyphen: () => write('-'),
			sym(attributes) {
				const code = Number.parseInt(attribute(attributes, 'char') ?? '', 16);
				write(signOf(code, attribute(attributes, 'font') ?? '') ?? '');
			},
			fldChar: field,
			fldSimple: () => links++,
			hyperlink: () => links++,
			footnoteReference: (attributes) => note('footnote', attributes),
			endnoteReference: (attributes) => note('endnote', attributes),
			tbl: settleWaiting,
			tr: () => rows.push({ cells: [], tracked: null }),
			tc: () => containers.push(containerOf('cell')),
			txbxContent() {
				drawings.push(drawing);
				drawing = 0;
				containers.push(containerOf('box'));
			},
			drawing() {
				drawing = 1;
			},
			pict() {
				drawing = 1;
			},
			altChunk: foreign,
			object: foreign,
			footnote: (attributes) => containers.push(containerOf('footnote', attributes)),
			endnote: (attributes) => containers.push(containerOf('endnote', attributes)),
			comment: (attributes) => containers.push(containerOf('comment', attributes)),
		} satisfies Record<string, (attributes: string, parent: string | undefined) => void>),
	);

	function foreign(): void {
		out.problem('embedded_part', 'A part made by another program stands here.', at());
	}

	function close(name: string): void {
		if (skipping > 0) {
			skipping--;
			return;
		}
		names.pop();
		const parent = names.at(-1);
		if (TRACKING.get(name) !== undefined && !['rPr', 'trPr', 'tcPr', 'numPr'].includes(parent ?? '')) tracking.pop();
		else if (name === 'rPr') target = null;
		else if (name === 'drawing' || name === 'pict') drawn();
		else if (name === 'txbxContent') {
			closeContainer();
			drawing = drawings.pop() ?? 0;
			boxed = true;
		} else if (drawing > 0) return;
		else if (name === 'p') closeParagraph();
		else if (name === 'r') runs.pop();
		else if (name === 'fldSimple' || name === 'hyperlink') links--;
		else if (name === 'tc' || NOTES.includes(name as (typeof NOTES)[number])) closeContainer();
		else if (name === 'tr') place(rowBlocks(rows.pop()?.cells ?? []));
	}

	function drawn(): void {
		if (drawing > 0) drawing--;
		const framed = boxed;
		boxed = false;
		if (drawing === 0 && isDocument && !framed && !names.includes('txbxContent'))
			out.problem('picture', 'A picture or drawing stands here.', at());
	}

	scan(
		xml,
		part,
		{
			open,
			close,
			text(words) {
				if (skipping > 0) return;
				const name = names.at(-1);
				if (name === 't' || name === 'delText') write(words.replace(/[\t\r\n]+/g, ' '));
				else if (name === 'instrText' && fields.length > 0 && /^\s*HYPERLINK\b/i.test(words))
					(fields.at(-1) as Field).link = true;
			},
		},
		MAX_NESTING,
	);
	closeContainer();
	return story.blocks;
}

/** The words of blocks, a line each. */
export function text(blocks: readonly Block[]): string {
	return blocks.map((block) => block.runs.map((run) => run.text).join('')).join('\n');
}

function containerOf(kind: Container['kind'], attributes = ''): Container {
	const id = attribute(attributes, 'id') ?? '';
	return { kind, blocks: [], id, author: attribute(attributes, 'author'), waiting: null };
}

function paragraphOf(): Paragraph {
	return { gather: gatherer(), props: {}, mark: {}, label: null, stays: false, seen: false, behind: [] };
}
