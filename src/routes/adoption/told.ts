import { undotted } from '#adoption/structure/label.ts';
import type { Operation } from '#concordance/redline.ts';
import { type Note, type Summary, summarised } from '#concordance/summary.ts';
import type { Leaf, Line } from './reading.ts';

/** One thing that a redline of a draft says; `at` as in a `Note`. */
export type DraftNote =
	| Note
	/** An answer leaves it out. */
	| {
			readonly kind: 'left_out';
			readonly at: string | null;
			readonly blank: string;
			readonly answer: 'yes' | 'no';
	  }
	/** A later part of what stands at `other`. */
	| { readonly kind: 'divided'; readonly at: string | null; readonly other: string }
	/** No provision of its own any more: its words stand at `other`. */
	| { readonly kind: 'joined'; readonly at: string | null; readonly other: string };

/** Changes of a draft in words. */
export interface Told extends Pick<Summary, 'wordsAdded' | 'wordsRemoved'> {
	/** With the line where each stands, in the order of the draft. */
	readonly notes: readonly { readonly id: string; readonly note: DraftNote }[];
	/** How many more there are. */
	readonly more: number;
}

/** Changes that are told one by one: a clerk reads two pages of them, not ten. */
const MOST_TOLD = 60;

/**
 * What a redline says in words. Where a provision came, went or moved with all in it, that is said once.
 * @param cited names of provisions of the draft by id; what is not in it is called by its numbers
 */
export function toldOf(leaves: readonly Leaf[], cited: ReadonlyMap<string, string>): Told {
	const joined = joinedIn(leaves.flatMap(({ lines }) => lines));
	const notes = leaves.flatMap(({ lines }) =>
		lines.flatMap((line, at) => {
			const name = line.state === 'removed' ? numbersOf(lines, at) : (cited.get(line.id) ?? null);
			const above = over(lines, at);
			if (above?.state === line.state && (line.state === 'added' || line.state === 'removed')) return [];
			const into = joined.get(line.id);
			const found: readonly DraftNote[] = into
				? [{ kind: 'joined', at: name, other: cited.get(into) ?? '' }]
				: notesOn({ ...line, moved: line.moved && !above?.moved }, name, cited);
			return found.map((note) => ({ id: into ?? line.id, note }));
		}),
	);
	const { wordsAdded, wordsRemoved } = summarised(
		leaves.flatMap(({ lines }) => lines.map((line) => partOf(line, null))),
	);
	return { notes: notes.slice(0, MOST_TOLD), more: Math.max(0, notes.length - MOST_TOLD), wordsAdded, wordsRemoved };
}

function notesOn(line: Line, name: string | null, cited: ReadonlyMap<string, string>): readonly DraftNote[] {
	const { was, number, cutFrom, condition } = line;
	if (line.state === 'removed' && condition?.stands === false)
		return [{ kind: 'left_out', at: name, blank: condition.blank, answer: condition.on === 'yes' ? 'no' : 'yes' }];
	const structure: readonly DraftNote[] = [
		...(was === null ? [] : [{ kind: 'renumbered', was: undotted(was), at: number === null ? null : name } as const]),
		...(cutFrom === null ? [] : [{ kind: 'divided', at: name, other: cited.get(cutFrom) ?? '' } as const]),
	];
	return [...structure, ...summarised([partOf(line, name)]).notes];
}

/** Words that came and went are the same where so many are, letter by letter. */
const FEWEST_JOINED = 20;

/** Of what is struck with words that now stand in another provision as they are: in which, by its id. */
function joinedIn(lines: readonly Line[]): ReadonlyMap<string, string> {
	const words = (line: Line, op: Operation['op']) =>
		line.words
			.flatMap((one) => (one.op === op ? [one.text] : []))
			.join('')
			.trim();
	const grown = lines.flatMap((line) =>
		line.state === 'changed' ? [{ id: line.id, added: words(line, 'added') }] : [],
	);
	return new Map(
		lines.flatMap((line): [string, string][] => {
			const gone = line.state === 'removed' && !line.here ? words(line, 'removed') : '';
			const into = gone.length < FEWEST_JOINED ? null : grown.find(({ added }) => added.includes(gone));
			return into ? [[line.id, into.id]] : [];
		}),
	);
}

/** What a heading ends with is no part of the words. */
const BETWEEN = { op: 'same', text: ' ' } as const;

/** A line as the concordance tells of parts; its number is told apart. */
function partOf(line: Line, name: string | null): Parameters<typeof summarised>[0][number] {
	// Where a blank begins is no end of a change.
	const operations: Operation[] = [];
	for (const { op, text } of [...line.heading, BETWEEN, ...line.words]) {
		const last = operations.at(-1);
		if (last?.op === op) operations[operations.length - 1] = { ...last, text: last.text + text };
		else operations.push({ op, text, was: null });
	}
	const { state, moved } = line;
	const places = { was: name, is: name, before: null, renumbered: false };
	return { ...places, state, moved, operations };
}

/** The line that one lies in. */
function over(lines: readonly Line[], at: number): Line | undefined {
	const { level = 0 } = lines[at] ?? {};
	return lines.slice(0, at).findLast((one) => one.level < level);
}

/** `Section 4(b)` of what only the other text has, by the numbers there; null where it has none. */
function numbersOf(lines: readonly Line[], at: number): string | null {
	const numbers: string[] = [];
	for (let line = lines[at]; line; line = over(lines, lines.indexOf(line)))
		if (line.number !== null) numbers.unshift(undotted(line.was ?? line.number));
	return numbers.length === 0 ? null : numbers.join('');
}
