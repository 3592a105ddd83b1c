import { parseDay } from '#kernel/day.ts';
import { attribute, scan } from '#kernel/xml.ts';
import type { Numbering } from '#library/read/docx-number.ts';
import { MAX_NESTING } from '#library/read/docx-package.ts';
import { type ParaProps, paraProperty, type RunProps, runProperty, type Styles } from '#library/read/docx-style.ts';
import { cleaned } from '#library/read/gather.ts';
import { signOf } from '#library/read/sign.ts';
import type { Aside, RevisedParagraph, RevisedPiece, Signed, WordComment, WordProblem } from './revision.ts';

/** A part of a Word file that holds text. */
export interface Storey {
	readonly paragraphs: readonly RevisedParagraph[];
	readonly comments: readonly WordComment[];
	readonly hidden: readonly Aside[];
	readonly problems: readonly WordProblem[];
}

interface Tracking extends Signed {
	readonly op: 'added' | 'removed';
	readonly way: 'from' | 'to' | null;
	/** Which move, by name. */
	readonly name: string;
	/** Whether the file had it when it was sent: then it is none of what came back. */
	readonly ours: boolean;
}

/** A paragraph that is being read. */
interface Open {
	readonly pieces: RevisedPiece[];
	readonly bookmarks: string[];
	/** What is said of its end. */
	readonly tracked: Tracking[];
	props: ParaProps;
	mark: RunProps;
}

interface Container {
	readonly kind: 'story' | 'cell' | 'box' | 'comment';
	readonly paragraphs: RevisedParagraph[];
	readonly comment: Omit<WordComment, 'text'> | null;
	/** What is said of a whole cell. */
	readonly tracked: Tracking[];
}

interface Row {
	readonly cells: (readonly RevisedParagraph[])[];
	readonly tracked: Tracking[];
}

const WAYS: ReadonlyMap<string, Pick<Tracking, 'op' | 'way'>> = new Map(
	Object.entries({
		ins: { op: 'added', way: null },
		moveTo: { op: 'added', way: 'to' },
		del: { op: 'removed', way: null },
		moveFrom: { op: 'removed', way: 'from' },
		cellIns: { op: 'added', way: null },
		cellDel: { op: 'removed', way: null },
	} as const),
);
const CHANGES = /^(rPr|pPr|sectPr|tblPr|tblGrid|trPr|tcPr|tblPrEx|numbering)Change$/;
const SKIPPED = new Set(['Fallback', 'sectPr', 'sdtPr', 'sdtEndPr', 'tblPr', 'tblGrid', 'rt', 'ffData', 'oMathParaPr']);
/** Names that are longer are no names. */
const LONGEST_NAME = 300;
const SHOWN = 200;

/** Reads a part as stretches with what was tracked of each; boxes stand behind the paragraph that they hang on. */
export function readRevised(
	xml: string,
	part: string,
	{
		styles,
		numbering,
		own,
	}: { readonly styles: Styles; readonly numbering: Numbering; readonly own: readonly string[] },
): Storey {
	const story: Container = { kind: 'story', paragraphs: [], comment: null, tracked: [] };
	const comments: WordComment[] = [];
	const hidden: Aside[] = [];
	const problems: WordProblem[] = [];
	const names: string[] = [];
	const containers: Container[] = [story];
	const open: Open[] = [];
	const behind: RevisedParagraph[][] = [];
	const runs: RunProps[] = [];
	const rows: Row[] = [];
	const tracking: Tracking[] = [];
	const codes: boolean[] = [];
	const drawings: number[] = [];
	const moves = { from: '', to: '' };
	const commented = new Set<string>();
	let target: RunProps | null = null;
	let [skipping, drawing] = [0, 0];
	let boxed = false;

	const box = (): Container => containers.at(-1) as Container;

	function pieceOf(words: string, tracked: readonly Tracking[]): RevisedPiece {
		const here = [...[...rows, ...containers].flatMap((around) => around.tracked), ...tracking, ...tracked];
		const text = here.some(({ ours, op }) => ours && op === 'removed') ? '' : words;
		const all = here.filter(({ ours }) => !ours);
		const last = all.at(-1);
		const ops = new Set(all.filter(({ way }) => way === null).map(({ op }) => op));
		const moved = all.findLast(({ way }) => way !== null);
		return {
			op: ops.size === 2 ? 'overtaken' : ([...ops][0] ?? 'same'),
			text,
			author: last?.author ?? null,
			day: last?.day ?? null,
			move: moved?.way ? { name: moved.name, way: moved.way } : null,
			comments: [...commented],
		};
	}

	function write(words: string): void {
		const paragraph = open.at(-1);
		const text = cleaned(words);
		if (!paragraph || text === '' || drawing > 0 || codes.includes(true)) return;
		const { tracked, ...run } = runs.at(-1) ?? {};
		const alone = tracked ? [{ op: tracked, way: null, name: '', author: null, day: null, ours: false }] : [];
		const piece = pieceOf(text, alone);
		if (styles.look(paragraph.props.style, run).hidden) hide(piece);
		else paragraph.pieces.push(piece);
	}

	function hide({ op, text, author, day }: RevisedPiece): void {
		const last = hidden.at(-1);
		if (last && last.op === op && last.author === author && last.day === day)
			hidden[hidden.length - 1] = { ...last, text: last.text + text };
		else hidden.push({ why: 'hidden', op, text, author, day });
	}

	function closeParagraph(): void {
		const paragraph = open.pop();
		const boxes = behind.pop() ?? [];
		if (!paragraph) return;
		const { pieces, props, mark, bookmarks, tracked } = paragraph;
		const style = styles.paragraph(props.style);
		const list = props.numbering ?? style.numbering;
		let label: string | null = null;
		if (list !== undefined && list !== '0' && !(mark.hidden === true && pieces.length === 0))
			label = numbering.next(list, props.level ?? numbering.levelOf(list, props.style) ?? style.level ?? 0);
		box().paragraphs.push(
			{
				pieces: joined(pieces),
				mark: { ...pieceOf('', tracked), text: '\n' },
				bookmarks,
				style: styles.name(props.style),
				label: label !== null && /[\p{L}\p{N}]/u.test(label) ? label : null,
			},
			...boxes,
		);
	}

	function closeContainer(): void {
		const { kind, paragraphs, comment } = box();
		if (kind === 'story') return;
		containers.pop();
		if (kind === 'cell') rows.at(-1)?.cells.push(paragraphs);
		else if (comment) comments.push({ ...comment, text: wordsOf(paragraphs) });
		else if (kind === 'box') (behind.at(-1) ?? box().paragraphs).push(...paragraphs);
	}

	function closeRow(): void {
		const row = rows.at(-1);
		if (!row) return;
		const cells = row.cells.filter((cell) => cell.length > 0);
		if (row.cells.length < 2) box().paragraphs.push(...cells.flat());
		else if (cells.length > 0) box().paragraphs.push(rowOf(row.cells, pieceOf('\t', [])));
		rows.pop();
	}

	function signed(attributes: string): Signed {
		return {
			author:
				cleaned(attribute(attributes, 'author') ?? '')
					.trim()
					.slice(0, LONGEST_NAME)
					.toWellFormed() || null,
			day: parseDay((attribute(attributes, 'date') ?? '').slice(0, 10)),
		};
	}

	function trackingOf(way: Pick<Tracking, 'op' | 'way'>, attributes: string): Tracking {
		const by = signed(attributes);
		// An export dates its changes to the first minutes of a day, Word to when they were made.
		const ours = own.includes(by.author ?? '') && /T00:0\d:00Z?$/.test(attribute(attributes, 'date') ?? '');
		return { ...way, ...by, name: way.way === null ? '' : moves[way.way], ours };
	}

	/** A comment without a stretch hangs where it is referred to. */
	function refer(attributes: string): void {
		const id = attribute(attributes, 'id') ?? '';
		const paragraph = open.at(-1);
		if (!paragraph || paragraph.pieces.some(({ comments }) => comments.includes(id))) return;
		paragraph.pieces.push({ ...pieceOf('', []), comments: [id] });
	}

	function field(attributes: string): void {
		const kind = attribute(attributes, 'fldCharType');
		if (kind === 'begin') codes.push(true);
		else if (kind === 'separate' && codes.length > 0) codes[codes.length - 1] = false;
		else if (kind === 'end') codes.pop();
	}

	function foreign(): void {
		problems.push({ code: 'embedded_part', detail: 'A part made by another program stands in the text.' });
	}

	const elements: ReadonlyMap<string, (attributes: string, parent: string | undefined) => void> = new Map(
		Object.entries({
			p() {
				open.push({ pieces: [], bookmarks: [], tracked: [], props: {}, mark: {} });
				behind.push([]);
			},
			r: () => runs.push({}),
			rPr(_, parent) {
				target = parent === 'r' ? (runs.at(-1) ?? null) : {};
			},
			tab: (_, parent) => parent === 'r' && write('\t'),
			ptab: () => write('\t'),
			// The end of a page or of a column is none of the text.
			br: (attributes, parent) =>
				parent === 'r' && !['page', 'column'].includes(attribute(attributes, 'type') ?? '') && write('\n'),
			cr: () => write('\n'),
			noBreakHyphen: () => write('-'),
			sym: (attributes) =>
				write(
					signOf(Number.parseInt(attribute(attributes, 'char') ?? '', 16), attribute(attributes, 'font') ?? '') ?? '',
				),
			fldChar: field,
			bookmarkStart: (attributes) => open.at(-1)?.bookmarks.push(attribute(attributes, 'name') ?? ''),
			moveFromRangeStart: (attributes) => {
				moves.from = attribute(attributes, 'name') ?? '';
			},
			moveToRangeStart: (attributes) => {
				moves.to = attribute(attributes, 'name') ?? '';
			},
			commentRangeStart: (attributes) => commented.add(attribute(attributes, 'id') ?? ''),
			commentRangeEnd: (attributes) => commented.delete(attribute(attributes, 'id') ?? ''),
			commentReference: refer,
			tr: () => rows.push({ cells: [], tracked: [] }),
			tc: () => containers.push({ kind: 'cell', paragraphs: [], comment: null, tracked: [] }),
			txbxContent() {
				drawings.push(drawing);
				drawing = 0;
				containers.push({ kind: 'box', paragraphs: [], comment: null, tracked: [] });
			},
			drawing() {
				drawing = 1;
			},
			pict() {
				drawing = 1;
			},
			altChunk: foreign,
			object: foreign,
			comment: (attributes) =>
				containers.push({
					kind: 'comment',
					paragraphs: [],
					comment: { id: attribute(attributes, 'id') ?? '', ...signed(attributes) },
					tracked: [],
				}),
		} satisfies Record<string, (attributes: string, parent: string | undefined) => void>),
	);

	function opened(name: string, attributes: string): void {
		if (skipping > 0 || CHANGES.test(name) || SKIPPED.has(name)) {
			skipping++;
			return;
		}
		const parent = names.at(-1);
		names.push(name);
		const way = WAYS.get(name);
		if (parent === 'rPr' && target !== null) {
			const paragraph = open.at(-1);
			if (way && paragraph && target === paragraph.mark) paragraph.tracked.push(trackingOf(way, attributes));
			else runProperty(target, name, attributes);
		} else if (parent === 'trPr' || parent === 'tcPr') {
			if (way) (parent === 'tcPr' ? box() : rows.at(-1))?.tracked.push(trackingOf(way, attributes));
		} else if (way && parent !== 'numPr') tracking.push(trackingOf(way, attributes));
		else if (parent === 'pPr' || parent === 'numPr') {
			const paragraph = open.at(-1);
			if (paragraph && name === 'rPr') target = paragraph.mark;
			else if (paragraph) paraProperty(paragraph.props, name, attributes);
		} else if (drawing > 0 && name !== 'txbxContent') drawing += name === 'drawing' || name === 'pict' ? 1 : 0;
		else elements.get(name)?.(attributes, parent);
	}

	function closed(name: string): void {
		if (skipping > 0) {
			skipping--;
			return;
		}
		names.pop();
		const parent = names.at(-1) ?? '';
		if (WAYS.has(name)) {
			if (!['rPr', 'trPr', 'tcPr', 'numPr'].includes(parent)) tracking.pop();
		} else if (name === 'rPr') target = null;
		else if (name === 'drawing' || name === 'pict') drawn();
		else if (name === 'txbxContent') {
			closeContainer();
			drawing = drawings.pop() ?? 0;
			boxed = true;
		} else if (drawing > 0) return;
		else if (name === 'p') closeParagraph();
		else if (name === 'r') runs.pop();
		else if (name === 'tc' || name === 'comment') closeContainer();
		else if (name === 'tr') closeRow();
	}

	function drawn(): void {
		if (drawing > 0) drawing--;
		if (drawing === 0 && !boxed) problems.push({ code: 'picture', detail: 'A picture or drawing stands in the text.' });
		boxed = false;
	}

	scan(
		xml,
		part,
		{
			open: opened,
			close: closed,
			text(words) {
				const name = names.at(-1);
				if (skipping === 0 && (name === 't' || name === 'delText')) write(words.replaceAll(/[\t\r\n]+/g, ' '));
			},
		},
		MAX_NESTING,
	);
	const seen = hidden.filter(({ text }) => text.trim() !== '');
	for (const { text } of seen)
		problems.push({ code: 'hidden_text', detail: text.trim().slice(0, SHOWN).toWellFormed() });
	return { paragraphs: story.paragraphs, comments, hidden: seen, problems };
}

/** Runs of the same making are one: Word parts them wherever somebody paused. */
function joined(pieces: readonly RevisedPiece[]): RevisedPiece[] {
	const made: RevisedPiece[] = [];
	for (const piece of pieces) {
		const last = made.at(-1);
		if (last && sameMaking(last, piece)) made[made.length - 1] = { ...last, text: last.text + piece.text };
		else made.push(piece);
	}
	return made;
}

function sameMaking(one: RevisedPiece, other: RevisedPiece): boolean {
	return (
		one.op === other.op &&
		one.author === other.author &&
		one.day === other.day &&
		one.move?.name === other.move?.name &&
		one.move?.way === other.move?.way &&
		one.comments.join(' ') === other.comments.join(' ')
	);
}

/** A row: tabs between its cells, line breaks between the paragraphs of one. */
function rowOf(cells: readonly (readonly RevisedParagraph[])[], between: RevisedPiece): RevisedParagraph {
	const pieces = cells.flatMap((cell, n) => [
		...(n > 0 ? [between] : []),
		...cell.flatMap((paragraph, at) => [
			...(at > 0 ? [{ ...(cell[at - 1] as RevisedParagraph).mark, text: '\n' }] : []),
			...(paragraph.label === null ? [] : [{ ...between, text: `${paragraph.label} ` }]),
			...paragraph.pieces,
		]),
	]);
	const all = cells.flat();
	return {
		pieces: joined(pieces),
		mark: { ...between, text: '\n' },
		bookmarks: all.flatMap(({ bookmarks }) => bookmarks),
		style: all[0]?.style ?? null,
		label: null,
	};
}

function wordsOf(paragraphs: readonly RevisedParagraph[]): string {
	return paragraphs
		.map(({ pieces }) => pieces.map(({ op, text }) => (op === 'removed' || op === 'overtaken' ? '' : text)).join(''))
		.join('\n')
		.trim();
}
