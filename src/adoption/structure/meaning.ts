import { rung } from './level.ts';
import type { Lookup } from './lookup.ts';
import { isThis, type Link, type Mention } from './mention.ts';

/**
 * What each pin of the innermost level of a mention names in a text, as indices; for `this section` the one that it is. Null for
 * what names nothing there: then it is of other law.
 * @param from provision in which the words stand; null for none
 */
export function meantBy(links: readonly Link[], from: number | null, text: Lookup): readonly (number | null)[] {
	const [inner, ...outer] = links;
	if (!inner) return [];
	let anchor: number | null = null;
	for (const link of outer.reverse()) {
		if (isWhole(link, text)) continue;
		const found: readonly (number | null)[] = named(link, anchor, from, text);
		anchor = found.length === 1 ? (found[0] ?? null) : null;
		if (anchor === null) return inner.pins.map(() => null);
	}
	return named(inner, anchor, from, text);
}

/** Levels that a text may be itself: a chapter of a code says `this chapter` and has none in it. */
const DIVISIONS: ReadonlySet<string> = new Set(['title', 'chapter', 'article', 'part']);

function isWhole(link: Link, { text }: Lookup): boolean {
	const { kind } = link.unit;
	return isThis(link) && DIVISIONS.has(kind) && !text.some((one) => one.kind === kind);
}

/** A mention without `of this chapter`, where the text is that chapter: the words stay as they are, whatever is named in it. */
export function withinWhole(mention: Mention, text: Lookup): Mention {
	const at = mention.links.findIndex((link, nth) => nth > 0 && isWhole(link, text));
	const inner = mention.links[at - 1];
	return inner ? { ...mention, links: mention.links.slice(0, at), end: inner.end } : mention;
}

function named(link: Link, anchor: number | null, from: number | null, text: Lookup): readonly (number | null)[] {
	const { kind } = link.unit;
	if (isThis(link)) return [from === null ? null : text.self(from, kind)];
	const found: (number | null)[] = [];
	for (const { head, signs } of link.pins) {
		const previous = found.at(-1) ?? null;
		if (head !== null) {
			const section = text.absolute(kind, head, anchor ?? from);
			const there = section !== null && (anchor === null || text.over(section).includes(anchor));
			found.push(there ? text.inside(section, signs, null) : null);
		} else if (rung(kind) === 0) found.push(beside(previous, signs, text));
		else if (anchor !== null) found.push(text.inside(anchor, signs, kind));
		else found.push((from === null ? null : text.relative(from, signs, kind)) ?? beside(previous, signs, text));
	}
	return found;
}

/** `(d)` of `section 3(a) or (d)`: of what holds the one before. */
function beside(previous: number | null, signs: readonly string[], text: Lookup): number | null {
	const over = previous === null ? undefined : text.over(previous)[signs.length];
	return over === undefined ? null : text.inside(over, signs, null);
}

/** What a mention stands for, each in a list of its own; a range as one list from its first to its last. */
export function rangesOf(link: Link, meant: readonly (number | null)[], text: Lookup): readonly (readonly number[])[] {
	const made: number[][] = [];
	let whole = true;
	meant.forEach((at, nth) => {
		const last = made.at(-1)?.at(-1);
		if (at === null) whole = false;
		else if (whole && last !== undefined && link.pins[nth]?.ranges)
			made.at(-1)?.push(...siblings(last, at, text).slice(1));
		else {
			made.push([at]);
			whole = true;
		}
	});
	return made;
}

/** From one provision to a later one beside it, both included; just the two where they do not stand so. */
export function siblings(first: number, last: number, { text }: Lookup): readonly number[] {
	const [one, other] = [text[first], text[last]];
	if (!one || one.kind !== other?.kind || first >= last) return [first, last];
	// Sections go on from one chapter to the next, and so does a range of them.
	const anywhere = rung(one.kind) === 0;
	if (!anywhere && one.parent !== other.parent) return [first, last];
	return text.flatMap(({ kind, parent }, at) =>
		at >= first && at <= last && kind === one.kind && (anywhere || parent === one.parent) ? [at] : [],
	);
}
