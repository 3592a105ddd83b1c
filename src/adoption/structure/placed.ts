import type { DraftProvision } from '../draft.ts';
import type { Change, Place } from './outline.ts';
import { lyingIn } from './tree.ts';

/**
 * Puts provisions, with all that lies in them, in a place: as deep as what they follow, or inside what they are first in.
 * Their numbers, and those around, are still as before. Null where there is no such place.
 */
export function placed(text: readonly DraftProvision[], block: readonly DraftProvision[], place: Place): Change | null {
	const spot = spotIn(text, place);
	if (!spot) return null;
	const inside = block.map((one) => ({ ...one, parent: one.parent === null ? spot.parent : one.parent + spot.at }));
	const behind = text.slice(spot.at).map((one) => {
		if (one.parent === null || one.parent < spot.at) return one;
		return { ...one, parent: one.parent + block.length };
	});
	const roots = block.filter(({ parent }) => parent === null).map(({ id }) => id);
	return { text: [...text.slice(0, spot.at), ...inside, ...behind], placed: roots, merged: null, cut: null };
}

function spotIn(text: readonly DraftProvision[], place: Place): { at: number; parent: number | null } | null {
	if (place === 'end') return { at: text.length, parent: null };
	if ('first' in place) {
		if (place.first === null) return { at: 0, parent: null };
		const parent = text.findIndex(({ id }) => id === place.first);
		return parent < 0 ? null : { at: parent + 1, parent };
	}
	const before = text.findIndex(({ id }) => id === place.after);
	if (before < 0) return null;
	// What lies in it stands right after it.
	return { at: before + 1 + lyingIn(text, before).length, parent: text[before]?.parent ?? null };
}
