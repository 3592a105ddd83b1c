/** When a file that came back was set aside whole. */
export interface SetAside {
	readonly at: Date;
	/** Account of who did; null where it is not known any more. */
	readonly by: string | null;
	/** How many suggestions were still open then, and are refused. */
	readonly n: number;
}

/** Of a file when it was set aside last, with all that is refused by that. Null where it was not, or nothing is left of it. */
export function asideOf(
	suggestions: readonly {
		readonly aside: boolean;
		readonly decidedBy: string | null;
		readonly decidedAt: Date | null;
	}[],
): SetAside | null {
	const together = suggestions.filter(({ aside }) => aside);
	const times = together.flatMap(({ decidedAt, decidedBy }) => (decidedAt ? [{ at: decidedAt, by: decidedBy }] : []));
	const last = times.toSorted((one, other) => one.at.getTime() - other.at.getTime()).at(-1);
	return last ? { ...last, n: together.length } : null;
}
