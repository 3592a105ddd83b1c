import type { Coding } from '#library/protection.ts';
import type { Piece, Provision, ProvisionKind } from '#library/provision.ts';

/** How an act that amends is shown. */
export const SHOWS = ['redline', 'before', 'after'] as const;
export type Show = (typeof SHOWS)[number];

/** Words that look alike: an edit, a place to fill, words that give a protection, or plain. */
export interface Words extends Piece {
	/** Name of the blank; null for what is no blank. */
	readonly blank: string | null;
	/** Whether somebody coded exactly these words. */
	readonly coded: boolean;
}

/** A provision as a line of the page: its number hangs. */
export interface Line {
	readonly eId: string;
	readonly kind: ProvisionKind;
	/** How deep it lies in its leaf; 0 is the leaf itself. */
	readonly level: number;
	readonly number: string | null;
	readonly heading: string | null;
	readonly words: readonly Words[];
	readonly state: Provision['state'];
	/** Codings of its words. */
	readonly codings: readonly Coding[];
	/** It stands only where a yes-or-no blank is answered so; null: always. */
	readonly only: { readonly blank: string; readonly answer: boolean } | null;
}

/** What is read as one: a section with all in it, a recital with its neighbours. */
export interface Leaf {
	readonly eId: string;
	readonly kind: ProvisionKind;
	/** Words that an act puts into another text. */
	readonly quoted: boolean;
	/** Divisions above sections: their heading opens others. */
	readonly division: boolean;
	readonly lines: readonly Line[];
}

const DIVISIONS: ReadonlySet<ProvisionKind> = new Set(['title', 'chapter', 'article', 'part']);
/** What begins a leaf; neighbours of one kind in the second group are read as one. */
const OPENS: ReadonlySet<ProvisionKind> = new Set([...DIVISIONS, 'section', 'formula', 'preface', 'conclusion']);
const GATHERS: ReadonlySet<ProvisionKind> = new Set(['preface', 'recital', 'conclusion', 'text', 'table']);
/** Words that belong to the whole of what they lie in stand as deep as that. */
const LEVEL_OF_PARENT: ReadonlySet<ProvisionKind> = new Set(['wrapup', 'text', 'table']);
const DEEPEST = 5;

/**
 * A text as leaves, in order: each section, division, formula or run of recitals with the lines in it. `before` leaves out
 * what an act adds, `after` what it removes, `redline` shows both.
 * @param labelOf what a place to fill is called
 */
export function leavesOf(
	provisions: readonly Provision[],
	codings: readonly Coding[],
	labelOf: (blank: string) => string,
	show: Show,
): Leaf[] {
	const coded = new Map<string, Coding[]>();
	for (const coding of codings) coded.set(coding.eId, [...(coded.get(coding.eId) ?? []), coding]);
	const leaves: { leaf: Omit<Leaf, 'lines'>; lines: Line[] }[] = [];
	const { home, depth } = gathered(provisions);
	provisions.forEach((one, at) => {
		const { eId, kind } = one;
		if (home[at] === leaves.length) {
			const quoted = within(provisions, at, 'quoted');
			leaves.push({ leaf: { eId, kind, quoted, division: isDivision(kind) }, lines: [] });
		}
		const line = lineOf(one, depth[at] ?? 0, coded.get(eId) ?? [], labelOf, show);
		if (line) leaves[home[at] as number]?.lines.push(line);
	});
	return leaves.filter(({ lines }) => lines.some(hasWords)).map(({ leaf, lines }) => ({ ...leaf, lines }));
}

/** Whether it is a division above sections. */
export function isDivision(kind: ProvisionKind): boolean {
	return DIVISIONS.has(kind);
}

/** Which leaf each provision is read in, counted from 0 in their order, and how deep it lies there. */
export function gathered(provisions: readonly { readonly kind: ProvisionKind; readonly parent: number | null }[]): {
	readonly home: readonly number[];
	readonly depth: readonly number[];
} {
	const [home, depth]: [number[], number[]] = [[], []];
	const roots: ProvisionKind[] = [];
	provisions.forEach(({ kind, parent }, at) => {
		const joins = roots.length > 0 && parent === null && GATHERS.has(kind) && roots.at(-1) === kind;
		const inside = parent !== null && !OPENS.has(kind) && kind !== 'quoted';
		if (joins) home[at] = roots.length - 1;
		else if (inside) home[at] = home[parent] as number;
		else home[at] = roots.push(kind) - 1;
		const own = !inside ? 0 : (depth[parent] ?? 0) + (LEVEL_OF_PARENT.has(kind) ? 0 : 1);
		depth[at] = Math.min(own, DEEPEST);
	});
	return { home, depth };
}

function hasWords({ number, heading, words }: Line): boolean {
	return number !== null || heading !== null || words.length > 0;
}

function within(provisions: readonly Provision[], at: number, kind: ProvisionKind): boolean {
	for (let i: number | null = at; i !== null; i = provisions[i]?.parent ?? null)
		if (provisions[i]?.kind === kind) return true;
	return false;
}

function lineOf(
	one: Provision,
	level: number,
	codings: readonly Coding[],
	labelOf: (blank: string) => string,
	show: Show,
): Line | null {
	if ((show === 'before' && one.state === 'added') || (show === 'after' && one.state === 'removed')) return null;
	const base = { eId: one.eId, kind: one.kind, level, state: one.state, codings };
	if (show === 'redline' && one.redline) {
		const number = peeled(one.redline, one.number ?? one.before?.number ?? null);
		const heading = peeled(number.rest, one.heading ?? one.before?.heading ?? null);
		return {
			...base,
			number: number.text,
			heading: heading.text,
			words: heading.rest.map((piece) => edited(piece, labelOf)),
			only: null,
		};
	}
	const reading = show === 'before' && one.before ? one.before : one;
	const { text, only } = conditioned(reading.text);
	const marks = show === 'before' ? [] : codings.map((coding) => placed(coding, one));
	return { ...base, number: reading.number, heading: reading.heading, words: marked(text, marks, labelOf), only };
}

/** A piece of a redline: a place to fill shows its name in brackets, as it does in a comparison. */
export function edited({ op, text }: Piece, labelOf: (blank: string) => string): Words {
	const words = text.replace(BLANK, (_, inner: string) => {
		const choice = CHOICE.exec(inner);
		return `[${choice ? `${choice[2]} / ${choice[3]}` : labelOf(inner)}]`;
	});
	return { op, text: words, blank: null, coded: false };
}

/** Takes a number or heading off a redline where it stands unchanged at its beginning, so that it is set as one. */
function peeled(pieces: readonly Piece[], text: string | null): { text: string | null; rest: readonly Piece[] } {
	const [first, ...others] = pieces;
	if (!first || text === null || first.op !== 'same' || !first.text.startsWith(text))
		return { text: null, rest: pieces };
	const left = first.text.slice(text.length).trimStart();
	return { text, rest: left === '' ? others : [{ op: 'same', text: left }, ...others] };
}

const CONDITION = /^\{\{if (not )?([a-z][a-z0-9_]*)\}\}\s*/;

function conditioned(text: string): { text: string; only: Line['only'] } {
	const found = CONDITION.exec(text);
	if (!found) return { text, only: null };
	return { text: text.slice(found[0].length), only: { blank: found[2] as string, answer: found[1] === undefined } };
}

/** Where a coding lies in the own words of a provision, which end its stretch of the canonical text. */
function placed(coding: Coding, one: Provision): readonly [number, number] {
	const from = one.end - one.text.length;
	return [coding.start - from, coding.end - from];
}

const BLANK = /\{\{\s*([^{}]*?)\s*\}\}/g;
const CHOICE = /^([a-z][a-z0-9_]*)\s*\?\s*"([^"]*)"\s*:\s*"([^"]*)"$/;

function marked(
	text: string,
	marks: readonly (readonly [number, number])[],
	labelOf: (blank: string) => string,
): Words[] {
	const cuts = new Set([0, text.length]);
	for (const [from, to] of marks) for (const at of [from, to]) if (at > 0 && at < text.length) cuts.add(at);
	const filled = [...text.matchAll(BLANK)].map((match) => ({
		from: match.index,
		to: match.index + match[0].length,
		inner: match[1] ?? '',
	}));
	for (const { from, to } of filled) {
		for (const at of cuts) if (at > from && at < to) cuts.delete(at);
		cuts.add(from).add(to);
	}
	const sorted = [...cuts].sort((a, b) => a - b);
	return sorted.slice(1).flatMap((to, i): Words[] => {
		const from = sorted[i] as number;
		const blank = filled.find((one) => one.from === from && one.to === to);
		const coded = marks.some(([start, end]) => start <= from && end >= to);
		if (to === from) return [];
		if (!blank) return [{ op: 'same', text: text.slice(from, to), blank: null, coded }];
		const choice = CHOICE.exec(blank.inner);
		const id = choice?.[1] ?? blank.inner;
		const words = choice ? `${choice[2]} / ${choice[3]}` : labelOf(id);
		return [{ op: 'same', text: words, blank: id, coded }];
	});
}
