/** Longer words are not compared letter by letter. */
const LONGEST = 60;

/** How many letters were left out, added, taken for another, or turned around with the next, to make one word of the other. */
export function slips(typed: string, word: string): number {
	const a = typed.slice(0, LONGEST);
	const b = word.slice(0, LONGEST);
	let twoAgo: number[] = [];
	let ago = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1];
			let least = Math.min((ago[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (ago[j - 1] ?? 0) + (same ? 0 : 1));
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
				least = Math.min(least, (twoAgo[j - 2] ?? 0) + 1);
			row.push(least);
		}
		twoAgo = ago;
		ago = row;
	}
	return ago[b.length] ?? 0;
}
