import { type Clash, merged } from '#concordance/merge.ts';
import { pairs } from '#concordance/pair.ts';
import type { Provision } from '#library/provision.ts';
import { copiesIn } from './copied.ts';
import type { DraftProvision } from './draft.ts';
import { movesOf } from './shifted.ts';
import { type Spoken, spokenIn, type Words } from './spoken.ts';
import type { Place } from './structure/outline.ts';

/**
 * What a newer version changed in a provision that was copied, and what the draft can make of it: `merged` are heading and
 * words that have both changes, null where both sides changed the same words; `passages` then give all readings of them.
 */
export interface ChangeOffer {
	readonly kind: 'changed';
	/** Name of the change: eId in the version copied. */
	readonly change: string;
	readonly provision: string;
	/** As the draft would say them: its own numbers stand in the references of base and theirs. */
	readonly base: Words;
	readonly ours: Words;
	readonly theirs: Words;
	readonly merged: Words | null;
	readonly passages: readonly (string | Clash)[];
	/** References in the newer words to what the draft has not, or has not yet. */
	readonly unnamed: readonly string[];
}

/** A provision that the newer version has and the one copied had not. */
export interface AdditionOffer {
	readonly kind: 'added';
	/** `+` and its eId in the newer version. */
	readonly change: string;
	readonly theirs: Provision;
	/** eIds of it and of what is new in it: they come along. */
	readonly along: ReadonlySet<string>;
	/** Where in the draft it would stand. */
	readonly place: Place;
}

/** A provision that the newer version has in another place. */
export interface MoveOffer {
	readonly kind: 'moved';
	/** `.` and its eId in the version copied. */
	readonly change: string;
	readonly provision: string;
	readonly place: Place;
	/** Whether the city moved it as well. */
	readonly both: boolean;
}

/**
 * Other numbers of the newer version for provisions that stand beside the same ones in both: all in one, for of two that change
 * places neither can be named while the other has not moved on.
 */
export interface NumberOffer {
	readonly kind: 'renumbered';
	/** `_`, the eId of the first in the newer version and how many there are. */
	readonly change: string;
	/** The first of them. */
	readonly provision: string;
	readonly numbers: readonly {
		readonly provision: string;
		readonly ours: string | null;
		readonly theirs: string | null;
	}[];
	/** Whether the city numbered some of them as well. */
	readonly both: boolean;
}

/** A provision that the newer version has no more; the draft has it as it was copied, or with words of its own. */
export interface RemovalOffer {
	readonly kind: 'removed';
	readonly change: string;
	readonly provision: string;
	readonly base: Words;
	readonly ours: Words;
}

export type Offer = ChangeOffer | AdditionOffer | MoveOffer | NumberOffer | RemovalOffer;

/** The version that was copied, whole, and a newer one. */
export interface Versions {
	readonly base: readonly Provision[];
	readonly theirs: readonly Provision[];
	/**
	 * How provisions of the version copied are called in the newer one, by eId; those that are not there any more, or that either
	 * version strikes, are left out.
	 */
	readonly next: ReadonlyMap<string, string>;
}

export function versions(base: readonly Provision[], theirs: readonly Provision[]): Versions {
	const next = pairs(base, theirs).flatMap(({ before, after }) => {
		const [was, is] = [base[before], theirs[after]];
		return was && is && was.state !== 'removed' && is.state !== 'removed' ? [[was.eId, is.eId] as const] : [];
	});
	return { base, theirs, next: new Map(next) };
}

/**
 * What a newer version of a source offers a draft, in the order of the newer text, with what it dropped at the end. What the
 * draft took out, what it has already, and new pieces of what was never copied are no offers.
 * @param draft the draft's provisions; only those that came from `source` are looked at
 * @param of `whole`: whether the whole text was copied, then what is new anywhere in it is offered; `taken`: provisions of
 * the draft that came from the newer version already, by their eId in it
 * @param decided names of changes that were decided on
 */
export function offersOf(
	compared: Versions,
	draft: readonly DraftProvision[],
	{
		source,
		whole,
		taken,
	}: { readonly source: number; readonly whole: boolean; readonly taken: ReadonlyMap<string, string> },
	decided: ReadonlySet<string> = new Set(),
): readonly Offer[] {
	const mine = copiesIn(draft, source);
	const { base, theirs, next } = compared;
	const here = standing(compared, draft, { source, taken });
	const cameFrom = new Map([...next].map(([was, is]) => [is, was]));
	const moves = movesOf(base, theirs, draft, { cameFrom, here });
	const words = changesOf(base, theirs, draft, { cameFrom, here, mine });
	/** What is offered newly, with what is new in it, by eId. */
	const fresh = new Map<string, Set<string>>();
	/** Of what lies in one provision of the newer version, the last that the draft has. */
	const last = new Map<number | null, string>();
	const offers: Offer[] = [];
	for (const one of theirs) {
		if (one.state === 'removed') continue;
		const parent = one.parent === null ? null : theirs[one.parent];
		const own = here.get(one.eId);
		if (own !== undefined) {
			const over = parent ? here.get(parent.eId) : null;
			const after = last.get(one.parent);
			last.set(one.parent, own);
			const move = moves.get(own);
			if (move && over !== undefined)
				offers.push({ ...move, kind: 'moved', place: after === undefined ? { first: over } : { after } });
			const change = words.get(own);
			if (change) offers.push(change);
		} else if (!cameFrom.has(one.eId)) {
			const along = parent ? fresh.get(parent.eId) : undefined;
			// New pieces of a new provision come along with it.
			if (along) {
				along.add(one.eId);
				fresh.set(one.eId, along);
				continue;
			}
			const over = parent ? here.get(parent.eId) : null;
			if (over === undefined || (over === null && !whole)) continue;
			const after = last.get(one.parent);
			const made = new Set([one.eId]);
			fresh.set(one.eId, made);
			const place: Place = after === undefined ? { first: over } : { after };
			offers.push({ kind: 'added', change: `+${one.eId}`, theirs: one, along: made, place });
		}
	}
	const stays = new Set(cameFrom.values());
	for (const one of base) {
		const own = mine.get(one.eId);
		if (!own || stays.has(one.eId)) continue;
		offers.push({ kind: 'removed', change: one.eId, provision: own.id, base: wordsOf(one), ours: wordsOf(own) });
	}
	const open = offers.filter(({ change }) => !decided.has(change));
	// Numbers count on by themselves while a draft is rearranged, and are looked at once it is.
	const settled = open.every(({ kind }) => kind === 'changed');
	const numbers = settled ? numbersOf(base, theirs, draft, { cameFrom, here }) : null;
	return numbers && !decided.has(numbers.change) ? [...open, numbers] : open;
}

/** Ids of the draft for what it has of a newer version, by eId in that; `of` as in `offersOf`. */
export function standing(
	{ theirs, next }: Versions,
	draft: readonly DraftProvision[],
	{ source, taken }: { readonly source: number; readonly taken: ReadonlyMap<string, string> },
): ReadonlyMap<string, string> {
	const mine = copiesIn(draft, source);
	const ids = new Set(draft.map(({ id }) => id));
	const found = new Map<string, string>();
	for (const [was, is] of next) if (mine.has(was)) found.set(is, mine.get(was)?.id ?? '');
	for (const { eId } of theirs) if (ids.has(taken.get(eId) ?? '')) found.set(eId, taken.get(eId) ?? '');
	return found;
}

/** Other numbers, where the same provisions stand beside each other here and there; null where there are none. */
function numbersOf(
	base: readonly Provision[],
	theirs: readonly Provision[],
	draft: readonly DraftProvision[],
	{ cameFrom, here }: { readonly cameFrom: ReadonlyMap<string, string>; readonly here: ReadonlyMap<string, string> },
): NumberOffer | null {
	const before = new Map(base.map((one) => [one.eId, one]));
	const own = new Map(draft.map((one) => [one.id, one]));
	const rows = new Map<string | null, string[]>();
	for (const { id, parent } of draft) {
		const over = parent === null ? null : (draft[parent]?.id ?? null);
		rows.set(over, [...(rows.get(over) ?? []), id]);
	}
	const others = new Map<number | null, Provision[]>();
	for (const one of theirs)
		if (one.state !== 'removed') others.set(one.parent, [...(others.get(one.parent) ?? []), one]);
	const found: {
		eId: string;
		was: string | null | undefined;
		provision: string;
		ours: string | null;
		theirs: string | null;
	}[] = [];
	for (const [parent, row] of others) {
		const over = parent === null ? null : (here.get(theirs[parent]?.eId ?? '') ?? '');
		const mine = rows.get(over) ?? [];
		if (mine.length !== row.length || row.some(({ eId }, nth) => here.get(eId) !== mine[nth])) continue;
		for (const { eId, number } of row) {
			const provision = here.get(eId) ?? '';
			const ours = own.get(provision)?.number ?? null;
			const was = before.get(cameFrom.get(eId) ?? '')?.number;
			if (ours !== number && was !== number) found.push({ eId, was, provision, ours, theirs: number });
		}
	}
	const [first] = found;
	if (!first) return null;
	return {
		...{ kind: 'renumbered', change: `_${first.eId}.${found.length}`, provision: first.provision },
		numbers: found.map(({ provision, ours, theirs }) => ({ provision, ours, theirs })),
		both: found.some(({ was, ours }) => was !== undefined && was !== ours),
	};
}

/** Changes of words, by the draft's provision. */
function changesOf(
	base: readonly Provision[],
	theirs: readonly Provision[],
	draft: readonly DraftProvision[],
	{
		cameFrom,
		here,
		mine,
	}: {
		readonly cameFrom: ReadonlyMap<string, string>;
		readonly here: ReadonlyMap<string, string>;
		readonly mine: ReadonlyMap<string, DraftProvision>;
	},
): ReadonlyMap<string, ChangeOffer> {
	const before = new Map(base.map((one) => [one.eId, one]));
	const changed = theirs.flatMap((one) => {
		const old = before.get(cameFrom.get(one.eId) ?? '');
		const own = mine.get(old?.eId ?? '');
		return old && own && here.get(one.eId) === own.id && !alike(old, one) ? [{ old, own }] : [];
	});
	const wanted = new Set(changed.map(({ own }) => own.id));
	const ids = new Map([...mine].map(([eId, { id }]) => [eId, id]));
	const [was, is] = [spokenIn(base, ids, draft, wanted), spokenIn(theirs, here, draft, wanted)];
	return new Map(
		changed.flatMap(({ old, own }) => {
			const [root, newer] = [was.get(own.id), is.get(own.id)];
			const offer = root && newer ? changeOf(old.eId, root, own, newer) : null;
			return offer ? [[own.id, offer] as const] : [];
		}),
	);
}

function changeOf(change: string, root: Spoken, own: DraftProvision, now: Spoken): ChangeOffer | null {
	const [base, ours, theirs] = [wordsOf(root), wordsOf(own), wordsOf(now)];
	if (alike(base, theirs) || alike(ours, theirs)) return null;
	const heading = merged(base.heading ?? '', ours.heading ?? '', theirs.heading ?? '');
	const text = merged(base.text, ours.text, theirs.text);
	const clean = heading.kind === 'clean' && text.kind === 'clean';
	const both = clean ? { heading: heading.text || null, text: text.text } : null;
	// The draft has all of it already.
	if (both && alike(both, ours)) return null;
	return {
		...{ kind: 'changed', change, provision: own.id, base, ours, theirs, merged: both, unnamed: now.unnamed },
		passages: [heading, text].flatMap((found) => (found.kind === 'clash' ? found.passages : [])),
	};
}

function wordsOf({ heading, text }: Words): Words {
	return { heading, text };
}

function alike(one: Words, other: Words): boolean {
	return (one.heading ?? '') === (other.heading ?? '') && one.text === other.text;
}
