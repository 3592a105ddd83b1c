import type { DraftProvision } from '../draft.ts';

/** A provision with what lies in it, while the structure changes. */
export interface Branch {
	readonly provision: DraftProvision;
	readonly inside: readonly Branch[];
}

/** Provisions in document order as the trees they are. */
export function grown(text: readonly DraftProvision[]): readonly Branch[] {
	const top: Branch[] = [];
	const made = text.map((provision) => ({ provision, inside: [] as Branch[] }));
	for (const branch of made) {
		const { parent } = branch.provision;
		(parent === null ? top : (made[parent]?.inside ?? top)).push(branch);
	}
	return top;
}

/** Trees in document order again. A provision whose place in the order of its parent's did not change stays the same object. */
export function laid(top: readonly Branch[]): readonly DraftProvision[] {
	const made: DraftProvision[] = [];
	const lay = ({ provision, inside }: Branch, parent: number | null): void => {
		const at = made.length;
		made.push(provision.parent === parent ? provision : { ...provision, parent });
		for (const child of inside) lay(child, at);
	};
	for (const branch of top) lay(branch, null);
	return made;
}

/** Where a provision stands: among its siblings, and in what. */
export interface Spot {
	readonly branch: Branch;
	readonly siblings: readonly Branch[];
	readonly at: number;
	/** Innermost first. */
	readonly over: readonly Branch[];
}

/** The spot of a provision, or null. */
export function spotOf(top: readonly Branch[], id: string, over: readonly Branch[] = []): Spot | null {
	for (const [at, branch] of top.entries()) {
		if (branch.provision.id === id) return { branch, siblings: top, at, over };
		const within = spotOf(branch.inside, id, [branch, ...over]);
		if (within) return within;
	}
	return null;
}

/** The trees with other provisions among the siblings in one place; what lies elsewhere stays the same. */
export function regrown(
	top: readonly Branch[],
	parent: string | null,
	change: (siblings: readonly Branch[]) => readonly Branch[],
): readonly Branch[] {
	if (parent === null) return change(top);
	return top.map((branch) => {
		if (branch.provision.id === parent) return { ...branch, inside: change(branch.inside) };
		const inside = regrown(branch.inside, parent, change);
		return inside.some((child, at) => child !== branch.inside[at]) ? { ...branch, inside } : branch;
	});
}

/** Whether a provision lies in words that an act puts into another text, whose numbers are not its own. */
export function quotedIn(text: readonly DraftProvision[], at: number): boolean {
	for (let over = text[at]?.parent ?? null; over !== null; over = text[over]?.parent ?? null)
		if (text[over]?.kind === 'quoted') return true;
	return false;
}

/** Indices of all that lies in a provision, in order; itself is none of them. */
export function lyingIn(text: readonly Pick<DraftProvision, 'parent'>[], at: number): readonly number[] {
	const inside = new Set([at]);
	text.forEach(({ parent }, n) => {
		if (parent !== null && inside.has(parent)) inside.add(n);
	});
	return [...inside].slice(1);
}
