import { expect, test } from 'vitest';
import { MOST_LISTED, outlineOf, type Placed, tooLong } from '../../src/library/excerpt.ts';
import type { ProvisionKind } from '../../src/library/provision.ts';

function row(position: number, parent: number | null, kind: ProvisionKind, words = 'Words.'): Placed {
	return { position, parent, eId: `p_${position}`, kind, number: null, heading: null, words };
}
/** Two chapters, the second with a part; a section that an act quotes. */
const CODE = [
	row(0, null, 'chapter'),
	row(1, 0, 'section'),
	row(5, 0, 'section'),
	row(9, null, 'chapter'),
	row(10, 9, 'part'),
	row(11, 10, 'section'),
	row(15, 14, 'section'),
];
const lines = (root: number | null, most: number, page = 1) => {
	const { entries, pages } = outlineOf(CODE, root, page, most);
	return { entries: entries.map(({ eId, level }) => `${eId} ${level}`), pages };
};

test.each([
	['every level that fits', null, 9, ['p_0 0', 'p_1 1', 'p_5 1', 'p_9 0', 'p_10 1', 'p_11 2'], 1],
	['the levels that fit', null, 5, ['p_0 0', 'p_1 1', 'p_5 1', 'p_9 0', 'p_10 1'], 1],
	['only the first level', null, 2, ['p_0 0', 'p_9 0'], 1],
	['a page of the first level where even that is too long', null, 1, ['p_0 0'], 2],
	['what lies in one provision', 9, 9, ['p_10 0', 'p_11 1'], 1],
] as const)('an outline lists %s', (_, root, most, entries, pages) => {
	expect(lines(root, most)).toEqual({ entries, pages });
});

test.each([
	[2, 'p_9'],
	[3, 'p_9'],
	[0, 'p_0'],
	[Number.NaN, 'p_0'],
	[1.5, 'p_0'],
])('page %d of an outline of two pages begins with %s', (asked, eId) => {
	expect(outlineOf(CODE, null, asked, 1).entries[0]?.eId).toBe(eId);
});

test('all pages together list every provision of the first level once', () => {
	const flat = Array.from({ length: 2 * MOST_LISTED + 1 }, (_, i) => row(i, null, 'text'));
	const listed = [1, 2, 3].flatMap((page) => outlineOf(flat, null, page).entries.map(({ eId }) => eId));
	expect(listed).toEqual(flat.map(({ eId }) => eId));
});

test('what has no heading is named by its first words, whole ones', () => {
	const [entry] = outlineOf([row(0, null, 'text', 'keep '.repeat(40))], null, 1).entries;
	expect(entry?.name).toMatch(/^(keep ){17}keep …$/);
});

test.each([
	[{ provisions: 375, letters: 90_000 }, false],
	[{ provisions: 401, letters: 90_000 }, true],
	[{ provisions: 2, letters: 300_001 }, true],
])('%o is too long for a page: %s', (size, long) => {
	expect(tooLong(size)).toBe(long);
});
