import { pairs } from '#concordance/pair.ts';
import { worded } from '#concordance/redline.ts';
import { children } from '#library/export/tree.ts';
import type { Piece, Provision, Reading, Text } from '#library/provision.ts';
import { signOfNumber } from '#library/read/own-style.ts';
import { canonical } from '#library/structure/canonical.ts';
import { namer } from '#library/structure/eid.ts';
import type { DraftProvision, Origin } from '../draft.ts';

/** A provision of a draft as far as it is written out. */
export type Drafted = Pick<DraftProvision, 'kind' | 'parent' | 'from' | keyof Reading>;

/** A provision of a redline. */
export interface MarkedProvision extends Provision {
	/** Of one that stands in another place now: the eId of its other standing, struck there or new there; else null. */
	readonly moved: string | null;
}

/**
 * What a city made of what it copied (`base`, with the same answers in it), in the order in which both read: with everything accepted it is the draft, with
 * everything rejected it is what was copied, provision by provision and to the letter but for blanks at their ends. One that came
 * from the same provision is the same whatever its words; the others are paired by their words (`pairs` of the concordance).
 * One that moved, lies in another provision or became of another kind is struck there and new here, because Word and Akoma
 * Ntoso have no other way to say so.
 */
export function marked(base: readonly Drafted[], draft: readonly Drafted[]): readonly MarkedProvision[] {
	const rows = together(base, draft);
	const state = (row: Row): Provision['state'] =>
		row.was === null ? 'added' : row.is === null ? 'removed' : differs(row.was, row.is) ? 'changed' : 'same';
	const told = rows.map((row) => {
		const reading = (row.is ?? row.was) as Tidy;
		const { kind, number, heading, text } = reading;
		return { kind, number, heading, text, parent: row.parent, state: state(row) };
	});
	const eIds = names(told);
	const { spans } = canonical(told);
	return told.map((one, at) => {
		const { was, is, twin } = rows[at] as Row;
		const span = spans[at] as (typeof spans)[number];
		const before = was === null || one.state === 'same' ? null : reading(was);
		const redline = one.state === 'same' ? null : strung(was, is);
		const moved = twin === null ? null : (eIds[twin] ?? null);
		return { ...one, ...span, eId: eIds[at] as string, before, redline, moved };
	});
}

/** The draft as the library has texts. */
export function clean(draft: readonly Drafted[]): Pick<Text, 'text' | 'provisions'> {
	const tidied = draft.map(tidy);
	const told = tidied.map((one, at) => ({ ...one, parent: draft[at]?.parent ?? null, state: 'same' as const }));
	const eIds = names(told);
	const { text, spans } = canonical(told);
	const provisions = told.map((one, at) => ({
		...one,
		...(spans[at] as (typeof spans)[number]),
		eId: eIds[at] as string,
		before: null,
		redline: null,
	}));
	return { text, provisions };
}

interface Tidy extends Reading {
	readonly kind: Provision['kind'];
}

/** A provision of either text, or of both. */
interface Row {
	readonly was: Tidy | null;
	readonly is: Tidy | null;
	readonly parent: number | null;
	/** Row of its other standing, where it moved. */
	twin: number | null;
}

/** Both texts in one tree: what was struck is read before what was put in its place. */
function together(base: readonly Drafted[], draft: readonly Drafted[]): readonly Row[] {
	const partner = partners(base, draft);
	const letters = lettersOf(base);
	const same = (is: number): number | null => {
		const was = partner.get(is);
		return was !== undefined && base[was]?.kind === draft[is]?.kind ? was : null;
	};
	const [inBase, inDraft] = [children(base), children(draft)];
	const rows: Row[] = [];
	const standing = { was: new Map<number, number>(), is: new Map<number, number>() };
	const put = (was: number | null, is: number | null, parent: number | null): number => {
		const [old, now] = [was === null ? undefined : base[was], is === null ? undefined : draft[is]];
		const at = rows.push({ was: old ? tidy(old) : null, is: now ? tidy(now) : null, parent, twin: null }) - 1;
		if (was !== null) standing.was.set(was, at);
		if (is !== null) standing.is.set(is, at);
		return at;
	};
	const struck = (was: number, parent: number | null): void => {
		const at = put(was, null, parent);
		for (const one of inBase.get(was) ?? []) struck(one, at);
	};
	const added = (is: number, parent: number | null): void => {
		const at = put(null, is, parent);
		for (const one of inDraft.get(is) ?? []) added(one, at);
	};
	const inside = (was: number | null, is: number | null, parent: number | null): void => {
		const [before, after] = [inBase.get(was) ?? [], inDraft.get(is) ?? []];
		const stayed = stays(before, after, same, letters);
		const kept = new Set(stayed.values());
		let passed = 0;
		const struckUpTo = (end: (one: number) => boolean): void => {
			for (; passed < before.length && !end(before[passed] as number); passed++)
				struck(before[passed] as number, parent);
		};
		for (const one of after) {
			const old = stayed.get(one);
			struckUpTo(old === undefined ? (other) => kept.has(other) : (other) => other === old);
			if (old === undefined) added(one, parent);
			else {
				passed++;
				inside(old, one, put(old, one, parent));
			}
		}
		struckUpTo(() => false);
	};
	inside(null, null, null);
	for (const [is, was] of partner) {
		const [there, here] = [standing.was.get(was) as number, standing.is.get(is) as number];
		if (there === here) continue;
		(rows[there] as Row).twin = here;
		(rows[here] as Row).twin = there;
	}
	return rows;
}

/** Which provision of the base each of the draft is, as indices: by where it came from, else by its words. */
export function partners(base: readonly Drafted[], draft: readonly Drafted[]): ReadonlyMap<number, number> {
	const key = ({ source, eId }: Origin): string => `${source} ${eId}`;
	const origins = new Map(base.flatMap(({ from }, at) => (from === null ? [] : [[key(from), at] as const])));
	const found = new Map<number, number>();
	const taken = new Set<number>();
	const take = (is: number, was: number | undefined): void => {
		if (was === undefined || taken.has(was) || found.has(is)) return;
		found.set(is, was);
		taken.add(was);
	};
	draft.forEach(({ from }, is) => {
		if (from !== null) take(is, origins.get(key(from)));
	});
	if (found.size === draft.length || taken.size === base.length) return found;
	const [left, right] = [
		base.map(({ from, ...one }, at) => ({ ...one, eId: from === null ? `old ${at}` : key(from) })),
		draft.map(({ from, ...one }, at) => ({ ...one, eId: from === null ? `new ${at}` : key(from) })),
	];
	for (const { before, after } of pairs(left, right)) take(after, before);
	return found;
}

/**
 * Of what lies in one provision: what stayed there, of its kind and in its order, so that as few letters as can be are struck
 * and written anew; index in the base by that in the draft.
 */
function stays(
	before: readonly number[],
	after: readonly number[],
	same: (is: number) => number | null,
	letters: readonly number[],
): ReadonlyMap<number, number> {
	const there = new Set(before);
	const both = after.flatMap((is) => {
		const was = same(is);
		return was !== null && there.has(was) ? [{ is, was }] : [];
	});
	// The heaviest row that rises in the base, of those that end at each: the square of a few hundred at most.
	const best: { weight: number; previous: number }[] = [];
	let last = -1;
	both.forEach(({ was }, n) => {
		let previous = -1;
		for (let m = 0; m < n; m++) {
			if ((both[m]?.was as number) > was) continue;
			if (previous < 0 || (best[m]?.weight as number) > (best[previous]?.weight as number)) previous = m;
		}
		const weight = 1 + (letters[was] ?? 0) + (best[previous]?.weight ?? 0);
		best.push({ weight, previous });
		if (last < 0 || weight > (best[last]?.weight as number)) last = n;
	});
	const kept = new Map<number, number>();
	for (let n = last; n >= 0; n = best[n]?.previous ?? -1) kept.set(both[n]?.is as number, both[n]?.was as number);
	return kept;
}

/** Letters of each provision with all that lies in it. */
function lettersOf(text: readonly Drafted[]): readonly number[] {
	const sums = text.map((one) => (one.heading ?? '').length + one.text.length);
	for (let at = text.length - 1; at >= 0; at--) {
		const parent = text[at]?.parent ?? null;
		if (parent !== null) sums[parent] = (sums[parent] ?? 0) + (sums[at] ?? 0);
	}
	return sums;
}

function tidy({ kind, number, heading, text }: Tidy): Tidy {
	return { kind, number: number?.trim() || null, heading: heading?.trim() || null, text: text.trim() };
}

function reading({ number, heading, text }: Reading): Reading {
	return { number, heading, text };
}

const PARTS = ['number', 'heading', 'text'] as const;

function differs(was: Reading, is: Reading): boolean {
	return PARTS.some((part) => was[part] !== is[part]);
}

/** Number, heading and words in one redline, a blank between two of them in each reading that has both. */
function strung(was: Reading | null, is: Reading | null): readonly Piece[] {
	const made: { op: Piece['op']; text: string }[] = [];
	const put = (op: Piece['op'], text: string): void => {
		const last = made.at(-1);
		if (text === '') return;
		if (last?.op === op) last.text += text;
		else made.push({ op, text });
	};
	const goesOn = (one: Reading | null, part: number): boolean =>
		Boolean(one?.[PARTS[part] as (typeof PARTS)[number]]) && PARTS.slice(part + 1).some((later) => one?.[later]);
	PARTS.forEach((part, at) => {
		for (const { op, text, was: old } of worded(was?.[part] ?? '', is?.[part] ?? '')) {
			// Spaces, quotation marks and dashes are words of the law as well, where one letter decides.
			if (old === null) put(op, text);
			else {
				put('removed', old);
				put('added', text);
			}
		}
		const [behind, ahead] = [goesOn(was, at), goesOn(is, at)];
		if (behind || ahead) put(behind && ahead ? 'same' : ahead ? 'added' : 'removed', ' ');
	});
	return made;
}

/** What stands has the first right to a name, so that striking something renames nothing. */
function names(told: readonly (Reading & Pick<Provision, 'kind' | 'parent' | 'state'>)[]): readonly string[] {
	const given = namer();
	const eIds: string[] = [];
	for (const struck of [false, true]) {
		told.forEach(({ kind, number, parent, state }, at) => {
			if ((state === 'removed') !== struck) return;
			eIds[at] = given.name(kind, signOfNumber(number), parent === null ? null : (eIds[parent] as string));
		});
	}
	return eIds;
}
