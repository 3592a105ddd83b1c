/**
 * Optimal string alignment distance of two texts: insertions, deletions, substitutions and swaps of neighbours, no part
 * edited twice. Counts only up to `most`; beyond it, returns `most + 1`.
 */
export function distance(a: string, b: string, most: number): number {
	if (a === b) return 0;
	if (Math.abs(a.length - b.length) > most) return most + 1;
	let from = 0;
	while (from < a.length && from < b.length && a[from] === b[from]) from++;
	let [endA, endB] = [a.length, b.length];
	while (endA > from && endB > from && a[endA - 1] === b[endB - 1]) {
		endA--;
		endB--;
	}
	return aligned(a.slice(from, endA), b.slice(from, endB), most);
}

/** The recurrence over three rows; common ends are already cut off. */
function aligned(a: string, b: string, most: number): number {
	let before: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		let least = i;
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1];
			let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
				cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
			row.push(cost);
			if (cost < least) least = cost;
		}
		if (least > most) return most + 1;
		before = last;
		last = row;
	}
	return Math.min(last[b.length] ?? 0, most + 1);
}

/** Which letters a text holds, one bit each: two texts within `n` edits differ in at most `2n` of them. */
export function letters(text: string): number {
	let mask = 0;
	for (let i = 0; i < text.length; i++) mask |= 1 << (text.charCodeAt(i) & 31);
	return mask;
}

/** How many bits are set. */
export function bits(mask: number): number {
	let left = mask;
	let count = 0;
	for (; left !== 0; left &= left - 1) count++;
	return count;
}
