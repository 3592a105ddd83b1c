import { oneLine } from '#kernel/one-line.ts';
import type { Revised, RevisedParagraph, RevisedPiece } from './revision.ts';

/** A stretch as it counts: what moved inside paragraphs was struck here and written there. */
export type FlatPiece = Omit<RevisedPiece, 'move'>;

/** A paragraph as the text had it before anything was tracked, or one that was put in between. */
export interface Item {
	/** `base`: the text had it. `added`: it is new, or holds nothing but what is. `landing`: one of the text went here. */
	readonly kind: 'base' | 'added' | 'landing';
	/** With what was put in and struck; an end of a paragraph that was put in is a `\n` of its own. */
	readonly pieces: readonly FlatPiece[];
	/** Of a moved one how it reads where it went; of a landing the same. */
	readonly landed: readonly FlatPiece[] | null;
	/** Which move; null where it stayed. */
	readonly move: number | null;
	/** The struck end by which it runs on in the paragraph before it; null where it does not. */
	readonly joins: FlatPiece | null;
	readonly bookmarks: readonly string[];
	readonly style: string | null;
	readonly label: string | null;
}

interface Raw {
	readonly paragraph: RevisedParagraph;
	readonly pieces: readonly FlatPiece[];
	mark: FlatPiece;
	/** Whether it has words before and after. */
	readonly had: boolean;
	readonly has: boolean;
	readonly move: number | null;
	readonly way: 'from' | 'to' | null;
	readonly landed: readonly FlatPiece[] | null;
}

/** The words of the text before, as far as these stretches have them. */
export function before(pieces: readonly FlatPiece[]): string {
	return pieces.map(({ op, text }) => (op === 'same' || op === 'removed' ? text : '')).join('');
}

/** The words after everything tracked is taken. */
export function after(pieces: readonly FlatPiece[]): string {
	return pieces.map(({ op, text }) => (op === 'same' || op === 'added' ? text : '')).join('');
}

/** The paragraphs of a file as the text had them, in the order of the file, with what was put in between. */
export function itemsOf({ paragraphs }: Pick<Revised, 'paragraphs'>): Item[] {
	const raws = rawsOf(paragraphs);
	settleMarks(raws);
	const items: Item[] = [];
	let open: { raws: Raw[]; pieces: FlatPiece[]; joins: FlatPiece | null } | null = null;
	let struck: FlatPiece | null = null;
	/** What moved into the middle of the open one: it stands behind it. */
	let landings: Item[] = [];
	for (const raw of raws) {
		const joins: FlatPiece | null = raw.has ? struck : null;
		const between = !open && !raw.had;
		// An end that was struck joins what stays on both sides of it, over whatever was struck between them.
		if (raw.mark.op === 'removed') struck = raw.has ? raw.mark : struck;
		else if (raw.has || raw.had) struck = null;
		if (open && raw.way === 'to') {
			landings.push(itemOf({ raws: [raw], pieces: raw.pieces, joins }, false));
			continue;
		}
		open ??= { raws: [], pieces: [], joins: null };
		open.raws.push(raw);
		open.pieces.push(...raw.pieces);
		open.joins ??= joins;
		// A paragraph that moved left whole: one behind its end is no part of it, whoever says that the end is new.
		const left = raw.way === 'from' && open.raws.length === 1;
		if (!between && !left && raw.mark.op === 'added') {
			open.pieces.push(raw.mark);
			continue;
		}
		items.push(itemOf(open, between), ...landings);
		open = null;
		landings = [];
	}
	if (open) items.push(itemOf(open, false), ...landings);
	return items.filter(({ pieces, landed }) => pieces.some(counts) || (landed ?? []).some(counts));
}

function counts({ text, comments }: FlatPiece): boolean {
	return text.trim() !== '' || comments.length > 0;
}

function itemOf(
	{
		raws,
		pieces,
		joins,
	}: { readonly raws: readonly Raw[]; readonly pieces: readonly FlatPiece[]; readonly joins: FlatPiece | null },
	between: boolean,
): Item {
	const [first] = raws as [Raw];
	return {
		kind: first.way === 'to' ? 'landing' : between ? 'added' : 'base',
		pieces,
		landed: first.landed,
		move: first.move,
		joins,
		bookmarks: raws.flatMap(({ paragraph }) => paragraph.bookmarks),
		style: first.paragraph.style,
		label: first.paragraph.label,
	};
}

function rawsOf(paragraphs: readonly RevisedParagraph[]): Raw[] {
	const moves = movesOf(paragraphs);
	return paragraphs.map((paragraph, at) => {
		const pieces = paragraph.pieces.map(flat);
		const found = moves.get(at);
		return {
			paragraph,
			pieces,
			mark: flat(paragraph.mark),
			had: before(pieces).trim() !== '',
			has: after(pieces).trim() !== '',
			move: found?.move ?? null,
			way: found?.way ?? null,
			landed: found ? (paragraphs[found.to]?.pieces ?? []).map(unmoved) : null,
		};
	});
}

function flat({ move, ...piece }: RevisedPiece): FlatPiece {
	if (move === null || piece.op === 'overtaken') return piece;
	const [now, never] = move.way === 'from' ? (['removed', 'added'] as const) : (['added', 'removed'] as const);
	return { ...piece, op: piece.op === never ? 'overtaken' : now };
}

/** What was tracked in it beside the move. */
function unmoved({ move: _, ...piece }: RevisedPiece): FlatPiece {
	return piece;
}

interface Move {
	readonly move: number;
	readonly way: 'from' | 'to';
	/** Index of the paragraph where it went. */
	readonly to: number;
}

/** Whole paragraphs that moved, by index: where as many left as arrived in order, else those with the same words. */
function movesOf(paragraphs: readonly RevisedParagraph[]): ReadonlyMap<number, Move> {
	const places = new Map<string, { from: number[]; to: number[] }>();
	paragraphs.forEach(({ pieces }, at) => {
		const [first, ...rest] = pieces.filter(({ text }) => text.trim() !== '').map(({ move }) => move);
		if (!first || rest.some((other) => other?.name !== first.name || other.way !== first.way)) return;
		const found = places.get(first.name) ?? { from: [], to: [] };
		places.set(first.name, found);
		found[first.way].push(at);
	});
	const moves = new Map<number, Move>();
	const wordsAt = (at: number) => oneLine((paragraphs[at]?.pieces ?? []).map(({ text }) => text).join(''));
	let move = 0;
	for (const { from, to } of places.values()) {
		const left = [...to];
		for (const [n, at] of from.entries()) {
			const found =
				from.length === to.length ? n : left.findIndex((other) => other >= 0 && wordsAt(other) === wordsAt(at));
			const target = left[found];
			if (target === undefined || target < 0) continue;
			left[found] = -1;
			moves.set(at, { move, way: 'from', to: target });
			moves.set(target, { move, way: 'to', to: target });
			move++;
		}
	}
	return moves;
}

/**
 * Word puts the end of a new paragraph behind the one it follows, `words¶(new) new words¶`: the end is given to whom it belongs,
 * and the same with one that was struck. From the back, so that several in a row are each given theirs.
 */
function settleMarks(raws: Raw[]): void {
	for (let at = raws.length - 1; at > 0; at--) {
		const [last, raw] = [raws[at - 1] as Raw, raws[at] as Raw];
		if (raw.mark.op !== 'same') continue;
		if ((!raw.had && last.mark.op === 'added') || (!raw.has && last.mark.op === 'removed'))
			[last.mark, raw.mark] = [raw.mark, last.mark];
	}
}
