import type { Provision } from '#library/provision.ts';
import { retyped } from './blank-words.ts';
import { copiedOf } from './copied.ts';
import { type DraftProvision, identity, type State } from './draft.ts';
import { filled } from './fill.ts';
import { versions } from './newer.ts';
import { clean } from './out/marked.ts';
import { placed } from './structure/placed.ts';

type Reading = Pick<Provision, 'kind' | 'number' | 'heading' | 'text' | 'parent'>;

/**
 * A draft that became a policy, as the shelf has that policy by now. What reads there as it was adopted stays as the draft has it,
 * with its blanks; of what was corrected the blanks stay whose words were left alone; each keeps what it was copied from. What
 * stands on another answer than the one given was never on the shelf, and stays where it was. Null where the shelf reads as the draft.
 * @param shelf the version on the shelf
 * @param source number under which that version is a source of the draft: for what is only there
 * @param uuid makes one
 */
export function inForce(
	state: Pick<State, 'provisions' | 'blanks' | 'answers' | 'draft'>,
	shelf: readonly Provision[],
	source: number,
	uuid: () => string,
): readonly DraftProvision[] | null {
	const { provisions, blanks, answers, draft } = state;
	const standing = filled(provisions, blanks, answers, draft.language);
	const adopted = clean(standing).provisions;
	const now = copiedOf(source, shelf, null);
	if (adopted.length === now.length && adopted.every((one, at) => alike(one, now[at]) && sameWords(one, now[at])))
		return null;
	const before = new Map(adopted.map((one, nth) => [one.eId, { one, at: standing[nth]?.at ?? -1 }]));
	const cameFrom = new Map([...versions(adopted, shelf).next].map(([was, is]) => [is, before.get(was)]));
	const text = now.map(({ from, ...reading }): DraftProvision => {
		const was = cameFrom.get(from?.eId ?? '');
		const own = was && provisions[was.at];
		if (!was || !own) return { ...reading, from, id: identity(uuid()) };
		const { kind, number, parent, heading, text } = reading;
		// Of what has lines, a table, nobody could say which words stand in a blank.
		const words = text.includes('\n')
			? { heading, text }
			: retyped(own, { heading: heading ?? '', words: text }, state);
		return { ...own, kind, number, parent, ...(sameWords(was.one, reading) ? {} : words) };
	});
	return withLeftOut(text, provisions, new Set(standing.map(({ at }) => at)));
}

function alike(one: Reading, other: Reading | undefined): boolean {
	return one.kind === other?.kind && one.number === other.number && one.parent === other.parent;
}

function sameWords(one: Reading, other: Reading | undefined): boolean {
	return one.heading === (other?.heading ?? null) && one.text === other?.text;
}

/** Puts what an answer leaves out behind what it followed, or first in what it lay in; what it lay in is gone: it went along. */
function withLeftOut(
	text: readonly DraftProvision[],
	draft: readonly DraftProvision[],
	stands: ReadonlySet<number>,
): readonly DraftProvision[] {
	let made = text;
	draft.forEach(({ parent }, at) => {
		if (stands.has(at) || (parent !== null && !stands.has(parent))) return;
		const here = new Set(made.map(({ id }) => id));
		const beside = draft.slice(0, at).findLast((one) => one.parent === parent && here.has(one.id));
		const over = parent === null ? null : (draft[parent]?.id ?? null);
		const place = beside ? { after: beside.id } : { first: over };
		made = placed(made, blockAt(draft, at), place)?.text ?? made;
	});
	return made;
}

/** A provision with all that lies in it, as a text of its own. */
function blockAt(draft: readonly DraftProvision[], root: number): readonly DraftProvision[] {
	const places = new Map([[root, 0]]);
	return draft.flatMap((one, at) => {
		const parent = places.get(one.parent ?? -1);
		if (at !== root && parent === undefined) return [];
		if (at !== root) places.set(at, places.size);
		return [{ ...one, parent: at === root ? null : (parent ?? null) }];
	});
}
