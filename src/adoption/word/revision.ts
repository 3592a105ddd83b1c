import type { Day } from '#kernel/day.ts';
import { oneLine } from '#kernel/one-line.ts';
import { Unreadable } from '#kernel/unreadable.ts';
import { readNumbering } from '#library/read/docx-number.ts';
import { openPackage } from '#library/read/docx-package.ts';
import { readStyles } from '#library/read/docx-style.ts';
import { NOTICE_STYLE } from '#library/read/own-style.ts';
import { isDraftFooter } from './ours.ts';
import { readRevised, type Storey } from './story.ts';

/** Who tracked a change or wrote a comment, and when, as the file says; null where it does not. */
export interface Signed {
	readonly author: string | null;
	readonly day: Day | null;
}

/** A stretch of a paragraph. */
export interface RevisedPiece extends Signed {
	/** `overtaken`: put in by one and struck by another, so that it stands in neither reading. */
	readonly op: 'same' | 'added' | 'removed' | 'overtaken';
	/** Line breaks are `\n`, tabs `\t`. Empty where only a comment hangs on it. */
	readonly text: string;
	/** The move it is a part of, by its name, and whether it stands here where it was or where it went; null: of none. */
	readonly move: { readonly name: string; readonly way: 'from' | 'to' } | null;
	/** Ids of the comments on it. */
	readonly comments: readonly string[];
}

/** A paragraph of a Word file as the file has it, or a row of a table with tabs between its cells. */
export interface RevisedParagraph {
	readonly pieces: readonly RevisedPiece[];
	/** Its end, which may be put in or struck like a letter: then it runs on in the next one in one of the two readings. */
	readonly mark: RevisedPiece;
	/** Bookmarks that begin in it. */
	readonly bookmarks: readonly string[];
	/** Name of its style. */
	readonly style: string | null;
	/** The number that Word counts for it; null where it has none, or has it in its words. */
	readonly label: string | null;
}

export interface WordComment extends Signed {
	readonly id: string;
	readonly text: string;
}

/** Words of a file that have no place in the text: whatever they are, they are told. */
export interface Aside extends Signed {
	readonly why: 'hidden' | 'note' | 'margin';
	readonly op: RevisedPiece['op'];
	readonly text: string;
}

/** What was odd about a file. */
export interface WordProblem {
	readonly code:
		| 'hidden_text'
		| 'picture'
		| 'embedded_part'
		| 'margin_text'
		| 'automatic_numbers'
		| 'look_alone'
		| 'little_of_draft'
		| 'another_text';
	readonly detail: string;
}

/** A Word file with what somebody tracked in it. */
export interface Revised {
	readonly paragraphs: readonly RevisedParagraph[];
	readonly comments: readonly WordComment[];
	readonly asides: readonly Aside[];
	/** Words of its headers and footers, in a line. */
	readonly margin: string;
	readonly problems: readonly WordProblem[];
}

/** A line that Word counts by itself. */
const PAGES = /^(Page \d+ of|Página \d+ de) \d+$/;
/** Letters that are shown of a line in a header or footer. */
const LONGEST_MARGIN = 200;

/**
 * Reads the tracked changes and comments of a Word file (ECMA-376, WordprocessingML, 17.13) with their authors and days, and
 * carries none of them out. Changes of the look alone count for nothing. Nothing outside the file is read. Throws Unreadable
 * for what is damaged, beyond the bounds or made to harm.
 * @param own authors whose changes the file had when it was sent: they are carried out, and what was done to them since is told
 */
export function readRevisions(bytes: Uint8Array, own: readonly string[] = []): Revised {
	const zip = openPackage(bytes);
	const root = zip.related('').find(({ type }) => type === 'officeDocument')?.target ?? 'word/document.xml';
	const xml = zip.part(root);
	if (xml === null)
		throw new Unreadable(
			'damaged',
			'The Word file is damaged: its text is missing. Open it in Word and save it again.',
		);
	const relations = zip.related(root).filter(({ outside }) => !outside);
	const parts = (type: string) =>
		relations.flatMap((relation) => (relation.type === type ? [zip.part(relation.target) ?? ''] : [])).filter(Boolean);
	const reading = {
		styles: readStyles(parts('styles')[0] ?? null),
		numbering: readNumbering(parts('numbering')[0] ?? null),
		own,
	};
	const read = (part: string, name: string) => readRevised(part, name, reading);
	const body = read(xml, 'the text');
	const comments = parts('comments').flatMap((part) => read(part, 'the part with the comments').comments);
	const notes = [...parts('footnotes'), ...parts('endnotes')].map((part) => read(part, 'the part with the notes'));
	const margins = [...parts('header'), ...parts('footer')].map((part) => read(part, 'a header or footer'));
	const embedded = zip.names.filter((name) => /^word\/(embeddings|activex)\/|vbaproject\.bin$/.test(name));
	return {
		paragraphs: body.paragraphs,
		comments: [...new Map(comments.map((comment) => [comment.id, comment])).values()],
		asides: [
			...[body, ...notes, ...margins].flatMap(({ hidden }) => hidden),
			...notes.flatMap((story) => asidesOf(story, 'note', () => true)),
			...margins.flatMap((story) => asidesOf(story, 'margin', ({ op }) => op !== 'same')),
		],
		margin: oneLine(margins.flatMap(({ paragraphs }) => paragraphs.map(wordsOf)).join(' ')),
		problems: [
			...[body, ...notes, ...margins].flatMap(({ problems }) => problems),
			...marginWords(margins, body).map((detail) => ({ code: 'margin_text' as const, detail })),
			...(embedded.length > 0 ? [{ code: 'embedded_part' as const, detail: embedded.slice(0, 5).join(', ') }] : []),
		],
	};
}

/** Runs of the same making as one, spaces aside. */
function asidesOf({ paragraphs }: Storey, why: Aside['why'], wanted: (piece: RevisedPiece) => boolean): Aside[] {
	return paragraphs.flatMap(({ pieces }) => {
		const found: Aside[] = [];
		for (const piece of pieces.filter(wanted)) {
			const { op, text, author, day } = piece;
			const last = found.at(-1);
			if (last && last.op === op && last.author === author && last.day === day)
				found[found.length - 1] = { ...last, text: last.text + text };
			else found.push({ why, op, text, author, day });
		}
		return found.filter(({ text }) => text.trim() !== '');
	});
}

/** What headers and footers say, a line each; that pages are counted is left out, and the footer of a file of ours, which says its notices once more. */
function marginWords(margins: readonly Storey[], body: Storey): string[] {
	const text = body.paragraphs.map(wordsOf).join(' ');
	const isOurs = (paragraph: RevisedParagraph) => {
		const words = wordsOf(paragraph);
		return (paragraph.style === NOTICE_STYLE || isDraftFooter(words)) && text.includes(words);
	};
	const lines = margins
		.flatMap(({ paragraphs }) => paragraphs)
		.filter((paragraph) => !isOurs(paragraph))
		.map(wordsOf);
	return [...new Set(lines.filter((line) => /\p{L}/u.test(line) && !PAGES.test(line)))].map(shortened);
}

function wordsOf({ pieces }: RevisedParagraph): string {
	return oneLine(pieces.map(({ text }) => text).join(''));
}

/** Cut between words where it is long. */
function shortened(line: string): string {
	if (line.length <= LONGEST_MARGIN) return line;
	return `${line
		.slice(0, LONGEST_MARGIN)
		.replace(/\s\S*$/u, '')
		.toWellFormed()} …`;
}
