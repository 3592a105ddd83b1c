import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { OPERATOR } from '#access/actor.ts';
import { lists } from '#watch/lists.server.ts';
import { sentFiles } from '#watch/read/archive.server.ts';
import { decisionOf, overruleAside, overrules, withdrawAside } from '#watch/ruling.server.ts';
import { MOST_UPLOADS, takeUploads } from '#watch/upload.server.ts';
import { testDatabase } from '../database.ts';
import { type RowSpec, workbook, zipOf } from './workbook.ts';

const here = await testDatabase();
const { world } = here;
const EDITOR = { role: 'editor', city: null, person: 'person-of-tests', seat: 'seat-of-tests' } as const;

const ROW: RowSpec = {
	...{ state: 'TEXAS', agency: 'Alder County Sheriff', type: 'County', county: 'Alder', model: 'TFM' },
	signed: '2025-03-03',
};
const list = (day: string, rows: readonly RowSpec[] = [ROW]) =>
	workbook({ kind: 'participating', rows, modified: `${day}T12:00:00Z` });
const send = (...files: readonly (readonly [string, Uint8Array])[]) =>
	takeUploads(
		files.map(([name, bytes]) => ({ name, bytes })),
		EDITOR,
		world,
	);
const became = async (...files: readonly (readonly [string, Uint8Array])[]) =>
	(await send(...files)).map((one) => [
		one.name,
		one.outcome === 'refused' ? one.code : one.outcome === 'unopened' ? one.why : one.outcome,
	]);
/** A zip whose one entry says that it is so large. */
function claiming(size: number): Uint8Array {
	const zip = Buffer.from(zipOf({ 'huge.xlsx': new Uint8Array(3_000_000) }));
	zip.writeUInt32LE(size, zip.readUInt32LE(zip.length - 6) + 24);
	return zip;
}

beforeEach(() =>
	here.owner((session) => session.query('truncate watch_list, watch_overrule, graphile_worker._private_jobs cascade')),
);

describe('what is sent in', () => {
	test('is kept as from the command line, the ledger left to one job, each list with a trace', async () => {
		const taken = await became(['today.xlsx', list('2025-05-01')], ['old.xlsx', list('2025-04-01')]);
		expect(taken).toEqual([
			['today.xlsx', 'added'],
			['old.xlsx', 'added'],
		]);
		expect((await lists(world)).map(({ standing }) => standing)).toEqual(['read', 'read']);
		const { rows } = await here.owner((session) =>
			session.query(`select task_identifier, key from graphile_worker.jobs`),
		);
		expect(rows).toEqual([{ task_identifier: 'watch.rebuild', key: 'watch.rebuild' }]);
		const traces = await world.db.as(OPERATOR, (tx) =>
			sql<{ action: string; n: number }>`
				select action, count(*)::integer as n from audit_entry group by action`.execute(tx),
		);
		expect(traces.rows).toContainEqual({ action: 'list_imported', n: 2 });
	});

	test('again changes nothing, in a zip or alone', async () => {
		await send(['one.xlsx', list('2025-05-01')]);
		const zip = zipOf({
			'captures/a.xlsx': list('2025-05-01'),
			'captures/b.xlsx': list('2025-05-02'),
			'notes.txt': 'x',
		});
		expect(await became(['captures.zip', zip])).toEqual([
			['a.xlsx', 'known'],
			['b.xlsx', 'added'],
		]);
	});

	test.each([
		['a file without bytes', 'empty.xlsx', new Uint8Array(), 'empty_file'],
		['a list without rows', 'none.xlsx', list('2025-05-01', []), 'no_rows'],
		['an error page', 'list.xlsx', Buffer.from('<!doctype html><title>404</title>'), 'not_a_spreadsheet'],
		['chance', 'list.xlsx', randomBytes(5_000), 'not_a_spreadsheet'],
		['a half of a list', 'list.xlsx', list('2025-05-01').slice(0, 900), 'damaged'],
		['a zip without a list', 'letters.zip', zipOf({ 'a.txt': 'a' }), 'not_a_spreadsheet'],
	] as const)('that is %s is refused with its reason', async (_, name, bytes, code) => {
		expect(await became([name, bytes])).toEqual([[name, code]]);
	});

	test('stops nothing else where a part of it is a bomb, or damaged', async () => {
		const zip = claiming(3_000_000_000);
		const good = list('2025-05-01');
		expect(await became(['bomb.zip', zip], ['good.xlsx', good])).toEqual([
			['huge.xlsx', 'damaged'],
			['good.xlsx', 'added'],
		]);
		const packed = zipOf({ 'huge.xlsx': new Uint8Array(15_000_000) });
		expect(packed.length).toBeLessThan(60_000);
		expect(await became(['bomb.zip', packed])).toEqual([['huge.xlsx', 'damaged']]);
	});

	test('is opened as far as one form may go', async () => {
		const many = Array.from({ length: MOST_UPLOADS + 2 }, (_, i) => [`${i}.xlsx`, new Uint8Array([i])] as const);
		const taken = await became(...many);
		expect(taken.filter(([, became]) => became === 'many')).toEqual([
			[`${MOST_UPLOADS}.xlsx`, 'many'],
			[`${MOST_UPLOADS + 1}.xlsx`, 'many'],
		]);
	});

	test.each([
		['../../etc/passwd.xlsx', 'passwd.xlsx'],
		['C:\\Users\\ana\\list.xlsx', 'list.xlsx'],
		['..', '..'],
		['a\u0000b\u202e.xlsx', 'a b .xlsx'],
		['   ', 'without a name'],
		['x'.repeat(5_000), 'x'.repeat(200)],
	])('called %j is shown as %j', (name, shown) => {
		expect(sentFiles(name, new Uint8Array([1])).map((file) => file.name)).toEqual([shown]);
	});

	test('in a zip under a name that leads out of it stays where it is', () => {
		const zip = zipOf({ '../../../etc/cron.d/x.xlsx': list('2025-05-01') });
		const [file] = sentFiles('../a.zip', zip);
		expect(file?.open()).toMatchObject({ name: 'x.xlsx', source: 'a.zip/../../../etc/cron.d' });
	});
});

describe('a decision on a page', () => {
	test('is kept with its author and trace, asks for the ledger, and can be taken back once', async () => {
		const decision = await decisionOf({ kind: 'alias', state: 'TEXAS', names: ['A', 'B'] }, 'One sign.', world);
		const traced: string[] = [];
		const trace = async (id: string) => void traced.push(id);
		const id = await overruleAside(decision, 'Person 1', trace, world);
		expect(await overrules(world)).toMatchObject([{ id, kind: 'alias', author: 'Person 1', withdrawnAt: null }]);
		await withdrawAside(id, trace, world);
		expect(traced).toEqual([id, id]);
		await expect(withdrawAside(id, trace, world)).rejects.toThrow('No standing decision');
		expect((await overrules(world))[0]?.withdrawnAt).not.toBeNull();
	});

	test('about an agreement that is not there is none', async () => {
		await expect(decisionOf({ kind: 'removal', agreement: 'none' }, 'Gone.', world)).rejects.toThrow('No agreement');
	});
});
