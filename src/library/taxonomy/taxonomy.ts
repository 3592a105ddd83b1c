import type { Both } from '../view.ts';
import november2026 from './2026-11.json' with { type: 'json' };

/** What a text can do for people, under a code that stays the same in every language. */
export interface Protection {
	/** What is stored: `DET-WARRANT`. */
	readonly code: string;
	/** What is shown beside words: `D1`; the same in both languages, so that people can speak of it across them. */
	readonly short: string;
	readonly name: Both;
	readonly definition: Both;
	/** Words of texts that make a machine suggest it, in small letters; one that ends in `*` is the beginning of a word. */
	readonly indicators: readonly string[];
}

export interface Area {
	readonly code: string;
	readonly name: Both;
	readonly protections: readonly Protection[];
}

export interface Taxonomy {
	/** Year and month of its making. A coding keeps the version it was made by. */
	readonly version: string;
	readonly areas: readonly Area[];
}

/** The version that codes are given by today. Older ones stay beside it for as long as a coding names them. */
export const TAXONOMY: Taxonomy = taxonomyOf(november2026);

const PROTECTIONS: readonly Protection[] = TAXONOMY.areas.flatMap((area) => area.protections);
const BY_CODE: ReadonlyMap<string, Protection> = new Map(
	PROTECTIONS.flatMap((one) => [[one.code, one] as const, [one.short, one] as const]),
);

/** The protection of a code (`DET-WARRANT`) or short form (`D1`) in today's version; null where there is none. */
export function protectionOf(code: string): Protection | null {
	return BY_CODE.get(code.trim().toUpperCase()) ?? null;
}

/** Checks a taxonomy as it is loaded: forms of codes, both languages, nothing twice. Throws with what is wrong. */
export function taxonomyOf(data: Taxonomy): Taxonomy {
	const wrong = [...faults(data)];
	if (wrong.length > 0) throw new Error(`The taxonomy ${data.version} cannot be used: ${wrong.join('; ')}.`);
	return data;
}

function* faults({ version, areas }: Taxonomy): Generator<string> {
	if (!/^\d{4}-\d{2}(\.\d+)?$/.test(version)) yield `its version is no year and month`;
	const given: [what: string, text: string][] = [];
	for (const area of areas) {
		if (!/^[A-Z]{3}$/.test(area.code)) yield `${area.code} is no code of an area`;
		yield* untold(area.code, area.name);
		given.push(['area', area.code], ['area in English', area.name.en], ['area in Spanish', area.name.es]);
		for (const one of area.protections) {
			if (!new RegExp(`^${area.code}-[A-Z0-9]{2,12}$`).test(one.code)) yield `${one.code} is no code of ${area.code}`;
			if (!/^[A-Z][1-9]\d?$/.test(one.short)) yield `${one.short} is no short form`;
			yield* untold(one.code, one.name);
			yield* untold(one.code, one.definition);
			if (one.indicators.length === 0) yield `${one.code} has no words that point to it`;
			if (one.indicators.some((words) => !/^[^\sA-Z*][^A-Z*]+\*?$/.test(words)))
				yield `${one.code} has words that no text can hold`;
			given.push(['code', one.code], ['short form', one.short]);
			given.push(['English name', one.name.en], ['Spanish name', one.name.es]);
		}
	}
	const seen = new Set<string>();
	for (const [what, text] of given) {
		const key = `${what} ${text}`;
		if (seen.has(key)) yield `${what} ${text} stands twice`;
		seen.add(key);
	}
}

function* untold(code: string, { en, es }: Both): Generator<string> {
	if (!en || !es) yield `${code} is not said in both languages`;
}
