import type { Given } from './given.ts';
import { grouped } from './grouped.ts';
import { foldPlace } from './name.ts';
import type { PlaceKind } from './place.ts';

interface Stands {
	readonly id: string;
	readonly kind: PlaceKind;
	readonly name: string;
	readonly folded: string;
	readonly state_code: string;
	readonly geoid: string | null;
	readonly status: string | null;
	readonly counties: readonly string[];
}

/** What a place of a gazetteer is: one that stands (`keep`: it goes on under its own name and kind), or a new one. */
export interface Joined<T> {
	readonly given: Given;
	readonly standing: T | null;
	readonly keep: boolean;
}

/** Functional status of a government of its own: active, partly consolidated, consolidated. */
const GOVERNMENT: readonly (string | null)[] = ['A', 'B', 'C'];

/**
 * Joins the places of a gazetteer with those that stand: by GEOID; else by name within one of its counties; else by name
 * where state and gazetteer have the name once each. Each standing place is taken once, by a government before a
 * statistical area, so the order of lines does not matter.
 */
export function joinPlaces<T extends Stands>(given: readonly Given[], standing: readonly T[]): Joined<T>[] {
	const byGeoid = new Map(standing.flatMap((place) => (place.geoid ? [[place.geoid, place]] : [])));
	const free = standing.filter(({ kind, geoid }) => kind === 'city' && geoid === null);
	const here = grouped(
		free.flatMap((place) => place.counties.map((county) => ({ place, county }))),
		({ place, county }) => keyOf(place.state_code, place.folded, county),
	);
	const inState = grouped(free, (place) => keyOf(place.state_code, place.folded, ''));
	const given1 = grouped(given, (place) => keyOf(place.stateCode, foldPlace(place.bare), ''));
	const taken = new Set<string>();
	const take = (place: T | undefined): T | null => {
		if (!place || taken.has(place.id)) return null;
		taken.add(place.id);
		return place;
	};
	return given.toSorted(byRank).map((place) => {
		const known = byGeoid.get(place.geoid ?? '');
		if (known) return { given: place, standing: known, keep: true };
		for (const name of [place.bare, ...(place.alsoCalled ?? [])]) {
			for (const county of place.counties) {
				const found = here
					.get(keyOf(place.stateCode, foldPlace(name), county))
					?.find((one) => !taken.has(one.place.id));
				const own = take(found?.place);
				if (own) return { given: place, standing: own, keep: true };
			}
		}
		const key = keyOf(place.stateCode, foldPlace(place.bare), '');
		const [only, ...others] = inState.get(key) ?? [];
		const alone = others.length === 0 && given1.get(key)?.length === 1;
		return { given: place, standing: alone ? take(only) : null, keep: true };
	});
}

/**
 * Joins townships and New England towns with what stands; those without a government of their own are left out. One that
 * bears the name of a city, village or borough in its county is a place beside it, for both govern; one that bears the
 * name of a statistical place is that place; one that only the atlas knew by name takes that row.
 */
export function joinSubdivisions<T extends Stands>(given: readonly Given[], standing: readonly T[]): Joined<T>[] {
	const byGeoid = new Map(standing.flatMap((place) => (place.geoid ? [[place.geoid, place]] : [])));
	const here = grouped(
		standing
			.filter(({ kind }) => kind === 'city' || kind === 'subdivision')
			.flatMap((place) => place.counties.map((county) => ({ place, county }))),
		({ place, county }) => keyOf(place.state_code, place.folded, county),
	);
	const taken = new Set<string>();
	const governing = given.filter(({ status }) => governs(status)).toSorted(byRank);
	return governing.map((place) => {
		const known = byGeoid.get(place.geoid ?? '');
		if (known) return { given: place, standing: known, keep: false };
		const same = (here.get(keyOf(place.stateCode, foldPlace(place.bare), place.counties[0] ?? '')) ?? [])
			.map((one) => one.place)
			.filter(({ id, geoid, status }) => !taken.has(id) && (geoid === null || (geoid.length === 7 && !governs(status))))
			.toSorted((a, b) => rankOf(a) - rankOf(b));
		const found = same[0];
		if (!found) return { given: place, standing: null, keep: false };
		taken.add(found.id);
		return { given: place, standing: found, keep: found.geoid !== null };
	});
}

/** A township that the atlas names as such, then a statistical place, then a name that nobody else claims. */
function rankOf({ kind, geoid }: Stands): number {
	return kind === 'subdivision' ? 0 : geoid === null ? 2 : 1;
}

function byRank(a: Given, b: Given): number {
	const [one, other] = [a, b].map(({ status }) => (governs(status) || status === 'F' ? 0 : 1)) as [number, number];
	return one - other || ((a.geoid ?? '') < (b.geoid ?? '') ? -1 : 1);
}

function keyOf(state: string, folded: string, county: string): string {
	return `${state}|${folded}|${county}`;
}

/** Whether a functional status of the Census Bureau is that of a government of its own. */
function governs(status: string | null): boolean {
	return GOVERNMENT.includes(status);
}
