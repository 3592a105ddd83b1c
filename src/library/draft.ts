import { oneLine } from '#kernel/one-line.ts';
import { PROVISION_KINDS, type ProvisionKind } from './provision.ts';
import type { Corrections } from './structure/correct.ts';

/** What the form of a text says, each as it was typed. */
const DRAFT_FIELDS = [
	'owner',
	'place',
	'place_id',
	'day',
	'instrument',
	'number',
	'title',
	'language',
	'source_address',
	'retrieved',
] as const;
export type DraftField = (typeof DRAFT_FIELDS)[number];
export type DraftSaid = Readonly<Record<DraftField, string>> & {
	/** What looks like a number of a person, and is said to be something else. */
	readonly not_a_person: readonly string[];
};

/** Longest of what is typed; a long title of a bill has 600 letters. */
const LONGEST_TYPED = 1_000;
/** Numbers in one text that somebody says are none of a person: a list of dockets. */
const MOST_SAID = 500;

/** A correction as it is kept: what was typed is no more than text until it is applied. */
export type KeptCorrections = Readonly<
	Record<
		string,
		{ readonly level?: number; readonly kind?: ProvisionKind; readonly number?: string; readonly heading?: string }
	>
>;

/** A text that somebody looks at before it is kept. Its file is private to the coalition's editors. */
export interface Draft {
	readonly id: string;
	/** Of its file, for show only. */
	readonly name: string;
	readonly said: DraftSaid;
	readonly corrections: KeptCorrections;
	/** Byline of whoever sent it. */
	readonly by: string;
	readonly at: Date;
}

/** What a form says of a text; fields that are missing are empty. */
export function readDraft(get: (name: string) => string, all: (name: string) => readonly string[]): DraftSaid {
	const typed = Object.fromEntries(DRAFT_FIELDS.map((name) => [name, get(name).slice(0, LONGEST_TYPED)]));
	return { ...(typed as Record<DraftField, string>), not_a_person: all('not_a_person').slice(0, MOST_SAID) };
}

/** Corrections by the place of the provision, for the tree. */
export function correctionsOf(kept: KeptCorrections): Corrections {
	return new Map(
		Object.entries(kept).map(([place, { level, kind, number, heading }]) => [
			Number(place),
			{
				...(level === undefined ? {} : { level }),
				...(kind === undefined ? {} : { kind }),
				...(number === undefined ? {} : { number: number.trim() || null }),
				...(heading === undefined ? {} : { heading: heading.trim() || null }),
			},
		]),
	);
}

/** How a provision stood in a form: what is sent back alike was not touched. */
export interface ShownProvision {
	readonly level: number;
	readonly kind: ProvisionKind;
	readonly number: string;
	readonly heading: string;
}

/**
 * What was kept with what a form changed. `sent` gives the fields of the provision at a place, null where the form did not show it.
 */
export function recorrected(
	kept: KeptCorrections,
	shown: readonly ShownProvision[],
	sent: (place: number) => { readonly [F in keyof ShownProvision]: string } | null,
): KeptCorrections {
	const changed: Record<string, KeptCorrections[string]> = { ...kept };
	shown.forEach((was, place) => {
		const is = sent(place);
		if (!is) return;
		const level = Number(is.level);
		const kind = PROVISION_KINDS.find((one) => one === is.kind);
		const words = plain(is.number) !== plain(was.number) || plain(is.heading) !== plain(was.heading);
		const now = {
			...changed[place],
			...(Number.isInteger(level) && level >= 1 && level !== was.level ? { level } : {}),
			...(kind && kind !== was.kind ? { kind } : {}),
			...(words ? { number: plain(is.number), heading: plain(is.heading) } : {}),
		};
		if (Object.keys(now).length > 0) changed[place] = now;
	});
	return changed;
}

function plain(text: string): string {
	return oneLine(text).slice(0, LONGEST_TYPED);
}
