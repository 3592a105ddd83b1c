import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { speech } from '../../src/i18n/message.ts';
import { Invalid } from '../../src/kernel/error.ts';
import { addressOf, readAsked } from '../../src/routes/watch/asked.ts';
import { around, byDay, evidenceTable, lead, pageLinks, sourceOf } from '../../src/routes/watch/shown.ts';
import { stateTitle } from '../../src/watch/identity/state.ts';
import type { EventView } from '../../src/watch/reading.ts';

const { say } = speech('en');
const read = (query: string) => readAsked(new URLSearchParams(query), say);

describe('the address of the watch page', () => {
	test('asks for everything when it asks for nothing', () => {
		expect(read('')).toMatchObject({ q: null, model: null, sort: 'changed', direction: 'descending', page: 1 });
		expect(read('q=&model=&since=++')).toEqual(read(''));
	});

	test.each([
		'model=tfm',
		'kind=gone',
		'state=Texas',
		'agency_kind=x',
		'sort=id',
		'direction=up',
		'page=0',
		'page=1e9',
	])('%s is refused with a sentence', (query) => {
		expect(() => read(query)).toThrow(Invalid);
	});

	test('a day that is none is told at its field and asks for nothing', () => {
		expect(read('since=18/11/2026')).toMatchObject({ since: null, notADay: { since: '18/11/2026' } });
		expect(read('since=2026-02-30')).toMatchObject({ since: null, notADay: { since: '2026-02-30', until: null } });
		expect(read('since=2026-02-01&until=soon')).toMatchObject({ since: '2026-02-01', notADay: { until: 'soon' } });
	});

	test.each([
		['model=TFM&state=TX&page=3', true],
		['q=austin', false],
		['after=x', false],
		['utm_source=x', false],
	])('the page of %s may be kept: %s', (query, bounded) => {
		expect(read(query).bounded).toBe(bounded);
	});

	test('leads back to the same question', () => {
		const query = fc.record(
			{
				q: fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.trim() !== ''),
				model: fc.constantFrom('TFM', 'JEM', 'WSO'),
				state: fc.constantFrom('TX', 'fl'),
				kind: fc.constantFrom('listed', 'removed'),
				since: fc.constantFrom('2026-01-31'),
				sort: fc.constantFrom('name', 'changed', 'signed'),
				direction: fc.constantFrom('ascending', 'descending'),
				page: fc.integer({ min: 1, max: 99999 }).map(String),
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(query, (asked) => {
				const once = read(new URLSearchParams(asked as Record<string, string>).toString());
				expect(read(addressOf(once, {}).split('?')[1] ?? '')).toEqual(once);
			}),
		);
	});
});

describe('what the page shows', () => {
	test.each([
		['NORTH CAROLINA', 'North Carolina'],
		['DISTRICT OF COLUMBIA', 'District of Columbia'],
		['FRANKLIN (SAMPLE)', 'Franklin (SAMPLE)'],
	])('%s is written %s', (printed, written) => {
		expect(stateTitle(printed)).toBe(written);
	});

	test('a figure stands out from its sentence, where the sentence has it', () => {
		expect(around('with 16 agencies', '16')).toEqual(['with ', '16', ' agencies']);
		expect(around('None', '16')).toEqual(['None', '', '']);
	});

	test('the kind of news stands out from its sentence, and no word is lost', () => {
		expect(lead('No longer on the list: A Police (date: none)')).toEqual([
			'No longer on the list:',
			' A Police (date: none)',
		]);
		expect(lead('Listed')).toEqual(['', 'Listed']);
	});

	const piece = (sha256: string, row: number | null, cells: Record<string, string> | null) => ({
		file: `${sha256}.xlsx`,
		sha256,
		row,
		cells,
	});

	test('a changed cell is marked in both rows; a cell only one list has is not', () => {
		const table = evidenceTable([
			piece('a', 7, { STATE: 'TEXAS', AGENCY: 'Ft. One' }),
			piece('b', 9, { STATE: 'TEXAS', AGENCY: 'Fort One', SIGNED: '2026-01-01' }),
			piece('c', null, null),
		]);
		expect(table.columns.map((column) => column.row)).toEqual([7, 9, null]);
		expect(
			table.lines.map((line) => [line.heading, ...line.cells.map((cell) => cell && (cell.mark ?? cell.text))]),
		).toEqual([
			['STATE', 'TEXAS', 'TEXAS', null],
			['AGENCY', 'removed', 'added', null],
			['SIGNED', '', '2026-01-01', null],
		]);
	});

	test('a source names the rows of the list the event is dated to', () => {
		const event = (rows: (number | null)[]) =>
			({
				list: 'participating',
				evidence: [piece('before', 3, {}), ...rows.map((row) => piece('now', row, {}))],
			}) as unknown as EventView;
		const t = speech('en');
		expect(sourceOf(event([812]), t)).toBe('Source: Participating agencies, row 812');
		expect(sourceOf(event([211, 1036]), t)).toBe('Source: Participating agencies, rows 211 and 1,036');
		expect(sourceOf(event([null]), t)).toBe('Source: Participating agencies; row 3 before, none now');
	});

	test('events keep their order under their days, and what a day says of one agency stands together', () => {
		const rows = [
			['2026-11-18T16:05:00Z', 'x'],
			['2026-11-18T16:05:00Z', 'y'],
			['2026-11-18T09:00:00Z', 'x'],
			['2026-11-11T16:05:00Z', 'x'],
		].map(([at, agencyId], id) => ({ id: String(id), at, agencyId }) as EventView);
		const told = byDay(rows).map(({ day, agencies }) => [day, agencies.map((one) => one.events.map(({ id }) => id))]);
		expect(told).toEqual([
			['2026-11-18', [['0', '2'], ['1']]],
			['2026-11-11', [['3']]],
		]);
	});

	test.each([
		[1, 1, [1]],
		[1, 23, [1, 2, 3, null, 23]],
		[12, 23, [1, 2, 3, null, 11, 12, 13, null, 23]],
		[5, 6, [1, 2, 3, 4, 5, 6]],
	] as const)('page %i of %i links to its neighbours and both ends', (page, pages, links) => {
		expect(pageLinks(page, pages)).toEqual(links);
	});
});
