import { pairUp } from './diff.ts';
import { type Hunk, hunks } from './phrase.ts';
import { type Block, blocks, boxOf, type Cut } from './provision.ts';
import { lexicon, type Scan, scan } from './scan.ts';
import { citations, segments } from './segment.ts';

/** A step from the earlier text to the later: keep, write or strike these words. */
export interface Operation {
	readonly op: 'same' | 'added' | 'removed';
	/** Words of the later text, or those struck. */
	readonly text: string;
	/** How the earlier text writes what is kept, where spacing, quotation marks or dashes differ; null where it is the same to the letter. */
	readonly was: string | null;
}

/** What became of a provision, or of some that were divided or joined. */
export interface Part {
	readonly state: 'same' | 'changed' | 'added' | 'removed';
	/** Whether it stands in another order among those that stayed. */
	readonly moved: boolean;
	/** Stretch [start, end) of the earlier text; null for an added one. All of them together are the whole of it. */
	readonly before: readonly [number, number] | null;
	/** How it was and is cited, `§ 4(b)`; null where it has no number of its own or is not there. */
	readonly was: string | null;
	readonly is: string | null;
	/** Whether its number as printed is another. */
	readonly renumbered: boolean;
	readonly operations: readonly Operation[];
}

/** Longest texts that are compared, in characters of both together: a token takes 13 bytes, so signs alone would take 0.4 GB. */
export const LONGEST_TEXTS = 32_000_000;

/**
 * How one text became the other: provisions first, which may have moved or have another number, then whole words inside
 * them in phrases that a person would mark; in the order of the later text, with what was struck where it stood. `applied`
 * makes the later text of the earlier one. Null where both together are longer than `LONGEST_TEXTS`.
 */
export function redlined(before: string, after: string): Part[] | null {
	if (before.length + after.length > LONGEST_TEXTS) return null;
	const words = lexicon();
	const [one, other] = [cut(before), cut(after)];
	const placed = blocks(one, other, words);
	const partner = new Int32Array(one.scan.count).fill(-1);
	pairUp(
		one.scan.id,
		other.scan.id,
		placed.filter(({ a0, a1, b0, b1 }) => a0 < a1 && b0 < b1).map((block) => boxOf(block, one, other)),
		partner,
	);
	const cited = { was: citations(one.segments), is: citations(other.segments) };
	const parts = placed.map((block) => part(block, one, other, partner, words.joints, cited));
	return [...blank(one.scan.count === 0 ? before : '', other.scan.count === 0 ? after : ''), ...parts];

	function cut(text: string): Cut {
		const made = scan(text, words);
		return { scan: made, segments: segments(made) };
	}
}

/**
 * The same of two short texts that are one provision, such as a heading or a clause: steps without parts. Longer ones than
 * `LONGEST_TEXTS` are struck whole and written anew.
 */
export function worded(before: string, after: string): Operation[] {
	if (before === after) return after === '' ? [] : [step('same', after)];
	const words = lexicon();
	const long = before.length + after.length > LONGEST_TEXTS;
	const [one, other] = [scan(long ? '' : before, words), scan(long ? '' : after, words)];
	if (one.count === 0 || other.count === 0) return blank(before, after).flatMap(({ operations }) => operations);
	const whole = { a0: 0, a1: one.count, b0: 0, b1: other.count };
	const partner = new Int32Array(one.count).fill(-1);
	pairUp(one.id, other.id, [whole], partner);
	const changes = hunks(one, 0, one.count, other, 0, other.count, partner, words.joints);
	return steps(one, 0, one.count, other, 0, other.count, changes);
}

/** The later text, from the earlier one and what `redlined` found; null where the parts are not of this text. */
export function applied(before: string, parts: readonly Part[]): string | null {
	let [made, read] = ['', 0];
	for (const { before: stretch, operations } of parts) {
		let at = stretch ? stretch[0] : 0;
		for (const { op, text, was } of operations) {
			if (op !== 'removed') made += text;
			if (op === 'added') continue;
			const old = was ?? text;
			if (!before.startsWith(old, at)) return null;
			at += old.length;
		}
		if (at !== (stretch ? stretch[1] : 0)) return null;
		read += stretch ? stretch[1] - stretch[0] : 0;
	}
	return read === before.length ? made : null;
}

function part(
	block: Block,
	one: Cut,
	other: Cut,
	partner: Int32Array,
	joints: number,
	cited: { was: readonly (string | null)[]; is: readonly (string | null)[] },
): Part {
	const { a0, a1, b0, b1 } = boxOf(block, one, other);
	const [left, right] = [block.a0 < block.a1, block.b0 < block.b1];
	const changes = left && right ? hunks(one.scan, a0, a1, other.scan, b0, b1, partner, joints) : [{ a0, a1, b0, b1 }];
	const operations = steps(one.scan, a0, a1, other.scan, b0, b1, changes);
	const numbers = [one.segments.label[block.a0] ?? null, other.segments.label[block.b0] ?? null] as const;
	return {
		state: !left ? 'added' : !right ? 'removed' : changes.length > 0 ? 'changed' : 'same',
		moved: block.moved,
		before: left ? [from(one.scan, a0), upTo(one.scan, a1)] : null,
		was: left ? (cited.was[block.a0] ?? null) : null,
		is: right ? (cited.is[block.b0] ?? null) : null,
		renumbered: left && right && numbers[0] !== numbers[1],
		operations,
	};
}

/** Texts of nothing but white space have no provisions. */
function blank(before: string, after: string): Part[] {
	const nothing = { moved: false, was: null, is: null, renumbered: false };
	const stretch = [0, before.length] as const;
	if (before !== '' && after !== '')
		return [{ ...nothing, state: 'same', before: stretch, operations: [kept(before, after)] }];
	if (before !== '') return [{ ...nothing, state: 'removed', before: stretch, operations: [step('removed', before)] }];
	return after === '' ? [] : [{ ...nothing, state: 'added', before: null, operations: [step('added', after)] }];
}

/** Where the stretch of a token begins: with the space before it. */
function from({ end }: Scan, token: number): number {
	return token === 0 ? 0 : (end[token - 1] as number);
}

/** Where the stretch of the tokens before this one ends; the last takes what space is left. */
function upTo({ text, count, end }: Scan, token: number): number {
	return token === count ? text.length : token === 0 ? 0 : (end[token - 1] as number);
}

function step(op: Operation['op'], text: string): Operation {
	return { op, text, was: null };
}

function kept(old: string, now: string): Operation {
	return { op: 'same', text: now, was: old === now ? null : old };
}

function steps(
	one: Scan,
	a0: number,
	a1: number,
	other: Scan,
	b0: number,
	b1: number,
	changes: readonly Hunk[],
): Operation[] {
	const made: Operation[] = [];
	let [i, j] = [a0, b0];
	// What of either text stands in the steps so far.
	let [read, written] = [from(one, a0), from(other, b0)];
	for (const { a0: toA, a1: nextA, b0: toB, b1: nextB } of changes) {
		keep(toA, toB);
		let [oldEnd, nowEnd] = [Math.max(read, upTo(one, nextA)), Math.max(written, upTo(other, nextB))];
		// Space that only one text has behind the change goes with the change, so that no words run together.
		if (nextA < a1) {
			const [oldSpace, nowSpace] = [one.start[nextA] as number, other.start[nextB] as number];
			if (toA < nextA && nowSpace === nowEnd) oldEnd = oldSpace;
			else if (toB < nextB && oldSpace === oldEnd) nowEnd = nowSpace;
		}
		if (toA < nextA) made.push(step('removed', one.text.slice(read, oldEnd)));
		if (toB < nextB) made.push(step('added', other.text.slice(written, nowEnd)));
		[i, j, read, written] = [nextA, nextB, oldEnd, nowEnd];
	}
	keep(a1, b1);
	return made;

	/** One step for a run that is the same to the letter; a token that is written differently gets its own. */
	function keep(toA: number, toB: number): void {
		const [oldRun, nowRun] = [one.text.slice(read, upTo(one, toA)), other.text.slice(written, upTo(other, toB))];
		if (oldRun === nowRun) {
			if (nowRun !== '') made.push(step('same', nowRun));
			[read, written] = [read + oldRun.length, written + nowRun.length];
			return;
		}
		let begun = written;
		for (; i < toA; i++, j++) {
			const [old, now] = [one.text.slice(read, upTo(one, i + 1)), other.text.slice(written, upTo(other, j + 1))];
			if (old !== now) {
				if (begun < written) made.push(step('same', other.text.slice(begun, written)));
				made.push(kept(old, now));
				begun = written + now.length;
			}
			[read, written] = [read + old.length, written + now.length];
		}
		if (begun < written) made.push(step('same', other.text.slice(begun, written)));
	}
}
