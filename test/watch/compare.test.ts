import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { NotFound } from '#kernel/error.ts';
import { compareLists } from '#watch/compare.server.ts';
import { type Comparison, compare } from '#watch/comparison.ts';
import { fileDetail, files, questions } from '#watch/files.server.ts';
import { ingest } from '#watch/ingest.server.ts';
import type { ListKind, Row } from '#watch/list.ts';
import { cleanedOriginal } from '#watch/original.server.ts';
import type { Offered } from '#watch/read/archive.server.ts';
import { testDatabase } from '../database.ts';
import { participating } from './lists.ts';
import { type RowSpec, workbook } from './workbook.ts';

const rowsOf = (...rows: readonly string[]) => participating('2025-06-01', ...rows).rows;
const byName = (row: Row) => `${row.state} ${row.agency}`;

function told({ onlyBefore, onlyAfter, changed, same }: Comparison): string[] {
	return [
		...onlyBefore.map((row) => `- ${row.agency} ${row.model}`),
		...onlyAfter.map((row) => `+ ${row.agency} ${row.model}`),
		...changed.map(
			({ before, after, cells }) =>
				`${before.row}>${after.row} ${cells.map((c) => `${c.heading}: ${c.before} > ${c.after}`).join(', ')}`,
		),
		`${same} alike`,
	];
}

describe('two lists beside each other', () => {
	const alder = 'OHIO | Alder | TFM | 2025-01-02 | a';
	const birch = 'OHIO | Birch | JEM | 2025-01-02';
	test.each([
		['the same rows in another order', [alder, birch], [birch, alder], ['2 alike']],
		[
			'a row that went and one that came',
			[alder, birch],
			[alder, 'OHIO | Cedar | JEM | 2025-01-02'],
			['- Birch JEM', '+ Cedar JEM', '1 alike'],
		],
		[
			'another date',
			[alder],
			['OHIO | Alder | TFM | 2025-02-02 | a'],
			['2>2 SIGNED: 2025-01-02 > 2025-02-02', '0 alike'],
		],
		['another model', [birch], ['OHIO | Birch | TFM | 2025-01-02'], ['2>2 SUPPORT TYPE: JEM > TFM', '0 alike']],
		[
			'a cell that was empty',
			[birch],
			['OHIO | Birch | JEM | 2025-01-02 | | Knox'],
			['2>2 COUNTY: null > Knox', '0 alike'],
		],
		[
			'one of two models',
			[alder, 'OHIO | Alder | WSO | 2025-01-02'],
			['OHIO | Alder | WSO | 2025-01-02'],
			['- Alder TFM', '1 alike'],
		],
		['the same row once more', [birch], [birch, birch], ['+ Birch JEM', '1 alike']],
	])('%s', (_, before, after, expected) => {
		expect(told(compare(rowsOf(...before), rowsOf(...after), byName))).toEqual(expected);
	});

	test('account for every row of both, whatever they hold', () => {
		const line = fc.tuple(
			fc.constantFrom('A', 'B', 'C'),
			fc.constantFrom('TFM', 'JEM'),
			fc.constantFrom('2025-01-01', '2025-02-02'),
		);
		const list = fc.array(
			line.map(([name, model, day]) => `OHIO | ${name} | ${model} | ${day}`),
			{ maxLength: 12 },
		);
		fc.assert(
			fc.property(list, list, (one, other) => {
				const { onlyBefore, onlyAfter, changed, same } = compare(rowsOf(...one), rowsOf(...other), byName);
				expect(onlyBefore.length + changed.length + same).toBe(one.length);
				expect(onlyAfter.length + changed.length + same).toBe(other.length);
				expect(changed.every(({ cells }) => cells.length > 0)).toBe(true);
			}),
		);
	});
});

const here = await testDatabase();
const { world } = here;
const row = (agency: string, signed: string | null = '2025-03-03'): RowSpec => ({
	state: 'TEXAS',
	agency,
	type: 'County',
	model: 'TFM',
	signed,
});
const crowd = Array.from({ length: 30 }, (_, i) => row(`Town ${i} Police Department`));

function offered(day: string, rows: readonly RowSpec[], kind: ListKind = 'participating'): Offered {
	return { name: `${kind}-${day}.xlsx`, source: 'test', bytes: workbook({ kind, modified: `${day}T12:00:00Z`, rows }) };
}

async function* offer(...given: Offered[]): AsyncGenerator<Offered> {
	yield* given;
}

describe('the files of the watch', () => {
	let hashes: string[] = [];
	beforeEach(async () => {
		const page: Offered = { name: 'error.xlsx', source: 'test', bytes: new TextEncoder().encode('<html>error</html>') };
		const { files: outcomes } = await ingest(
			offer(
				offered('2025-05-01', [...crowd, row("Walker County Sheriff's Office")]),
				offered('2025-05-08', [...crowd, row("Walker County Sherriff's Office"), row('Polk County', null)]),
				offered('2025-05-08', [row('Dale County')], 'pending'),
				page,
			),
			world,
		);
		hashes = outcomes.map(({ sha256 }) => sha256);
	});

	test('stand newest first, each with the one before it of its kind; what is no list stands last', async () => {
		const all = await files(null, world);
		expect(all.map(({ kind, modified, standing }) => [kind, modified?.slice(0, 10), standing])).toEqual([
			expect.arrayContaining(['2025-05-08']),
			expect.arrayContaining(['2025-05-08']),
			['participating', '2025-05-01', 'read'],
			[null, undefined, 'refused'],
		]);
		const latest = all.find((file) => file.sha256 === hashes[1]);
		expect(latest).toMatchObject({ before: hashes[0], names: ['participating-2025-05-08.xlsx'], downloadable: true });
		expect(all.at(-1)).toMatchObject({ downloadable: false, reason: 'not_a_spreadsheet' });
		expect((await files('signed_missing', world)).map(({ sha256 }) => sha256)).toEqual([hashes[1]]);
	});

	test('one tells its figures, its problems and its neighbours', async () => {
		const detail = await fileDetail(hashes[0] ?? '', world);
		expect(detail).toMatchObject({
			figures: { agreements: 31, agencies: 31 },
			neighbours: { before: null, after: { sha256: hashes[1] } },
		});
		expect((await fileDetail(hashes[1] ?? '', world)).problems).toMatchObject([{ code: 'signed_missing', row: 33 }]);
		await expect(fileDetail('f'.repeat(64), world)).rejects.toThrow(NotFound);
	});

	test('two compared know an agency under all its spellings, and tell what the ledger says', async () => {
		const compared = await compareLists([hashes[1] ?? '', hashes[0] ?? ''], 10, world);
		if (compared.outcome !== 'compared') throw new Error('They are of one kind.');
		expect(told(compared.comparison)).toEqual([
			'+ Polk County TFM',
			"32>32 LAW ENFORCEMENT AGENCY: Walker County Sheriff's Office > Walker County Sherriff's Office",
			'30 alike',
		]);
		expect(compared.events.map(({ kind }) => kind).sort()).toEqual(['corrected', 'listed']);
		expect(compared.total).toBe(2);
		expect(await compareLists([hashes[0] ?? '', hashes[2] ?? ''], 10, world)).toEqual({ outcome: 'two_kinds' });
		await expect(compareLists([hashes[0] ?? '', hashes[3] ?? ''], 10, world)).rejects.toThrow(NotFound);
	});

	test('are given away cleaned, where they were read', async () => {
		const cleaned = await cleanedOriginal(hashes[0] ?? '', world);
		expect(cleaned?.sha256).toMatch(/^[0-9a-f]{64}$/);
		await expect(cleanedOriginal(hashes[3] ?? '', world)).rejects.toThrow(NotFound);
	});

	test('what is open is told in numbers that name nobody', async () => {
		const open = await questions(world);
		expect(open.codes).toEqual([{ code: 'signed_missing', count: 1, lists: 1 }]);
		expect(open.refused).toEqual([{ code: 'not_a_spreadsheet', count: 1 }]);
		expect(JSON.stringify(open)).not.toMatch(/TEXAS|County|Police/);
	});
});
