import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entry, type Party } from '#adoption/remark/quorum.ts';

const [ana, ben, cleo] = ['ana', 'ben', 'cleo'].map((person) => ({ seat: `seat-${person}`, person })) as [
	Party,
	Party,
	Party,
];

test.each([
	['the first member of a body comes', ana, [], 2, false, 'joins'],
	['who is in goes on', ana, [ana], 2, false, 'in'],
	['who is in goes on, also when the number was set lower since', ana, [ana, ben, cleo], 2, false, 'in'],
	['the second is refused where two are a meeting', ben, [ana], 2, false, 'refused'],
	['the second comes where three are', ben, [ana], 3, false, 'joins'],
	['the third is refused there', cleo, [ana, ben], 3, false, 'refused'],
	['whom counsel let in comes', ben, [ana], 2, true, 'joins'],
	['a second seat of the same person is nobody more', { seat: 'other', person: 'ana' }, [ana], 2, false, 'joins'],
	[
		'seats without an account are somebody each',
		{ seat: 'b', person: null },
		[{ seat: 'a', person: null }],
		2,
		false,
		'refused',
	],
] as const)('%s', (_, mine, parties, number, allowed, kind) => {
	expect(entry(mine, parties, number, allowed).kind).toBe(kind);
});

test('in whatever order they come, fewer than the number get in, and one below it always does', () => {
	fc.assert(
		fc.property(
			fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')),
			fc.integer({ min: 2, max: 7 }),
			(come, number) => {
				const parties: Party[] = [];
				for (const person of come) {
					const found = entry({ seat: person, person }, parties, number, false);
					if (found.kind === 'joins') parties.push({ seat: person, person });
				}
				expect(parties.length).toBe(Math.min(new Set(come).size, number - 1));
			},
		),
	);
});
