import type { ProvisionKind } from '#library/provision.ts';
import type { DraftProvision } from '../draft.ts';
import { signOf } from './label.ts';
import { rung } from './level.ts';
import { quotedIn } from './tree.ts';

/** A text in which provisions are looked up by the numbers that words name them by. */
export interface Lookup {
	readonly text: readonly DraftProvision[];
	/** Index of a provision, or null. */
	at(id: string): number | null;
	/** Itself and what it lies in, innermost first, as indices. */
	over(at: number): readonly number[];
	/** Sign of its number; empty where it has none. */
	sign(at: number): string;
	/** Those of a kind with a number, wherever they stand outside quoted words; the nearest where one number is there twice. */
	absolute(kind: ProvisionKind, head: string, from: number | null): number | null;
	/** What lies in a provision by its signs, outermost first. */
	inside(over: number, signs: readonly string[], kind: ProvisionKind | null): number | null;
	/** What words in a provision mean by `subsection (b)`: of the nearest that it lies in, no further than its section. */
	relative(from: number, signs: readonly string[], kind: ProvisionKind): number | null;
	/** What words in a provision mean by `this section`. */
	self(from: number, kind: ProvisionKind): number | null;
}

/** Makes a text one in which provisions can be looked up. */
export function lookup(text: readonly DraftProvision[]): Lookup {
	const places = new Map(text.map(({ id }, at) => [id, at]));
	const signs = text.map(({ number }) => signOf(number));
	const quoted = text.map((_, at) => quotedIn(text, at));
	const children = gathered(text.map(({ parent }) => parent));
	const numbered = gathered(text.map(({ kind }, at) => `${kind} ${signs[at]}`));

	const over = (at: number): number[] => {
		const chain: number[] = [];
		for (let up: number | null = at; up !== null; up = text[up]?.parent ?? null) chain.push(up);
		return chain;
	};
	const only = (found: readonly number[]) => (found.length === 1 ? (found[0] as number) : null);
	const child = (parent: number | null, sign: string, kind: ProvisionKind | null) =>
		only(
			(children.get(parent) ?? []).filter((at) => {
				const provision = text[at] as DraftProvision;
				if (signs[at] !== sign || quoted[at] || provision.kind === 'quoted') return false;
				return kind === null || provision.kind === kind;
			}),
		);
	const inside: Lookup['inside'] = (parent, [sign, ...rest], kind) => {
		if (sign === undefined) return parent;
		const found = (kind === null ? null : child(parent, sign, kind)) ?? child(parent, sign, null);
		return found === null ? null : inside(found, rest, null);
	};
	return {
		text,
		at: (id) => places.get(id) ?? null,
		over,
		sign: (at) => signs[at] ?? '',
		absolute(kind, head, from) {
			const found = (numbered.get(`${kind} ${head}`) ?? []).filter((at) => !quoted[at]);
			if (found.length <= 1 || from === null) return only(found);
			for (const division of over(from)) {
				const near = found.filter((at) => over(at).includes(division));
				if (near.length > 0) return only(near);
			}
			return null;
		},
		inside,
		relative(from, wanted, kind) {
			const chain = over(from);
			const section = chain.findIndex((at) => rung((text[at] as DraftProvision).kind) === 0);
			const scope = section < 0 ? [...chain, null] : chain.slice(0, section + 1);
			for (const exact of [kind, null]) {
				for (const parent of scope) {
					const first = child(parent, wanted[0] ?? '', exact);
					const found = first === null || rung((text[first] as DraftProvision).kind) === 0 ? null : first;
					if (found !== null) return inside(found, wanted.slice(1), null);
				}
			}
			return null;
		},
		self: (from, kind) => over(from).find((at) => text[at]?.kind === kind && !quoted[at]) ?? null,
	};
}

/** Indices by what stands at each. */
function gathered<Key>(keys: readonly Key[]): ReadonlyMap<Key, readonly number[]> {
	const made = new Map<Key, number[]>();
	keys.forEach((key, at) => {
		const row = made.get(key);
		if (row) row.push(at);
		else made.set(key, [at]);
	});
	return made;
}
