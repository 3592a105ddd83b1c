import { worded } from '#concordance/redline.ts';
import type { Provision } from '#library/provision.ts';
import { asRead, conditionOf } from '../blank-words.ts';
import type { DraftProvision, State } from '../draft.ts';
import type { Read } from './piece.ts';

/**
 * What each provision of a draft read as when it was copied, its blanks filled as now. Of one that was split each part has its
 * stretch. What the city wrote itself is left out. `copied`: by the number of the source.
 */
export function copiedWords(
	state: Pick<State, 'provisions' | 'blanks' | 'answers' | 'draft'>,
	copied: ReadonlyMap<number, readonly Provision[]>,
): readonly (Read & { readonly id: string })[] {
	const bases = new Map<string, Provision>();
	for (const [source, text] of copied) for (const one of text) bases.set(`${source} ${one.eId}`, one);
	const parts = new Map<string, DraftProvision[]>();
	for (const one of state.provisions) {
		const name = one.from === null ? '' : `${one.from.source} ${one.from.eId}`;
		if (bases.has(name)) parts.set(name, [...(parts.get(name) ?? []), one]);
	}
	const read = (text: string) => asRead(conditionOf(text).words, state);
	return [...parts].flatMap(([name, group]) => {
		const base = bases.get(name);
		if (!base) return [];
		const words = stretches(
			read(base.text),
			group.map(({ text }) => read(text)),
		);
		return group.map(({ id, heading }, n) => ({
			id,
			// The heading stays with the first part.
			heading: n === 0 || heading !== null ? asRead(base.heading ?? '', state) : '',
			words: words[n] ?? '',
		}));
	});
}

/** What each part of words had of them before they were divided. */
function stretches(before: string, parts: readonly string[]): readonly string[] {
	if (parts.length === 1) return [before];
	const made = parts.map(() => '');
	let [nth, left] = [0, parts[0]?.length ?? 0];
	for (const { op, text, was } of worded(before, parts.join(' '))) {
		if (op === 'removed') {
			made[nth] += text;
			continue;
		}
		for (let rest = text; rest !== ''; ) {
			const part = nth + 1 < parts.length ? rest.slice(0, left) : rest;
			if (op === 'same') made[nth] += part.length === text.length ? (was ?? part) : part;
			rest = rest.slice(part.length);
			left -= part.length;
			if (left > 0 || rest === '' || nth + 1 >= parts.length) continue;
			// The space between two parts.
			rest = rest.slice(1);
			left = parts[++nth]?.length ?? 0;
		}
	}
	return made;
}
