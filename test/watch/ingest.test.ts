import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { agencies } from '#watch/agencies.server.ts';
import { agreements } from '#watch/agreements.server.ts';
import { eventSeries, events, SERIES } from '#watch/events.server.ts';
import { ingest } from '#watch/ingest.server.ts';
import { lists, problems } from '#watch/lists.server.ts';
import type { Offered } from '#watch/read/archive.server.ts';
import { type AgreementView, EVERYTHING, type EventView } from '#watch/reading.ts';
import { overrule, overrules, withdrawOverrule } from '#watch/ruling.server.ts';
import { seedSample } from '#watch/seed.server.ts';
import { edition, figures } from '#watch/store.server.ts';
import { testDatabase } from '../database.ts';
import { type RowSpec, workbook } from './workbook.ts';

const here = await testDatabase();
const { world } = here;

const AGENCIES = {
	q: null,
	model: null,
	state: null,
	place: null,
	kind: null,
	standing: null,
	sort: 'name',
	direction: 'ascending',
	page: 1,
} as const;

const alder: RowSpec = {
	state: 'TEXAS',
	agency: 'Alder County Sheriff’s Office',
	type: 'County',
	county: 'Alder',
	model: 'TFM',
	signed: '2025-03-03',
};
const birch: RowSpec = {
	state: 'TEXAS',
	agency: 'Birch County Sheriff’s Office',
	type: 'County',
	county: 'Birch',
	model: 'WSO',
	signed: '2025-03-04',
};
const cedar: RowSpec = {
	state: 'OHIO',
	agency: 'Cedar Police Department',
	type: 'Municipality',
	model: 'TFM',
	signed: '2025-03-05',
};

function list(day: string, rows: readonly RowSpec[], kind: 'participating' | 'pending' = 'participating'): Offered {
	const bytes = workbook({ kind, modified: `${day}T12:00:00Z`, rows });
	return { name: `${kind}-${day}.xlsx`, source: 'test', bytes };
}

async function* offer(...files: Offered[]): AsyncGenerator<Offered> {
	yield* files;
}

async function series(): Promise<EventView[]> {
	const found: EventView[] = [];
	for await (const event of eventSeries(SERIES, world)) found.push(event);
	return found;
}

async function register(): Promise<AgreementView[]> {
	const every = { q: null, state: null, model: null, standing: null, agency: null, place: null, after: null };
	const found: AgreementView[] = [];
	for await (const agreement of agreements(every, world)) found.push(agreement);
	return found;
}

async function told(): Promise<string[]> {
	return (await series()).map(
		(e) =>
			`${e.at.slice(0, 10)} ${e.kind} ${e.agency}${e.baseline ? ' baseline' : ''}${e.withdrawnAt ? ' withdrawn' : ''}`,
	);
}

async function journal(): Promise<{ kind: string; historic: boolean; count: number }[]> {
	return here.owner(async (session) => {
		await session.query(`begin; set local compact.role = 'maintenance'`);
		const { rows } = await session.query(
			'select kind, historic, count(*)::integer as count from journal group by kind, historic order by kind, historic',
		);
		await session.query('commit');
		return rows;
	});
}

beforeEach(async () => {
	await here.owner(async (session) => {
		await session.query(`begin; set local compact.role = 'maintenance'`);
		await session.query(
			`alter table journal disable trigger all; delete from journal; alter table journal enable trigger all`,
		);
		await session.query('delete from watch_list; delete from watch_overrule; delete from blob');
		for (const table of ['event', 'agency', 'agreement', 'application', 'review', 'alias', 'ledger']) {
			await session.query(`delete from watch_${table}`);
		}
		await session.query('commit');
	});
});

describe('an import', () => {
	test('tells what a list says, with the row it stands in', async () => {
		const report = await ingest(
			offer(list('2025-05-01', [alder, birch]), list('2025-05-08', [alder, birch, cedar])),
			world,
		);
		expect(report.files.map((file) => file.outcome)).toEqual(['added', 'added']);
		expect(await told()).toEqual([
			'2025-05-01 listed Alder County Sheriff’s Office baseline',
			'2025-05-01 listed Birch County Sheriff’s Office baseline',
			'2025-05-08 listed Cedar Police Department',
		]);
		const page = await events({ ...EVERYTHING, after: null, limit: 10 }, world);
		expect(page.rows.map((event) => event.agency)).toEqual(['Cedar Police Department']);
		expect(page.rows[0]?.evidence.at(-1)).toMatchObject({ file: 'participating-2025-05-08.xlsx', row: 4 });
		expect(Object.keys(page.rows[0]?.evidence.at(-1)?.cells ?? {}).slice(0, 2)).toEqual([
			'STATE',
			'LAW ENFORCEMENT AGENCY',
		]);
		expect(await figures(world)).toMatchObject({
			agreements: 3,
			agencies: 3,
			states: 2,
			newSincePrevious: { TFM: 1, JEM: 0, WSO: 0 },
		});
	});

	test('again, also under another name, changes nothing', async () => {
		const first = list('2025-05-01', [alder, birch]);
		await ingest(offer(first), world);
		const before = [await series(), await register()];
		const again = await ingest(offer({ ...first, name: 'the same list.xlsx' }), world);
		expect(again.files).toMatchObject([{ outcome: 'known' }]);
		expect(again.ledger).toEqual({ outcome: 'unchanged' });
		expect([await series(), await register()]).toEqual(before);
		expect(await lists(world)).toHaveLength(1);
	});

	test('of a file that is no list keeps it with its reason and changes nothing else', async () => {
		await ingest(offer(list('2025-05-01', [alder])), world);
		const before = await series();
		const page: Offered = {
			name: 'pending.xlsx',
			source: 'test',
			bytes: new TextEncoder().encode('<html>Service Unavailable</html>'),
		};
		const report = await ingest(offer(page, list('2025-05-08', [alder, birch])), world);
		expect(report.files.map((file) => file.outcome)).toEqual(['refused', 'added']);
		expect((await series()).slice(0, before.length)).toEqual(before);
		const refused = (await lists(world)).find((file) => file.standing === 'refused');
		expect(refused).toMatchObject({ file: 'pending.xlsx', reason: 'not_a_spreadsheet', modified: null });
	});

	test('in any order, in one batch or many, gives the same ledger', async () => {
		const files = [
			list('2025-05-01', [alder, birch]),
			list('2025-05-08', [alder]),
			list('2025-05-15', [alder]),
			list('2025-05-15', [cedar], 'pending'),
		];
		await ingest(offer(...files), world);
		const expected = [await told(), await register()];
		await here.owner((session) =>
			session.query(
				'delete from watch_list; delete from watch_event; delete from watch_ledger; delete from watch_agreement; delete from watch_agency; delete from watch_application',
			),
		);
		for (const file of files.toReversed()) await ingest(offer(file), world);
		const standing = (await told()).filter((line) => !line.endsWith('withdrawn'));
		expect([standing, await register()]).toEqual(expected);
	});

	test('keeps the bytes where visitors cannot read them, because mail wrappers name mailboxes', async () => {
		const file = list('2025-05-01', [alder]);
		await ingest(offer(file), world);
		const count = (role: string) =>
			world.db.as({ role, city: null }, (tx) => tx.selectFrom('blob').select('sha256').execute());
		expect(await count('visitor')).toEqual([]);
		expect(await count('system')).toEqual([{ sha256: createHash('sha256').update(file.bytes).digest('hex') }]);
	});

	test('shows each problem with its row', async () => {
		await ingest(offer(list('2025-05-01', [alder, { ...birch, signed: { inline: '5/8/5025' } }])), world);
		expect(await problems(world)).toMatchObject([{ row: 3, column: 'SIGNED', file: 'participating-2025-05-01.xlsx' }]);
	});
});

describe('an older list that comes in late', () => {
	test('withdraws what no longer holds and says what stands in its place', async () => {
		await ingest(offer(list('2025-05-08', [alder, birch]), list('2025-05-15', [alder, birch, cedar])), world);
		here.now = new Date('2026-07-02T12:00:00Z');
		const { ledger } = await ingest(offer(list('2025-05-01', [alder])), world);
		expect(ledger).toMatchObject({ outcome: 'rebuilt', events: { withdrawn: 1 } });
		const all = await series();
		const gone = all.filter((event) => event.withdrawnAt);
		const standing = all.filter((event) => !event.withdrawnAt);
		// Birch is still first listed on 8 May, and no longer as part of what was there when watching began.
		expect(standing.map((event) => [event.at.slice(0, 10), event.agency.split(' ')[0], event.baseline])).toEqual([
			['2025-05-01', 'Alder', true],
			['2025-05-08', 'Birch', false],
			['2025-05-15', 'Cedar', false],
		]);
		expect(gone).toMatchObject([
			{ at: '2025-05-08T12:00:00Z', withdrawnAt: '2026-07-02T12:00:00Z', replacedBy: standing[0]?.id },
		]);
		expect(await journal()).toContainEqual({ kind: 'event_withdrawn', historic: false, count: 1 });
	});

	test('leaves the old ids leading to the same agreement', async () => {
		await ingest(offer(list('2025-05-08', [birch])), world);
		const [before] = await register();
		await ingest(offer(list('2025-05-01', [{ ...birch, agency: 'Birch County Sherriff’s Office' }])), world);
		const [after] = await register();
		const alias = await here.owner((session) =>
			session.query('select id from watch_alias where former_id = $1', [before?.id]).then(({ rows }) => rows[0]?.id),
		);
		expect(after?.firstListed).toBe('2025-05-01T12:00:00Z');
		expect(before?.id === after?.id ? after?.id : alias).toBe(after?.id);
	});
});

describe('the journal', () => {
	test('gets one entry for each new event, historic where nobody should be written to', async () => {
		await ingest(
			offer(list('2025-05-01', [alder]), list('2025-05-08', [alder, birch]), list('2025-05-15', [alder, birch, cedar])),
			world,
		);
		expect(await journal()).toEqual([
			{ kind: 'event', historic: false, count: 1 },
			{ kind: 'event', historic: true, count: 2 },
		]);
		await ingest(offer(list('2025-05-01', [alder])), world);
		expect((await journal()).reduce((sum, row) => sum + row.count, 0)).toBe(3);
	});
});

describe('a decision of a person', () => {
	const many = Array.from(
		{ length: 40 },
		(_, i): RowSpec => ({
			...birch,
			agency: `Town ${String.fromCharCode(65 + (i % 26))}${i} Police Department`,
			type: 'Municipality',
			county: null,
		}),
	);

	test('releases a list that was held back, and takes it back', async () => {
		await ingest(offer(list('2025-05-01', many), list('2025-05-08', many.slice(0, 12))), world);
		const held = (await lists(world)).find((file) => file.standing === 'quarantined');
		expect(held).toMatchObject({
			reason: 'unexplained_loss',
			detail: '28 of 40 rows vanished without an explanation.',
		});
		expect((await figures(world))?.heldBack).toMatchObject([{ unexplained: 28, of: 40 }]);
		expect((await told()).filter((line) => line.includes('missing'))).toEqual([]);

		const decision = { kind: 'release', sha256: held?.sha256 ?? '', reason: 'The agency confirmed the list.' } as const;
		const { id } = await overrule(decision, 'secretariat', world);
		expect((await told()).filter((line) => line.includes('missing'))).toHaveLength(28);
		expect(await overrules(world)).toMatchObject([{ id, kind: 'release', author: 'secretariat', withdrawnAt: null }]);

		await withdrawOverrule(id, world);
		expect((await told()).filter((line) => line.includes('missing') && !line.endsWith('withdrawn'))).toEqual([]);
		await expect(withdrawOverrule(id, world)).rejects.toThrow('No standing decision');
	});

	test('needs its reason and a list that is there', async () => {
		await expect(overrule({ kind: 'release', sha256: 'f'.repeat(64), reason: ' ' }, 'x', world)).rejects.toThrow(
			'reason',
		);
		await expect(overrule({ kind: 'release', sha256: 'f'.repeat(64), reason: 'Because.' }, 'x', world)).rejects.toThrow(
			'No list',
		);
	});
});

describe('sample data', () => {
	test('is of an invented state, shows every page something, and ends without a trace at the first real list', async () => {
		await seedSample(world);
		await seedSample(world);
		expect(await edition(world)).toMatchObject({ sample: true });
		const shown = await agencies(AGENCIES, world);
		expect(shown.total).toBeGreaterThan(10);
		expect(shown.rows.every((agency) => agency.state.includes('SAMPLE'))).toBe(true);
		expect((await lists(world)).every((file) => file.sample && file.file.startsWith('SAMPLE'))).toBe(true);
		const kinds = new Set((await series()).filter((event) => !event.baseline).map((event) => event.kind));
		for (const kind of [
			'listed',
			'granted',
			'applied',
			'corrected',
			'document_posted',
			'removed',
			'model_switched',
			'application_gone',
		])
			expect(kinds).toContain(kind);

		await ingest(offer(list('2025-05-01', [alder])), world);
		expect(await edition(world)).toMatchObject({ sample: false });
		expect(await told()).toEqual(['2025-05-01 listed Alder County Sheriff’s Office baseline']);
		await seedSample(world);
		expect(await edition(world)).toMatchObject({ sample: false });
	});

	test('ends although something of its places is being written: of two that wait for each other one begins again', async () => {
		await seedSample(world);
		await here.owner(async (session) => {
			await session.query('begin');
			await session.query('lock table watch_event in exclusive mode');
			const importing = ingest(offer(list('2025-05-01', [alder])), world);
			// PostgreSQL looks once, a second after somebody began to wait, whether they wait for each other.
			const waits = async () =>
				(await session.query("select from pg_locks where relation = 'watch_event'::regclass and not granted")).rowCount;
			while ((await waits()) === 0) await sleep(10);
			await session.query('lock table place in share mode');
			await session.query('commit');
			await importing;
		});
		expect(await edition(world)).toMatchObject({ sample: false });
	});

	test('stays while the only files offered are refused', async () => {
		await seedSample(world);
		await ingest(offer({ name: 'x.xlsx', source: 'test', bytes: new Uint8Array() }), world);
		expect(await edition(world)).toMatchObject({ sample: true });
	});
});

describe('the agencies table', () => {
	test('is filtered by words, model and state, and sorted', async () => {
		await ingest(
			offer(list('2025-05-01', [alder, birch, cedar]), list('2025-05-02', [{ ...cedar, model: 'JEM' }], 'pending')),
			world,
		);
		const names = async (filter: object) =>
			(await agencies({ ...AGENCIES, ...filter }, world)).rows.map((row) => row.name.split(' ')[0]);
		expect(await names({})).toEqual(['Alder', 'Birch', 'Cedar']);
		expect(await names({ direction: 'descending' })).toEqual(['Cedar', 'Birch', 'Alder']);
		expect(await names({ model: 'TFM' })).toEqual(['Alder', 'Cedar']);
		expect(await names({ state: 'OH' })).toEqual(['Cedar']);
		expect(await names({ q: "sheriff's texas" })).toEqual(['Alder', 'Birch']);
		expect(await names({ q: '100%' })).toEqual([]);
		expect(await names({ page: 99 })).toEqual(['Alder', 'Birch', 'Cedar']);
		const cedarNow = (await agencies({ ...AGENCIES, state: 'OH' }, world)).rows[0];
		expect(cedarNow).toMatchObject({ applications: ['JEM'], models: [{ model: 'TFM', signed: '2025-03-05' }] });
	});
});
