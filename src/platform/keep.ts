import type { Keep } from './world.ts';

/** Keeps one value for each maker. */
export function openKeep(): Keep {
	const kept = new Map<unknown, unknown>();
	return {
		of<T>(make: () => T): T {
			if (!kept.has(make)) kept.set(make, make());
			return kept.get(make) as T;
		},
	};
}
