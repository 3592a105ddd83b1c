import type { Day } from '#kernel/day.ts';
import type { Place } from '#places/place.ts';
import type { Fact, Instrument, RelationKind, Standing, TextLanguage } from './policy.ts';
import type { Amendment, Problem, Provision } from './provision.ts';

/** A sentence in both languages. */
export interface Both {
	readonly en: string;
	readonly es: string;
}

/** A place in a model where a city puts its own words; seeds/library/README.md says how it stands in the text. */
export interface Blank {
	readonly id: string;
	readonly kind: 'text' | 'choice' | 'number' | 'office' | 'date' | 'yes_no';
	readonly label: Both;
	readonly help: Both;
	readonly choices?: readonly { readonly value: string; readonly label: Both }[];
	readonly default: string | null;
}

/** A policy in a line. */
export interface WorkLine {
	readonly id: string;
	/** Path below /library: `ny/place/new-york-city/local-law-58-of-2014`, `coalition/detainers`. */
	readonly address: string;
	readonly title: string;
	readonly number: string | null;
	readonly instrument: Instrument;
	/** What a model drafts: `ordinance`, `resolution`, `police_directive`; null for what is no model. */
	readonly form: string | null;
	/** Null: the coalition's own. */
	readonly place: Place | null;
	readonly language: TextLanguage;
	/** On the day that was asked for. */
	readonly standing: Standing;
	/** Day of the fact that made it so; null where no fact says. */
	readonly standingSince: Day | null;
	readonly sample: boolean;
	/** Taken from the shelf, with the reason: its page stays. */
	readonly withdrawn: { readonly day: Day; readonly reason: string } | null;
}

/** A note for whoever drafts from a model, beside the clause it is about. It says nothing about what the law is. */
export interface Note {
	readonly eId: string;
	readonly text: Both;
}

/** A version in a line. */
export interface VersionLine {
	readonly id: string;
	/** Path below /library: the policy's, the day, and `.2` for the second of one day: `…/2014-11-14.2`. Translations end in `.es`. */
	readonly address: string;
	readonly day: Day;
	readonly nth: number;
	readonly language: TextLanguage;
	/** False for a translation. */
	readonly official: boolean;
	readonly title: string;
	readonly format: string;
	/** Name of the style profile that marks additions and deletions; null where the text has none. */
	readonly profile: string | null;
	readonly source: {
		/** Null until the bytes are published. */
		readonly name: string | null;
		readonly address: string | null;
		readonly retrieved: Day | null;
		/** Whether it was read from a file that is kept here; not what came along with this software. */
		readonly file: boolean;
		/** Whether anybody may have the bytes. */
		readonly published: boolean;
	};
	/** ISO instant. */
	readonly addedAt: string;
}

export interface RelationLine {
	readonly kind: RelationKind;
	/** `from`: this policy amends the other; `to`: the other amends this one. */
	readonly direction: 'from' | 'to';
	/** Address of the other where it is on the shelf. */
	readonly address: string | null;
	readonly other: string;
	readonly source: string;
	readonly sourceAddress: string | null;
}

/** A policy whole, but for its text. */
export interface Work extends WorkLine {
	readonly summary: Partial<Both>;
	/** Drafted for states that restrict local limits: says "ask counsel" before anything else. */
	readonly askCounsel: boolean;
	readonly blanks: readonly Blank[];
	readonly notes: readonly Note[];
	/** Oldest first. */
	readonly facts: readonly Fact[];
	readonly relations: readonly RelationLine[];
	/** Newest first. */
	readonly versions: readonly VersionLine[];
}

/** A version whole. */
export interface Version extends VersionLine {
	readonly text: string;
	readonly provisions: readonly Provision[];
	readonly amendments: readonly Amendment[];
	readonly problems: readonly Problem[];
	/** Versions of the same language before and after it, by day; null where there is none. */
	readonly earlier: VersionLine | null;
	readonly later: VersionLine | null;
}
