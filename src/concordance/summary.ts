import type { Operation, Part } from './redline.ts';

/** One thing that a redline says, for a list of changes; `at` cites the provision, null where it has no number. */
export type Note =
	| { readonly kind: 'added' | 'removed' | 'moved'; readonly at: string | null }
	| { readonly kind: 'renumbered'; readonly was: string | null; readonly at: string | null }
	| { readonly kind: 'inserted' | 'struck'; readonly at: string | null; readonly words: string }
	| { readonly kind: 'replaced'; readonly at: string | null; readonly struck: string; readonly words: string };

/** A redline in a few facts. */
export interface Summary {
	/** In the order of the later text. */
	readonly notes: readonly Note[];
	readonly wordsAdded: number;
	readonly wordsRemoved: number;
}

/** Words of a note; what is longer is cut, and ends with an ellipsis. */
const LONGEST_QUOTE = 12;
const WORD = /[\p{L}\p{N}]+(?:['’.,-][\p{L}\p{N}]+)*/gu;

/** What a redline comes to: provisions that came, went, moved or have another number, words inside the others, and how many words in all. */
export function summarised(parts: readonly Part[]): Summary {
	const notes = parts.flatMap(of);
	return { notes, ...wordsOf(parts.flatMap(({ operations }) => operations)) };
}

/** How many words the steps write and strike. */
export function wordsOf(operations: readonly Operation[]): Pick<Summary, 'wordsAdded' | 'wordsRemoved'> {
	const count = (op: Operation['op']) =>
		operations.reduce((sum, one) => sum + (one.op === op ? (one.text.match(WORD)?.length ?? 0) : 0), 0);
	return { wordsAdded: count('added'), wordsRemoved: count('removed') };
}

function of(part: Part): Note[] {
	if (part.state === 'added' || part.state === 'removed')
		return [{ kind: part.state, at: part.state === 'added' ? part.is : part.was }];
	const notes: Note[] = [];
	if (part.moved) notes.push({ kind: 'moved', at: part.is });
	if (part.renumbered) notes.push({ kind: 'renumbered', was: part.was, at: part.is });
	const { operations } = part;
	for (let n = 0; n < operations.length; n++) {
		const [one, next] = [operations[n] as Operation, operations[n + 1]];
		if (one.op === 'same') continue;
		const replaced = one.op === 'removed' && next?.op === 'added';
		const words = quoted(replaced ? next.text : one.text);
		if (replaced) n++;
		// A number at the head of the provision is told as such.
		if (part.renumbered && n <= 1) continue;
		if (replaced) notes.push({ kind: 'replaced', at: part.is, struck: quoted(one.text), words });
		else notes.push({ kind: one.op === 'added' ? 'inserted' : 'struck', at: part.is, words });
	}
	return notes;
}

/** The first words on one line, without the commas around them. */
function quoted(text: string): string {
	const words = text.trim().split(/\s+/);
	const short = words.slice(0, LONGEST_QUOTE).join(' ');
	return words.length > LONGEST_QUOTE ? `${short} …` : short.replace(/^[,;]\s*|\s*[,;]$/g, '') || short;
}
