import type { Provision } from '#library/provision.ts';
import type { DraftProvision } from './draft.ts';
import { type Dangling, followed } from './structure/reference.ts';

/** Heading and words of a provision, with its blanks. */
export type Words = Pick<Provision, 'heading' | 'text'>;

/** Words of a version as a draft would say them. `unnamed`: references in them to what the draft has not; they stay as they are. */
export interface Spoken extends Words {
	readonly unnamed: readonly string[];
}

/**
 * Words of a version with references that mean in the draft what they mean in the version: where the version says `section 4`
 * and the draft has that section as its third, `section 3`. By the ids of the draft.
 * @param ids how provisions of the version are called in the draft, by eId; those that it has not are left out
 * @param wanted ids of the provisions whose words are asked for
 */
export function spokenIn(
	version: readonly Provision[],
	ids: ReadonlyMap<string, string>,
	draft: readonly DraftProvision[],
	wanted: ReadonlySet<string>,
): ReadonlyMap<string, Spoken> {
	const was = version.map(({ eId, kind, number, heading, text, parent }): DraftProvision => {
		// No id of a draft has a sign in it.
		return { ...{ kind, number, heading, text, parent }, id: ids.get(eId) ?? `+${eId}`, from: null };
	});
	const words = new Map(was.map((one) => [one.id, one]));
	const is = draft.map((one) => {
		const said = wanted.has(one.id) ? words.get(one.id) : undefined;
		return { ...one, heading: said?.heading ?? null, text: said?.text ?? '' };
	});
	const { text, dangling } = followed(was, { text: is, placed: [], merged: null, cut: null });
	return new Map(
		text.flatMap(({ id, heading, text }) => {
			if (!wanted.has(id) || !words.has(id)) return [];
			const unnamed = dangling.filter((one) => one.in === id).map((one) => one.words);
			return [[id, { heading, text, unnamed: [...new Set(unnamed)] }] as const];
		}),
	);
}

/**
 * A draft in which provisions that came from a version speak with the draft's numbers, and the references that mean what the
 * draft has not; the arguments as in `spokenIn`.
 */
export function speaking(
	draft: readonly DraftProvision[],
	version: readonly Provision[],
	ids: ReadonlyMap<string, string>,
	came: ReadonlySet<string>,
): { readonly text: readonly DraftProvision[]; readonly dangling: readonly Pick<Dangling, 'in' | 'words'>[] } {
	const spoken = spokenIn(version, ids, draft, came);
	return {
		text: draft.map((one) => {
			const { heading, text } = spoken.get(one.id) ?? one;
			return { ...one, heading, text };
		}),
		dangling: [...spoken].flatMap(([id, { unnamed }]) => unnamed.map((words) => ({ in: id, words }))),
	};
}
