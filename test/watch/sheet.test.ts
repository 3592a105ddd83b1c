import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { List } from '#watch/list.ts';
import type { ProblemCode } from '#watch/problem.ts';
import { readSheet } from '#watch/read/sheet.ts';
import { type CellSpec, type Packaging, type RowSpec, workbook, workbookOf } from './workbook.ts';

const SHA = 'a'.repeat(64);
const WALKER: RowSpec = {
	state: 'TEXAS',
	agency: "Walker County Sheriff's Office",
	type: 'County',
	county: 'Walker County',
	model: 'TFM',
	signed: '2025-03-01',
	moa: 'https://www.ice.gov/doclib/287gMOA/Walker.pdf',
};
const WRAPPED =
	'https://gcc02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.ice.gov%2Fdoclib%2F287gMOA%2FWalker.pdf&data=05%7C02%7Cclerk%40example.gov%7Cbf97&reserved=0';

function listOf(bytes: Uint8Array): List {
	const list = readSheet(bytes, SHA);
	if ('refused' in list) throw new Error(`${list.refused}: ${list.detail}`);
	return list;
}

function participating(rows: readonly RowSpec[], packaging: Packaging = {}): List {
	return listOf(workbook({ kind: 'participating', rows, ...packaging }));
}

function codes(list: List): ProblemCode[] {
	return list.problems.map((problem) => problem.code);
}

describe('a list', () => {
	test('is read row by row, with the number that a spreadsheet shows', () => {
		expect(participating([WALKER])).toEqual({
			sha256: SHA,
			kind: 'participating',
			modified: '2025-05-19T03:03:08Z',
			rows: [
				{
					row: 2,
					state: 'TEXAS',
					agency: "Walker County Sheriff's Office",
					type: 'County',
					county: 'Walker County',
					model: 'TFM',
					signed: '2025-03-01',
					moa: { text: 'link', href: 'https://www.ice.gov/doclib/287gMOA/Walker.pdf' },
					addendum: null,
					cells: {
						STATE: 'TEXAS',
						'LAW ENFORCEMENT AGENCY': "Walker County Sheriff's Office",
						TYPE: 'County',
						COUNTY: 'Walker County',
						'SUPPORT TYPE': 'Task Force Model',
						SIGNED: '2025-03-01',
						MOA: 'https://www.ice.gov/doclib/287gMOA/Walker.pdf',
					},
				},
			],
			problems: [],
		});
	});

	test('turns no writing around: what a reader sees is what stands there', () => {
		const [row] = participating([{ ...WALKER, agency: 'Walker\u202e County\u2066 Sheriff\u061c' }]).rows;
		expect(row?.agency).toBe('Walker County Sheriff');
	});

	test('without a SIGNED column is the pending one', () => {
		const list = listOf(workbook({ kind: 'pending', rows: [WALKER] }));
		expect([list.kind, list.rows[0]?.signed, list.rows[0]?.moa]).toEqual(['pending', null, null]);
	});

	test('reads the same whatever the program that wrote it left out or put before', () => {
		const plain = participating([WALKER, { ...WALKER, model: 'JEM' }]);
		for (const packaging of [{ prefix: 'x' }, { unreferenced: true }, { from1904: true }]) {
			expect(participating([WALKER, { ...WALKER, model: 'JEM' }], packaging).rows).toEqual(plain.rows);
		}
	});

	test('may have its columns in another order, under other names, and more of them', () => {
		const rows = [
			['Signed Date', 'support  type', 'EXPIRES', 'State', 'Agency Name', null, 'MOA Link'],
			[45_717, 'Warrant Service Officer', 46_812, 'OHIO', 'Town Police', 'a note', 'link pending'],
		];
		const list = listOf(workbookOf([{ cells: rows }]));
		expect(list.rows).toMatchObject([
			{ state: 'OHIO', agency: 'Town Police', type: null, county: null, model: 'WSO', signed: '2025-03-01' },
		]);
		expect(list.rows[0]?.cells).toEqual({
			SIGNED: '2025-03-01',
			'SUPPORT TYPE': 'Warrant Service Officer',
			EXPIRES: '2028-02-29',
			STATE: 'OHIO',
			'LAW ENFORCEMENT AGENCY': 'Town Police',
			'column F': 'a note',
			MOA: 'link pending',
		});
	});

	test('may have a title above its header, hidden rows within and blank rows below', () => {
		const above = [['287(g) Participating Agencies'], [], ['as of May 19']];
		const rows = [WALKER, { ...WALKER, model: 'JEM', hidden: true } as const, {}, { ...WALKER, model: 'WSO' } as const];
		const list = listOf(workbook({ kind: 'participating', above, rows, blankRows: 73 }));
		expect(list.rows.map((row) => [row.row, row.model])).toEqual([
			[5, 'TFM'],
			[6, 'JEM'],
			[8, 'WSO'],
		]);
		expect(list.problems).toEqual([]);
	});

	test('stands on the first visible sheet that has its columns; a second one is told', () => {
		const cells: CellSpec[][] = [
			['STATE', 'LAW ENFORCEMENT AGENCY', 'SUPPORT TYPE'],
			['OHIO', 'Town Police', 'Task Force Model'],
		];
		const other = [cells[0] as CellSpec[], ['UTAH', 'City Police', 'Task Force Model']];
		const list = listOf(
			workbookOf([
				{ cells: other, state: 'hidden' },
				{ cells: [['Notes']] },
				{ cells },
				{ name: 'Old\n clerk@example.gov', cells: other },
			]),
		);
		expect(list.rows.map((row) => row.state)).toEqual(['OHIO']);
		expect(list.problems).toEqual([{ code: 'second_list', row: null, column: null, detail: 'Old (mail address)' }]);
	});

	test.each([
		['2025-05-19T03:03:08Z', '2025-05-19T03:03:08Z'],
		['2025-05-19T03:03:08.1234567Z', '2025-05-19T03:03:08Z'],
		['2025-05-18T22:03:08-05:00', '2025-05-19T03:03:08Z'],
		['2025-05-19T03:03:08', '2025-05-19T03:03:08Z'],
		['2025-05-19', '2025-05-19T00:00:00Z'],
	])('saved at %s is ordered by %s', (modified, instant) => {
		expect(participating([WALKER], { modified })).toMatchObject({ modified: instant, problems: [] });
	});

	test('that does not say when it was saved is ordered by when it was made, then by its zip, and says so', () => {
		const made = participating([WALKER], { modified: null, created: '2025-05-01T10:00:00Z' });
		expect([made.modified, codes(made)]).toEqual(['2025-05-01T10:00:00Z', ['modified_from_created']]);
		const zipped = participating([WALKER], { modified: 'yesterday', zipped: new Date(2025, 4, 2, 9, 30) });
		expect([zipped.modified, codes(zipped)]).toEqual(['2025-05-02T09:30:00Z', ['modified_from_zip']]);
	});
});

describe('a cell', () => {
	test.each<[string, CellSpec, string]>([
		[
			'rich text in runs, without its phonetic reading',
			{ runs: ['Walker ', 'County'], phonetic: 'wo' },
			'Walker County',
		],
		['text inside the cell', { inline: 'Walker & <County>' }, 'Walker & <County>'],
		['the text of a formula', { formula: 'A1&" County"', value: 'Walker County' }, 'Walker County'],
		['a number', 911, '911'],
		['a truth value', true, 'TRUE'],
		['escaped characters and stray white space', '  Walker_x000D_\n\u00a0 County\u200b ', 'Walker County'],
		['an astral character in two escapes', '_xD83D__xDE00_', '😀'],
		['half an astral character', 'Walker_xD83D_', 'Walker\ufffd'],
		['curly and doubled apostrophes, untouched', 'St. Mary’’s', 'St. Mary’’s'],
	])('holds %s', (_, agency, text) => {
		expect(participating([{ ...WALKER, agency }]).rows[0]?.agency).toBe(text);
	});

	test.each<[CellSpec]>([[{ error: '#N/A' }], ['#N/A'], ['N/A'], [' '], [null]])('COUNTY %j is no county', (county) => {
		expect(participating([{ ...WALKER, county }]).rows[0]?.county).toBeNull();
	});

	test('with an error is counted once for its column and shown as it stands', () => {
		const rows = [WALKER, { ...WALKER, county: { error: '#N/A' } }, { ...WALKER, county: { error: '#N/A' } }];
		const list = participating([...rows, { county: { error: '#N/A' } }]);
		expect(list.rows[1]?.cells.COUNTY).toBe('#N/A');
		expect(list.problems).toEqual([
			{ code: 'error_cells', row: null, column: 'COUNTY', detail: '2 with #N/A or another error' },
		]);
	});
});

describe('a support type', () => {
	test.each([
		['Task Force Model ', 'TFM'],
		['TASK FORCE MODELS', 'TFM'],
		['Task Force Officer', 'TFM'],
		['Taks Force Model', 'TFM'],
		['TFM', 'TFM'],
		['Jail Enforcement', 'JEM'],
		['Jail  Enforcement Model', 'JEM'],
		['Warrant Services Officer', 'WSO'],
		['Warrant Service Office', 'WSO'],
		['Warrent Service Officer', 'WSO'],
		['wso', 'WSO'],
	] as const)('%j means %s', (support, model) => {
		expect(participating([{ ...WALKER, support }])).toMatchObject({ rows: [{ model }], problems: [] });
	});

	test.each(['Constructor', 'Advisory Board', 'Task Force Model / Jail Enforcement Model'])(
		'%j is unknown: the row stays without a model and says so',
		(support) => {
			const list = participating([{ ...WALKER, support }]);
			expect(list.rows[0]?.model).toBeNull();
			expect(list.problems).toEqual([{ code: 'support_unknown', row: 2, column: 'SUPPORT TYPE', detail: support }]);
		},
	);
});

describe('a signing day', () => {
	test.each<[CellSpec, string]>([
		[45_785, '2025-05-08'],
		[45_785.75, '2025-05-08'],
		['05/082025', '2025-05-08'],
		['0508/2025', '2025-05-08'],
		['5/8/25', '2025-05-08'],
		['05-08-2025', '2025-05-08'],
		['5/8/2025 12:00:00 AM', '2025-05-08'],
		['May 8, 2025', '2025-05-08'],
		['Thursday, May 8, 2025', '2025-05-08'],
		['8-May-25', '2025-05-08'],
		['45785', '2025-05-08'],
		['6/9/99', '1999-06-09'],
	])('%j is read as %s', (signed, day) => {
		const list = participating([{ ...WALKER, signed }]);
		expect(list.rows[0]?.signed).toBe(day);
		expect(codes(list)).toEqual(typeof signed === 'number' ? [] : ['signed_text']);
	});

	test('in ISO form is no problem', () => {
		expect(participating([{ ...WALKER, signed: { inline: '2025-05-08' } }])).toMatchObject({
			rows: [{ signed: '2025-05-08' }],
			problems: [],
		});
	});

	test.each<[CellSpec, ProblemCode, string]>([
		[1_141_429, 'signed_implausible', '5025-02-14'],
		['2028-02-28', 'signed_implausible', '2028-02-28'],
		['2025-05-22', 'signed_implausible', '2025-05-22'],
		['1996-09-29', 'signed_implausible', '1996-09-29'],
		['5/8/20026', 'signed_unreadable', '5/8/20026'],
		['2/30/2025', 'signed_unreadable', '2/30/2025'],
		['25/05/2025', 'signed_unreadable', '25/05/2025'],
		['pending', 'signed_unreadable', 'pending'],
		[-1, 'signed_unreadable', '-1'],
		[{ error: '#VALUE!' }, 'signed_missing', '#VALUE!'],
	])('%j never becomes a fact (%s), but stays in the evidence', (signed, code, shown) => {
		const list = participating([{ ...WALKER, signed }]);
		expect(list.rows[0]?.signed).toBeNull();
		expect(codes(list)).toContain(code);
		expect(list.rows[0]?.cells.SIGNED).toBe(shown);
	});

	test('may be up to two days after the list, for offices and zones', () => {
		expect(participating([{ ...WALKER, signed: '2025-05-21' }]).rows[0]?.signed).toBe('2025-05-21');
	});

	test('any day since the law survives the way through a workbook of either date system', () => {
		const days = fc.date({ min: new Date('1996-09-30'), max: new Date('2025-05-19'), noInvalidDate: true });
		fc.assert(
			fc.property(days, fc.boolean(), (date, from1904) => {
				const signed = date.toISOString().slice(0, 10);
				expect(participating([{ ...WALKER, signed }], { from1904 }).rows[0]?.signed).toBe(signed);
			}),
			{ numRuns: 60 },
		);
	});
});

describe('a link', () => {
	const INNER = 'https://www.ice.gov/doclib/287gMOA/Walker.pdf';
	test.each<[string, CellSpec, string, string]>([
		['a hyperlink of the cell', { text: 'link', href: INNER }, 'link', INNER],
		['a HYPERLINK formula', { formula: `HYPERLINK("${INNER}","link")`, value: 'link' }, 'link', INNER],
		['a bare address', { inline: INNER }, INNER, INNER],
		['an address among words', { inline: `see ${INNER}.` }, `see ${INNER}.`, INNER],
		['a mail wrapper', { text: 'link | addendum', href: WRAPPED }, 'link | addendum', INNER],
		[
			'a wrapper in a wrapper',
			{
				text: 'link',
				href: `https://nam12.safelinks.protection.outlook.com/?url=${encodeURIComponent(WRAPPED)}&data=x`,
			},
			'link',
			INNER,
		],
		['a wrapper as text', { inline: WRAPPED }, INNER, INNER],
		[
			'an address with spaces',
			{ text: 'link', href: 'http://www.ice.gov/a b%20c.pdf' },
			'link',
			'http://www.ice.gov/a%20b%20c.pdf',
		],
	])('may be %s', (_, moa, text, href) => {
		const list = participating([{ ...WALKER, moa }]);
		expect(list.rows[0]?.moa).toEqual({ text, href });
		expect(list.rows[0]?.cells.MOA).toContain(href);
		expect(JSON.stringify(list)).not.toMatch(/safelinks|example\.gov/i);
	});

	test.each<[string, string, ProblemCode]>([
		['a mail address', 'mailto:clerk@example.gov', 'link_dropped'],
		['a script', 'javascript:alert(1)', 'link_dropped'],
		['a file of somebody’s disk', 'file:///C:/Users/clerk/moa.pdf', 'link_dropped'],
		['no address at all', 'moa.pdf', 'link_dropped'],
		[
			'a wrapper around nothing',
			'https://gcc02.safelinks.protection.outlook.com/?data=clerk%40example.gov',
			'link_wrapper_broken',
		],
		[
			'a wrapper around a mail address',
			`https://gcc02.safelinks.protection.outlook.com/?url=mailto%3Aclerk%40example.gov`,
			'link_dropped',
		],
		[
			'an address that carries a wrapper',
			`https://example.org/?to=${encodeURIComponent(WRAPPED)}`,
			'link_wrapper_broken',
		],
	])('to %s is dropped, with a problem that shows no address of a person', (_, href, code) => {
		const list = participating([{ ...WALKER, moa: { text: 'link', href } }]);
		expect(list.rows[0]?.moa).toEqual({ text: 'link', href: null });
		expect(codes(list)).toEqual([code]);
		expect(JSON.stringify(list)).not.toMatch(/safelinks|example\.gov|Users/i);
	});

	test('wrapped in mail is counted once for the list', () => {
		const moa = { text: 'link', href: WRAPPED };
		expect(
			participating([
				{ ...WALKER, moa },
				{ ...WALKER, moa },
			]).problems,
		).toEqual([{ code: 'links_unwrapped', row: null, column: null, detail: '2 links; the address inside is kept' }]);
	});

	test('of a wrapper never shows in any other cell, header or problem', () => {
		const cells: CellSpec[][] = [
			['STATE', 'LAW ENFORCEMENT AGENCY', 'SUPPORT TYPE', `see ${WRAPPED}`],
			['OHIO', 'Town Police', `model ${WRAPPED}`, WRAPPED],
			[`footnote ${WRAPPED} clerk@example.gov`],
		];
		const list = listOf(workbookOf([{ cells }]));
		expect(codes(list)).toEqual(['support_unknown', 'row_stray']);
		expect(JSON.stringify(list)).not.toMatch(/safelinks|example\.gov/i);
	});
});

describe('a row that is not one', () => {
	test.each<[string, RowSpec, ProblemCode, number]>([
		['without a state', { ...WALKER, state: null }, 'state_missing', 1],
		['without an agency', { ...WALKER, agency: ' ' }, 'agency_missing', 1],
		['that is a note', { state: 'Updated 5/19/2025' }, 'row_stray', 1],
		['with a name as long as a page', { ...WALKER, agency: 'x'.repeat(501) }, 'cell_too_long', 1],
		[
			'that repeats the header',
			{ state: 'STATE', agency: 'LAW ENFORCEMENT AGENCY', support: 'SUPPORT TYPE' },
			'header_repeated',
			1,
		],
		['without a support type stays, without a model', { ...WALKER, model: 'TFM', support: ' ' }, 'support_missing', 2],
	])('%s', (_, row, code, kept) => {
		const list = participating([WALKER, row]);
		expect([list.rows.length, ...codes(list)]).toEqual([kept, code]);
		expect(list.problems[0]?.row).toBe(3);
	});
});

test('what a workbook was made from is what is read, for any texts', () => {
	const text = fc
		.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
		.filter((t) => !/_x[0-9a-f]{4}_|safelinks/i.test(t));
	const cell = text
		.map((t) => t.replace(/[\s\p{Cc}\u200b\u2060]+/gu, ' ').trim())
		.filter((t) => t !== '' && !t.includes('://'));
	const agencies = fc.array(fc.record({ agency: cell, model: fc.constantFrom('TFM', 'JEM', 'WSO') }), {
		minLength: 1,
		maxLength: 12,
	});
	fc.assert(
		fc.property(agencies, fc.boolean(), (rows, unreferenced) => {
			const list = listOf(
				workbook({ kind: 'pending', rows: rows.map((row) => ({ ...row, state: 'OHIO' })), unreferenced }),
			);
			expect(list.rows.map(({ agency, model }) => ({ agency, model }))).toEqual(rows);
		}),
		{ numRuns: 100 },
	);
});
