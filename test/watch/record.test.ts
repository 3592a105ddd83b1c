import { existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { csvLines } from '#kernel/csv.ts';
import { type Field, toRecords } from '#kernel/field.ts';
import { jsonArray } from '#kernel/json.ts';
import { agreements } from '#watch/agreements.server.ts';
import { eventSeries, SERIES } from '#watch/events.server.ts';
import { ingest } from '#watch/ingest.server.ts';
import { lists } from '#watch/lists.server.ts';
import { offered } from '#watch/read/archive.server.ts';
import { AGENCY_FIELDS } from '#watch/record/agency.ts';
import { AGREEMENT_FIELDS } from '#watch/record/agreement.ts';
import { EVENT_FIELDS } from '#watch/record/event.ts';
import { LIST_FIELDS } from '#watch/record/list.ts';
import { agencyRegister } from '#watch/register.server.ts';
import { testDatabase } from '../database.ts';

const FOLDER = '../shared/data/287g/sheets';
const present = existsSync(FOLDER);
if (!present) console.log(`skipped: the real captures are not at ${FOLDER}`);
const { world } = await testDatabase();
const EVERY = { q: null, state: null, model: null, kind: null, standing: null, agency: null, place: null, after: null };

async function written<View>(fields: readonly Field<View>[], views: () => AsyncIterable<View> | Iterable<View>) {
	let text = '';
	for await (const piece of jsonArray(toRecords(fields, views()))) text += piece;
	const names = fields.map(({ name }) => name);
	for await (const piece of csvLines(names, toRecords(fields, views()), true)) text += piece;
	return text;
}

async function ids(views: AsyncIterable<{ readonly id: string }>): Promise<string[]> {
	const found: string[] = [];
	for await (const { id } of views) found.push(id);
	return found;
}

describe.skipIf(!present)('the real captures, given out', () => {
	beforeAll(async () => {
		await ingest(offered([FOLDER], process.stdin), world);
	}, 120_000);

	test('name no mailbox and no mail wrapper, in any record', async () => {
		const all = await lists(world);
		const texts = [
			await written(EVENT_FIELDS, () => eventSeries(SERIES, world)),
			await written(AGREEMENT_FIELDS, () => agreements(EVERY, world)),
			await written(AGENCY_FIELDS, () => agencyRegister(EVERY, world)),
			await written(LIST_FIELDS, () => all),
		];
		for (const text of texts) {
			expect(text.length).toBeGreaterThan(1_000);
			expect(text).not.toMatch(/safelinks|mailto:|[\w.+-]+(@|%40)[\w-]+\.[a-z]{2,}/i);
		}
	});

	test('come whole and in one order, however small the batches', async () => {
		const sizes = [997, 64, 1];
		const runs = await Promise.all(
			sizes.map(async (size) => [
				await ids(agencyRegister({ ...EVERY, state: 'TX' }, world, size)),
				await ids(agreements({ ...EVERY, state: 'TX' }, world, size)),
				await ids(eventSeries({ ...SERIES, state: 'TX', order: 'told' }, world, size)),
			]),
		);
		expect(runs[0]?.every((found) => found.length > 50 && new Set(found).size === found.length)).toBe(true);
		for (const run of runs) expect(run).toEqual(runs[0]);
	});

	test('tell a withdrawn event again at the head of the feed', async () => {
		const before = await ids(eventSeries({ ...SERIES, order: 'told' }, world));
		const old = before.at(-1) ?? '';
		await world.db.as({ role: 'system', city: null }, (tx) =>
			tx
				.updateTable('watch_event')
				.set({ withdrawn_at: new Date('2026-07-01T12:00:00Z'), withdrawn_cause: 'overrule' })
				.where('id', '=', old)
				.execute(),
		);
		expect((await ids(eventSeries({ ...SERIES, order: 'told' }, world)))[0]).toBe(old);
		expect(await ids(eventSeries({ ...SERIES, withdrawn: false }, world))).not.toContain(old);
	});
});
