import { describe, expect, test } from 'vitest';
import * as pace from '#adoption/write/pace.ts';
import type { Order } from '#adoption/write/piece.ts';
import { holdsOthers, nextSibling, siblingBefore, stepped, type Way } from '#adoption/write/place.ts';

describe('an editor', () => {
	const begun = pace.begin(0);

	test('sends a second after the keys rest, and every eight seconds while they do not', () => {
		const one = pace.typed(begun, 1_000);
		expect([1_900, 2_000].map((now) => pace.due({ ...one, next: Number.POSITIVE_INFINITY }, now, true))).toEqual([
			null,
			'send',
		]);
		let typing = one;
		for (let now = 1_500; now < 9_000; now += 500) {
			expect(pace.due({ ...typing, next: Number.POSITIVE_INFINITY }, now, true)).toBeNull();
			typing = pace.typed(typing, now);
		}
		expect(pace.due(typing, 9_000, true)).toBe('send');
	});

	test('sends at once what is urgent, and nothing when nothing waits', () => {
		expect(pace.due(pace.hurried(pace.typed(begun, 100), 100), 101, false)).toBe('send');
		expect(pace.due(pace.sent(pace.hurried(begun, 100)), 101, true)).toBeNull();
	});

	test('asks what others do while somebody looks, and rests after ten minutes without a key', () => {
		expect(pace.due(begun, 1_499, true)).toBeNull();
		expect(pace.due(begun, 1_500, true)).toBe('ask');
		expect(pace.due(begun, 1_500, false)).toBeNull();
		expect(pace.due(begun, 600_000, true)).toBeNull();
		expect(pace.due(pace.used(begun, 600_000), 600_001, true)).toBe('ask');
	});

	test('waits longer the more often nothing came back, and sends at once when the line is back', () => {
		let lost = pace.typed(begun, 0);
		const waits: number[] = [];
		for (let n = 0; n < 6; n++) {
			lost = pace.failed(lost, 0, { refused: false, under: true });
			waits.push(lost.next);
			expect(pace.due(lost, lost.next - 1, true)).toBeNull();
			expect(pace.due(lost, lost.next, true)).toBe('send');
		}
		expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
		expect(pace.due(pace.used(lost, 10, true), 10, true)).toBe('send');
		expect(pace.heard(lost, 10, false).failures).toBe(0);
	});

	test('does not ask again at once what was refused', () => {
		expect(pace.failed(begun, 0, { refused: true, under: false }).next).toBe(15_000);
	});
});

/** Two chapters of two sections, and one that stands alone. */
const ORDER: Order = [
	['a', 0],
	['a1', 1],
	['a2', 1],
	['b', 0],
	['b1', 1],
	['b2', 1],
	['c', 0],
];

test.each<[string, Way, ReturnType<typeof stepped>]>([
	['a', 'up', null],
	['b', 'up', { first: null }],
	['c', 'up', { after: 'a' }],
	['a', 'down', { after: 'b' }],
	['c', 'down', null],
	['a2', 'up', { first: 'a' }],
	['a2', 'down', null],
	['c', 'deeper', { after: 'b2' }],
	['a2', 'deeper', { first: 'a1' }],
	['a1', 'deeper', null],
	['b1', 'shallower', { after: 'b' }],
	['b', 'shallower', null],
	['nobody', 'up', null],
])('%s goes %s to %j', (id, way, place) => {
	expect(stepped(ORDER, id, way)).toEqual(place);
});

test('neighbours are those of the same level in the same provision', () => {
	expect(['a', 'a1', 'a2', 'c', 'nobody'].map((id) => nextSibling(ORDER, id))).toEqual(['b', 'a2', null, null, null]);
	expect(['a', 'b1', 'b2', 'c'].map((id) => siblingBefore(ORDER, id))).toEqual([null, null, 'b1', 'b']);
	expect(['a', 'a1', 'c', 'nobody'].map((id) => holdsOthers(ORDER, id))).toEqual([true, false, false, false]);
});
