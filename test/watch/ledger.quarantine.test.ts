import { describe, expect, test } from 'vitest';
import { ledger } from '#watch/ledger.ts';
import type { List } from '#watch/list.ts';
import { crowd, participating, pending, told } from './lists.ts';

const WALKER = "TEXAS | Walker County Sheriff's Office | WSO | 2025-04-02";

describe('a list that lost too much', () => {
	const many = crowd(100);
	test('is quarantined whole, and the next one is compared with the last accepted', () => {
		const lists = [
			participating('2025-06-01', ...many),
			participating('2025-06-08', ...many.slice(0, 60), WALKER),
			participating('2025-06-15', ...many),
		];
		const made = ledger(lists);
		expect(made.quarantined).toEqual([{ sha256: lists[1]?.sha256, kind: 'participating', unexplained: 40, of: 100 }]);
		expect(told(made.events)).toEqual([]);
	});

	test.each<[string, List[], number]>([
		[
			'19 rows of 100 are not suspicious: at least 20 must go',
			[participating('2025-06-01', ...many), participating('2025-06-08', ...many.slice(0, 81))],
			0,
		],
		[
			'20 rows of 200 are not: more than a tenth must go',
			[participating('2025-06-01', ...crowd(200)), participating('2025-06-08', ...crowd(200).slice(0, 180))],
			0,
		],
		[
			'21 rows of 200 are',
			[participating('2025-06-01', ...crowd(200)), participating('2025-06-08', ...crowd(200).slice(0, 179))],
			1,
		],
		[
			'a pending list may lose more than half when they are granted',
			[
				pending('2025-06-01', ...many.slice(0, 50)),
				participating('2025-06-01', WALKER),
				pending('2025-06-08', ...many.slice(0, 5)),
				participating('2025-06-08', WALKER, ...many.slice(5)),
			],
			0,
		],
		[
			'a pending list may lose more than half when they are granted a few lists later',
			[
				pending('2025-06-01', ...many.slice(0, 50)),
				participating('2025-06-01', WALKER),
				pending('2025-06-08', ...many.slice(0, 5)),
				participating('2025-06-08', WALKER),
				pending('2025-06-15', ...many.slice(0, 5)),
				participating('2025-06-15', WALKER),
				participating('2025-06-22', WALKER, ...many.slice(5)),
			],
			0,
		],
		[
			'a pending list cut short is not one that was granted, though its rows are later',
			[
				pending('2025-06-01', ...many.slice(0, 50)),
				participating('2025-06-01', WALKER),
				pending('2025-06-08', ...many.slice(0, 5)),
				participating('2025-06-08', WALKER),
				pending('2025-06-15', ...many.slice(0, 50)),
				participating('2025-06-22', WALKER, ...many.slice(5)),
			],
			1,
		],
		[
			'a pending list may not lose more than half unexplained',
			[pending('2025-06-01', ...many.slice(0, 50)), pending('2025-06-08', ...many.slice(0, 20))],
			1,
		],
		[
			'a pending list may lose half unexplained',
			[pending('2025-06-01', ...many.slice(0, 50)), pending('2025-06-08', ...many.slice(0, 25))],
			0,
		],
	])('%s', (_, lists, quarantined) => {
		expect(ledger(lists).quarantined).toHaveLength(quarantined);
	});
});
