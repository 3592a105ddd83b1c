import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { OPERATOR, SYSTEM, VISITOR } from '#access/actor.ts';
import type { Day } from '#kernel/day.ts';
import { draftsIn } from '#law/draft.ts';
import type { NewLaw } from '#law/record.ts';
import { lawDrafts, lawFor, lawRecord, lawRecords } from '#law/records.server.ts';
import { addLaw, reviewLaw, withdrawLaw } from '#law/review.server.ts';
import { lawSaid } from '#law/said.server.ts';
import { testDatabase } from '../database.ts';

const { world } = await testDatabase();
const EVERY = { jurisdiction: null, state: null, after: null };
const DRAFT: NewLaw = {
	jurisdiction: 'OR',
	statement: { en: 'A SAMPLE statement.', es: null },
	citation: 'SAMPLE Stat. § 1',
	address: 'https://example.org/1',
	asOf: '2026-01-02' as Day,
	reviewDue: '2026-12-31' as Day,
	note: 'A note for editors.',
	key: null,
};

async function drafted(changes: Partial<NewLaw> = {}): Promise<string> {
	const [id = ''] = await addLaw([{ ...DRAFT, ...changes }], 'Ana Reyes', world);
	return id;
}
const city = { role: 'visitor', city: '4805000' } as const;

describe('a draft', () => {
	test('is seen by editors, and by nobody else', async () => {
		const id = await drafted();
		expect(
			await Promise.all([OPERATOR, SYSTEM].map(async (actor) => (await lawRecord(id, actor, world))?.note)),
		).toEqual(['A note for editors.', 'A note for editors.']);
		expect(await Promise.all([VISITOR, city].map((actor) => lawRecord(id, actor, world)))).toEqual([null, null]);
		expect(await lawDrafts(EVERY, VISITOR, world)).toEqual([]);
		expect(await lawRecords(EVERY, 10, world)).toEqual([]);
		expect(await lawFor('OR', world)).toEqual({ state: { code: 'OR', name: 'Oregon' }, records: [], federal: [] });
	});

	test('that is withdrawn stays with the editors', async () => {
		const id = await drafted({ jurisdiction: 'NV' });
		await withdrawLaw(id, 'It was wrong.', 'Ana Reyes', world);
		expect(await lawRecord(id, VISITOR, world)).toBeNull();
		expect(await lawRecord(id, OPERATOR, world)).toMatchObject({ state: 'withdrawn' });
		await expect(reviewLaw(id, 'Eva Marsh', world)).rejects.toThrow('withdrawn');
	});

	test('that is taken in again from the same file changes nothing', async () => {
		const draft = { ...DRAFT, key: 'or-1' };
		expect(await addLaw([draft], 'Ana Reyes', world)).toHaveLength(1);
		expect(await addLaw([draft], 'Ana Reyes', world)).toHaveLength(0);
	});

	test.each([
		['a place that is no state', { jurisdiction: 'ZZ' }, 'no jurisdiction'],
		['no statement', { statement: { en: ' ', es: null } }, '1 to 2000 characters'],
		['an address that is none', { address: 'see the code' }, 'no web address'],
		['a review that was due before', { reviewDue: '2025-01-01' as Day }, 'lies after'],
	])('with %s is refused with the reason', async (_, changes, why) => {
		await expect(drafted(changes)).rejects.toThrow(why);
	});
});

describe('a record', () => {
	test('is public when a named attorney reviewed it, without what editors noted', async () => {
		const id = await drafted({ jurisdiction: 'WA' });
		await expect(reviewLaw(id, 'Counsel', world)).rejects.toThrow('not the full name');
		await reviewLaw(id, 'Eva Marsh, City Attorney', world);
		const { records } = await lawFor('wa', world);
		expect(records).toMatchObject([{ id, state: 'reviewed', reviewer: 'Eva Marsh, City Attorney', overdue: false }]);
		expect(records[0]).not.toHaveProperty('note');
		await expect(reviewLaw(id, 'Jo Byrd', world)).rejects.toThrow('Eva Marsh, City Attorney reviewed');
	});

	test('cannot be reviewed without the address of the primary text', async () => {
		await expect(reviewLaw(await drafted({ address: null }), 'Eva Marsh', world)).rejects.toThrow('no address');
	});

	test('of federal law stands with the records of every state', async () => {
		const id = await drafted({ jurisdiction: 'US' });
		await reviewLaw(id, 'Eva Marsh', world);
		for (const code of ['TX', null, 'nowhere'])
			expect((await lawFor(code, world)).federal.map((record) => record.id)).toEqual([id]);
		expect((await lawFor(null, world)).records).toEqual([]);
	});

	test('that is withdrawn after its review says why, and no page uses it', async () => {
		const id = await drafted({ jurisdiction: 'ME' });
		await reviewLaw(id, 'Eva Marsh', world);
		await withdrawLaw(id, 'The section was repealed.', 'Eva Marsh', world);
		expect((await lawFor('ME', world)).records).toEqual([]);
		expect(await lawRecord(id, VISITOR, world)).toMatchObject({ withdrawnReason: 'The section was repealed.' });
	});

	test('says when the day of its next review is past', async () => {
		const id = await drafted({ jurisdiction: 'VT', reviewDue: '2026-02-01' as Day });
		await reviewLaw(id, 'Eva Marsh', world);
		expect((await lawFor('VT', world)).records).toMatchObject([{ id, overdue: true }]);
		expect((await lawSaid('VT', 'en', world)).replaceAll('\u00a0', ' ')).toBe(
			'Law of Vermont, as reviewed: A SAMPLE statement. (SAMPLE Stat. § 1; As of 2 Jan 2026) Its review was due on 1 Feb 2026 and is not recorded. Ask counsel whether it still holds.',
		);
	});
});

test('a visitor cannot write a record, whatever is asked of the database', async () => {
	const id = await drafted({ jurisdiction: 'ID' });
	await world.db.as(VISITOR, (tx) => sql`update law_record set statement_en = 'x', room = 'public'`.execute(tx));
	expect(await lawRecord(id, OPERATOR, world)).toMatchObject({ statement: { en: 'A SAMPLE statement.' } });
});

describe('a file of notes', () => {
	const entry = {
		id: 'or-1',
		jurisdiction: 'OR',
		statement: 'A SAMPLE statement.',
		citation: 'SAMPLE § 1',
		status: 'in force',
		status_as_of: '2026-01-02',
		review_due: '2026-12-31',
		source_url: 'https://example.org/1',
		reviewed_by: 'Somebody Else',
		durable: true,
	};
	test('becomes drafts alone, whatever it says of a review', () => {
		expect(draftsIn({ records: [entry] })).toEqual({
			drafts: [{ ...DRAFT, citation: 'SAMPLE § 1', key: 'or-1', note: 'status: in force' }],
			left: [],
		});
	});

	test.each([
		['of a court', { jurisdiction: 'US-3d Cir.' }, 'US-3d Cir. is no state and not US.'],
		['without a citation', { citation: null }, 'It has no statement or no citation.'],
		['without its day', { status_as_of: 'lately' }, 'It does not say as of which day, or when its review is due.'],
	])('loses no entry %s without saying so', (_, changes, why) => {
		expect(draftsIn({ records: [{ ...entry, ...changes }] })).toEqual({ drafts: [], left: [{ key: 'or-1', why }] });
	});

	test.each([[null], [[]], [{}], ['records'], [{ records: {} }]])('is none: %j', (json) => {
		expect(draftsIn(json)).toBeNull();
	});
});
