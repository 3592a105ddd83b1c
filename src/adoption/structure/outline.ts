import type { ProvisionKind } from '#library/provision.ts';
import type { DraftProvision } from '../draft.ts';
import { kindAmong, recast, rung } from './level.ts';
import { type Branch, grown, laid, regrown, type Spot, spotOf } from './tree.ts';

/** Paragraphs that somebody types into one provision, and that it is split into at once. */
export const MOST_PARAGRAPHS = 40;

/** Where a provision is put: right after another, first of what lies in one (null: first of all), or last at the top. */
export type Place = { readonly after: string } | { readonly first: string | null } | 'end';

/** A text whose structure changed; its numbers and references are still those from before. */
export interface Change {
	readonly text: readonly DraftProvision[];
	/** Provisions that stand in a new place and need a number of it. */
	readonly placed: readonly string[];
	/** What was joined: `gone` is part of `into` now, whose own words and heading come first. */
	readonly merged: { readonly gone: string; readonly into: string } | null;
	/** What was split: the words of `into` were those of `from`. */
	readonly cut: { readonly from: string; readonly into: string } | null;
}

/** Why a text stayed as it is. */
export interface Refused {
	readonly refused: /** There is no provision of that id. */
		| 'not_there'
		/** There is one already. */
		| 'taken'
		/** It would lie in itself. */
		| 'into_itself'
		/** Nothing of that kind can stand there: a recital in a section, a subsection in the signatures. */
		| 'no_place'
		/** It, or what lies in it, would lie below an item. */
		| 'too_deep'
		/** One of the two parts would have no words. */
		| 'no_words'
		/** More paragraphs than are split at once. */
		| 'too_many'
		| 'inside_word'
		| 'inside_blank'
		/** Nothing of its kind follows it among its siblings. */
		| 'nothing_next'
		/** The two stand under different conditions. */
		| 'other_condition';
}

type Text = readonly DraftProvision[];

/** What somebody adds. The kind is that of its new siblings where none is given. */
export interface Added {
	/** Unique in the draft, never used before. */
	readonly id: string;
	readonly kind: ProvisionKind | null;
	readonly heading: string | null;
	readonly words: string;
}

/** A text with one more provision. */
export function added(text: Text, { id, kind, heading, words }: Added, place: Place): Change | Refused {
	if (text.some((provision) => provision.id === id)) return { refused: 'taken' };
	const top = grown(text);
	const target = targetOf(top, place, kind);
	if ('refused' in target) return target;
	const made = kindAmong(kind, target.parent?.provision.kind ?? null, target.kinds);
	if (made === null || (kind !== null && made !== kind)) return { refused: 'no_place' };
	const provision: DraftProvision = { id, kind: made, parent: null, number: null, heading, text: words, from: null };
	return change(put(top, { provision, inside: [] }, target), { placed: [id] });
}

/** A text without a provision and all that lies in it. */
export function removed(text: Text, id: string): Change | Refused {
	const top = grown(text);
	const spot = spotOf(top, id);
	return spot ? change(without(top, spot), {}) : { refused: 'not_there' };
}

/** `{{if open}}` at the beginning of words. */
const CONDITION = /^\s*\{\{\s*if\s[^}]*\}\}\s*/;

/**
 * A text with a provision in two: its words up to `at` (counted as JavaScript counts, in the words as the draft keeps them,
 * blanks as blanks), and a new one after it with the rest. What lies in it goes with the second, for the words before a list
 * are the last; the heading stays with the first; a condition holds for both; both were copied from where it was.
 */
export function split(text: Text, id: string, at: number, newId: string): Change | Refused {
	if (text.some((provision) => provision.id === newId)) return { refused: 'taken' };
	const top = grown(text);
	const spot = spotOf(top, id);
	if (!spot) return { refused: 'not_there' };
	const { provision } = spot.branch;
	const condition = CONDITION.exec(provision.text)?.[0] ?? '';
	const [one, two] = [provision.text.slice(0, at).trimEnd(), provision.text.slice(Math.max(0, at)).trimStart()];
	for (const { index, 0: blank } of provision.text.matchAll(/\{\{[^}]*\}\}/g))
		if (at > index && at < index + blank.length) return { refused: 'inside_blank' };
	if (!Number.isInteger(at) || one.length <= condition.trimEnd().length || two === '') return { refused: 'no_words' };
	if (/[\p{L}\p{M}\p{N}]$/u.test(provision.text.slice(0, at)) && /^[\p{L}\p{M}\p{N}]/u.test(provision.text.slice(at)))
		return { refused: 'inside_word' };
	const halves: readonly Branch[] = [
		{ provision: { ...provision, text: one }, inside: [] },
		{
			provision: { ...provision, id: newId, number: null, heading: null, text: condition + two },
			inside: spot.branch.inside,
		},
	];
	const made = regrown(top, parentOf(spot), (siblings) => siblings.toSpliced(spot.at, 1, ...halves));
	return change(made, { placed: [newId], cut: { from: id, into: newId } });
}

/**
 * A text with a provision and the next one, which must be of its kind, in one. Where nothing lies in the first, headings and
 * words run together and it takes what lies in the second. Where something does, and the second has no words of its own, its
 * pieces go on the list of the first. Otherwise the words of the second cannot stand before the list of the first: it becomes
 * the last piece of it, itself and with its own heading.
 */
export function joined(text: Text, id: string): Change | Refused {
	const top = grown(text);
	const spot = spotOf(top, id);
	if (!spot) return { refused: 'not_there' };
	const [one, two] = [spot.branch, spot.siblings[spot.at + 1]];
	if (two?.provision.kind !== one.provision.kind) return { refused: 'nothing_next' };
	const [before, after] = [CONDITION.exec(one.provision.text)?.[0], CONDITION.exec(two.provision.text)?.[0]];
	if (before?.trim() !== after?.trim()) return { refused: 'other_condition' };
	const words = two.provision.text.slice(after?.length ?? 0).trim();
	if (one.inside.length > 0 && words !== '') {
		const last = one.inside.at(-1) as Branch;
		return moved(text, two.provision.id, { after: last.provision.id });
	}
	const provision: DraftProvision = {
		...one.provision,
		heading: together(one.provision.heading, two.provision.heading),
		text: [one.provision.text.trimEnd(), words].filter((part) => part !== '').join(' '),
	};
	const branch: Branch = { provision, inside: [...one.inside, ...two.inside] };
	return change(
		regrown(top, parentOf(spot), (siblings) => siblings.toSpliced(spot.at, 2, branch)),
		{
			placed: two.inside.map(({ provision }) => provision.id),
			merged: { gone: two.provision.id, into: id },
		},
	);
}

/**
 * A text with a provision, and all that lies in it, in another place. Among sections it is a section, among paragraphs a
 * paragraph; first in something that holds none it is of the level below; what lies in it stays as far below it as it was.
 */
export function moved(text: Text, id: string, place: Place): Change | Refused {
	const top = grown(text);
	const spot = spotOf(top, id);
	if (!spot) return { refused: 'not_there' };
	if (place !== 'end') {
		const to = 'after' in place ? place.after : place.first;
		if (to !== null && spotOf([spot.branch], to)) return { refused: 'into_itself' };
	}
	const rest = without(top, spot);
	const target = targetOf(rest, place, spot.branch.provision.kind);
	if ('refused' in target) return target;
	const branch = among(spot.branch, target);
	if ('refused' in branch) return branch;
	const laidOut = put(rest, branch, target);
	const same = laid(laidOut).every((provision, at) => provision === text[at]);
	return change(same ? top : laidOut, { placed: same ? [] : [id] });
}

/** Every place that a provision can be moved to, in document order, without the one where it is. */
export function placesFor(text: Text, id: string): readonly Exclude<Place, 'end'>[] {
	const top = grown(text);
	const spot = spotOf(top, id);
	if (!spot) return [];
	const found: Exclude<Place, 'end'>[] = [];
	const look = (parent: Branch | null, siblings: readonly Branch[]): void => {
		const within = parent?.provision.id ?? null;
		const here = within === parentOf(spot) ? spot.at : null;
		const holds = (at: number) => at !== here && !('refused' in among(spot.branch, target(parent, siblings, at)));
		if (holds(0)) found.push({ first: within });
		for (const [at, branch] of siblings.entries()) {
			if (holds(at + 1)) found.push({ after: branch.provision.id });
			look(branch, branch.inside);
		}
	};
	look(null, without(top, spot));
	return found;
}

/** A branch as it stands in a place: of the kind that its new siblings call for. */
function among(branch: Branch, { parent, kinds, deep }: Target): Branch | Refused {
	const made = kindAmong(branch.provision.kind, parent?.provision.kind ?? null, kinds);
	if (made === null) return { refused: deep ? 'too_deep' : 'no_place' };
	return recast(branch, made) ?? { refused: 'too_deep' };
}

/** A place found: index among the siblings of a parent, and their kinds, the nearest first. */
interface Target {
	readonly parent: Branch | null;
	readonly at: number;
	readonly kinds: readonly ProvisionKind[];
	/** Whether there is no level below the parent. */
	readonly deep: boolean;
}

function targetOf(top: readonly Branch[], place: Place, kind: ProvisionKind | null): Target | Refused {
	if (place === 'end') {
		// Signatures and dates of passage stay last.
		const last = top.findLastIndex(({ provision }) => provision.kind !== 'conclusion');
		return target(null, top, kind === 'conclusion' ? top.length : last + 1);
	}
	if ('after' in place) {
		const spot = spotOf(top, place.after);
		return spot ? target(spot.over[0] ?? null, spot.siblings, spot.at + 1) : { refused: 'not_there' };
	}
	if (place.first === null) return target(null, top, 0);
	const spot = spotOf(top, place.first);
	return spot ? target(spot.branch, spot.branch.inside, 0) : { refused: 'not_there' };
}

function target(parent: Branch | null, siblings: readonly Branch[], at: number): Target {
	const kinds = [...siblings.slice(0, at).reverse(), ...siblings.slice(at)].map(({ provision }) => provision.kind);
	return { parent, at, kinds, deep: parent !== null && rung(parent.provision.kind) === rung('item') };
}

function put(top: readonly Branch[], branch: Branch, { parent, at }: Target): readonly Branch[] {
	return regrown(top, parent?.provision.id ?? null, (siblings) => siblings.toSpliced(at, 0, branch));
}

function without(top: readonly Branch[], spot: Spot): readonly Branch[] {
	return regrown(top, parentOf(spot), (siblings) => siblings.toSpliced(spot.at, 1));
}

function parentOf({ over }: Spot): string | null {
	return over[0]?.provision.id ?? null;
}

/** `Costs; Transfer`, as codes head a section of two matters. */
function together(one: string | null, two: string | null): string | null {
	if (one === null || two === null) return one ?? two;
	return `${one.trimEnd().replace(/[.;:]$/, '')}; ${two}`;
}

function change(top: readonly Branch[], rest: Partial<Omit<Change, 'text'>>): Change {
	return { text: laid(top), placed: [], merged: null, cut: null, ...rest };
}
