import type { Provision } from '../provision.ts';

/** How deep each provision lies: 0 at the top. */
export function depths(provisions: readonly Pick<Provision, 'parent'>[]): readonly number[] {
	const found: number[] = [];
	for (const { parent } of provisions) found.push(parent === null ? 0 : (found[parent] ?? 0) + 1);
	return found;
}

/** The indices of the provisions right inside each, in order; under null those at the top. */
export function children(
	provisions: readonly Pick<Provision, 'parent'>[],
): ReadonlyMap<number | null, readonly number[]> {
	const found = new Map<number | null, number[]>();
	provisions.forEach(({ parent }, index) => {
		const inside = found.get(parent);
		if (inside) inside.push(index);
		else found.set(parent, [index]);
	});
	return found;
}

/** The provisions a provision lies in, outermost first, itself last. */
export function chain<P extends Pick<Provision, 'parent'>>(provisions: readonly P[], index: number): readonly P[] {
	const found: P[] = [];
	for (let at: number | null = index; at !== null; ) {
		const provision: P | undefined = provisions[at];
		if (!provision) break;
		found.unshift(provision);
		at = provision.parent;
	}
	return found;
}

/** A provision with all that lies in it, as a text of its own: the first has no parent. */
export function subtree(provisions: readonly Provision[], eId: string): Provision[] {
	const root = provisions.findIndex((one) => one.eId === eId);
	if (root < 0) return [];
	const places = new Map([[root, 0]]);
	const held: Provision[] = [];
	provisions.forEach((one, at) => {
		const above = one.parent === null ? undefined : places.get(one.parent);
		if (at !== root && above === undefined) return;
		places.set(at, held.length);
		held.push({ ...one, parent: at === root ? null : (above ?? null) });
	});
	return held;
}
