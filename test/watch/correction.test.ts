import { beforeEach, describe, expect, test } from 'vitest';
import type { Day } from '#kernel/day.ts';
import { type Correction, corrections } from '#watch/correction.server.ts';
import { eventSeries, SERIES } from '#watch/events.server.ts';
import { ingest } from '#watch/ingest.server.ts';
import type { Offered } from '#watch/read/archive.server.ts';
import { rebuild } from '#watch/rebuild.server.ts';
import { overrule, withdrawOverrule } from '#watch/ruling.server.ts';
import { seedSample } from '#watch/seed.server.ts';
import { testDatabase } from '../database.ts';
import { type RowSpec, workbook } from './workbook.ts';

const here = await testDatabase();
const { world } = here;

const row = (agency: string, signed: string): RowSpec => ({
	state: 'TEXAS',
	agency,
	type: 'Municipality',
	model: 'TFM',
	signed,
});
const alder = row('Alder Police Department', '2025-03-03');
const birch = row('Birch Police Department', '2025-03-04');
const cedar: RowSpec = { ...row('Cedar City Marshal', '2025-03-05'), model: 'WSO' };

async function* lists(series: Readonly<Record<string, readonly RowSpec[]>>): AsyncGenerator<Offered> {
	for (const [day, rows] of Object.entries(series)) {
		const bytes = workbook({ kind: 'participating', modified: `${day}T12:00:00Z`, rows });
		yield { name: `participating-${day}.xlsx`, source: 'test', bytes };
	}
}

const THREE = { '2025-05-01': [alder], '2025-05-08': [alder, birch], '2025-05-15': [alder, birch, cedar] };

async function told(): Promise<readonly Correction[]> {
	return (await corrections(1, world)).rows;
}

/** A day later: corrections of one instant have no order. */
function tomorrow(): void {
	here.now = new Date(here.now.getTime() + 86_400_000);
}

beforeEach(async () => {
	await here.owner(async (session) => {
		await session.query('delete from watch_list; delete from watch_overrule; delete from watch_correction');
		for (const table of ['event', 'agency', 'agreement', 'application', 'review', 'alias', 'ledger']) {
			await session.query(`delete from watch_${table}`);
		}
	});
});

describe('a correction is published', () => {
	test('when a person sets a date, joins two agencies, and takes the first decision back', async () => {
		await ingest(lists(THREE), world);
		expect(await told()).toEqual([]);
		const printed = {
			state: 'TEXAS',
			agency: 'Birch Police Department',
			model: 'TFM',
			signed: '2025-03-04' as Day,
		} as const;

		tomorrow();
		const dated = {
			kind: 'date',
			row: printed,
			day: '2025-03-14' as Day,
			reason: 'The agreement bears this day.',
		} as const;
		const { id } = await overrule(dated, 'office', world);
		const [first, ...none] = await told();
		expect(none).toEqual([]);
		expect(first).toMatchObject({ cause: 'overrule', reason: dated.reason, takenBack: null });
		expect(first?.before.en).toContain('(signing date on the list: 4 Mar 2025)');
		expect(first?.after?.en).toContain(
			'(signing date on the list: 4 Mar 2025, which a person corrected to 14 Mar 2025)',
		);

		tomorrow();
		const names = ['Cedar City Marshal', 'Alder Police Department'];
		await overrule({ kind: 'alias', state: 'TEXAS', names, reason: 'One office under two names.' }, 'office', world);
		const [second] = await told();
		expect(second).toMatchObject({
			cause: 'overrule',
			reason: 'One office under two names.',
			replacedBy: expect.any(String),
		});
		expect(second?.before.en).toContain('Cedar City Marshal');
		expect(second?.after).toEqual(second?.before);

		tomorrow();
		await withdrawOverrule(id, world);
		const all = await told();
		expect(all).toHaveLength(3);
		expect(all[0]).toMatchObject({ reason: null, takenBack: dated.reason, before: first?.after, after: first?.before });
		expect(all[0]?.replacedBy).toBe(first?.eventId);
		expect(all.slice(1)).toEqual([second, first]);
	});

	test('of what a person decided, and not of what the version that came with the decision words anew', async () => {
		await ingest(lists(THREE), world);
		await here.owner((session) => session.query(`update watch_event set statement_en = 'Worded before.', digest = ''`));
		tomorrow();
		const row = {
			state: 'TEXAS',
			agency: 'Birch Police Department',
			model: 'TFM',
			signed: '2025-03-04' as Day,
		} as const;
		const decision = { kind: 'date', row, day: '2025-03-14' as Day, reason: 'The agreement bears this day.' } as const;
		await overrule(decision, 'office', world);
		expect(await told()).toMatchObject([{ cause: 'overrule', reason: 'The agreement bears this day.' }]);
	});

	test('when an older list that comes late moves an event to another day', async () => {
		await ingest(lists({ '2025-05-01': [alder], '2025-05-15': [alder, birch] }), world);
		await ingest(lists({ '2025-05-08': [alder, birch] }), world);
		const [moved, ...none] = await told();
		expect(none).toEqual([]);
		expect(moved).toMatchObject({ cause: 'lists', reason: null });
		expect([moved?.before.en, moved?.after?.en].map((text) => /\d+ May 2025/.exec(text ?? '')?.[0])).toEqual([
			'15 May 2025',
			'8 May 2025',
		]);
	});

	test('with the address of an event that still answers', async () => {
		await ingest(lists({ '2025-05-01': [alder], '2025-05-15': [alder, birch] }), world);
		await ingest(lists({ '2025-05-08': [alder, birch] }), world);
		const [moved] = await told();
		const withdrawn: string[] = [];
		for await (const event of eventSeries(SERIES, world)) if (event.withdrawnAt) withdrawn.push(event.id);
		expect(withdrawn).toEqual([moved?.eventId]);
	});

	test('when newer rules read an event otherwise, and not when they only word it otherwise', async () => {
		await ingest(lists(THREE), world);
		const older = (change: string) =>
			here.owner(async (session) => {
				await session.query(`update watch_event set ${change}, digest = '' where agency = 'Birch Police Department'`);
				await session.query('update watch_ledger set rules = 0');
			});
		await older(`statement_en = 'Worded before.'`);
		expect(await rebuild(world)).toMatchObject({ events: { changed: 1 } });
		expect(await told()).toEqual([]);
		await older(`statement_en = 'Read before.', signed = '2024-01-01'`);
		await rebuild(world);
		expect(await told()).toMatchObject([{ cause: 'rules', before: { en: 'Read before.' } }]);
	});
});

describe('a correction is not', () => {
	test('what a later list settles: a missing row that is then called gone', async () => {
		const crowd = Array.from({ length: 30 }, (_, i) => row(`Town ${i} Police Department`, '2025-01-02'));
		await ingest(lists({ '2025-05-01': [...crowd, birch], '2025-05-08': crowd }), world);
		await ingest(lists({ '2025-05-15': crowd }), world);
		const gone: string[] = [];
		for await (const event of eventSeries(SERIES, world))
			if (!event.baseline && !event.withdrawnAt) gone.push(event.kind);
		expect(gone).toEqual(['removed']);
		expect(await told()).toEqual([]);
	});

	test('that an older list is now the first', async () => {
		await ingest(lists({ '2025-05-08': [alder, birch] }), world);
		await ingest(lists({ '2025-05-01': [alder] }), world);
		expect(await told()).toEqual([]);
	});

	test('anything about sample data', async () => {
		await seedSample(world);
		await here.owner((session) =>
			session.query("update watch_ledger set rules = 0; delete from watch_list where kind = 'pending'"),
		);
		await rebuild(world);
		await ingest(lists({ '2025-05-01': [alder] }), world);
		expect(await told()).toEqual([]);
	});
});
