import type { Coding } from '#library/protection.ts';

/** A coding with the names of those who signed it, where they hold a seat; `names`: by byline. For readers who hold one. */
export function signedBy(coding: Coding, names: ReadonlyMap<string, string>): Coding {
	const named = <T extends string | null>(by: T) => (by === null ? by : (names.get(by) ?? by));
	return {
		...coding,
		author: named(coding.author) ?? coding.author,
		confirmedBy: named(coding.confirmedBy),
		withdrawnBy: named(coding.withdrawnBy),
	};
}
