import type { Amendment } from '#library/provision.ts';
import type { Note } from '#library/view.ts';
import type { Leaf } from './leaf.ts';

/** What stands in the margin beside a leaf. */
export interface Beside {
	readonly notes: readonly Note[];
	readonly amendments: readonly Amendment[];
	/** Against the version before; null: nothing, or there is none. */
	readonly change: 'added' | 'changed' | null;
}

/** Notes, amendments and changes beside each leaf, by its eId. A note stands beside the leaf that holds its provision. */
export function besideOf(
	leaves: readonly Leaf[],
	notes: readonly Note[],
	amendments: readonly Amendment[],
	changes: ReadonlyMap<string, 'added' | 'changed'>,
): ReadonlyMap<string, Beside> {
	return new Map(
		leaves.map(({ eId, lines }) => {
			const held = new Set(lines.map((line) => line.eId));
			const states = lines.map((line) => changes.get(line.eId)).filter((state) => state !== undefined);
			const whole = states.length === lines.length && states.every((state) => state === 'added');
			return [
				eId,
				{
					notes: notes.filter((note) => held.has(note.eId)),
					amendments: amendments.filter(({ by }) => held.has(by)),
					change: states.length === 0 ? null : whole ? 'added' : 'changed',
				},
			];
		}),
	);
}
