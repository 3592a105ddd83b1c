import { oneLine } from '#kernel/one-line.ts';
import type { ProvisionKind } from '#library/provision.ts';
import { type Condition, conditionOf, type Shown, shown, textOf } from '../blank-words.ts';
import type { State } from '../draft.ts';

/** Heading and words of a provision as its people read and type them: blanks are what was answered, or their names in brackets. */
export interface Read {
	readonly heading: string;
	readonly words: string;
}

/** A stretch of what is read that stands in a blank: [start, end), and whether nobody answered yet. */
export type Fill = readonly [start: number, end: number, open: boolean];

/** A provision of a draft as an editor has it. */
export interface Piece extends Read {
	readonly id: string;
	readonly kind: ProvisionKind;
	readonly number: string | null;
	readonly fills: { readonly heading: readonly Fill[]; readonly words: readonly Fill[] };
	/** On which answer it stands, and whether it does; null for what always stands. */
	readonly condition: (Condition & { readonly stands: boolean | null }) | null;
}

/** The provisions of a draft as an editor has them, in order. */
export function piecesOf({ provisions, blanks, answers, draft }: State): readonly Piece[] {
	return provisions.map(({ id, kind, number, heading, text }) => {
		const { condition, words } = conditionOf(text);
		const [head, body] = [heading ?? '', words].map((one) => shown(one, blanks, answers, draft.language));
		const answer = condition === null ? '' : (answers[condition.blank] ?? '');
		return {
			...{ id, kind, number, heading: textOf(head ?? []), words: textOf(body ?? []) },
			fills: { heading: fillsOf(head ?? []), words: fillsOf(body ?? []) },
			condition: condition && { ...condition, stands: answer === '' ? null : answer === condition.on },
		};
	});
}

function fillsOf(pieces: readonly Shown[]): readonly Fill[] {
	const found: Fill[] = [];
	let at = 0;
	for (const { text, mark, open } of pieces) {
		if (mark !== null && text !== '') found.push([at, at + text.length, open]);
		at += text.length;
	}
	return found;
}

/** What is read as the draft keeps it: in one line, without space around it. */
export function plainly({ heading, words }: Read): Read {
	return { heading: oneLine(heading), words: oneLine(words) };
}

/** Whether two readings are the same but for spaces that the draft does not keep. */
export function sameRead(one: Read, other: Read): boolean {
	if (one.heading === other.heading && one.words === other.words) return true;
	const [a, b] = [plainly(one), plainly(other)];
	return a.heading === b.heading && a.words === b.words;
}

/** Ids and depths in order, 0 at the top. */
export type Order = readonly (readonly [id: string, depth: number])[];
