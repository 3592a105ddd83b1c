import type { Day } from '#kernel/day.ts';
import type { Standing, TextLanguage } from '../policy.ts';
import type { Asked } from './asked.ts';
import { type Bundle, passesAll } from './facet.ts';

/** A version that can be found, with what searches are narrowed by. */
export interface Held {
	readonly slot: number;
	readonly current: boolean;
	readonly workId: string;
	readonly expressionId: string;
	/** Of the policy. */
	readonly address: string;
	readonly sample: boolean;
	readonly state: string | null;
	readonly place: string | null;
	readonly instrument: string;
	readonly standing: Standing;
	/** The language the policy was enacted in. */
	readonly enacted: TextLanguage;
	readonly language: TextLanguage;
	readonly day: Day;
	readonly nth: number;
	/** False for a translation. */
	readonly official: boolean;
	/** Given by it, and confirmed. */
	readonly protection: readonly string[];
}

/** What several versions or policies share. */
export interface Kind extends Omit<Bundle, 'count'> {
	readonly sample: boolean;
	/** False for versions that a newer one has taken the place of. */
	readonly current: boolean;
}

/** A policy with its versions, newest first. */
interface HeldWork {
	readonly kind: number;
	readonly versions: readonly Held[];
}

/** Everything that can be found, sorted by what it is. */
export interface Holdings {
	readonly bySlot: ReadonlyMap<number, { readonly held: Held; readonly kind: number }>;
	readonly kinds: readonly Kind[];
	/** Policies by their newest version, latest first: by those that are current, and by all. */
	readonly works: Readonly<Record<'current' | 'all', readonly HeldWork[]>>;
}

export function holdingsOf(versions: readonly Held[]): Holdings {
	const kinds: Kind[] = [];
	const known = new Map<string, number>();
	const kindOf = (of: readonly Held[], current: boolean): number => {
		const kind = shared(of, current);
		const key = JSON.stringify(kind);
		const nth = known.get(key) ?? kinds.push(kind) - 1;
		known.set(key, nth);
		return nth;
	};
	const works = (of: readonly Held[], current: boolean): HeldWork[] => {
		const byWork = new Map<string, Held[]>();
		for (const one of of.toSorted(newestFirst)) byWork.set(one.workId, [...(byWork.get(one.workId) ?? []), one]);
		return [...byWork.values()].map((mine) => ({ kind: kindOf(mine, current), versions: mine }));
	};
	return {
		bySlot: new Map(versions.map((held) => [held.slot, { held, kind: kindOf([held], held.current) }])),
		works: {
			current: works(
				versions.filter(({ current }) => current),
				true,
			),
			all: works(versions, false),
		},
		kinds,
	};
}

/** Which kinds are looked through at all, and which of them pass every list. */
export function choose(
	{ kinds }: Holdings,
	asked: Asked,
): { readonly reached: boolean[]; readonly passing: boolean[] } {
	const reached = kinds.map(
		({ current, sample }) => (current || asked.allVersions) && (asked.sample === null || sample === asked.sample),
	);
	return { reached, passing: kinds.map((kind, nth) => reached[nth] === true && passesAll(kind, asked)) };
}

/** The version that a policy is shown by: in a language that was asked for, else as enacted, else the newest. */
export function shownBy({ versions }: HeldWork, languages: readonly TextLanguage[]): Held | undefined {
	const asked = versions.filter(({ language }) => languages.includes(language));
	const best = asked.length > 0 ? asked : versions;
	return best.find(({ language, enacted }) => language === enacted) ?? best[0];
}

function newestFirst(a: Held, b: Held): number {
	if (a.day !== b.day) return a.day < b.day ? 1 : -1;
	return a.address === b.address ? b.nth - a.nth : a.address < b.address ? -1 : 1;
}

/** A policy is of every language and year that its versions are of. */
function shared(of: readonly Held[], current: boolean): Kind {
	const [first] = of;
	const all = (value: (one: Held) => readonly string[]) => [...new Set(of.flatMap(value))].sort();
	return {
		state: all(({ state }) => (state === null ? [] : [state])),
		place: all(({ place }) => (place === null ? [] : [place])),
		instrument: all(({ instrument }) => [instrument]),
		standing: all(({ standing }) => [standing]),
		year: all(({ day }) => [day.slice(0, 4)]),
		language: all(({ language }) => [language]),
		protection: all(({ protection }) => protection),
		sample: first?.sample ?? false,
		current,
	};
}
