import { grouped } from '#places/grouped.ts';
import type { Naming, Worded } from './naming.ts';

/** A text with the own city's name in the places that are given; everything else is as it was. */
export function put<P extends Worded>(provisions: readonly P[], places: readonly Naming[]): readonly P[] {
	const byProvision = grouped(places, ({ provision }) => provision);
	return provisions.map((one) => {
		const there = byProvision.get(one.id);
		if (!there) return one;
		const heading = one.heading === null ? null : written(one.heading, there, 'heading');
		return { ...one, heading, text: written(one.text, there, 'text') };
	});
}

function written(words: string, places: readonly Naming[], part: Naming['part']): string {
	let [made, from] = ['', 0];
	for (const { at, was, now } of places
		.filter((one) => one.part === part)
		.toSorted((one, other) => one.at - other.at)) {
		if (at < from || !words.startsWith(was, at)) continue;
		made += words.slice(from, at) + now;
		from = at + was.length;
	}
	return made + words.slice(from);
}
