import type { Provision } from '#library/provision.ts';

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
