/** One figure of a benchmark. `ok` is null where nothing is demanded of it. */
export interface Measure {
	readonly value: number;
	readonly unit: string;
	/** The peer's figure of the same run, where there is a peer. */
	readonly peer: number | null;
	/** What the value must reach, as a sentence: `at most 0.8`. */
	readonly bar: string | null;
	readonly ok: boolean | null;
}

export type Measures = Record<string, Measure>;

/** A value that must be at most, or at least, a bound. */
export function demand(
	value: number,
	unit: string,
	bound: { readonly most: number } | { readonly least: number },
	peer: number | null = null,
): Measure {
	const most = 'most' in bound;
	const limit = most ? bound.most : bound.least;
	return {
		value,
		unit,
		peer,
		bar: `at ${most ? 'most' : 'least'} ${limit}`,
		ok: most ? value <= limit : value >= limit,
	};
}

/** A value that is only told. */
export function tell(value: number, unit: string, peer: number | null = null): Measure {
	return { value, unit, peer, bar: null, ok: null };
}

/** Prints the measures as a table, or as one JSON object with `--json`; true when no bar is missed. */
export function report(measures: Measures, json: boolean): boolean {
	if (json) console.log(JSON.stringify(measures));
	else {
		const rows = Object.entries(measures).map(([name, m]) => [
			name,
			shown(m.value),
			m.unit,
			m.peer === null ? '' : shown(m.peer),
			m.bar ?? '',
			m.ok === null ? '' : m.ok ? 'ok' : 'MISSED',
		]);
		const lines = [['measure', 'value', 'unit', 'peer', 'bar', ''], ...rows];
		const widths = lines[0]?.map((_, i) => Math.max(...lines.map((line) => line[i]?.length ?? 0))) ?? [];
		for (const line of lines)
			console.log(
				line
					.map((cell, i) => cell.padEnd(widths[i] ?? 0))
					.join('  ')
					.trimEnd(),
			);
	}
	return Object.values(measures).every((m) => m.ok !== false);
}

function shown(value: number): string {
	return Number.isInteger(value) ? String(value) : value.toFixed(3);
}

export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** Runs both in turn, `rounds` times after one round that does not count; milliseconds of each, pair by pair. */
export async function paired(
	ours: () => unknown,
	peer: () => unknown,
	rounds: number,
): Promise<{ ours: number[]; peer: number[] }> {
	const times = { ours: [] as number[], peer: [] as number[] };
	for (let round = 0; round <= rounds; round++) {
		const a = await timed(ours);
		const b = await timed(peer);
		if (round === 0) continue;
		times.ours.push(a);
		times.peer.push(b);
	}
	return times;
}

export async function timed(work: () => unknown): Promise<number> {
	const begun = performance.now();
	await work();
	return performance.now() - begun;
}
