import type { Coding } from '#library/protection.ts';
import type { Amendment, Piece } from '#library/provision.ts';
import type { Note } from '#library/view.ts';
import type { ReuseNote } from './elsewhere.ts';
import type { Leaf } from './leaf.ts';

/** What stands in the margin beside a leaf. */
export interface Beside {
	readonly notes: readonly Note[];
	readonly amendments: readonly Amendment[];
	/** Against the version before; null: nothing, or there is none. */
	readonly change: 'added' | 'changed' | null;
	/** Words that it gained and lost, where they are few enough to be said in a line; else null. */
	readonly words: ChangedWords | null;
	/** What was said of its words, each code once. */
	readonly codings: readonly Coding[];
	/** Its words in other policies. */
	readonly reuse: readonly ReuseNote[];
}

interface ChangedWords {
	readonly added: readonly string[];
	readonly removed: readonly string[];
}

/** Longer ones, and more of them, are read in the redline. */
const LONGEST_WORDS = 70;
const MOST_WORDS = 2;

/** Notes, amendments, codings and changes beside each leaf, by its eId; `edits`: the redline of what changed, by eId. A note stands beside the leaf that holds its provision. */
export function besideOf(
	leaves: readonly Leaf[],
	notes: readonly Note[],
	amendments: readonly Amendment[],
	changes: ReadonlyMap<string, 'added' | 'changed'>,
	edits: ReadonlyMap<string, readonly Piece[]> = new Map(),
	reuse: readonly ReuseNote[] = [],
): ReadonlyMap<string, Beside> {
	return new Map(
		leaves.map(({ eId, lines }) => {
			const held = new Set(lines.map((line) => line.eId));
			const states = lines.map((line) => changes.get(line.eId)).filter((state) => state !== undefined);
			const whole = states.length === lines.length && states.every((state) => state === 'added');
			return [
				eId,
				{
					notes: notes.filter((note) => held.has(note.eId)),
					reuse: told(reuse.filter((note) => held.has(note.eId))),
					amendments: amendments.filter(({ by }) => held.has(by)),
					change: states.length === 0 ? null : whole ? 'added' : 'changed',
					words: whole ? null : changedWords([...held].flatMap((one) => edits.get(one) ?? [])),
					codings: [
						...new Map(
							lines.flatMap((line) => line.codings).map((one) => [`${one.code} ${one.polarity} ${one.state}`, one]),
						).values(),
					],
				},
			];
		}),
	);
}

/** The notes of one leaf: that the words are in a series of the place itself is said once. */
function told(notes: readonly ReuseNote[]): readonly ReuseNote[] {
	return notes.filter(({ from, later, sameDay }, n) => n === 0 || from !== null || later.length + sameDay.length > 0);
}

function changedWords(pieces: readonly Piece[]): ChangedWords | null {
	const of = (op: Piece['op']) =>
		pieces.flatMap((piece) => (piece.op === op && piece.text.trim() !== '' ? [piece.text.trim()] : []));
	const [added, removed] = [of('added'), of('removed')];
	const few = (list: readonly string[]) =>
		list.length <= MOST_WORDS && list.every((text) => text.length <= LONGEST_WORDS && !text.includes('{{'));
	return added.length + removed.length > 0 && few(added) && few(removed) ? { added, removed } : null;
}
