import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { OPERATOR, SYSTEM } from '#access/actor.ts';
import { describing } from '#library/about.server.ts';
import { correctionsOf, readDraft, recorrected, type ShownProvision } from '#library/draft.ts';
import { beginDraft, draftAt, drafts, forgetDrafts, keepDraft, saveDraft } from '#library/drafts.server.ts';
import { importPolicies, type Outcome } from '#library/import.server.ts';
import { testDatabase } from '../database.ts';

const { world } = await testDatabase();
const EDITOR = { role: 'editor', city: null, person: 'person-of-tests', seat: 'seat-of-tests' } as const;
const NOTHING_SAID = readDraft(
	() => '',
	() => [],
);
const LAW = Buffer.from(
	'Section 1. Purpose. This says who is held.\n\n2 Records. The jail keeps a record.\n\nSection 3. It takes effect at once.\n',
);
const about = async (number: string) => {
	const made = await describing(world)({ place: 'coalition', date: '2026-02-03', number });
	if ('wrong' in made) throw new Error(made.wrong);
	return made;
};
const begin = async (bytes: Uint8Array, name = 'law.txt') => {
	const begun = await beginDraft({ name, bytes, said: NOTHING_SAID }, 'Person 1', EDITOR, world);
	if ('refused' in begun) throw new Error(begun.detail);
	return begun.id;
};
const count = async (table: 'blob' | 'library_draft' | 'library_work' | 'library_change' | 'journal') =>
	world.db.as(SYSTEM, async (tx) => {
		const { rows } = await sql<{ n: number }>`select count(*)::integer as n from ${sql.table(table)}`.execute(tx);
		return rows[0]?.n ?? 0;
	});
const eIds = async (address: string) =>
	world.db.as(SYSTEM, async (tx) => {
		const { rows } = await sql<{ e_id: string }>`
			select p.e_id from library_provision p join library_work w on w.id = p.work_id
			where w.address = ${address} order by p.position`.execute(tx);
		return rows.map(({ e_id }) => e_id);
	});
/** What the command line makes of the same file. */
async function imported(bytes: Uint8Array, number: string): Promise<Outcome | undefined> {
	const outcomes: Outcome[] = [];
	await importPolicies(
		[{ name: 'law.txt', about: await about(number), bytes: async () => bytes }],
		{ by: 'operator', again: true, told: (one) => outcomes.push(one), signal: null },
		world,
	);
	return outcomes[0];
}

describe('a text laid aside', () => {
	test('is public in nothing, and goes with its file after two weeks', async () => {
		const before = [
			await count('library_work'),
			await count('library_change'),
			await count('journal'),
			await count('blob'),
		];
		const id = await begin(Buffer.concat([LAW, Buffer.from('\n\nSection 4. Nobody sees this.')]));
		expect([await count('library_work'), await count('library_change'), await count('journal')]).toEqual(
			before.slice(0, 3),
		);
		for (const role of ['visitor', 'advocate'] as const) expect(await drafts({ role, city: null }, world)).toEqual([]);
		const later = { ...world, clock: { now: () => new Date(world.clock.now().getTime() + 15 * 86_400_000) } };
		await forgetDrafts(world);
		expect((await drafts(EDITOR, world)).map((one) => one.id)).toEqual([id]);
		await forgetDrafts(later);
		expect(await drafts(EDITOR, world)).toEqual([]);
		expect(await count('blob')).toBe(before[3]);
	});

	test('is kept as it was corrected, leaves a trace, and reading the file again does not undo that', async () => {
		const id = await begin(LAW);
		const { found } = await draftAt(id, EDITOR, world);
		if ('refused' in found) throw new Error(found.detail);
		const place = found.reading.provisions.findIndex(({ text }) => text.startsWith('2 Records'));
		expect(place).toBeGreaterThanOrEqual(0);
		const corrections = { [place]: { level: 1, kind: 'section', number: '2', heading: 'Records.' } } as const;
		await saveDraft(id, { said: NOTHING_SAID, corrections }, EDITOR, world);
		const kept = await keepDraft(id, await about('Ordinance 1'), 'Person 1', EDITOR, world);
		expect(kept.outcome).toBe('added');
		const made = await eIds('coalition/ordinance-1');
		expect(made).toEqual(['sec_1', 'sec_2', 'sec_3']);
		await expect(draftAt(id, EDITOR, world)).rejects.toThrow('kept or dropped');
		expect((await imported(LAW, 'Ordinance 1'))?.outcome).toBe('known');
		expect(await eIds('coalition/ordinance-1')).toEqual(made);
		const traces = await world.db.as(OPERATOR, (tx) =>
			sql<{ action: string }>`select action from audit_entry where action = 'policy_imported'`.execute(tx),
		);
		expect(traces.rows).toHaveLength(1);
	});

	test('corrects a version that is there from the same file, its former names leading on', async () => {
		expect((await imported(LAW, 'Ordinance 2'))?.outcome).toBe('added');
		const before = await eIds('coalition/ordinance-2');
		const id = await begin(LAW);
		const place = before.findIndex((eId) => eId !== 'sec_1' && eId !== 'sec_3');
		const corrections = { [place]: { level: 1, kind: 'section', number: '2', heading: '' } } as const;
		await saveDraft(id, { said: NOTHING_SAID, corrections }, EDITOR, world);
		expect((await keepDraft(id, await about('Ordinance 2'), 'Person 1', EDITOR, world)).outcome).toBe('read_again');
		expect(await eIds('coalition/ordinance-2')).toContain('sec_2');
	});
});

const SHOWN: readonly ShownProvision[] = [
	{ level: 1, kind: 'section', number: '1.', heading: 'Purpose.' },
	{ level: 2, kind: 'paragraph', number: '(a)', heading: '' },
];
const asShown = (place: number) => ({ ...(SHOWN[place] as ShownProvision), level: String(SHOWN[place]?.level) });

describe('what a form changes', () => {
	test.each([
		['nothing', {}, {}],
		['a level', { level: '1' }, { 1: { level: 1 } }],
		['a kind', { kind: 'clause' }, { 1: { kind: 'clause' } }],
		['a number', { number: ' (b)  ' }, { 1: { number: '(b)', heading: '' } }],
		['a level that is none', { level: 'x' }, {}],
		['a kind that is none', { kind: 'constructor' }, {}],
	] as const)('is kept: %s', (_, fields, kept) => {
		const sent = (place: number) => (place === 1 ? { ...asShown(1), ...fields } : asShown(place));
		expect(recorrected({}, SHOWN, sent)).toEqual(kept);
	});

	test('adds to what was kept, and leaves what the form did not show', () => {
		const kept = { 0: { level: 1 }, 1: { kind: 'item' } } as const;
		const now = recorrected(kept, SHOWN, (place) => (place === 0 ? { ...asShown(0), heading: '' } : null));
		expect(now).toEqual({ 0: { level: 1, number: '1.', heading: '' }, 1: { kind: 'item' } });
		expect(correctionsOf(now).get(0)).toEqual({ level: 1, number: '1.', heading: null });
	});
});
