import { expect, test } from 'vitest';
import { readSheet } from '#watch/read/sheet.ts';
import { complaint, diceOf, MUTATIONS, madeSeeds, mutant } from './mutant.ts';

const SEED = 287;
/** Heavy ones are few here: they cost ten times the others. */
const EACH = { bytes: 150, xml: 150, cells: 150, weight: 15 };

test.each(MUTATIONS)('damaged %s give a list or a refusal, never anything else', (kind) => {
	const seeds = madeSeeds();
	const outcomes = { read: 0, refused: 0 };
	for (let n = 0; n < EACH[kind]; n++) {
		const bytes = mutant(kind, seeds, diceOf(SEED + n));
		const result = readSheet(bytes, 'e'.repeat(64));
		outcomes['refused' in result ? 'refused' : 'read']++;
		expect(complaint(result), `seed ${SEED + n}`).toBeNull();
	}
	// Were all of one sort, the mutants would be too wild or too tame to prove anything.
	expect(outcomes.read).toBeGreaterThan(0);
	expect(outcomes.refused).toBeGreaterThan(0);
});
