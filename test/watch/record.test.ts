import { describe, expect, test } from 'vitest';
import { ingest } from '#watch/ingest.server.ts';
import type { Offered } from '#watch/read/archive.server.ts';
import { agencyRecord, agreementPlace, eventRecord } from '#watch/record.server.ts';
import { overrule } from '#watch/ruling.server.ts';
import type { AgencyRecord } from '#watch/views.ts';
import { testDatabase } from '../database.ts';
import { type RowSpec, workbook } from './workbook.ts';

const { world } = await testDatabase();

const alder: RowSpec = {
	state: 'TEXAS',
	agency: 'Alder County Sheriff’s Office',
	type: 'County',
	county: 'Alder',
	model: 'TFM',
	signed: '2025-03-03',
};
const birch: RowSpec = { ...alder, agency: 'Birch County Sheriff’s Office', county: 'Birch', signed: '2025-06-02' };
const cedar: RowSpec = { ...alder, agency: 'Cedar Falls Police Department', type: 'Municipality', county: null };
const dogwood: RowSpec = { ...alder, agency: 'Dogwood Police Department', type: 'Municipality', county: null };
const cedarAgain: RowSpec = { ...cedar, agency: 'Cedar Police Department', model: 'JEM', signed: '2025-06-05' };

function list(day: string, rows: readonly RowSpec[], kind: 'participating' | 'pending' = 'participating'): Offered {
	const bytes = workbook({ kind, modified: `${day}T12:00:00Z`, rows });
	return { name: `${kind}-${day}.xlsx`, source: 'test', bytes };
}

async function* offer(...files: Offered[]): AsyncGenerator<Offered> {
	yield* files;
}

await ingest(
	offer(
		list('2025-06-01', [alder, cedar]),
		list('2025-06-01', [birch, dogwood], 'pending'),
		list('2025-06-08', [alder, birch]),
		list('2025-06-08', [dogwood], 'pending'),
		list('2025-06-15', [alder, birch, cedarAgain]),
	),
	world,
);

async function idOf(name: string): Promise<string> {
	const found = await world.db.as({ role: 'visitor', city: null }, (tx) =>
		tx.selectFrom('watch_agency').select('id').where('name', '=', name).executeTakeFirstOrThrow(),
	);
	return found.id;
}

async function recordOf(name: string): Promise<AgencyRecord> {
	const found = await agencyRecord(await idOf(name), world);
	if (found.outcome !== 'found') throw new Error(`${name} is ${found.outcome}.`);
	return found.record;
}

const told = (record: AgencyRecord) => record.events.map((event) => `${event.at.slice(0, 10)} ${event.kind}`);

describe('the record of an agency', () => {
	test('holds its agreements, its applications and its events, newest first', async () => {
		const record = await recordOf('Birch County Sheriff’s Office');
		expect(record.agreements).toMatchObject([
			{ model: 'TFM', signed: '2025-06-02', standing: 'listed', suspect: false },
		]);
		expect(record.applications).toMatchObject([{ standing: 'granted', agreementId: record.agreements[0]?.id }]);
		expect(told(record)).toEqual(['2025-06-08 listed', '2025-06-08 granted', '2025-06-01 applied']);
		expect(record.span).toMatchObject({ from: '2025-06-01T12:00:00Z', asOf: '2025-06-15T12:00:00Z' });
	});

	test('of a row that two lists leave out says removed, with the last list that held it', async () => {
		const record = await recordOf('Cedar Falls Police Department');
		expect(record.agreements).toMatchObject([{ standing: 'removed', lastListed: '2025-06-01T12:00:00Z' }]);
		expect(told(record)).toEqual(['2025-06-08 removed', '2025-06-01 listed']);
	});

	test('has no area where places were not assigned, and says nothing of it', async () => {
		expect((await recordOf('Alder County Sheriff’s Office')).area).toBeNull();
	});

	test('is unknown under an id that never was', async () => {
		expect(await agencyRecord('nobody', world)).toEqual({ outcome: 'unknown' });
		expect(await agreementPlace('nothing', world)).toBeNull();
		expect(await eventRecord('never', world)).toBeNull();
	});
});

test('an agreement leads to the page of its agency', async () => {
	const record = await recordOf('Alder County Sheriff’s Office');
	const [agreement] = record.agreements;
	expect(await agreementPlace(agreement?.id ?? '', world)).toEqual({
		agencyId: record.id,
		agreementId: agreement?.id,
	});
});

test('the two events of a grant lead to each other', async () => {
	const [listed, granted] = (await recordOf('Birch County Sheriff’s Office')).events;
	expect((await eventRecord(granted?.id ?? '', world))?.other?.id).toBe(listed?.id);
	expect((await eventRecord(listed?.id ?? '', world))?.other?.id).toBe(granted?.id);
});

describe('when a person decides that two names are one body', () => {
	test('former ids lead to what took their place, and a withdrawn event answers with cause and successor', async () => {
		const before = await recordOf('Cedar Police Department');
		const [listed] = before.events;
		const reason = 'The city’s own site says that the two are one department.';
		const names = ['Cedar Falls Police Department', 'Cedar Police Department'];
		await overrule({ kind: 'alias', state: 'TEXAS', names, reason }, 'clerk', world);

		const moved = await agencyRecord(before.id, world);
		const now = await recordOf('Cedar Police Department');
		expect(moved).toEqual({ outcome: 'moved', id: now.id });
		expect(now.names).toEqual(names);
		expect(now.rulings).toMatchObject([{ kind: 'alias', reason }]);
		expect(now.withdrawn.map(({ event }) => event.id)).toContain(listed?.id);

		const withdrawn = await eventRecord(listed?.id ?? '', world);
		expect(withdrawn).toMatchObject({ withdrawn: { cause: 'overrule' }, agencyId: now.id });
		expect(withdrawn?.event.withdrawnAt).toBe('2026-07-01T12:00:00Z');
	});
});
