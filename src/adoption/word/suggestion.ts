import { merged } from '#concordance/merge.ts';
import type { RevisedPiece, Signed } from './revision.ts';

/** Number, heading or own words of a provision. */
export type ProvisionPart = 'number' | 'heading' | 'text';

/**
 * Something that a file of counsel changes in a draft or says about it, to be taken or refused by itself. `words`: some give way
 * to others. `added`: a provision is new. `removed`: one goes. `moved`: one stands elsewhere. `comment`: somebody said something.
 */
export interface Suggestion extends Signed {
	/** Unique in its file, rising in the order of it: `1`. */
	readonly id: string;
	readonly kind: 'words' | 'added' | 'removed' | 'moved' | 'comment';
	/** The provision it is about; of an added one, and of a comment on one, the provision it stands behind; null: before all. */
	readonly provision: string | null;
	/** Of a moved provision the one it is to stand behind; null: before all. Null for all others. */
	readonly behind: string | null;
	/** Of `words` and of comments on words; null where it is about a whole provision. */
	readonly part: ProvisionPart | null;
	/** Where `before` begins in `basis`, in UTF-16 units from 0. */
	readonly at: number;
	/** How the part reads that `at` counts in: taking another suggestion moves both along. Empty without a part. */
	readonly basis: string;
	/** Words that go, or that a comment is on; all of a removed provision. */
	readonly before: string;
	/** Words that come, all of an added provision with its number before a tab; of a comment what it says. */
	readonly after: string;
	/** False where the file reads otherwise without saying so. */
	readonly tracked: boolean;
}

/** Something of a file that has no place in the draft: told, never dropped. */
export interface Unplaced extends Signed {
	/**
	 * `not_in_draft`: it strikes words that the draft does not have. `overtaken`: one put it in and another struck it. `joined`: it
	 * joins two provisions. `hidden`, `note`, `margin`, `head`: where it stands. `lost_comment`: a comment on nothing.
	 * `another_text`: the file is not of this draft.
	 */
	readonly why:
		| 'not_in_draft'
		| 'overtaken'
		| 'joined'
		| 'hidden'
		| 'note'
		| 'margin'
		| 'head'
		| 'lost_comment'
		| 'another_text';
	readonly op: RevisedPiece['op'] | 'said';
	readonly text: string;
}

/** What became of taking a suggestion: the words with it and the others, moved along; or both readings where words met. */
export type Taken =
	| { readonly kind: 'taken'; readonly words: string; readonly others: readonly Suggestion[] }
	| { readonly kind: 'clash'; readonly ours: string; readonly theirs: string };

/**
 * Takes a suggestion of `words` into a part that reads `words` now. `others` are those still open: what is about the same part
 * moves along, so that they can be taken in any order. Where the part was edited since the file came, both are merged; where both
 * changed the same words nothing is taken.
 */
export function taken(words: string, suggestion: Suggestion, others: readonly Suggestion[]): Taken {
	const { at, basis, before, after } = suggestion;
	const theirs = basis.slice(0, at) + after + basis.slice(at + before.length);
	if (words === basis)
		return { kind: 'taken', words: theirs, others: others.map((other) => along(other, suggestion, theirs)) };
	const found = merged(basis, words, theirs);
	if (found.kind === 'clean') return { kind: 'taken', words: found.text, others };
	return { kind: 'clash', ours: words, theirs };
}

function along(
	other: Suggestion,
	{ id, provision, part, at, basis, before, after }: Suggestion,
	now: string,
): Suggestion {
	if (other.part === null || other.part !== part || other.provision !== provision || other.basis !== basis)
		return other;
	const [end, otherEnd] = [at + before.length, other.at + other.before.length];
	const by = after.length - before.length;
	// Two that meet at one place stand in the order of the file.
	const later = other.at > at || (other.at === at && (otherEnd > at || Number(other.id) > Number(id)));
	if (other.kind === 'comment') return { ...other, ...onto(other, at, end, by, now), basis: now };
	return { ...other, at: later ? other.at + by : other.at, basis: now };
}

/** Where the words that a comment is on stand now; what of them went is no longer among them. */
function onto(
	comment: Suggestion,
	at: number,
	end: number,
	by: number,
	now: string,
): Pick<Suggestion, 'at' | 'before'> {
	const place = (offset: number, last: boolean): number =>
		offset >= end && (offset > at || last) ? offset + by : Math.min(offset, at);
	const [from, to] = [place(comment.at, false), place(comment.at + comment.before.length, true)];
	return { at: from, before: now.slice(from, Math.max(from, to)) };
}

/**
 * Where an added or moved provision is to stand in a draft whose provisions have this order now, and the others moved along:
 * what stands behind a provision that goes or leaves stands behind the one before it, and what comes later at the same place
 * stands behind what was put there. Where the provision that it stands behind is gone, its place is the end.
 * @param made identity of the provision that was added; null for the others
 */
export function standing(
	{ id, kind, provision, behind }: Suggestion,
	order: readonly string[],
	others: readonly Suggestion[],
	made: string | null,
): { readonly behind: string | null; readonly others: readonly Suggestion[] } {
	const above = provision === null ? null : (order[order.indexOf(provision) - 1] ?? null);
	const known = (at: string | null) => (at === null || order.includes(at) ? at : (order.at(-1) ?? null));
	const place = kind === 'added' ? known(provision) : behind === provision ? above : known(behind);
	const leaves = kind === 'removed' || kind === 'moved';
	const arrives = kind === 'added' ? made : kind === 'moved' ? provision : null;
	return {
		behind: place,
		others: others.map((other) => {
			const at = other.kind === 'added' ? other.provision : other.behind;
			const next = leaves && at === provision && at !== null ? above : at;
			const last = arrives !== null && next === place && Number(other.id) > Number(id) ? arrives : next;
			if (other.kind === 'added') return last === at ? other : { ...other, provision: last };
			return other.kind !== 'moved' || last === at ? other : { ...other, behind: last };
		}),
	};
}
