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

/** The provisions before and after one that lie right where it does; null at either end. */
export function around<P extends Pick<Provision, 'parent'>>(
	provisions: readonly P[],
	at: number,
): { readonly before: P | null; readonly after: P | null } {
	const parent = provisions[at]?.parent ?? null;
	const beside = (one: P) => one.parent === parent;
	return {
		before: provisions.slice(0, Math.max(0, at)).findLast(beside) ?? null,
		after: provisions.slice(at + 1).find(beside) ?? null,
	};
}
