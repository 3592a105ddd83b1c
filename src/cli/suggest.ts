/** The word nearest to what was typed, or null where none is near enough to be meant. */
export function nearest(typed: string, words: readonly string[]): string | null {
	const limit = Math.max(1, Math.floor(typed.length / 3));
	const ranked = words
		.map((word) => ({ word, steps: word.startsWith(typed) && typed.length > 1 ? 0 : distance(typed, word) }))
		.filter(({ steps }) => steps <= limit)
		.sort((a, b) => a.steps - b.steps);
	return ranked[0]?.word ?? null;
}

/** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours. */
function distance(a: string, b: string): number {
	let older: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1];
			let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
				best = Math.min(best, (older[j - 2] ?? 0) + 1);
			row.push(best);
		}
		older = last;
		last = row;
	}
	return last[b.length] ?? 0;
}
