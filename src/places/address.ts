import { countyId } from './county-name.ts';
import type { Given } from './given.ts';
import { grouped } from './grouped.ts';
import { ocdName, slugOf } from './name.ts';
import { stateId } from './states.ts';

/** Where a place stands for good. */
export interface Address {
	readonly id: string;
	readonly slug: string;
}

/** What stands already, and what a county is called: both are needed to give an address that nobody has. */
export interface Ground {
	readonly ids: ReadonlySet<string>;
	/** State code, then slug, of cities and subdivisions: `TX huntsville`. */
	readonly slugs: ReadonlySet<string>;
	readonly countyName: (geoid: string) => string | undefined;
	readonly countyId: (geoid: string) => string | undefined;
}

/**
 * Gives new places their addresses. What stands keeps its own; where several of one name come at once, or the name is
 * taken, each gets its county appended (`fairview-hudson-county`), but for one that is by far the largest: that is the one
 * people mean by the bare name. The order of `given` does not matter.
 *
 * Ids follow the Open Civic Data convention: a city is `…/state:tx/place:huntsville`; a township or New England town, which
 * is no place by itself, `…/state:pa/county:montgomery/place:abington`.
 */
export function addresses(given: readonly Given[], ground: Ground): Map<Given, Address> {
	const ids = new Set(ground.ids);
	const slugs = new Set(ground.slugs);
	const result = new Map<Given, Address>();
	const local: Given[] = [];
	for (const place of given) {
		if (place.kind === 'state') {
			result.set(place, { id: stateId(place.stateCode), slug: place.stateCode.toLowerCase() });
		} else if (place.kind === 'county') {
			result.set(place, { id: countyId(place.geoid ?? '', place.bare), slug: slugOf(place.name) });
		} else local.push(place);
	}
	const same = grouped(local, (place) => `${place.stateCode} ${slugOf(place.name)}`);
	for (const key of [...same.keys()].sort()) {
		const group = (same.get(key) ?? []).toSorted(byContent);
		const known = bestKnown(group);
		for (const place of group) {
			const alone = place === known;
			const slug = slugsFor(place, ground).find(
				(slug, i) => (alone || i > 0) && !slugs.has(`${place.stateCode} ${slug}`),
			);
			const id = idsFor(place, ground).find(
				(id, i) => (alone || i > 0 || place.kind === 'subdivision') && !ids.has(id),
			);
			if (slug === undefined || id === undefined) throw new Error('A place found no address of its own.');
			slugs.add(`${place.stateCode} ${slug}`);
			ids.add(id);
			result.set(place, { id, slug });
		}
	}
	return result;
}

/** A town of this many people, and so many times the next of its name, is the one that its state means by it. */
const MEANT = { people: 2_000, times: 3 };

/** The place that the bare name is left to; null where no place has a better claim than another. */
function bestKnown(group: readonly Given[]): Given | null {
	const [first = null, second = null] = group.toSorted((a, b) => (b.population ?? 0) - (a.population ?? 0));
	if (first === null || second === null) return first;
	const [people, next] = [first.population ?? 0, second.population ?? 0];
	return people >= MEANT.people && people >= MEANT.times * next ? first : null;
}

/** How often a name can repeat in one county. */
const REPEATS = 50;

function slugsFor(place: Given, ground: Ground): string[] {
	const base = slugOf(place.name);
	const inCounty = slugOf(`${place.name} ${countyOf(place, ground)}`);
	return [base, inCounty, ...numbered(inCounty, '-', place)];
}

function idsFor(place: Given, ground: Ground): string[] {
	const state = stateId(place.stateCode);
	const county = place.counties.map((geoid) => ground.countyId(geoid)).find((id) => id !== undefined);
	if (place.kind === 'subdivision' && county) {
		const full = `${county}/place:${ocdName(place.name)}`;
		return [`${county}/place:${ocdName(place.bare)}`, full, ...numbered(full, '_', place)];
	}
	const inCounty = `${state}/place:${ocdName(`${place.name} ${countyOf(place, ground)}`)}`;
	return [`${state}/place:${ocdName(place.name)}`, inCounty, ...numbered(inCounty, '_', place)];
}

function numbered(text: string, by: string, { geoid }: Given): string[] {
	const numbers = Array.from({ length: REPEATS }, (_, i) => `${text}${by}${i + 2}`);
	return geoid === null ? numbers : [`${text}${by}${geoid}`, ...numbers];
}

function countyOf(place: Given, ground: Ground): string {
	return place.counties.map((geoid) => ground.countyName(geoid)).find((name) => name !== undefined) ?? '';
}

function byContent(a: Given, b: Given): number {
	const [one, other] = [contentOf(a), contentOf(b)];
	return one < other ? -1 : one > other ? 1 : 0;
}

function contentOf(place: Given): string {
	return [place.counties.join(), place.geoid, place.name, place.at?.latitude, place.at?.longitude].join('|');
}
