import { worded } from '#concordance/redline.ts';
import { oneLine } from '#kernel/one-line.ts';
import { BLANK } from '../fill.ts';
import type { Span } from './anchor.ts';

/** Words that somebody would have instead of a stretch of others; none: the stretch is struck. Blanks stand in both as `{{city}}`. */
export interface Stretch extends Span {
	readonly instead: string;
}

/** Changes with fewer equal words than this between them are decided on together: apart they could not be read. */
const FEW = 3;
/** Where more is changed than this in one place, it is written anew and decided on as one. */
const MOST_APART = 20;

/**
 * What somebody changed in words by typing over them: each change by itself, as the smallest stretch of whole words that carries it.
 * One that only puts words in has the word beside them with it. None where nothing but spacing became other, or where there
 * were no words. Carried out, all of them give `after`, but for spacing.
 */
export function stretches(before: string, after: string): readonly Stretch[] {
	if (!hasLetters(before) || oneLine(before) === oneLine(after)) return [];
	const near = gathered(changesOf(before, after), (one, next) => wordsIn(before.slice(one.a1, next.a0)) < FEW);
	const found = near.length > MOST_APART ? gathered(near, () => true) : near;
	let made: readonly Change[] = [];
	for (const change of found) made = widened(made, change, before, after);
	const each = made.map((change) => stretchOf(change, before, after));
	// Offsets count in the words as they were: the last is carried out first.
	const whole = each.toReversed().reduce(carriedOut, before);
	if (oneLine(whole) === oneLine(after)) return each;
	return [stretchOf({ a0: 0, a1: before.length, b0: 0, b1: after.length }, before, after)];
}

/** Words with one stretch of them carried out; where it is struck, a space beside it goes too. */
export function carriedOut(words: string, { start, end, instead }: Stretch): string {
	const [left, right] = [words.slice(0, start), words.slice(end)];
	if (instead !== '' || !/(?:^|\s)$/.test(left)) return left + instead + right;
	if (/^\s/.test(right)) return left + right.trimStart();
	return /^(?:$|[,.;:)])/.test(right) ? left.trimEnd() + right : left + right;
}

/** A stretch [a0, a1) of the earlier words and [b0, b1) of the later ones. */
interface Change {
	readonly a0: number;
	readonly a1: number;
	readonly b0: number;
	readonly b1: number;
}

function changesOf(before: string, after: string): readonly Change[] {
	const made: Change[] = [];
	let [a, b] = [0, 0];
	for (const { op, text, was } of worded(before, after)) {
		const [old, now] = [op === 'added' ? '' : (was ?? text), op === 'removed' ? '' : text];
		const same = op === 'same' && oneLine(old) === oneLine(now);
		if (!same) made.push({ a0: a, a1: a + old.length, b0: b, b1: b + now.length });
		[a, b] = [a + old.length, b + now.length];
	}
	return gathered(made, (one, next) => one.a1 === next.a0 && one.b1 === next.b0);
}

/** Neighbours that belong together as one change. */
function gathered(changes: readonly Change[], together: (one: Change, next: Change) => boolean): readonly Change[] {
	const made: Change[] = [];
	for (const next of changes) {
		const last = made.at(-1);
		if (last && together(last, next)) made[made.length - 1] = joined(last, next);
		else made.push(next);
	}
	return made;
}

function joined({ a0, b0 }: Change, { a1, b1 }: Change): Change {
	return { a0, b0, a1, b1 };
}

/** The changes so far and one more, with as many of the words around it as it needs to stand by itself. */
function widened(made: readonly Change[], change: Change, before: string, after: string): readonly Change[] {
	const last = made.at(-1) ?? null;
	let one = trimmed(change, before, after);
	const meets = () => last !== null && (one.a0 <= last.a1 || one.b0 <= last.b1);
	while (!meets() && !standsAlone(one, before, after)) {
		const next = toLeft(one, last, before, after) ?? toRight(one, before, after);
		if (!next) break;
		one = trimmed(next, before, after);
	}
	return last && meets() ? widened(made.slice(0, -1), joined(last, one), before, after) : [...made, one];
}

/** A change without the space that both have at its ends. */
function trimmed(change: Change, before: string, after: string): Change {
	let { a0, a1, b0, b1 } = change;
	while (a0 < a1 && b0 < b1 && blank(before[a0]) && blank(after[b0])) [a0, b0] = [a0 + 1, b0 + 1];
	while (a0 < a1 && b0 < b1 && blank(before[a1 - 1]) && blank(after[b1 - 1])) [a1, b1] = [a1 - 1, b1 - 1];
	return { a0, a1, b0, b1 };
}

/** Whether a change has words that a suggestion can stand on, whole blanks, and gives what was typed when it is carried out. */
function standsAlone(change: Change, before: string, after: string): boolean {
	const { a0, a1, b0, b1 } = change;
	const stretch = stretchOf(change, before, after);
	const typed = after.slice(b0, b1);
	if (!hasLetters(before.slice(stretch.start, stretch.end))) return false;
	if (cutsBlank(before, a0, a1) || cutsBlank(after, b0, b1)) return false;
	const wanted = before.slice(0, a0) + typed + before.slice(a1);
	return oneLine(carriedOut(before, stretch)) === oneLine(wanted);
}

function stretchOf({ a0, a1, b0, b1 }: Change, before: string, after: string): Stretch {
	const old = before.slice(a0, a1);
	const start = a0 + old.length - old.trimStart().length;
	return { start, end: Math.max(start, a0 + old.trimEnd().length), instead: after.slice(b0, b1).trim() };
}

function cutsBlank(text: string, from: number, to: number): boolean {
	return [...text.matchAll(BLANK)].some(({ index, 0: { length } }) =>
		[from, to].some((edge) => edge > index && edge < index + length),
	);
}

/** A change with the word before it, or with the change before it where none stands between; null at the beginning. */
function toLeft(change: Change, last: Change | null, before: string, after: string): Change | null {
	const { a1: leastA, b1: leastB } = last ?? { a1: 0, b1: 0 };
	let { a0, b0 } = change;
	while (a0 > leastA && blank(before[a0 - 1])) a0--;
	while (b0 > leastB && blank(after[b0 - 1])) b0--;
	const from = a0;
	while (a0 > leastA && b0 > leastB && before[a0 - 1] === after[b0 - 1] && !blank(before[a0 - 1]))
		[a0, b0] = [a0 - 1, b0 - 1];
	if (a0 < from) return { ...change, a0, b0 };
	return last && change.a0 > leastA ? joined(last, change) : null;
}

/** The same with the word after it. */
function toRight(change: Change, before: string, after: string): Change | null {
	let { a1, b1 } = change;
	while (blank(before[a1])) a1++;
	while (blank(after[b1])) b1++;
	const from = a1;
	while (a1 < before.length && before[a1] === after[b1] && !blank(before[a1])) [a1, b1] = [a1 + 1, b1 + 1];
	return a1 > from ? { ...change, a1, b1 } : null;
}

function blank(sign: string | undefined): boolean {
	return sign !== undefined && /\s/.test(sign);
}

function hasLetters(words: string): boolean {
	return /[\p{L}\p{N}]/u.test(words);
}

function wordsIn(words: string): number {
	return words.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
}
