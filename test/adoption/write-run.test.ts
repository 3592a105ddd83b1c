import { expect, test } from 'vitest';
import { runs } from '#adoption/write/run.ts';

const edit = (seq: number, minute: number, person = 'ana', provision: string | null = 'p1', act = 'worded') => ({
	...{ seq, act, provision, person },
	at: new Date(Date.UTC(2026, 10, 27, 14, minute)),
});
const shown = (...edits: ReturnType<typeof edit>[]) => runs(edits.reverse()).map(({ seq, savings }) => [seq, savings]);

test('what somebody saves while they type in one provision is one change, the latest of them', () => {
	expect(shown(edit(1, 0), edit(2, 1), edit(3, 9), edit(4, 18))).toEqual([[4, 4]]);
});

test('ten minutes, another provision, another person or another act begin a new one', () => {
	expect(shown(edit(1, 0), edit(2, 10))).toEqual([
		[2, 1],
		[1, 1],
	]);
	expect(shown(edit(1, 0), edit(2, 1, 'ben'), edit(3, 2), edit(4, 3, 'ana', 'p2'))).toEqual([
		[4, 1],
		[3, 2],
		[2, 1],
	]);
	expect(shown(edit(1, 0), edit(2, 1, 'ben', 'p1', 'split'), edit(3, 2))).toEqual([
		[3, 1],
		[2, 1],
		[1, 1],
	]);
	expect(shown(edit(1, 0), edit(2, 1, 'ben', null, 'restored'), edit(3, 2))).toHaveLength(3);
	expect(shown(edit(1, 0, 'ana', 'p1', 'moved'), edit(2, 1, 'ana', 'p1', 'moved'))).toHaveLength(2);
});
