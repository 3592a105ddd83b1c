import { type Clash, merged } from '#concordance/merge.ts';
import { pairs } from '#concordance/pair.ts';
import type { Provision } from '#library/provision.ts';
import type { DraftProvision } from './draft.ts';
import type { Place } from './structure/outline.ts';

/** Heading and words of a provision, with its blanks. */
type Words = Pick<Provision, 'heading' | 'text'>;

/**
 * What a newer version changed in a provision that was copied, and what the draft can make of it: `merged` are heading and
 * words that have both changes, null where both sides changed the same words; `passages` then give all readings of them.
 */
export interface ChangeOffer {
	readonly kind: 'changed';
	/** Name of the change: eId in the version copied. */
	readonly change: string;
	readonly provision: string;
	readonly base: Words;
	readonly ours: Words;
	readonly theirs: Words;
	readonly merged: Words | null;
	readonly passages: readonly (string | Clash)[];
}

/** A provision that the newer version has and the one copied had not. */
export interface AdditionOffer {
	readonly kind: 'added';
	/** `+` and its eId in the newer version. */
	readonly change: string;
	readonly theirs: Provision;
	/** Where in the draft it would stand. */
	readonly place: Place;
}

/** A provision that the newer version has no more; the draft has it as it was copied, or with words of its own. */
export interface RemovalOffer {
	readonly kind: 'removed';
	readonly change: string;
	readonly provision: string;
	readonly base: Words;
	readonly ours: Words;
}

export type Offer = ChangeOffer | AdditionOffer | RemovalOffer;

/** How provisions of the version copied are called in a newer one, by eId; those that are not there any more are left out. */
export function successors(base: readonly Provision[], theirs: readonly Provision[]): ReadonlyMap<string, string> {
	return new Map(pairs(base, theirs).map(({ before, after }) => [base[before]?.eId ?? '', theirs[after]?.eId ?? '']));
}

/**
 * What a newer version of a source offers a draft, in the order of the newer text, with what it dropped at the end. What the
 * draft took out, what it has already, and new pieces of what was never copied are no offers.
 * @param base the whole version copied, and `theirs` the newer one
 * @param draft the draft's provisions; only those that came from `source` are looked at
 * @param of `whole`: whether the whole text was copied, then what is new anywhere in it is offered; `taken`: provisions of
 * the draft that came from the newer version already, by their eId in it
 */
export function offersOf(
	base: readonly Provision[],
	theirs: readonly Provision[],
	draft: readonly DraftProvision[],
	{
		source,
		whole,
		taken,
	}: { readonly source: number; readonly whole: boolean; readonly taken: ReadonlyMap<string, string> },
): readonly Offer[] {
	const mine = new Map<string, DraftProvision>();
	for (const one of draft) if (one.from?.source === source && !mine.has(one.from.eId)) mine.set(one.from.eId, one);
	const before = new Map(base.map((one) => [one.eId, one]));
	const cameFrom = new Map([...successors(base, theirs)].map(([was, is]) => [is, was]));
	const offers: Offer[] = [];
	const here = new Map<string, string>();
	/** Of what lies in one provision of the newer version, the last that the draft has. */
	const last = new Map<number | null, string>();
	for (const one of theirs) {
		if (one.state === 'removed') continue;
		const came = taken.get(one.eId);
		if (came !== undefined && draft.some(({ id }) => id === came)) {
			here.set(one.eId, came);
			last.set(one.parent, came);
			continue;
		}
		const was = cameFrom.get(one.eId);
		const own = was === undefined ? undefined : mine.get(was);
		if (own) {
			here.set(one.eId, own.id);
			last.set(one.parent, own.id);
			const old = before.get(was ?? '');
			const offer = old ? changeOf(was ?? '', old, own, one) : null;
			if (offer) offers.push(offer);
		} else if (was === undefined) {
			const parent = one.parent === null ? null : theirs[one.parent];
			// New pieces of a new provision come along with it.
			if (parent && offers.some((offer) => offer.kind === 'added' && inside(parent.eId, offer.theirs.eId))) continue;
			const over = parent ? here.get(parent.eId) : null;
			if (over === undefined || (over === null && !whole)) continue;
			const after = last.get(one.parent);
			const place: Place = after === undefined ? { first: over } : { after };
			offers.push({ kind: 'added', change: `+${one.eId}`, theirs: one, place });
		}
	}
	const stays = new Set(cameFrom.values());
	for (const one of base) {
		const own = mine.get(one.eId);
		if (!own || stays.has(one.eId)) continue;
		offers.push({ kind: 'removed', change: one.eId, provision: own.id, base: wordsOf(one), ours: wordsOf(own) });
	}
	return offers;
}

function inside(eId: string, other: string): boolean {
	return eId === other || eId.startsWith(`${other}__`);
}

function changeOf(change: string, old: Provision, own: DraftProvision, now: Provision): ChangeOffer | null {
	const [base, ours, theirs] = [wordsOf(old), wordsOf(own), wordsOf(now)];
	if (alike(base, theirs) || alike(ours, theirs)) return null;
	const heading = merged(base.heading ?? '', ours.heading ?? '', theirs.heading ?? '');
	const text = merged(base.text, ours.text, theirs.text);
	const clean = heading.kind === 'clean' && text.kind === 'clean';
	const both = clean ? { heading: heading.text || null, text: text.text } : null;
	// The draft has all of it already.
	if (both && alike(both, ours)) return null;
	return {
		...{ kind: 'changed', change, provision: own.id, base, ours, theirs, merged: both },
		passages: [heading, text].flatMap((found) => (found.kind === 'clash' ? found.passages : [])),
	};
}

function wordsOf({ heading, text }: Words): Words {
	return { heading, text };
}

function alike(one: Words, other: Words): boolean {
	return (one.heading ?? '') === (other.heading ?? '') && one.text === other.text;
}
