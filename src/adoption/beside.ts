import { pairs } from '#concordance/pair.ts';
import type { Day } from '#kernel/day.ts';
import { typedPath } from '#library/address.ts';
import { depths } from '#library/export/tree.ts';
import type { Provision } from '#library/provision.ts';
import type { VersionLine, WorkLine } from '#library/view.ts';
import { asRead, conditionOf } from './blank-words.ts';
import type { DraftLine, DraftProvision, Origin, State } from './draft.ts';
import { offered } from './fill.ts';
import type { Versions } from './newer.ts';
import type { Drafted } from './out/marked.ts';

/** What a draft can be read against: what was copied, the draft after one of its edits, the newest version of what was copied, or a text of the library by its path. */
export type Against =
	| { readonly kind: 'copied' | 'newest' }
	| { readonly kind: 'draft'; readonly seq: number }
	| { readonly kind: 'text'; readonly path: string };

/** What a draft is read against, with its name. */
export type Other =
	| { readonly kind: 'copied' }
	| { readonly kind: 'draft'; readonly seq: number }
	/** Days of the newest version of each source. */
	| { readonly kind: 'newest'; readonly days: readonly Day[] }
	| { readonly kind: 'text'; readonly work: WorkLine; readonly version: Pick<VersionLine, 'day' | 'address'> };

/** What the blanks of a text are filled with. */
export type Filling = Pick<State, 'blanks' | 'answers' | 'draft'>;

/** A provision of a text that a draft is read against. */
export interface Base extends Pick<Provision, 'kind' | 'number' | 'heading' | 'text'> {
	/** Unique among the texts of one comparison: as `keyOf` makes it of `from`. */
	readonly key: string;
	readonly from: Origin;
	/** 0 at the top. */
	readonly depth: number;
}

/** What a draft is read against, and which of its provisions each of the draft's is. */
export interface Beside {
	/** Each in its order. */
	readonly texts: readonly (readonly Base[])[];
	/** By id of the provision; one that was split has the same for its parts. */
	readonly partner: ReadonlyMap<string, Origin>;
	/** Of the blanks in the texts. */
	readonly filling: Filling;
}

/** A version of a source that came after the one copied, and which provisions of the draft came from it newly, by their eId in it. */
interface Newest extends Versions {
	readonly source: { readonly nth: number; readonly whole: boolean };
	readonly taken: ReadonlyMap<string, string>;
}

/** What a draft is read against where nobody chose: the policy that it amends, else what was copied. */
export function usualOf({ amends }: Pick<DraftLine, 'amends'>): Against {
	return amends === null ? { kind: 'copied' } : { kind: 'text', path: amends };
}

/** `copied`, `draft-12`, `newest`, a path below /library; null: nobody chose. Anything else is what was copied. */
export function readAgainst(asked: string): Against;
export function readAgainst(asked: string | null): Against | null;
export function readAgainst(asked: string | null): Against | null {
	if (asked === null) return null;
	const [, seq] = /^draft-([1-9]\d{0,8})$/.exec(asked) ?? [];
	if (seq !== undefined) return { kind: 'draft', seq: Number(seq) };
	if (asked === 'newest') return { kind: 'newest' };
	return asked.includes('/') ? { kind: 'text', path: asked } : { kind: 'copied' };
}

/** The same, and the number of an edit or any address of a text of ours; null for what is none of these. */
export function typedAgainst(typed: string): Against | null {
	const asked = /^[1-9]\d{0,8}$/.test(typed) ? `draft-${typed}` : typedPath(typed);
	const against = readAgainst(asked);
	return against.kind === 'copied' && asked !== 'copied' ? null : against;
}

/** As an address says it. */
export function writeAgainst(against: Against): string {
	if (against.kind === 'draft') return `draft-${against.seq}`;
	return against.kind === 'text' ? against.path : against.kind;
}

/** Against what was copied of each source, by its number, also what an answer left out of it since. */
export function besideCopied(state: State, copied: ReadonlyMap<number, readonly Provision[]>): Beside {
	const texts = [...copied].map(([source, text]) => text.map((one) => baseOf(source, offered(one, state.answers))));
	const partner = new Map(state.provisions.flatMap(({ id, from }) => (from ? [[id, from] as const] : [])));
	return { texts, partner, filling: state };
}

/** Against the draft as it read after another edit: what was split since is still what it was, by where it was copied from. */
export function besideDraft(state: State, then: State): Beside {
	const depth = depths(then.provisions);
	const text = then.provisions.map(({ id, kind, number, heading, text }, at) => {
		const from = { source: 0, eId: id };
		return { key: keyOf(from), from, kind, number, heading, text, depth: depth[at] ?? 0 };
	});
	const there = new Set(then.provisions.map(({ id }) => id));
	const origins = new Map(then.provisions.flatMap(({ id, from }) => (from ? [[keyOf(from), id] as const] : [])));
	const partner = state.provisions.flatMap(({ id, from }) => {
		const was = there.has(id) ? id : from && origins.get(keyOf(from));
		return was ? [[id, { source: 0, eId: was }] as const] : [];
	});
	return { texts: [text], partner: new Map(partner), filling: then };
}

/**
 * Against the newest version of each source that has a newer one, and what was copied of the others. Of a source of which only
 * parts were copied, only what became of these is read.
 */
export function besideNewest(
	state: State,
	copied: ReadonlyMap<number, readonly Provision[]>,
	newest: readonly Newest[],
): Beside {
	const old = besideCopied(state, copied);
	const partner = new Map(old.partner);
	const texts = [...copied].map(([source, text], n) => {
		const found = newest.find((one) => one.source.nth === source);
		if (!found) return old.texts[n] ?? [];
		const { next } = found;
		for (const { id, from } of state.provisions) {
			if (from?.source !== source) continue;
			const eId = next.get(from.eId);
			if (eId === undefined) partner.delete(id);
			else partner.set(id, { source, eId });
		}
		for (const [eId, id] of found.taken) partner.set(id, { source, eId });
		const parts = new Set([...text.map(({ eId }) => next.get(eId)), ...found.taken.keys()]);
		return found.theirs
			.filter(({ eId, state }) => state !== 'removed' && (found.source.whole || parts.has(eId)))
			.map((one) => baseOf(source, offered(one, state.answers)));
	});
	return { texts, partner, filling: state };
}

/** Against any text of the library: its provisions are found by their words, as two versions of one text are compared. */
export function besideText(state: State, theirs: readonly Provision[], blanks: State['blanks']): Beside {
	const filling = { blanks, answers: {}, draft: state.draft };
	const places = new Map<number, number>();
	const standing = theirs.filter(({ state }, at) => state !== 'removed' && places.set(at, places.size));
	const clause = (one: DraftProvision | Provision, eId: string, filled: Filling, parent: number | null) => ({
		...{ eId, kind: one.kind, number: one.number, parent },
		heading: one.heading === null ? null : asRead(one.heading, filled),
		text: asRead(conditionOf(one.text).words, filled),
	});
	const found = pairs(
		standing.map((one) => clause(one, one.eId, filling, places.get(one.parent ?? -1) ?? null)),
		state.provisions.map((one) => clause(one, one.from?.eId ?? one.id, state, one.parent)),
	);
	return {
		texts: [standing.map((one) => baseOf(1, one))],
		partner: new Map(
			found.map(({ before, after }) => [
				state.provisions[after]?.id ?? '',
				{ source: 1, eId: standing[before]?.eId ?? '' },
			]),
		),
		filling,
	};
}

/** Provisions of a draft as if they had been copied from what they are read against. */
export function asCopied({ provisions }: Pick<State, 'provisions'>, { partner }: Beside): readonly DraftProvision[] {
	return provisions.map((one) => ({ ...one, from: partner.get(one.id) ?? null }));
}

/** The texts of a comparison one after the other, as what a redline is drawn against. */
export function asBase({ texts }: Beside): readonly Drafted[] {
	const open: number[] = [];
	return texts.flat().map(({ key: _, depth, ...one }, at) => {
		open.length = Math.min(open.length, depth);
		const parent = open.at(-1) ?? null;
		open.push(at);
		return { ...one, parent };
	});
}

/** A name for a provision of a text that a draft is read against, as it stands in addresses. */
export function keyOf({ source, eId }: Origin): string {
	return `${source}-${eId}`;
}

/** As deep as it says itself by its eId: what it lay in may not have been copied. */
function baseOf(source: number, { eId, kind, number, heading, text }: Provision): Base {
	const from = { source, eId };
	return { key: keyOf(from), from, kind, number, heading, text, depth: eId.split('__').length - 1 };
}
