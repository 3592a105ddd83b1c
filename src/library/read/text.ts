import type { Problem } from '../provision.ts';
import type { Blocks, Refusal } from './block.ts';
import { decodeUnknown } from './codepage.ts';
import { blockOf, cleaned, MAX_CHARACTERS } from './gather.ts';
import { columnOf, type TextLine, type TextNote } from './text-line.ts';
import { withoutLineNumbers } from './text-margin.ts';
import { withoutPages } from './text-page.ts';
import { type Paragraph, paragraphs } from './text-wrap.ts';

/** The largest municipal codes have some 150,000 paragraphs. */
const MOST_PARAGRAPHS = 200_000;
/** Codes of that size have some 400,000 lines; a text of more is made to hurt. */
const MOST_LINES = 600_000;
/** Width of a column: typewriters set ten or twelve to the inch, and six make the half inch of a tab. */
const COLUMN_POINTS = 6;

/**
 * Plain text as blocks: in UTF-8, in UTF-16 with its mark, or else in Windows-1252. Line numbers in the margin, running heads
 * and feet and page numbers are left out, each kind with a problem; lines broken by a typewriter are joined to paragraphs.
 */
export function readText(bytes: Uint8Array): Blocks | Refusal {
	const { text, page } = decodeUnknown(bytes);
	if (text.trim() === '') return { refused: 'empty', detail: 'The file holds no words. Choose another file.' };
	if (text.length > MAX_CHARACTERS || breaks(text) > MOST_LINES) {
		return { refused: 'too_large', detail: 'The text is larger than any policy. Cut it into its parts.' };
	}
	const read = textBlocks(text);
	if (read.blocks.length > MOST_PARAGRAPHS) {
		return { refused: 'too_large', detail: 'The text has more paragraphs than any policy. Cut it into its parts.' };
	}
	if (page !== 'windows-1252') return read;
	const problem: Problem = {
		code: 'encoding_guessed',
		block: null,
		detail: 'The text is not UTF-8; it was read as Windows-1252',
	};
	return { ...read, problems: [problem, ...read.problems] };
}

/** Text that is decoded already, as blocks. */
export function textBlocks(text: string): Blocks {
	const problems: Problem[] = [];
	const note: TextNote = (code, detail) => {
		problems.push({ code, block: null, detail });
	};
	const bare = withoutLineNumbers(linesOf(text), note);
	return {
		format: 'text',
		blocks: paragraphs(withoutPages(bare, note), note).map(blockFrom),
		inside: { authors: [], comments: [], hidden: [], revisions: 0, properties: {} },
		problems,
	};
}

function blockFrom({ text, column, cells }: Paragraph) {
	return blockOf([{ text: cells ? cells.join('\t') : text }], {
		indent: column * COLUMN_POINTS,
		role: cells ? 'row' : 'paragraph',
	});
}

function breaks(text: string): number {
	let count = 0;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code === 10 || code === 12 || code === 13) count++;
	}
	return count;
}

function linesOf(text: string): TextLine[] {
	const found: TextLine[] = [];
	for (const [nth, page] of text.split('\f').entries()) {
		const rows = page.split(/\r\n|[\n\r\v\u0085\u2028\u2029]/);
		rows.forEach((row, at) => {
			const raw = cleaned(row);
			found.push({ text: raw.trim(), column: columnOf(raw), broken: nth > 0 && at === 0, raw });
		});
	}
	return found;
}
