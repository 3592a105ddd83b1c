import type { Day } from '#kernel/day.ts';
import { digest } from '#kernel/digest.ts';
import type { FactKind, Instrument, RelationKind, TextLanguage } from './policy.ts';
import type { Polarity, Strength } from './protection.ts';
import type { Blank, Both, Note } from './view.ts';

/** What `policy.json` of a text that comes along says; seeds/library/README.md tells each field. */
export interface Seed {
	readonly address: string;
	readonly instrument: Instrument;
	readonly form?: string | null;
	readonly number?: string | null;
	readonly title: string;
	readonly language: TextLanguage;
	readonly askCounsel?: boolean;
	readonly blanks?: readonly Blank[];
	readonly facts?: readonly {
		readonly kind: FactKind;
		readonly day: Day;
		readonly source: string;
		readonly sourceAddress?: string | null;
		readonly note?: string | null;
	}[];
	readonly relations?: readonly {
		readonly kind: RelationKind;
		readonly other: string;
		readonly source: string;
		readonly sourceAddress?: string | null;
	}[];
	readonly notes?: readonly Note[];
	readonly lawNotes?: readonly {
		readonly eId: string;
		readonly text: string;
		readonly citations?: readonly string[];
		readonly status?: 'unreviewed';
	}[];
	/** Who confirmed the protections: an invented person, of an invented city only. */
	readonly secondReader?: string;
	readonly protections?: readonly {
		readonly eId: string;
		readonly code: string;
		readonly polarity: Polarity;
		readonly strength: Strength;
		readonly words: string;
		readonly note?: string | null;
	}[];
}

/** A file of a text: `2026-11-26.en.md`, and `.2` for the second of one day; null for any other file. */
export function seedVersion(name: string): { day: Day; language: TextLanguage } | null {
	const [, day, language] = /^(\d{4}-\d{2}-\d{2})\.(en|es)\.md$/.exec(name) ?? [];
	return day && language ? { day: day as Day, language: language as TextLanguage } : null;
}

/** An id that is the same in every installation, as a UUID of version 8 (RFC 9562, 5.8). */
export function seedId(...parts: readonly string[]): string {
	const hex = digest('library.seed', ...parts);
	return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join('-');
}

/** The plain-language summary as one text in each language it has. */
export function seedSummary(files: ReadonlyMap<string, string>): Partial<Both> {
	const said = (language: TextLanguage) => files.get(`summary.${language}.md`)?.trim();
	const [en, es] = [said('en'), said('es')];
	return { ...(en ? { en } : {}), ...(es ? { es } : {}) };
}
