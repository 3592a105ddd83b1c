import { expect, test } from 'vitest';
import { ingest } from '#watch/ingest.server.ts';
import type { Model } from '#watch/model.ts';
import type { Offered } from '#watch/read/archive.server.ts';
import { leadingStates, series } from '#watch/series.server.ts';
import { figures } from '#watch/store.server.ts';
import { testDatabase } from '../database.ts';
import { type RowSpec, workbook } from './workbook.ts';

const { world } = await testDatabase();

const row = (state: string, agency: string, model: Model): RowSpec => ({
	state,
	agency: `${agency} County Sheriff’s Office`,
	type: 'County',
	county: agency,
	model,
	signed: '2025-03-03',
});

async function* lists(): AsyncGenerator<Offered> {
	const first = [row('TEXAS', 'Alder', 'TFM'), row('TEXAS', 'Birch', 'WSO')];
	const second = [...first, row('OHIO', 'Cedar', 'JEM'), row('TEXAS', 'Birch', 'JEM'), row('IOWA', 'Dove', 'TFM')];
	for (const [day, rows] of [
		['2025-04-08', second],
		['2025-04-01', first],
	] as const) {
		const bytes = workbook({ kind: 'participating', modified: `${day}T12:00:00Z`, rows });
		yield { name: `participating-${day}.xlsx`, source: 'test', bytes };
	}
}

test('a ledger without lists has no series', async () => {
	expect(await series(null, world)).toEqual([]);
	expect(await leadingStates(8, world)).toEqual([]);
});

test('a series has a point for each list, oldest first, and the last is what the figures say', async () => {
	await ingest(lists(), world);
	const all = await series(null, world);
	expect(
		all.map(({ at, agreements, byModel, agencies, states }) => [at, agreements, byModel, agencies, states]),
	).toEqual([
		['2025-04-01T12:00:00Z', 2, { TFM: 1, JEM: 0, WSO: 1 }, 2, 1],
		['2025-04-08T12:00:00Z', 5, { TFM: 2, JEM: 2, WSO: 1 }, 4, 3],
	]);
	expect(await figures(world)).toMatchObject({ agreements: 5, byModel: all.at(-1)?.byModel, agencies: 4, states: 3 });
});

test('a state that a list does not name has none on it', async () => {
	expect((await series('OH', world)).map(({ agreements, states }) => [agreements, states])).toEqual([
		[0, 0],
		[1, 1],
	]);
	expect((await series('ZZ', world)).map(({ agreements }) => agreements)).toEqual([0, 0]);
});

test('states with most agreements come first, equals by code', async () => {
	const leading = await leadingStates(2, world);
	expect(leading.map(({ stateCode, state, points }) => [stateCode, state, points.map((p) => p.agreements)])).toEqual([
		['TX', 'TEXAS', [2, 3]],
		['IA', 'IOWA', [0, 1]],
	]);
});
