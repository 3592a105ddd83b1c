import type { Operation } from '#concordance/redline.ts';
import { type Note, type Summary, summarised } from '#concordance/summary.ts';
import type { Leaf, Line } from './reading.ts';

/** Changes of a draft in words. */
export interface Told extends Pick<Summary, 'wordsAdded' | 'wordsRemoved'> {
	/** With the line where each stands, in the order of the draft. */
	readonly notes: readonly { readonly id: string; readonly note: Note }[];
	/** How many more there are. */
	readonly more: number;
}

/** Changes that are told one by one: a clerk reads two pages of them, not ten. */
const MOST_TOLD = 60;

/**
 * What a redline says in words. Where a provision came or went with all in it, that is said once.
 * @param cited names of provisions of the draft by id; what is not in it is called by its numbers
 */
export function toldOf(leaves: readonly Leaf[], cited: ReadonlyMap<string, string>): Told {
	const notes = leaves.flatMap(({ lines }) =>
		lines.flatMap((line, at) => {
			const name = line.state === 'removed' ? numbersOf(lines, at) : (cited.get(line.id) ?? null);
			if (over(lines, at)?.state === line.state && (line.state === 'added' || line.state === 'removed')) return [];
			return notesOn(line, name).map((note) => ({ id: line.id, note }));
		}),
	);
	const { wordsAdded, wordsRemoved } = summarised(
		leaves.flatMap(({ lines }) => lines.map((line) => partOf(line, null))),
	);
	return { notes: notes.slice(0, MOST_TOLD), more: Math.max(0, notes.length - MOST_TOLD), wordsAdded, wordsRemoved };
}

function notesOn(line: Line, name: string | null): readonly Note[] {
	const number: readonly Note[] =
		line.was === null ? [] : [{ kind: 'renumbered', was: line.was, at: line.number === null ? null : name }];
	return [...number, ...summarised([partOf(line, name)]).notes];
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

/** `Section 4(b)` of what lies in a leaf, by the numbers printed; null where it has none. */
function numbersOf(lines: readonly Line[], at: number): string | null {
	const numbers: string[] = [];
	for (let line = lines[at]; line; line = over(lines, lines.indexOf(line)))
		if (line.number !== null) numbers.unshift(line.number.replace(/[.\s]+$/, ''));
	return numbers.length === 0 ? null : numbers.join('');
}
