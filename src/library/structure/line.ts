import type { Piece } from '../provision.ts';
import type { Frame, Zone } from './frame.ts';
import { listLabel, unitLabel } from './label.ts';
import type { Raw } from './sheet.ts';

/** A paragraph with what is added and removed in it: what the tree is made of. */
export interface Line {
	readonly block: number;
	readonly zone: Zone;
	readonly heading: number | null;
	readonly role: Raw['role'];
	readonly pieces: readonly Piece[];
	/** How it reads after the act; for a paragraph that is taken out, before it. No blanks at its ends. */
	readonly view: string;
	readonly removed: boolean;
	/** Number that it had before where another stands now, `5` of `[5] 3.`; null where it is the same or unknown. */
	readonly was: string | null;
}

/** What is left standing beside a paragraph that is taken out, `[(b) a permit;] or`, goes on with the one before. */
const LEFT_STANDING = /^[\p{Ll},;.]/u;

/** Paragraphs as lines; one in two where its end belongs to the one before once its beginning is taken out. */
export function lines(
	paragraphs: readonly Raw[],
	zones: Frame['zones'],
	pieces: readonly (readonly Piece[])[],
): Line[] {
	const made: Line[] = [];
	paragraphs.forEach((raw, index) => {
		const of = pieces[index] ?? [];
		const { block, heading, role } = raw;
		const base = { block, zone: zones[index] ?? 'body', heading, role };
		const removed = reads(of, 'added').trim() === '' && reads(of, 'removed').trim() === '' ? null : standing(of);
		if (removed === null) return;
		const leading = of[0];
		const rest = reads(of, 'removed').trim();
		if (!removed && leading?.op === 'removed' && LEFT_STANDING.test(rest) && begins(leading.text)) {
			const gone = of.map((piece): Piece => (piece.op === 'same' ? { op: 'removed', text: piece.text } : piece));
			made.push(
				line(
					base,
					gone.filter(({ op }) => op === 'removed'),
					true,
				),
			);
			const stays = of.filter(({ op }) => op !== 'removed').map(({ text }): Piece => ({ op: 'added', text }));
			made.push(line(base, stays, false));
			return;
		}
		made.push(line(base, of, removed));
	});
	return made;
}

/** Whether words are left once what is removed is gone: false, and true where none are. */
function standing(pieces: readonly Piece[]): boolean {
	return !pieces.some(({ op, text }) => op !== 'removed' && text.trim() !== '');
}

function begins(words: string): boolean {
	const text = words.trimStart();
	const label = listLabel(text) ?? unitLabel(text);
	return label !== null && text.length > label.length + 2;
}

function line(
	base: Pick<Line, 'block' | 'zone' | 'heading' | 'role'>,
	pieces: readonly Piece[],
	removed: boolean,
): Line {
	const trimmed = withoutLeadingBlanks(pieces, removed ? 'added' : 'removed');
	const view = reads(trimmed, removed ? 'added' : 'removed').trimEnd();
	const leading = trimmed[0];
	const was =
		!removed && leading?.op === 'removed' ? (/^\s*[[(]?(\w{1,5})[\].)]*\s*$/.exec(leading.text)?.[1] ?? null) : null;
	return { ...base, pieces: trimmed, view, removed, was };
}

/** So that places in the view are places in the pieces. */
function withoutLeadingBlanks(pieces: readonly Piece[], but: Piece['op']): Piece[] {
	const kept: Piece[] = [];
	let begun = false;
	for (const piece of pieces) {
		if (begun || piece.op === but) {
			kept.push(piece);
			continue;
		}
		const text = piece.text.trimStart();
		if (text === '') continue;
		kept.push({ op: piece.op, text });
		begun = true;
	}
	return kept;
}

/** The words of pieces but those of one kind. */
function reads(pieces: readonly Piece[], but: Piece['op']): string {
	if (pieces.length === 1) return pieces[0]?.op === but ? '' : (pieces[0]?.text ?? '');
	let text = '';
	for (const piece of pieces) if (piece.op !== but) text += piece.text;
	return text;
}

/** Cuts pieces where so many characters of the view are passed; what the view leaves out at the cut is of what follows. */
export function cut(pieces: readonly Piece[], at: number, removed: boolean): [Piece[], Piece[]] {
	const but = removed ? 'added' : 'removed';
	const head: Piece[] = [];
	let left = at;
	for (let i = 0; i < pieces.length; i++) {
		const piece = pieces[i] as Piece;
		if (left <= 0) return [head, pieces.slice(i)];
		if (piece.op === but) head.push(piece);
		else if (piece.text.length <= left) {
			head.push(piece);
			left -= piece.text.length;
		} else {
			head.push({ op: piece.op, text: piece.text.slice(0, left) });
			return [head, [{ op: piece.op, text: piece.text.slice(left) }, ...pieces.slice(i + 1)]];
		}
	}
	return [head, []];
}
