import { type Revised, readRevisions } from '#adoption/word/revision.ts';
import { lineOf, type Suggested, suggestionsOf, type WrittenProvision } from '#adoption/word/suggest.ts';
import { Unreadable } from '#kernel/unreadable.ts';
import { readDocx } from '#library/read/docx.ts';
import { withTaken } from './counsel.ts';

export interface Attempt {
	/** What became of the file, in a word or two. */
	readonly outcome: string;
	/** What is wrong with that; null where nothing is. */
	readonly wrong: string | null;
}

/** Reads a file that may be anything as one that came back for a draft, and says what was lost, made up or broken. */
export function attempt(bytes: Uint8Array, draft: readonly WrittenProvision[]): Attempt {
	let file: Revised;
	try {
		file = readRevisions(bytes);
	} catch (cause) {
		if (cause instanceof Unreadable) return { outcome: `refused: ${cause.code}`, wrong: null };
		return { outcome: 'threw while reading', wrong: said(cause) };
	}
	try {
		const found = suggestionsOf(file, draft);
		const other = found.problems.some(({ code }) => code === 'another_text');
		return { outcome: other ? 'another text' : 'read', wrong: unread(bytes, file) ?? lost(file, found, draft, other) };
	} catch (cause) {
		return { outcome: 'threw while placing', wrong: said(cause) };
	}
}

/** What the reader of the library finds in the same file, and this one does not. */
function unread(bytes: Uint8Array, file: Revised): string | null {
	const { blocks, inside } = readDocx(bytes);
	const theirs = lettersOf(
		blocks.filter(({ role }) => role !== 'aside').flatMap(({ runs }) => runs.map(({ text }) => text)),
	);
	const pieces = file.paragraphs.flatMap((paragraph) => paragraph.pieces);
	const ours = lettersOf(pieces.map(({ text }) => text));
	// Hidden words and those that came and went are kept beside the text there, each once.
	if (inside.hidden.length > 0) return null;
	return missing(theirs, ours, 'not read') ?? null;
}

function lost(file: Revised, found: Suggested, draft: readonly WrittenProvision[], other: boolean): string | null {
	const { suggestions, unplaced } = found;
	const remarks = suggestions.filter(({ kind }) => kind === 'comment').length;
	const listed = unplaced.filter(({ why }) => why === 'lost_comment').length;
	if (remarks + listed !== file.comments.length) return `${remarks + listed} of ${file.comments.length} comments`;
	const asides = unplaced.filter(({ why }) => ['hidden', 'note', 'margin'].includes(why)).length;
	if (asides !== file.asides.length) return `${asides} of ${file.asides.length} words beside the text`;
	for (const { kind, basis, at, before } of suggestions)
		if (kind === 'words' && basis.slice(at, at + before.length) !== before) return 'an offset is wrong';
	const pieces = file.paragraphs.flatMap((paragraph) => paragraph.pieces);
	// What stands before the text of a file of ours is passed over.
	if (file.paragraphs.some(({ style }) => /^Library (title|notice)/.test(style ?? ''))) return null;
	if (other) {
		const told = unplaced.filter(({ why }) => why === 'another_text').map(({ text }) => text);
		return missing(lettersOf(pieces.map(({ text }) => text)), lettersOf(told), 'not told');
	}
	// Numbers that Word counts are no words of the file.
	if (file.paragraphs.some(({ label }) => label !== null)) return null;
	const stays = pieces.filter(
		({ op, move }) =>
			(op === 'same' || op === 'added') &&
			!(move?.way === 'from') &&
			!(move?.way === 'to' && op !== 'same' && op !== 'added'),
	);
	const [accepted, made] = [
		lettersOf(stays.map(({ text }) => text)),
		lettersOf(withTaken(draft, suggestions, [...suggestions.keys()]).draft.map(lineOf)),
	];
	return missing(accepted, made, 'lost') ?? missing(made, accepted, 'made up');
}

function lettersOf(texts: readonly string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const letter of texts.join('').match(/[\p{L}\p{N}]/gu) ?? []) counts.set(letter, (counts.get(letter) ?? 0) + 1);
	return counts;
}

function missing(wanted: ReadonlyMap<string, number>, had: ReadonlyMap<string, number>, what: string): string | null {
	const short = [...wanted].filter(([letter, count]) => (had.get(letter) ?? 0) < count);
	return short.length === 0
		? null
		: `${what}: ${short.map(([letter, count]) => `${letter} ${count - (had.get(letter) ?? 0)}`).join(', ')}`;
}

function said(cause: unknown): string {
	return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
